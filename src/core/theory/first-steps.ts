/**
 * The first steps of a rule that accumulates (docs/learning-rates.md, "First steps"). Where b_0² is not large beside what
 * one step adds to G, P/d, the first steps have a rate of their own each, and that rate knows the step's own gradient.
 * They are steps and no flow, however large d is. Here they are taken one by one: (T4) and (T5) as recursions, with the
 * moments of γ ∇f in place of γ times those of ∇f, and with the mean and the variance of G.
 */
import { squared } from '../math/elementary.ts';
import { packed, packedSize } from '../model/overlaps.ts';
import { createAccumulatedRate } from '../schedule/schedule.ts';
import { DIVERGED_NORM, type Outcome, type ShouldStop } from '../experiment/outcome.ts';
import { createAccumulatedLaw } from './equations/accumulated-law.ts';
import { createLinearMap } from '../update/update.ts';
import { createRateInputs } from '../schedule/state-inputs.ts';
import { type Coupling } from './equations/coupling.ts';
import { squaredNorm } from './equations/norm.ts';
import { type Drift } from './integrator/stepper.ts';
import { type Problem, type StateShape } from './equations/problem.ts';
import { type Recorder } from './recorder.ts';
import { createStepMoments, type StepMoments } from './equations/step-moments.ts';

/**
 * Steps are taken one by one while a step's own share of b_0² + G is above this. From there on the flow is right to a
 * fraction of it.
 */
export const SMALL_SHARE = 1 / 128;
/**
 * And while P grows by more than this from one step to the next: P then runs ahead of G, and a step's share goes up to
 * about as much before G stops it.
 */
const SMALL_GROWTH = 1 / 64;

export interface FirstStepsEnd {
  /** Time from which the flow goes on; 0 where there was no such step. */
  readonly t: number;
  readonly steps: number;
  /** Where it ended already. */
  readonly outcome: Outcome | null;
}

/** Whether a problem may have first steps: gradient flow has none, and in the limit d → ∞ a step's share is 0. */
const mayHaveFirstSteps = ({ noise, inverseDimension }: Problem, { accumulatedAt }: StateShape): boolean =>
  noise && inverseDimension > 0 && accumulatedAt >= 0;

/**
 * A step's own share of b_0² + G, from the rates without and with it: 1 − (γ(G + P/d)/γ(G))².
 * @param own P/d.
 */
export function ownShare({ rate }: ReturnType<typeof createAccumulatedRate>, t: number, sum: number, own: number) {
  return 1 - squared(rate(t, sum + own) / rate(t, sum));
}

/**
 * Takes the first steps and records the rows that are due on the way.
 * @param last time of the last row.
 * @param y state at t = 0; overwritten with that where the flow begins.
 */
export function takeFirstSteps(
  problem: Problem,
  shape: StateShape,
  coupling: Coupling,
  drift: Drift,
  recorder: Recorder,
  last: number,
  y: Float64Array,
  shouldStop: ShouldStop,
): FirstStepsEnd {
  if (!mayHaveFirstSteps(problem, shape)) return { t: 0, steps: 0, outcome: null };
  const { dimension, schedule } = problem;
  const { accumulatedAt } = shape;
  const rates = createAccumulatedRate(schedule);
  const step = createStep(problem, shape, coupling);
  let largestShare = 0;
  let before = NaN;
  for (let k = 0; ; k++) {
    const t = k / dimension;
    const known = Number.isFinite(coupling.evaluate(t, y));
    const size = squaredNorm(shape, y);
    if (!known || !(size < DIVERGED_NORM)) {
      return { t, steps: k, outcome: { status: 'diverged', t, quantity: 'norm', value: size } };
    }
    const own = step.own();
    const share = ownShare(rates, t, y[accumulatedAt], own);
    largestShare = Math.max(largestShare, share);
    const growth = k > 0 ? own / before - 1 : firstGrowth(own, y);
    before = own;
    const flows = !(share > SMALL_SHARE || growth > SMALL_GROWTH);
    if (k > 0 || !flows) while (recorder.due <= t) recorder.record(y, k === 0 ? rates.rate(t, 0) : step.rate);
    if (flows) {
      // Σ_{j>k} h(j) is the integral of h from k + 1/2 on: the flow reads G half a step ahead. Where there are hardly
      // any first steps it does so by little, so that nothing jumps where they begin.
      if (k > 0) y[accumulatedAt] += 0.5 * own * Math.max(0, 1 - SMALL_SHARE / largestShare);
      return { t, steps: k, outcome: null };
    }
    if (t >= last) return { t, steps: k, outcome: { status: 'done', t: last } };
    if (shouldStop()) return { t, steps: k, outcome: { status: 'cancelled', t } };
    step.take(t, y);
  }

  /** By how much P would grow in a first step along the flow; leaves the coupling as it was. */
  function firstGrowth(own: number, state: Float64Array): number {
    const slope = new Float64Array(state.length);
    drift.evaluate(0, state, slope);
    const next = state.map((value, k) => value + slope[k] / dimension);
    const grown = Number.isFinite(coupling.evaluate(0, next)) ? step.own() / own - 1 : Infinity;
    coupling.evaluate(0, state);
    return grown;
  }
}

