/** Integrates the mean solution and the covariance of its fluctuations together, and hands out both at given times. */
import { squared } from '../../math/elementary.ts';
import { reason, Refused } from '../../../refusal/refusal.ts';
import { type Setup } from '../../experiment/setup.ts';
import { overflowed, type ShouldStop } from '../../experiment/outcome.ts';
import { createCoupling, type Coupling } from '../equations/coupling.ts';
import { createDrift } from '../equations/drift.ts';
import { stateNorm } from '../equations/norm.ts';
import {
  createProblem,
  segmentEnds,
  startState,
  stateShape,
  type Problem,
  type StateShape,
} from '../equations/problem.ts';
import { rungeKutta } from '../integrator/runge-kutta.ts';
import { type ErrorNorm } from '../integrator/stepper.ts';
import { dop853 } from '../integrator/tables/dop853.ts';
import { hasFirstSteps } from '../first-steps.ts';
import { march, type MarchEnd } from '../march.ts';
import { reduceDirections } from '../nodes/directions.ts';
import { packed } from '../../model/overlaps.ts';
import { deviationsOf, productBlock, type Deviations } from './deviations.ts';
import { createFluctuationDrift, type FluctuationDrift } from './fluctuation-drift.ts';
import { rowAt } from './packed-covariance.ts';

/** A state with its fluctuations. */
export interface Fluctuating {
  readonly problem: Problem;
  readonly shape: StateShape;
  /** Buffers of its own: evaluated at what is recorded, it leaves no trace in the integration. */
  readonly coupling: Coupling;
  readonly t: number;
  /** What the rows of C are. */
  readonly deviations: Deviations;
  /** Mean state and, from `covarianceAt` on, C packed (packed-covariance.ts). */
  readonly y: Float64Array;
  readonly covarianceAt: number;
}

export interface FluctuationOptions {
  /** Relative accuracy of C, in (0, 1); that of the mean solution is the same, or better. */
  readonly tolerance: number;
  /** False for homogenised SGD. */
  readonly discrete: boolean;
  /** Ascending. */
  readonly times: Float64Array;
  readonly onState: (state: Fluctuating) => void;
  readonly shouldStop: ShouldStop;
}

/** Work that was done. */
export interface FluctuationEnd extends MarchEnd {
  readonly nodes: number;
  readonly evaluations: number;
  readonly momentError: number;
}

/** Accuracy of the mean solution that C is integrated along. */
const MEAN_TOLERANCE = 1e-7;
/** C below this over d counts as 0 for its errors. */
const FLOOR = 1e-3;

/** @throws RangeError if the problem has no fluctuations here: see spreadRefusal; Refused where first steps are no flow. */
export function integrateFluctuations(setup: Setup, options: FluctuationOptions): FluctuationEnd {
  const { tolerance, times, shouldStop } = options;
  const problem = createProblem(setup, reduceDirections(setup, MEAN_TOLERANCE), { noise: true });
  const shape = stateShape(problem);
  const deviations = deviationsOf(shape);
  const coupling = createCoupling(problem, shape);
  const recording = createCoupling(problem, shape);
  const mean = createDrift(problem, shape, coupling);
  let evaluations = 0;
  const inner = createFluctuationDrift(problem, shape, deviations, coupling, mean, options.discrete);
  const drift: FluctuationDrift = {
    ...inner,
    evaluate(t, y, out) {
      evaluations++;
      inner.evaluate(t, y, out);
    },
  };
  if (hasFirstSteps(problem, shape, coupling, mean, startState(problem, shape)))
    throw new Refused([{ path: 'optimizer.schedule.offset', ...reason('spread-first-steps', {}) }]);
  const last = times[times.length - 1];
  let point = 0;
  const norm = jointNorm(
    stateNorm(problem, shape, Math.min(tolerance, MEAN_TOLERANCE)),
    drift,
    tolerance,
    problem,
    deviations,
  );
  const end = march<FluctuationDrift>({
    drift,
    shape,
    norm,
    recorder: {
      get due() {
        return point < times.length ? times[point] : Infinity;
      },
      record(y) {
        const t = times[point++];
        options.onState({ problem, shape, deviations, coupling: recording, t, y, covarianceAt: drift.covarianceAt });
      },
    },
    explicit: rungeKutta(dop853).create(drift.size, norm),
    stiff: null,
    stiffCost: 1,
    shouldStop,
    ends: segmentEnds(problem, last),
    overflow: (t, y) => ({ quantity: 'drift', value: overflowed(largestSlope(drift, t, y)) }),
    start: 0,
    y: startOf(problem, shape, deviations, drift),
  });
  return { ...end, nodes: shape.nodes, evaluations, momentError: coupling.momentError };
}

