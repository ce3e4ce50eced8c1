/** Integrates the mean solution and the covariance of its fluctuations together, and hands out both at given times. */
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
import { march, type MarchEnd } from '../march.ts';
import { reduceDirections } from '../nodes/directions.ts';
import { createFluctuationDrift, type FluctuationDrift } from './fluctuation-drift.ts';
import { rowAt } from './packed-covariance.ts';

/** A state with its fluctuations. */
export interface Fluctuating {
  readonly problem: Problem;
  readonly shape: StateShape;
  /** Buffers of its own: evaluated at what is recorded, it leaves no trace in the integration. */
  readonly coupling: Coupling;
  readonly t: number;
  /** Mean state and, from `covarianceAt` on, C packed over 2N rows (packed-covariance.ts). */
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

/** @throws RangeError if the problem has no fluctuations here: see spreadRefusal. */
export function integrateFluctuations(setup: Setup, options: FluctuationOptions): FluctuationEnd {
  const { tolerance, times, shouldStop } = options;
  const problem = createProblem(setup, reduceDirections(setup, MEAN_TOLERANCE), { noise: true });
  const shape = stateShape(problem);
  const coupling = createCoupling(problem, shape);
  const recording = createCoupling(problem, shape);
  const mean = createDrift(problem, shape, coupling);
  let evaluations = 0;
  const inner = createFluctuationDrift(problem, shape, coupling, mean, options.discrete);
  const drift: FluctuationDrift = {
    ...inner,
    evaluate(t, y, out) {
      evaluations++;
      inner.evaluate(t, y, out);
    },
  };
  const last = times[times.length - 1];
  let point = 0;
  const norm = jointNorm(stateNorm(problem, shape, Math.min(tolerance, MEAN_TOLERANCE)), drift, tolerance, problem);
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
        options.onState({ problem, shape, coupling: recording, t, y, covarianceAt: drift.covarianceAt });
      },
    },
    explicit: rungeKutta(dop853).create(drift.size, norm),
    stiff: null,
    stiffCost: 1,
    shouldStop,
    ends: segmentEnds(problem, last),
    overflow: (t, y) => ({ quantity: 'drift', value: overflowed(largestSlope(drift, t, y)) }),
    start: 0,
    y: startOf(problem, shape, drift),
  });
  return { ...end, nodes: shape.nodes, evaluations, momentError: coupling.momentError };
}

function largestSlope(drift: FluctuationDrift, t: number, y: Float64Array): number {
  const slope = new Float64Array(y.length);
  drift.evaluate(t, y, slope);
  return slope.reduce((most, value) => Math.max(most, overflowed(Math.abs(value))), 0);
}

/**
 * Mean start, and C of a start whose entries are drawn for each run: S of x, and 2 S² of x². Averages over the w directions
 * of a node have 1/w of that, and √w δx and w δq the w back.
 */
function startOf(problem: Problem, shape: StateShape, { size, covarianceAt }: FluctuationDrift): Float64Array {
  const y = new Float64Array(size);
  y.set(startState(problem, shape));
  const { nodes } = shape;
  const variance = problem.startVariance;
  for (let n = 0; n < nodes; n++) {
    y[covarianceAt + rowAt(n) + n] = variance;
    y[covarianceAt + rowAt(nodes + n) + nodes + n] = 2 * problem.weight[n] * variance * variance;
  }
  return y;
}

/** The larger of the errors of the mean state and of C, that relative to the whole of C. */
function jointNorm(
  ofMean: ErrorNorm,
  { covarianceAt }: FluctuationDrift,
  tolerance: number,
  { dimension }: Problem,
): ErrorNorm {
  const sizeOf = (values: Float64Array): number => {
    let sum = 0;
    for (let k = covarianceAt; k < values.length; k++) sum += values[k] * values[k];
    return Math.sqrt(sum);
  };
  return (error, before, after) => {
    const scale = FLOOR / dimension + Math.max(sizeOf(before), sizeOf(after));
    return Math.max(ofMean(error, before, after), sizeOf(error) / (tolerance * scale));
  };
}