const NO_ROWS: Recorder = { due: Infinity, record: () => undefined };

/** Whether a problem has first steps that are no flow. @param y state at t = 0; stays as it is. */
export const hasFirstSteps = (
  problem: Problem,
  shape: StateShape,
  coupling: Coupling,
  drift: Drift,
  y: Float64Array,
): boolean => takeFirstSteps(problem, shape, coupling, drift, NO_ROWS, Infinity, y, () => true).outcome !== null;

/** One step, from a state where the coupling was evaluated. */
function createStep(problem: Problem, shape: StateShape, coupling: Coupling) {
  const { priors, power, dimension, batchSize, loss, schedule } = problem;
  const { accumulatedAt } = shape;
  const law = createAccumulatedLaw();
  const classes = Array.from(priors, () => createStepMoments(loss, schedule));
  const move = createMove(
    problem,
    shape,
    classes.map(({ moments }) => moments),
  );
  /** E ‖∇R‖². */
  const inputs = createRateInputs(problem.directions, { ...problem, ridge: 0, outputs: shape.outputs });
  const meanSquare = (y: Float64Array): number => {
    const parameters = y.subarray(0, shape.outputs * shape.nodes);
    const noise = y.subarray(shape.noiseAt, shape.noiseAt + packedSize(shape.outputs) * shape.nodes);
    return inputs.at({ t: 0, accumulated: 0, moments: coupling.moments, parameters, noise }).descent();
  };
  const states = Array.from(priors, (_, classIndex) => ({
    classIndex,
    mean: coupling.law.mean[classIndex],
    covariance: coupling.law.covariance[classIndex],
    exact: coupling.moments[classIndex],
  }));
  /** What a sample adds to G, per ‖∇f‖². */
  const units = power.map((total) => total / squared(dimension * batchSize));
  /** Variance of G between runs. */
  let variance = 0;

  /** E of what one sample adds to G. */
  function meanShare(): number {
    let sum = 0;
    for (const [i, { gradientSquare }] of coupling.moments.entries()) {
      for (let a = 0; a < loss.outputs; a++) sum += priors[i] * units[i] * gradientSquare[a * loss.outputs + a];
    }
    return sum;
  }

  const step = {
    /** Mean learning rate of the last step. */
    rate: NaN,
    /** P/d: E of what a batch adds to G, to leading order in d. */
    own: () => batchSize * meanShare(),
    take(t: number, y: Float64Array): void {
      const mean = meanShare();
      const square = states.reduce(
        (sum, state, i) => sum + priors[i] * squared(units[i]) * classes[i].fourth(state),
        0,
      );
      const spread = Math.max(0, square - mean * mean);
      // the gradients of a batch have their mean in common
      const common = batchSize > 1 ? ((1 - 1 / batchSize) * meanSquare(y)) / squared(dimension) : 0;
      // what the other samples of the batch add is as unknown to one sample as G
      const others = batchSize - 1;
      law.update(y[accumulatedAt] + common + others * mean, variance + others * spread);
      step.rate = 0;
      for (const [i, state] of states.entries()) {
        classes[i].update(t, state, law, units[i]);
        step.rate += priors[i] * classes[i].moments.rate;
      }
      move(Math.round(t * dimension), step.rate, y);
      y[accumulatedAt] += common + batchSize * mean;
      variance += batchSize * spread;
    },
  };
  return step;
}

/**
 * (T4) and (T5) over one step, with the moments of φ: with M_n = (Σ_i p_i λ_{i,n} E ∂φ_i/∂r + δ E γ)/d,
 * x̄_n ← x̄_n − M_n x̄_n − (1/d) Σ_i p_i (μ_{i,n} E φ_i + λ_{i,n} E ∂φ_i/∂r* x*_n) and
 * S_n ← (1 − M_n) S_n (1 − M_n)ᵀ + (1/(d² b)) Σ_i p_i c_{i,n} E φ_i φ_iᵀ. An average of the iterates takes its part of the
 * new x.
 */
