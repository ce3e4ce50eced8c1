/**
 * Minima of the empirical risk with a ridge on n samples of a mixture, losses of one output, (E3): leave one sample out, and
 * its output is the proximal point of the loss. It is (T4)–(T5) at rest with proximal moments in place of (T2).
 */
import { normalDensity } from '../../math/normal.ts';
import { type Directions } from '../../model/directions.ts';
import { createFactors, factorInPlace, solveInPlace } from '../integrator/dense-matrix.ts';
import { type EndState } from './endpoint-state.ts';

export interface MixtureProblem {
  readonly directions: Directions;
  readonly priors: Float64Array;
  /** n. */
  readonly samples: number;
  /** δ > 0. */
  readonly ridge: number;
}

const MOST_ROUNDS = 20_000;
const ACCURACY = 1e-13;

/** V_i = (1/n) Σ λ_i/D, of D = δ + Σ p_j λ_j H_j. */
function stiffnesses({ directions, priors, samples, ridge }: MixtureProblem, curvatures: Float64Array) {
  const { nodes, weight, eigenvalues } = directions;
  const decay = new Float64Array(nodes).fill(ridge);
  for (let i = 0; i < priors.length; i++) {
    for (let n = 0; n < nodes; n++) decay[n] += priors[i] * curvatures[i] * eigenvalues[i * nodes + n];
  }
  const steps = priors.map((_, i) => {
    let sum = 0;
    for (let n = 0; n < nodes; n++) sum += (weight[n] * eigenvalues[i * nodes + n]) / decay[n];
    return sum / samples;
  });
  return { decay, steps };
}

/**
 * Least squares: V by its monotone iteration from 0, then linear equations for m and for B.
 * @param targets y_i, C; 0 with a teacher, from which X is then measured.
 * @param noise σ².
 */
export function leastSquaresEndpoint(problem: MixtureProblem, targets: Float64Array, noise: number): EndState {
  const { directions, priors, samples, ridge } = problem;
  const { nodes, weight, eigenvalues, means, teacher } = directions;
  const classes = priors.length;
  const origin = teacher.length > 0 ? teacher : new Float64Array(nodes);
  let steps = new Float64Array(classes);
  let decay = new Float64Array(nodes);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const next = stiffnesses(
      problem,
      steps.map((step) => 1 / (1 + step)),
    );
    const moved = next.steps.reduce((most, step, i) => Math.max(most, Math.abs(step - steps[i]) / step), 0);
    ({ steps, decay } = next);
    if (!(moved > ACCURACY)) break;
  }
  const shrinking = steps.map((step) => 1 / (1 + step));
  const inner = (u: Float64Array, i: number, v: Float64Array, j: number) => {
    let sum = 0;
    for (let n = 0; n < nodes; n++) sum += (weight[n] * u[i * nodes + n] * v[j * nodes + n]) / decay[n];
    return sum;
  };
  // m_i = −Σ_j p_j g_j μ_iᵀD⁻¹μ_j − δ μ_iᵀD⁻¹x*, g_j = (m_j − y_j)/(1 + V_j)
  const forMeans = createFactors(classes);
  const m = new Float64Array(classes);
  for (let i = 0; i < classes; i++) {
    m[i] = -ridge * inner(means, i, origin, 0);
    for (let j = 0; j < classes; j++) {
      const entry = priors[j] * shrinking[j] * inner(means, i, means, j);
      forMeans.matrix[i * classes + j] = entry + (i === j ? 1 : 0);
      m[i] += entry * targets[j];
    }
  }
  factorInPlace(forMeans);
  solveInPlace(forMeans, m);
  const offset = new Float64Array(nodes);
  for (let n = 0; n < nodes; n++) {
    let pull = ridge * origin[n];
    for (let j = 0; j < classes; j++) pull += priors[j] * shrinking[j] * (m[j] - targets[j]) * means[j * nodes + n];
    offset[n] = -pull / decay[n];
  }
  // B_i = Σ λ_i (x̄² + D⁻² (1/n) Σ_j p_j λ_j Q_j), Q_j = (B_j + (m_j − y_j)² + σ²)/(1 + V_j)²
  const forVariances = createFactors(classes);
  const b = new Float64Array(classes);
  for (let i = 0; i < classes; i++) {
    for (let n = 0; n < nodes; n++) b[i] += weight[n] * eigenvalues[i * nodes + n] * offset[n] * offset[n];
    for (let j = 0; j < classes; j++) {
      let entry = 0;
      for (let n = 0; n < nodes; n++) {
        entry += (weight[n] * eigenvalues[i * nodes + n] * eigenvalues[j * nodes + n]) / (decay[n] * decay[n]);
      }
      entry *= (priors[j] * shrinking[j] * shrinking[j]) / samples;
      forVariances.matrix[i * classes + j] = (i === j ? 1 : 0) - entry;
      b[i] += entry * ((m[j] - targets[j]) * (m[j] - targets[j]) + noise);
    }
  }
  factorInPlace(forVariances);
  solveInPlace(forVariances, b);
  const squares = priors.map(
    (_, j) => shrinking[j] * shrinking[j] * (b[j] + (m[j] - targets[j]) * (m[j] - targets[j]) + noise),
  );
  return {
    mean: offset.map((value, n) => value + origin[n]),
    variance: varianceOf(problem, decay, squares),
    train: 0.5 * priors.reduce((sum, prior, j) => sum + prior * squares[j], 0),
  };
}

