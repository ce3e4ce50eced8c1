/**
 * The quantities that learning-rate rules may look at (RateInputs), from a state over directions. The theory calls it
 * with (x̄, S), a simulation with (X, none): the same rule, the same formulas (docs/learning-rates.md).
 */
import { type GaussianMoments } from '../loss/loss.ts';
import { squared } from '../math/elementary.ts';
import { type Directions } from '../model/directions.ts';
import { packed } from '../observables/overlaps.ts';
import { type RateInputs } from './schedule.ts';

export interface RateConstants {
  /** d. */
  readonly dimension: number;
  /** p_i, C. */
  readonly priors: Float64Array;
  /** ℓ. */
  readonly outputs: number;
  readonly batchSize: number;
  readonly ridge: number;
}

/** A state with its moments (T2), one per class, already evaluated at the state. */
export interface RateState {
  readonly t: number;
  readonly accumulated: number;
  readonly moments: readonly GaussianMoments[];
  /** x̄ or X, ℓ×N row-major. */
  readonly parameters: Float64Array;
  /** S, packed ℓ(ℓ+1)/2 × N; null for none. */
  readonly noise: Float64Array | null;
}

/** Binds the sums over directions that do not depend on the state. */
export function createRateInputs(directions: Directions, constants: RateConstants): (state: RateState) => RateInputs {
  const { dimension, priors, outputs, batchSize, ridge } = constants;
  const { nodes, weight, eigenvalues, means } = directions;
  const classes = priors.length;
  /** tr K_j + ‖μ_j‖². */
  const power = new Float64Array(classes);
  /** Σ_ρ λ_{i,ρ} (λ_{j,ρ} + μ_{j,ρ}²). */
  const coupling = new Float64Array(classes * classes);
  for (let j = 0; j < classes; j++) {
    for (let n = 0; n < nodes; n++) {
      const second = weight[n] * (eigenvalues[j * nodes + n] + squared(means[j * nodes + n]));
      power[j] += second;
      for (let i = 0; i < classes; i++) coupling[i * classes + j] += second * eigenvalues[i * nodes + n];
    }
  }

  function gradientPower({ moments }: RateState): number {
    let sum = 0;
    for (let j = 0; j < classes; j++) sum += priors[j] * power[j] * trace(moments[j].gradientSquare, outputs);
    return sum / (dimension * batchSize);
  }

  /** (1/2)(1/(d b)) Σ_{i,j} p_i p_j coupling_{ij} tr(H_i Q_j) and the ridge's (δ/2) E‖∇Ψ‖²/d. */
  function noiseCurvature(state: RateState): number {
    let sum = 0;
    for (let i = 0; i < classes; i++) {
      for (let j = 0; j < classes; j++) {
        const product = traceOfProduct(state.moments[i].hessian, state.moments[j].gradientSquare);
        sum += priors[i] * priors[j] * coupling[i * classes + j] * product;
      }
    }
    return 0.5 * (sum / (dimension * batchSize) + ridge * gradientPower(state));
  }

  return (state) => ({
    t: state.t,
    accumulated: state.accumulated,
    risk: () => state.moments.reduce((sum, { risk }, i) => sum + priors[i] * risk, 0),
    gradientPower: () => gradientPower(state),
    descent: () => squaredGradient(directions, constants, state),
    noiseCurvature: () => noiseCurvature(state),
  });
}

/**
 * E‖∇F‖² of the objective F = R + (δ/2)‖X‖² over the SGD noise: Σ_ρ |A_ρ x̄_ρ + c_ρ|² + tr(A_ρ S_ρ A_ρ) with
 * A_ρ = Σ_i p_i λ_{i,ρ} H_i + δ and c_ρ = Σ_i p_i (μ_{i,ρ} g_i + λ_{i,ρ} H*_i x*_ρ), as in (T4).
 */
function squaredGradient(directions: Directions, constants: RateConstants, state: RateState): number {
  const { nodes, weight, eigenvalues, means, teacher } = directions;
  const { priors, outputs, ridge } = constants;
  const { moments, parameters, noise } = state;
  const teacherOutputs = teacher.length / nodes;
  const matrix = new Float64Array(outputs * outputs);
  let total = 0;
  for (let n = 0; n < nodes; n++) {
    matrix.fill(0);
    for (let o = 0; o < outputs; o++) matrix[o * outputs + o] = ridge;
    for (let i = 0; i < priors.length; i++) {
      const factor = priors[i] * eigenvalues[i * nodes + n];
      for (let k = 0; k < matrix.length; k++) matrix[k] += factor * moments[i].hessian[k];
    }
    for (let a = 0; a < outputs; a++) {
      let entry = 0;
      for (let b = 0; b < outputs; b++) entry += matrix[a * outputs + b] * parameters[b * nodes + n];
      for (let i = 0; i < priors.length; i++) {
        entry += priors[i] * means[i * nodes + n] * moments[i].gradient[a];
        for (let o = 0; o < teacherOutputs; o++) {
          const cross = moments[i].crossHessian[a * teacherOutputs + o];
          entry += priors[i] * eigenvalues[i * nodes + n] * cross * teacher[o * nodes + n];
        }
      }
      total += weight[n] * entry * entry;
      if (noise) total += weight[n] * quadraticForm(matrix, a, noise, n, nodes, outputs);
    }
  }
  return total;
}

/** Row a of A: Σ_{b,c} A_{ab} S_{bc} A_{ac} at node n. */
function quadraticForm(
  matrix: Float64Array,
  a: number,
  noise: Float64Array,
  n: number,
  nodes: number,
  outputs: number,
): number {
  let sum = 0;
  for (let b = 0; b < outputs; b++) {
    for (let c = 0; c < outputs; c++) {
      const entry = noise[packed(Math.max(b, c), Math.min(b, c)) * nodes + n];
      sum += matrix[a * outputs + b] * entry * matrix[a * outputs + c];
    }
  }
  return sum;
}

function trace(matrix: Float64Array, size: number): number {
  let sum = 0;
  for (let k = 0; k < size; k++) sum += matrix[k * size + k];
  return sum;
}

/** tr(A B) of symmetric matrices. */
function traceOfProduct(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k] * b[k];
  return sum;
}
