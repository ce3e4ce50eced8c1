/**
 * Dynamical mean field of gradient descent on n samples of a mixture, one output, from X = 0: (D1)–(D5) in steps of time.
 * Take away one sample, or one direction, and put it back: samples feel what they did to X through Γ, directions what they
 * did to the samples through Λ. Everything at a step needs earlier steps alone.
 */
import { type ShouldStop } from '../../experiment/outcome.ts';
import { type Directions } from '../../model/directions.ts';

/** Of one class at one step: what is known of its samples. */
export interface SampleMoments {
  /** Takes the step's law: m and B against all steps up to this one, and Γ against those before it. */
  step(t: number, mean: number, covariance: Float64Array, response: Float64Array): void;
  /** E f at that step. */
  readonly risk: number;
  /** g = E f′. */
  readonly gradient: number;
  /** Λ against all steps up to it. */
  readonly curvature: Float64Array;
  /** Q against all steps up to it. */
  readonly square: Float64Array;
}

export interface FieldProblem {
  readonly directions: Directions;
  /** What X is measured from, N: x* for least squares with a teacher. */
  readonly origin: Float64Array;
  readonly priors: Float64Array;
  /** n. */
  readonly samples: number;
  /** Steps. */
  readonly steps: number;
  /** η = γ Δt. */
  readonly stepSize: number;
  readonly classes: readonly SampleMoments[];
}

/** Mean and variance of X after each step, (steps + 1)×N row-major, and the train risk. */
export interface FieldSolution {
  readonly mean: Float64Array;
  readonly variance: Float64Array;
  readonly train: Float64Array;
}

/** Place of (t, s), s < t, in a triangle. */
const below = (t: number, s: number): number => (t * (t - 1)) / 2 + s;
/** Place of (t, s), s <= t. */
const upTo = (t: number, s: number): number => (t * (t + 1)) / 2 + s;

/** The dynamics after 0 … steps steps; null where it was stopped. */
export function solveField(problem: FieldProblem, shouldStop: ShouldStop): FieldSolution | null {
  const { directions, origin, priors, samples, steps, stepSize, classes } = problem;
  const { nodes, weight, eigenvalues, means } = directions;
  const mean = new Float64Array((steps + 1) * nodes);
  const variance = new Float64Array((steps + 1) * nodes);
  const train = new Float64Array(steps + 1);
  /** x̄ − origin, and G of (D4), a row of N for every pair of steps. */
  const offset = new Float64Array((steps + 1) * nodes);
  const responses = new Float64Array(below(steps + 1, 0) * nodes);
  /** η² p_i Q_i/n. */
  const squares = classes.map(() => new Float64Array(upTo(steps + 1, 0)));
  const covariances = classes.map(() => new Float64Array(steps + 1));
  const reactions = classes.map(() => new Float64Array(steps + 1));
  const weightedEigenvalues = classes.map((_, i) => weight.map((w, n) => w * eigenvalues[i * nodes + n]));
  const drift = new Float64Array((steps + 1) * nodes);
  const spread = new Float64Array((steps + 1) * nodes);
  const sum = new Float64Array(nodes);
  const row = (of: Float64Array, k: number) => of.subarray(k * nodes, (k + 1) * nodes);
  for (let n = 0; n < nodes; n++) offset[n] = -origin[n];

  for (let t = 0; t <= steps; t++) {
    if (shouldStop()) return null;
    covarianceRows(t);
    for (const [i, samplesOf] of classes.entries()) {
      const own = means.subarray(i * nodes, (i + 1) * nodes);
      let m = 0;
      for (let n = 0; n < nodes; n++) m += weight[n] * own[n] * offset[t * nodes + n];
      for (let s = 0; s < t; s++) {
        let response = 0;
        const g = row(responses, below(t, s));
        for (let n = 0; n < nodes; n++) response += weightedEigenvalues[i][n] * g[n];
        reactions[i][s] = (stepSize / samples) * response;
      }
      samplesOf.step(t, m, covariances[i], reactions[i]);
      train[t] += priors[i] * samplesOf.risk;
      for (let s = 0; s <= t; s++) {
        squares[i][upTo(t, s)] = (stepSize * stepSize * priors[i] * samplesOf.square[s]) / samples;
      }
    }
    if (t < steps) advance(t);
  }
  return { mean, variance, train };

  /** B_i(t, s) for s <= t, and S(t, t): S(t, s) = Σ G(t, u) q(u, v) G(s, v). */
  function covarianceRows(t: number): void {
    const here = row(offset, t);
    for (let n = 0; n < nodes; n++) mean[t * nodes + n] = here[n] + origin[n];
    // places instead of views in the inner loops: there are few nodes, and many pairs of steps
    for (let v = 0; v < t; v++) {
      const out = v * nodes;
      spread.fill(0, out, out + nodes);
      for (let i = 0; i < classes.length; i++) {
        sum.fill(0);
        for (let u = 0; u < t; u++) {
          const factor = squares[i][u >= v ? upTo(u, v) : upTo(v, u)];
          const g = below(t, u) * nodes;
          for (let n = 0; n < nodes; n++) sum[n] += factor * responses[g + n];
        }
        for (let n = 0; n < nodes; n++) spread[out + n] += eigenvalues[i * nodes + n] * sum[n];
      }
    }
    for (let s = 0; s <= t; s++) {
      sum.fill(0);
      for (let v = 0; v < s; v++) {
        const g = below(s, v) * nodes;
        const there = v * nodes;
        for (let n = 0; n < nodes; n++) sum[n] += spread[there + n] * responses[g + n];
      }
      if (s === t) variance.set(sum, t * nodes);
      const other = row(offset, s);
      for (let i = 0; i < classes.length; i++) {
        let covariance = 0;
        for (let n = 0; n < nodes; n++) covariance += weightedEigenvalues[i][n] * (here[n] * other[n] + sum[n]);
        covariances[i][s] = covariance;
      }
    }
  }

  /** (D4). */
  function advance(t: number): void {
    for (let s = 0; s <= t; s++) {
      const out = row(drift, s);
      out.fill(0);
      for (let i = 0; i < classes.length; i++) {
        const factor = priors[i] * classes[i].curvature[s];
        const lambda = eigenvalues.subarray(i * nodes, (i + 1) * nodes);
        for (let n = 0; n < nodes; n++) out[n] += factor * lambda[n];
      }
    }
    sum.fill(0);
    for (let i = 0; i < classes.length; i++) {
      const own = means.subarray(i * nodes, (i + 1) * nodes);
      const factor = priors[i] * classes[i].gradient;
      for (let n = 0; n < nodes; n++) sum[n] += factor * own[n];
    }
    for (let s = 0; s <= t; s++) {
      const [a, x] = [row(drift, s), row(offset, s)];
      for (let n = 0; n < nodes; n++) sum[n] += a[n] * x[n];
    }
    for (let n = 0; n < nodes; n++) offset[(t + 1) * nodes + n] = offset[t * nodes + n] - stepSize * sum[n];
    for (let s = 0; s < t; s++) {
      sum.fill(0);
      for (let u = s + 1; u <= t; u++) {
        const [a, g] = [u * nodes, below(u, s) * nodes];
        for (let n = 0; n < nodes; n++) sum[n] += drift[a + n] * responses[g + n];
      }
      const [before, after] = [row(responses, below(t, s)), row(responses, below(t + 1, s))];
      for (let n = 0; n < nodes; n++) after[n] = before[n] - stepSize * sum[n];
    }
    row(responses, below(t + 1, t)).fill(1);
  }
}
