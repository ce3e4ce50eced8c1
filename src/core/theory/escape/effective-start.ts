/**
 * The effective start (T11) of an escape: along the uninformative branch the overlap q with the teacher is amplified, and so
 * is all noise that SGD has fed into it. Noise stops to matter once it is small beside what was amplified, so that q(t) is
 * as if it had begun with another variance. That is an adjoint problem (T17): with w(T) the functional q and w′ = −Jᵀw
 * backwards, Var q(T) = w(0)ᵀC(0)w(0) + ∫ wᵀN w dt.
 */
import { type Coupling } from '../equations/coupling.ts';
import { type TheoryDrift } from '../equations/drift.ts';
import { type Problem, type StateShape } from '../equations/problem.ts';
import { followBranch, type BranchPoint } from './branch.ts';

/** Change of the variance with twice the time at which it is known well enough. */
const SETTLED = 1e-4;
const MOST_DOUBLINGS = 14;
/** Noise that outgrows the start by this much is that of a branch without escape: nothing is amplified. */
const LOST = 1e3;

/**
 * x̄ at t = 0 for z = 1, times √w of each node: the direction in which a start is felt later, with a length that brings along
 * the noise to come.
 * @param horizon latest time of interest.
 */
export function effectiveStart(
  problem: Problem,
  shape: StateShape,
  coupling: Coupling,
  drift: TheoryDrift,
  horizon: number,
): Float64Array {
  const { curvature, rate } = firstCurvature(problem, shape, coupling, drift);
  let end = Math.min(horizon, 4 / Math.max(1e-9, rate * curvature));
  let before: Escape | null = null;
  for (let k = 0; ; k++) {
    const found = escapeUntil(problem, shape, coupling, drift, end);
    const last = end >= horizon || k === MOST_DOUBLINGS;
    if (last || (before && Math.abs(found.ratio / before.ratio - 1) < SETTLED)) {
      // without amplification a start is only forgotten
      const factor = found.ratio < LOST ? Math.sqrt(found.ratio / found.variance) : 1 / Math.sqrt(found.variance);
      return found.direction.map((entry) => factor * entry);
    }
    before = found;
    end = Math.min(horizon, 2 * end);
  }
}

interface Escape {
  /** C(0) w(0). */
  readonly direction: Float64Array;
  /** w(0)ᵀC(0)w(0). */
  readonly variance: number;
  /** Var q(T) over that. */
  readonly ratio: number;
}

function escapeUntil(problem: Problem, shape: StateShape, coupling: Coupling, drift: TheoryDrift, end: number): Escape {
  const { step, points } = followBranch(problem, shape, coupling, drift, end);
  const { apply, power } = createLinear(problem);
  const { eigenvalues, teacher, nodes } = problem.directions;
  let w: Float64Array = new Float64Array(nodes);
  problem.priors.forEach((prior, i) => {
    for (let n = 0; n < nodes; n++) w[n] += prior * eigenvalues[i * nodes + n] * teacher[n];
  });
  const [k1, k2, k3, k4] = [0, 1, 2, 3].map(() => new Float64Array(nodes));
  let noise = 0;
  let scale = 0;
  const last = points.length - 1;
  // steps of two points, by Simpson's rule for the noise
  for (let k = last; k >= 2; k -= 2) {
    const [here, middle, next] = [points[k], points[k - 1], points[k - 2]];
    const h = 2 * step;
    const from = power(here, w);
    apply(here, w, k1);
    apply(middle, added(w, k1, 0.5 * h), k2);
    apply(middle, added(w, k2, 0.5 * h), k3);
    apply(next, added(w, k3, h), k4);
    const half = w.map((value, n) => value + (h / 24) * (5 * k1[n] + 4 * k2[n] + 4 * k3[n] - k4[n]));
    w = w.map((value, n) => value + (h / 6) * (k1[n] + 2 * k2[n] + 2 * k3[n] + k4[n]));
    noise += (h / 6) * (from + 4 * power(middle, half) + power(next, w));
    // only ratios matter: what grows must not overflow
    const size = Math.sqrt(w.reduce((sum, value) => sum + value * value, 0));
    if (size > 1e100) {
      w = w.map((value) => value / size);
      noise /= size * size;
      scale++;
    }
  }
  const direction = w.map((value) => problem.startVariance * value);
  const variance = direction.reduce((sum, value, n) => sum + value * w[n], 0);
  return { direction, variance, ratio: scale > 0 && variance === 0 ? Infinity : (variance + noise) / variance };
}

const added = (w: Float64Array, by: Float64Array, factor: number): Float64Array =>
  w.map((value, n) => value + factor * by[n]);

/** J of (T16) restricted to x, which is symmetric, and wᵀN w. */
function createLinear(problem: Problem) {
  const { priors, ridge, dimension, batchSize, noise } = problem;
  const { eigenvalues, means, teacher, nodes } = problem.directions;
  const classes = [...priors.keys()];
  const taught = classes.map((i) => teacher.subarray(0, nodes).map((value, n) => eigenvalues[i * nodes + n] * value));
  const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, value, n) => sum + value * b[n], 0);
  const meanOf = (i: number) => means.subarray(i * nodes, (i + 1) * nodes);
  return {
    apply({ rate, classes: coefficients }: BranchPoint, w: Float64Array, out: Float64Array): void {
      for (let n = 0; n < nodes; n++) out[n] = -rate * ridge * w[n];
      for (const i of classes) {
        const { curvature, mixed, cross } = coefficients[i];
        const [mean, own] = [meanOf(i), taught[i]];
        const [m, q] = [dot(mean, w), dot(own, w)];
        const factor = -rate * priors[i];
        for (let n = 0; n < nodes; n++) {
          out[n] +=
            factor *
            (curvature * (eigenvalues[i * nodes + n] * w[n] + mean[n] * m) +
              mixed * (mean[n] * q + own[n] * m) +
              cross * own[n] * q);
        }
      }
    },
    power({ rate, classes: coefficients }: BranchPoint, w: Float64Array): number {
      if (!noise) return 0;
      let sum = 0;
      for (const i of classes) {
        const { square, squareSlope, squareSecond } = coefficients[i];
        const [m, q] = [dot(meanOf(i), w), dot(taught[i], w)];
        let spread = 0;
        for (let n = 0; n < nodes; n++) spread += eigenvalues[i * nodes + n] * w[n] * w[n];
        sum += priors[i] * (square * (spread + m * m) + 2 * squareSlope * m * q + squareSecond * q * q);
      }
      return ((rate * rate) / (dimension * batchSize)) * sum;
    },
  };
}

/** A typical size of |H| times the largest eigenvalue at the start, and γ there. */
function firstCurvature(problem: Problem, shape: StateShape, coupling: Coupling, drift: TheoryDrift) {
  const { points } = followBranch(problem, shape, coupling, drift, 1 / problem.dimension);
  const largest = problem.directions.eigenvalues.reduce((most, value) => Math.max(most, value), 0);
  const curvature = points[0].classes.reduce((most, each) => Math.max(most, Math.abs(each.curvature)), 0);
  return { curvature: largest * curvature, rate: points.reduce((most, point) => Math.max(most, point.rate), 0) };
}
