/**
 * Mean field solved at several sizes of the step and extrapolated: to steps of size 0 where the samples of a step are drawn,
 * to the steps that are made where they are full batches. Full batches that are few enough are followed one by one.
 */
import { type FiniteData } from '../../data/data-spec.ts';
import { squared } from '../../math/elementary.ts';
import { type ShouldStop } from '../../experiment/outcome.ts';
import { type Setup } from '../../experiment/setup.ts';
import { type Directions } from '../../model/directions.ts';
import { rateAt } from '../../schedule/schedule.ts';
import { reduceDirections } from '../nodes/directions.ts';
import { createNormals, drawnSamples, fieldStream } from './drawn-samples.ts';
import { linearSamples } from './linear-samples.ts';
import { solveField, type FieldSolution, type SampleMoments } from './mean-field.ts';
import { type FinitePath } from './record.ts';

/** How finely steps are made. */
interface Resolution {
  /** Most steps of one solution. */
  readonly most: number;
  /** γ Δt that is enough for the finest steps, and the largest at which the extrapolation still holds. */
  readonly wanted: number;
  readonly largest: number;
  /** Sizes that the extrapolation's polynomial goes through, of the three that are solved for. */
  readonly sizes: 2 | 3;
}

export const LINEAR: Resolution = { most: 200, wanted: 0.04, largest: 0.12, sizes: 3 };
export const DRAWN: Resolution = { most: 96, wanted: 0.15, largest: 0.25, sizes: 2 };

/** Trajectories per class of a loss that is not least squares. */
const TRAJECTORIES = 6000;
/** What the trajectories leave, measured against ten times as many: relative, of the train risk. */
const SAMPLED = 0.01;
/** Directions are reduced to this accuracy. */
const TOLERANCE = 1e-7;
/** Fewest steps of the finest solution, a multiple of four. */
const FEWEST = 24;

/** Whether the steps can be made fine enough. */
export const isResolved = ({ most, largest }: Resolution, full: boolean, steps: number, reach: number): boolean =>
  (full && steps <= most) || reach / most <= largest;

const finestSteps = ({ most, wanted }: Resolution, reach: number): number =>
  4 * Math.ceil(Math.max(FEWEST, Math.min(most, reach / wanted)) / 4);

/** Operations of the dynamics of so many steps and γ T, about. */
export function fieldOperations(
  drawn: boolean,
  full: boolean,
  { steps, reach }: { readonly steps: number; readonly reach: number },
  nodes: number,
  classes: number,
): number {
  const resolution = drawn ? DRAWN : LINEAR;
  const count = full && steps <= resolution.most ? steps : finestSteps(resolution, reach);
  const perStep = (classes * (drawn ? TRAJECTORIES : 1)) / 3 + nodes;
  return count * count * count * perStep + (drawn ? 100 * classes * TRAJECTORIES * count : 0);
}

interface Level {
  readonly steps: number;
  readonly solution: FieldSolution;
}

/** The dynamics on a typical data set by the mean field; null where it was stopped. */
export function fieldPath(setup: Setup, data: FiniteData, shouldStop: ShouldStop): FinitePath | null {
  const { mixture, steps, schedule, loss } = setup;
  const directions = reduceDirections(setup, TOLERANCE);
  const resolution = loss.leastSquares ? LINEAR : DRAWN;
  const full = data.sampling === 'full-batch';
  const last = steps[steps.length - 1];
  const horizon = last / mixture.dimension;
  const reach = horizon * rateAt(schedule, 0);
  const levels: Level[] = [];
  const solve = (count: number): boolean => {
    const solution = solveLevel(setup, data, directions, count, horizon, shouldStop);
    if (solution) levels.push({ steps: count, solution });
    return solution !== null;
  };
  if (full && last <= resolution.most) {
    if (!solve(last)) return null;
    const drawn = loss.leastSquares ? {} : { accuracy: SAMPLED };
    return { directions, method: 'mean field', ...drawn, stateAt: stateOf(directions, levels, [1], horizon) };
  }
  const finest = finestSteps(resolution, reach);
  for (const count of [finest / 4, finest / 2, finest]) if (!solve(count)) return null;
  const sizes = levels.map((level) => horizon / level.steps);
  const to = full ? 1 / mixture.dimension : 0;
  const fine = [0, ...extrapolation(sizes.slice(1), to)];
  const coarse = [...extrapolation(sizes.slice(0, 2), to), 0];
  const all = extrapolation(sizes, to);
  const factors = resolution.sizes === 3 ? all : fine;
  // what is left of the second order falls by four from one pair of sizes to the next
  const accuracy =
    resolution.sizes === 3
      ? largestChange(levels, all, fine)
      : Math.max(SAMPLED, largestChange(levels, fine, coarse) / 3);
  const stateAt = stateOf(directions, levels, factors, horizon);
  return { directions, method: 'mean field, extrapolated in the step', accuracy, stateAt };
}