function createMove(problem: Problem, shape: StateShape, moments: readonly StepMoments[]) {
  const { priors, ridge, noisePower, dimension, batchSize, loss, update } = problem;
  const { eigenvalues, means, teacher } = problem.directions;
  const { nodes, outputs, fields, noiseAt } = shape;
  const { teacherOutputs } = loss;
  const map = createLinearMap(fields);
  const carried = new Float64Array(outputs * outputs);
  const classes = priors.length;
  const keep = new Float64Array(outputs * outputs);
  const half = new Float64Array(outputs * outputs);
  const moved = new Float64Array(outputs);
  const noiseRow = (a: number, b: number) => noiseAt + packed(Math.max(a, b), Math.min(a, b)) * nodes;

  /** 1 − M_n. */
  function writeKeep(rate: number, n: number): void {
    keep.fill(0);
    for (let i = 0; i < classes; i++) {
      const factor = (priors[i] * eigenvalues[i * nodes + n]) / dimension;
      for (let k = 0; k < keep.length; k++) keep[k] -= factor * moments[i].hessian[k];
    }
    for (let a = 0; a < outputs; a++) keep[a * outputs + a] += 1 - (rate * ridge) / dimension;
  }

  function moveMean(n: number, y: Float64Array): void {
    for (let a = 0; a < outputs; a++) {
      let value = 0;
      for (let b = 0; b < outputs; b++) value += keep[a * outputs + b] * y[b * nodes + n];
      for (let i = 0; i < classes; i++) {
        const { gradient, crossHessian } = moments[i];
        let push = means[i * nodes + n] * gradient[a];
        for (let s = 0; s < teacherOutputs; s++) {
          push += eigenvalues[i * nodes + n] * crossHessian[a * teacherOutputs + s] * teacher[s * nodes + n];
        }
        value -= (priors[i] * push) / dimension;
      }
      moved[a] = value;
    }
    for (let a = 0; a < outputs; a++) y[a * nodes + n] = moved[a];
  }

  function moveNoise(n: number, y: Float64Array): void {
    for (let a = 0; a < outputs; a++) {
      for (let b = 0; b < outputs; b++) {
        half[a * outputs + b] = 0;
        for (let c = 0; c < outputs; c++) half[a * outputs + b] += keep[a * outputs + c] * y[noiseRow(c, b) + n];
      }
    }
    for (let a = 0; a < outputs; a++) {
      for (let b = 0; b <= a; b++) {
        let value = 0;
        for (let c = 0; c < outputs; c++) value += half[a * outputs + c] * keep[b * outputs + c];
        for (let i = 0; i < classes; i++) {
          const power = (priors[i] * noisePower[i * nodes + n]) / (dimension * dimension * batchSize);
          value += power * moments[i].gradientSquare[a * outputs + b];
        }
        y[noiseRow(a, b) + n] = value;
      }
    }
  }

  /** E of x_new y_oldᵀ about the means. */
  function carry(n: number, y: Float64Array): void {
    for (let a = 0; a < outputs; a++) {
      for (let b = 0; b < outputs; b++) {
        carried[a * outputs + b] = 0;
        for (let c = 0; c < outputs; c++)
          carried[a * outputs + b] += keep[a * outputs + c] * y[noiseRow(outputs + b, c) + n];
      }
    }
  }

  /** y ← kept · y + added · x of an average, with the x that has moved. */
  function moveAverage(n: number, y: Float64Array, added: number, kept: number): void {
    for (let a = 0; a < outputs; a++) {
      y[(outputs + a) * nodes + n] = kept * y[(outputs + a) * nodes + n] + added * y[a * nodes + n];
      for (let b = 0; b <= a; b++) {
        const both = kept * added * (carried[a * outputs + b] + carried[b * outputs + a]);
        const row = noiseRow(outputs + a, outputs + b) + n;
        y[row] = kept * kept * y[row] + both + added * added * y[noiseRow(a, b) + n];
      }
      for (let b = 0; b < outputs; b++) {
        y[noiseRow(outputs + a, b) + n] = kept * carried[b * outputs + a] + added * y[noiseRow(a, b) + n];
      }
    }
  }

  return (k: number, rate: number, y: Float64Array): void => {
    if (fields > 1) update.step(k, rate, map);
    for (let n = 0; n < nodes; n++) {
      writeKeep(rate, n);
      moveMean(n, y);
      if (fields > 1) carry(n, y);
      moveNoise(n, y);
      if (fields > 1) moveAverage(n, y, map.matrix[2], map.matrix[3]);
    }
  };
}