/** S = D⁻² (1/n) Σ p_j λ_j Q_j. */
function varianceOf({ directions, priors, samples }: MixtureProblem, decay: Float64Array, squares: Float64Array) {
  const { nodes, eigenvalues } = directions;
  return decay.map((there, n) => {
    const drive = priors.reduce((sum, prior, j) => sum + prior * eigenvalues[j * nodes + n] * squares[j], 0);
    return drive / (samples * there * there);
  });
}

/** f of a class label with a bounded slope between `slopes`, and its derivatives. */
export interface ScalarFunction {
  value(r: number): number;
  slope(r: number): number;
  curvature(r: number): number;
  readonly slopes: readonly [number, number];
}

/** argmin f(p) + (p − u)²/(2V): Newton's method within a bracket, since it cycles without one for V beyond some 8. */
function proximal({ slope, curvature, slopes }: ScalarFunction, u: number, step: number): number {
  let low = u - step * slopes[1];
  let high = u - step * slopes[0];
  let p = Math.min(high, Math.max(low, u));
  let before = high - low;
  for (;;) {
    const excess = p - u + step * slope(p);
    if (excess > 0) high = p;
    else low = p;
    const newton = excess / (1 + step * curvature(p));
    // a step that has not become half of the last one may be on a cycle
    const quick = p - newton > low && p - newton < high && Math.abs(newton) <= 0.5 * before;
    const next = quick ? p - newton : 0.5 * (low + high);
    before = Math.abs(next - p);
    p = next;
    if (!(before > 1e-14 * (1 + Math.abs(p)))) return p;
  }
}

/** The trapezoid rule over ±9 standard deviations is exact to rounding for functions that are smooth on a scale of some tenths. */
const POINTS = 181;
const REACH = 9;
const points = Float64Array.from({ length: POINTS }, (_, k) => REACH * ((2 * k) / (POINTS - 1) - 1));
const weights = points.map((z) => (2 * REACH * normalDensity(z)) / (POINTS - 1));

/** Proximal moments R, g, H and Q of one class under u ~ N(m, B). */
function moments(f: ScalarFunction, mean: number, variance: number, step: number) {
  const deviation = Math.sqrt(variance);
  let [value, gradient, curvature, square] = [0, 0, 0, 0];
  for (const [k, z] of points.entries()) {
    const p = proximal(f, mean + deviation * z, step);
    const [slope, bend] = [f.slope(p), f.curvature(p)];
    value += weights[k] * f.value(p);
    gradient += weights[k] * slope;
    curvature += (weights[k] * bend) / (1 + step * bend);
    square += weights[k] * slope * slope;
  }
  return { value, gradient, curvature, square };
}

/** Damping of the iteration: each round goes half of the way. */
const DAMPING = 0.5;
const MOST_DAMPED = 3000;
const RESIDUAL = 1e-11;

/**
 * Smooth losses with bounded slopes of class labels, such as the logistic one, by damped iteration from V = 0.
 * @returns null where it does not settle.
 */
export function smoothEndpoint(problem: MixtureProblem, functions: readonly ScalarFunction[]): EndState | null {
  const { directions, priors } = problem;
  const { nodes, weight, eigenvalues, means } = directions;
  const classes = priors.length;
  const m = new Float64Array(classes);
  const b = new Float64Array(classes);
  const steps = new Float64Array(classes);
  for (let round = 0; round < MOST_DAMPED; round++) {
    const found = functions.map((f, i) => moments(f, m[i], b[i], steps[i]));
    const { decay, steps: nextSteps } = stiffnesses(
      problem,
      Float64Array.from(found, ({ curvature }) => curvature),
    );
    const mean = decay.map((there, n) => {
      let pull = 0;
      for (let i = 0; i < classes; i++) pull += priors[i] * found[i].gradient * means[i * nodes + n];
      return -pull / there;
    });
    const variance = varianceOf(
      problem,
      decay,
      Float64Array.from(found, ({ square }) => square),
    );
    let residual = 0;
    for (let i = 0; i < classes; i++) {
      let [nextMean, nextVariance] = [0, 0];
      for (let n = 0; n < nodes; n++) {
        nextMean += weight[n] * means[i * nodes + n] * mean[n];
        nextVariance += weight[n] * eigenvalues[i * nodes + n] * (mean[n] * mean[n] + variance[n]);
      }
      residual = Math.max(
        residual,
        Math.abs(nextMean - m[i]) / (1 + Math.abs(nextMean)),
        Math.abs(nextVariance - b[i]) / (1 + nextVariance),
        Math.abs(nextSteps[i] - steps[i]) / (1 + nextSteps[i]),
      );
      m[i] += DAMPING * (nextMean - m[i]);
      b[i] += DAMPING * (nextVariance - b[i]);
      steps[i] += DAMPING * (nextSteps[i] - steps[i]);
    }
    if (residual < RESIDUAL) {
      return { mean, variance, train: found.reduce((sum, { value }, i) => sum + priors[i] * value, 0) };
    }
  }
  return null;
}