function solveLevel(
  setup: Setup,
  data: FiniteData,
  directions: Directions,
  steps: number,
  horizon: number,
  shouldStop: ShouldStop,
): FieldSolution | null {
  const { mixture, loss, schedule, experiment } = setup;
  const duration = horizon / steps;
  // visits of a sample in a step
  const visits =
    data.sampling === 'full-batch'
      ? null
      : (experiment.optimizer.batchSize * mixture.dimension * duration) / data.samples;
  const hasTeacher = loss.teacherOutputs > 0;
  const origin = hasTeacher ? directions.teacher : new Float64Array(directions.nodes);
  const stream = fieldStream(steps);
  const normalsAt = createNormals(TRAJECTORIES, stream.child('outputs'));
  const classes = Array.from(mixture.priors, (_, i): SampleMoments => {
    if (loss.leastSquares) {
      const zero = new Float64Array(1);
      const slope = new Float64Array(1);
      if (!hasTeacher) loss.gradient(i, zero, zero, slope);
      return linearSamples(steps, -slope[0], squared(loss.labels.noise), visits === null ? 0 : 1 / visits);
    }
    const own = { value: pointwise(i, 'value'), slope: pointwise(i, 'gradient'), curvature: pointwise(i, 'hessian') };
    return drawnSamples(own, steps, TRAJECTORIES, normalsAt, visits, stream.child('visits', i));
  });
  const stepSize = rateAt(schedule, 0) * duration;
  const parts = { directions, origin, priors: mixture.priors, samples: data.samples, steps, stepSize, classes };
  return solveField(parts, shouldStop);

  /** f, f′ or f″ of a class label as a function of r. */
  function pointwise(i: number, what: 'value' | 'gradient' | 'hessian'): (r: number) => number {
    const output = new Float64Array(1);
    const target = new Float64Array(1);
    const out = new Float64Array(1);
    return (r) => {
      output[0] = r;
      if (what === 'value') return loss.value(i, output, target);
      loss[what](i, output, target, out);
      return out[0];
    };
  }
}

/** Lagrange's factors of the polynomial through values at `sizes`, at the size `to`. */
function extrapolation(sizes: readonly number[], to: number): number[] {
  return sizes.map((own, k) =>
    sizes.reduce((product, other, j) => (j === k ? product : (product * (to - other)) / (own - other)), 1),
  );
}

/** Largest relative change of the train risk from one extrapolation to another, at the times of the coarsest solution. */
function largestChange(levels: readonly Level[], factors: readonly number[], others: readonly number[]): number {
  const [{ steps }] = levels;
  let most = 0;
  for (let k = 0; k <= steps; k++) {
    const values = levels.map((level) => level.solution.train[(k * level.steps) / steps]);
    const of = (by: readonly number[]) => values.reduce((sum, value, j) => sum + by[j] * value, 0);
    most = Math.max(most, Math.abs(of(factors) / of(others) - 1));
  }
  return most;
}

/** States at any time: cubic interpolation in each solution, and their combination. */
function stateOf(directions: Directions, levels: readonly Level[], factors: readonly number[], horizon: number) {
  const { nodes } = directions;
  return (t: number, mean: Float64Array, variance: Float64Array): number => {
    mean.fill(0);
    variance.fill(0);
    let train = 0;
    for (const [k, { steps, solution }] of levels.entries()) {
      for (const [at, weight] of interpolation((t / horizon) * steps, steps)) {
        const factor = factors[k] * weight;
        train += factor * solution.train[at];
        for (let n = 0; n < nodes; n++) {
          mean[n] += factor * solution.mean[at * nodes + n];
          variance[n] += factor * solution.variance[at * nodes + n];
        }
      }
    }
    for (let n = 0; n < nodes; n++) variance[n] = Math.max(0, variance[n]);
    return train;
  };
}

/** Steps and weights of the cubic through four steps around a place, or the step that is there. */
function interpolation(place: number, steps: number): (readonly [number, number])[] {
  const nearest = Math.round(place);
  if (Math.abs(place - nearest) < 1e-9 * (1 + place)) return [[nearest, 1]];
  const first = Math.max(0, Math.min(steps - 3, Math.floor(place) - 1));
  const at = [0, 1, 2, 3].map((k) => first + k);
  return extrapolation(at, place).map((weight, k) => [at[k], weight] as const);
}