function largestSlope(drift: FluctuationDrift, t: number, y: Float64Array): number {
  const slope = new Float64Array(y.length);
  drift.evaluate(t, y, slope);
  return slope.reduce((most, value) => Math.max(most, overflowed(Math.abs(value))), 0);
}

/**
 * Mean start, and C of a start whose entries are drawn for each run: with S the variance of x, a_f a_h S of fields that start
 * from a_f x, and 2 a_e a_f a_g a_h S² of their products. Averages over the w directions of a node have 1/w of that, and
 * √w δz and w δ(zzᵀ) the w back.
 */
function startOf(
  problem: Problem,
  shape: StateShape,
  deviations: Deviations,
  { size, covarianceAt }: FluctuationDrift,
): Float64Array {
  const y = new Float64Array(size);
  y.set(startState(problem, shape));
  const { nodes, fields } = shape;
  const { start } = problem.update;
  const variance = problem.startVariance;
  const at = (p: number, q: number, n: number) => covarianceAt + rowAt(p * nodes + n) + q * nodes + n;
  for (let f = 0; f < fields; f++) {
    for (let h = 0; h <= f; h++) {
      const own = start[f] * start[h];
      for (let n = 0; n < nodes; n++) y[at(f, h, n)] = own * variance;
      for (let e = 0; e <= f; e++) {
        for (let g = 0; g <= e; g++) {
          if (packed(e, g) > packed(f, h)) continue;
          const [p, q] = [productBlock(deviations, f, h), productBlock(deviations, e, g)];
          const both = own * start[e] * start[g];
          for (let n = 0; n < nodes; n++) y[at(p, q, n)] = both * 2 * problem.weight[n] * variance * variance;
        }
      }
    }
  }
  return y;
}

/** The larger of the errors of the mean state and of C, that relative to the whole of C, fields by what they do to x. */
function jointNorm(
  ofMean: ErrorNorm,
  { covarianceAt }: FluctuationDrift,
  tolerance: number,
  { dimension, update }: Problem,
  deviations: Deviations,
): ErrorNorm {
  const weights = rowWeights(update.weights, deviations);
  const sizeOf = (values: Float64Array): number => {
    let sum = 0;
    if (!weights) {
      for (let k = covarianceAt; k < values.length; k++) sum += values[k] * values[k];
      return Math.sqrt(sum);
    }
    for (let i = 0, k = covarianceAt; i < weights.length; i++) {
      let row = 0;
      for (let j = 0; j <= i; j++, k++) row += squared(weights[j] * values[k]);
      sum += squared(weights[i]) * row;
    }
    return Math.sqrt(sum);
  };
  return (error, before, after) => {
    const scale = FLOOR / dimension + Math.max(sizeOf(before), sizeOf(after));
    return Math.max(ofMean(error, before, after), sizeOf(error) / (tolerance * scale));
  };
}

/** What an error of each deviation counts; null where all count the same. */
function rowWeights(ofFields: readonly number[], deviations: Deviations): Float64Array | null {
  if (ofFields.every((weight) => weight === 1)) return null;
  const { nodes, fields, rows } = deviations;
  const weights = new Float64Array(rows).fill(1);
  for (let f = 0; f < fields; f++) {
    weights.fill(ofFields[f], f * nodes, (f + 1) * nodes);
    for (let h = 0; h <= f; h++) {
      const block = productBlock(deviations, f, h);
      weights.fill(ofFields[f] * ofFields[h], block * nodes, (block + 1) * nodes);
    }
  }
  return weights;
}
