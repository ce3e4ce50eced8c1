/** What theory says about a description before it is run. */
import { type Experiment } from '../../core/experiment/schema.ts';
import { theoryCurve, type Curve, type ExperimentResults } from '../../study/experiment-results.ts';
import { warningsOf, type Warning } from '../../study/warnings.ts';
import { type Setup } from '../../core/experiment/setup.ts';
import { createProblem } from '../../core/theory/equations/problem.ts';
import { reduceDirections } from '../../core/theory/nodes/directions.ts';
import { hasVelocity, momentumFeedback } from '../../core/theory/analysis/momentum-feedback.ts';
import { hasThreshold, isQuadratic } from '../../core/theory/analysis/stability.ts';
import {
  affordableSetup,
  bestLinearModel,
  endpointsOf,
  limitingRisk,
  phaseTransition,
  stabilityAt,
  stabilityThreshold,
  type BestModel,
  type Endpoint,
  type PhaseTransition,
  type Stability,
} from '../../core/theory/analysis/index.ts';

/** Precision of the nodes: a factor needs four digits. */
const FEEDBACK_PRECISION = 1e-8;

const thresholds = new WeakMap<Experiment, Stability | null>();

/** Largest stable rate of a description with a constant one; null for other rules and methods, and where it cannot be computed. */
export function rateThreshold(experiment: Experiment): Stability | null {
  if (experiment.optimizer.schedule.kind !== 'constant') return null;
  let result = thresholds.get(experiment);
  if (result === undefined) {
    try {
      const setup = affordableSetup(experiment);
      result = hasThreshold(setup) ? stabilityThreshold(setup) : null;
    } catch {
      result = null;
    }
    thresholds.set(experiment, result);
  }
  return result;
}

const warned = new WeakMap<Experiment, readonly Warning[]>();

/** What a description is warned of; nothing where that cannot be computed. */
export function knownWarnings(experiment: Experiment): readonly Warning[] {
  let found = warned.get(experiment);
  if (!found) {
    try {
      found = warningsOf(experiment);
    } catch {
      found = [];
    }
    warned.set(experiment, found);
  }
  return found;
}

const ends = new WeakMap<Curve, Stability | null>();

/**
 * Largest constant rate at which small noise dies out around the state that the finished theory curve ends at. Null
 * without such a curve, for least squares, whose threshold is the same at every state, and where a row or the update does
 * not tell it.
 */
export function thresholdAtEnd({
  experiment,
  frame,
  curves,
}: Pick<ExperimentResults, 'experiment' | 'frame' | 'curves'>) {
  const curve = theoryCurve({ experiment, frame, curves }, 'ode');
  if (curve?.outcome.status !== 'done') return null;
  let found = ends.get(curve);
  if (found === undefined) ends.set(curve, (found = atRow(experiment, frame, curve)));
  return found;
}

function atRow(experiment: Experiment, { layout }: ExperimentResults['frame'], { rows }: Curve): Stability | null {
  // rows have the groups of the experiment's own d, whatever this is computed with
  const setup = { ...affordableSetup(experiment), layout };
  if (!hasThreshold(setup) || isQuadratic(setup.loss) || setup.loss.teacherOutputs > 0) return null;
  return stabilityAt(setup, rows.subarray(rows.length - layout.size));
}

export interface Analysis {
  /** d that it was computed with. */
  readonly dimension: number;
  /** Null where X does not move as by plain SGD. */
  readonly stability: Stability | null;
  /** Factor by which the noise of a velocity feeds itself, of losses of constant curvature; null where it is not known. */
  readonly feedback: number | null;
  /** Whether every step is of bounded length: signs and clipped norms. */
  readonly bounded: boolean;
  /** Constant rate; null for other rules. */
  readonly rate: number | null;
  /** Of constant rates and least squares; Infinity above the threshold, null where no closed form is known. */
  readonly limit: number | null;
  readonly best: BestModel | null;
  readonly transition: PhaseTransition | null;
  readonly endpoints: readonly Endpoint[];
}

function feedbackOf(setup: Setup): number | null {
  if (!hasVelocity(setup) || !isQuadratic(setup.loss) || setup.schedule.dependsOn !== 'time') return null;
  const problem = createProblem(setup, reduceDirections(setup, FEEDBACK_PRECISION), { noise: true });
  return momentumFeedback(problem, setup.experiment.horizon * (1 - Number.EPSILON));
}

/** @throws RangeError where the arrays would be too large. */
export function analyse(experiment: Experiment): Analysis {
  const setup = affordableSetup(experiment);
  const { schedule } = experiment.optimizer;
  const rate = schedule.kind === 'constant' ? schedule.rate : null;
  return {
    dimension: setup.mixture.dimension,
    stability: hasThreshold(setup) ? stabilityThreshold(setup) : null,
    feedback: feedbackOf(setup),
    bounded: setup.update.shape !== null,
    rate,
    // of a stream: what finite data tend to is told by their end points
    limit: rate === null || setup.data || !setup.update.plainPath ? null : limitingRisk(setup, rate),
    best: bestLinearModel(setup),
    transition: phaseTransition(setup),
    endpoints: endpointsOf(experiment),
  };
}
