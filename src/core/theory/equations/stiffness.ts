/** Bounds of the largest rate at which a state of the theory decays or turns: explicit steps must be shorter. */
import { exp, log } from '../../math/elementary.ts';
import { createLinearMap, type Update } from '../../update/update.ts';
import { type Coupling } from './coupling.ts';
import { type Problem } from './problem.ts';

/** The bound at time t and learning rate γ, with the moments of the coupling's last evaluation. */
export type Stiffness = (t: number, rate: number) => number;

/**
 * With Λ = max_n Σ_i p_i λ_{i,n} ‖H_i‖ and the means' M = ‖Σ_i p_i ‖H_i‖ μ_i μ_iᵀ‖: of plain SGD 2γ (Λ + δ) of S, and
 * γ (Λ + δ + M) of x̄. Of other updates the spectral radius of L − a βe_1ᵀ in place of γa.
 */
export function createStiffness(problem: Problem, { moments }: Coupling): Stiffness {
  const { update, priors, ridge } = problem;
  const largest = largestEigenvalues(problem);
  const overlaps = meanOverlaps(problem);
  const radius = update.plain ? null : createRadius(update);
  return (t, rate) => {
    const weights = moments.map(({ hessian }, i) => priors[i] * norm(hessian));
    const sum = (values: readonly number[]) => values.reduce((total, value, i) => total + weights[i] * value, 0);
    const spectral = ridge + sum(largest);
    // the norm of a matrix of rank C by that of its C×C counterpart, the largest sum of a row
    const means = Math.max(...overlaps.map(sum));
    if (!radius) return rate * (spectral + Math.max(spectral, means));
    // between no curvature and the largest one the radius is not above both ends
    const ends = (of: number) => Math.max(radius(t, rate, 0), radius(t, rate, of));
    return Math.max(2 * ends(spectral), ends(spectral + means));
  };
}

/** Squarings of the matrix: ‖M^n‖^{1/n} at n = 2^SQUARINGS is the spectral radius to a few percent, from above. */
const SQUARINGS = 5;

/** Spectral radius of L − a βe_1ᵀ, from above. */
function createRadius(update: Update): (t: number, rate: number, curvature: number) => number {
  const size = update.fields.length;
  const map = createLinearMap(size);
  let matrix = new Float64Array(size * size);
  let square = new Float64Array(size * size);
  return (t, rate, curvature) => {
    update.flow(t, rate, map);
    for (let f = 0; f < size; f++) {
      for (let h = 0; h < size; h++) {
        matrix[f * size + h] = map.matrix[f * size + h] - (h === 0 ? curvature * map.push[f] : 0);
      }
    }
    let logarithm = 0;
    let power = 1;
    for (let k = 0; k <= SQUARINGS; k++) {
      const scale = norm(matrix);
      if (!(scale > 0)) return scale;
      logarithm += log(scale) / power;
      if (k === SQUARINGS) break;
      for (let j = 0; j < matrix.length; j++) matrix[j] /= scale;
      multiply(matrix, size, square);
      [matrix, square] = [square, matrix];
      power *= 2;
    }
    return exp(logarithm);
  };
}

function multiply(matrix: Float64Array, size: number, out: Float64Array): void {
  for (let f = 0; f < size; f++) {
    for (let h = 0; h < size; h++) {
      let sum = 0;
      for (let e = 0; e < size; e++) sum += matrix[f * size + e] * matrix[e * size + h];
      out[f * size + h] = sum;
    }
  }
}

/** max_n λ_{i,n} of each class. */
function largestEigenvalues({ directions, drive, priors }: Problem): number[] {
  const { nodes } = directions;
  const { eigenvalues } = drive ?? directions;
  return [...priors.keys()].map((i) =>
    eigenvalues.subarray(i * nodes, (i + 1) * nodes).reduce((most, value) => Math.max(most, value), 0),
  );
}

/** |μ_i·μ_j|, a row for each class. */
function meanOverlaps({ directions, drive, priors }: Problem): number[][] {
  const { nodes, means } = directions;
  const row = (i: number) => means.subarray(i * nodes, (i + 1) * nodes);
  const moved = (i: number) => (drive ?? directions).means.subarray(i * nodes, (i + 1) * nodes);
  const classes = [...priors.keys()];
  return classes.map((i) =>
    classes.map((j) => Math.abs(row(i).reduce((total, value, n) => total + value * moved(j)[n], 0))),
  );
}

/** Frobenius norm, an upper bound of the largest eigenvalue that is exact for one number. */
function norm(matrix: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < matrix.length; k++) sum += matrix[k] * matrix[k];
  return Math.sqrt(sum);
}
