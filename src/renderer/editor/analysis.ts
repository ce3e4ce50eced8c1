/** What theory says about a description before it is run. */
import { needsArrays, prepare, type Setup } from '../../core/experiment.ts';
import { type Experiment } from '../../core/study/schema.ts';
import {
  bestLinearModel,
  limitingRisk,
  phaseTransition,
  stabilityThreshold,
  type BestModel,
  type PhaseTransition,
  type Stability,
} from '../../core/theory/analysis.ts';

/** Directions that thresholds are computed with at most: they depend on ρ/d alone, up to 1/d. */
const MOST_DIRECTIONS = 20_000;

/** The setup of a description, with fewer directions where there are many and they follow from formulas. */
function affordable(experiment: Experiment): Setup {
  const { model, loss } = experiment;
  const given =
    model.spectrum.kind === 'custom' ||
    model.means.arrangement.kind === 'custom' ||
    (loss.kind === 'teacher-least-squares' && loss.teacher.kind === 'custom');
  // a model in blocks needs no arrays, and its own d and b decide its threshold
  const whole = given || !needsArrays(experiment);
  const dimension = whole ? model.dimension : Math.min(model.dimension, MOST_DIRECTIONS);
  return prepare({ ...experiment, model: { ...model, dimension } });
}

const thresholds = new WeakMap<Experiment, Stability | null>();

/** Largest stable rate of a description with a constant one; null for other rules, and where it cannot be computed. */
export function rateThreshold(experiment: Experiment): Stability | null {
  if (experiment.optimizer.schedule.kind !== 'constant') return null;
  let result = thresholds.get(experiment);
  if (result === undefined) {
    try {
      result = stabilityThreshold(affordable(experiment));
    } catch {
      result = null;
    }
    thresholds.set(experiment, result);
  }
  return result;
}

export interface Analysis {
  /** d that it was computed with. */
  readonly dimension: number;
  readonly stability: Stability;
  /** Constant rate; null for other rules. */
  readonly rate: number | null;
  /** Of constant rates and least squares; Infinity above the threshold, null where no closed form is known. */
  readonly limit: number | null;
  readonly best: BestModel | null;
  readonly transition: PhaseTransition | null;
}

/** @throws RangeError where the arrays would be too large. */
export function analyse(experiment: Experiment): Analysis {
  const setup = affordable(experiment);
  const { schedule } = experiment.optimizer;
  const rate = schedule.kind === 'constant' ? schedule.rate : null;
  return {
    dimension: setup.mixture.dimension,
    stability: stabilityThreshold(setup),
    rate,
    limit: rate === null ? null : limitingRisk(setup, rate),
    best: bestLinearModel(setup),
    transition: phaseTransition(setup),
  };
}
