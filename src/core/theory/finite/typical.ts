/** What SGD does on a typical data set, for the descriptions for which that is solved. */
import { type Condition } from '../../../refusal/codes/description.ts';
import { squared } from '../../math/elementary.ts';
import { finiteData, type FiniteData } from '../../data/data-spec.ts';
import { type ShouldStop } from '../../experiment/outcome.ts';
import { type Experiment, type Subject } from '../../experiment/schema.ts';
import { type Setup } from '../../experiment/setup.ts';
import { labelsOf, outputsOf } from '../../loss/loss-spec.ts';
import { rateAt } from '../../schedule/schedule.ts';
import { reduceDirections } from '../nodes/directions.ts';
import { DRAWN, fieldOperations, fieldPath, isResolved, LINEAR } from './field-path.ts';
import { solveOneClass } from './one-class.ts';
import { type FinitePath } from './record.ts';
import { because, isCentred, passesRefusal } from './refusals.ts';

/** γ λ̄/d up to which full batches are as good as gradient flow. */
const SMALL_STEP = 0.02;

/** What is not solved for a typical data set; null where it is. */
export function typicalRefusal(subject: Subject): Condition | null {
  const { model, loss } = subject;
  const refused = passesRefusal(subject);
  if (refused) return refused;
  const byClass = labelsOf(subject).kind === 'class';
  const linear = loss.kind === 'teacher-least-squares' || (loss.kind === 'binary-least-squares' && byClass);
  if (!linear && !(loss.kind === 'logistic' && byClass)) return because('loss');
  if (outputsOf(subject, model.priors.length).outputs > 1) return because('outputs');
  if (solver(subject) === 'deterministic equivalent') return null;
  return resolved(subject, linear) ? null : because('long');
}

/** Steps, and γ T, of a description whose rate is constant. */
function lengthOf({ model, horizon, optimizer: { schedule } }: Subject) {
  const steps = Math.round(horizon * model.dimension);
  return { steps, reach: schedule.kind === 'constant' ? schedule.rate * horizon : Infinity };
}

function resolved(subject: Subject, linear: boolean): boolean {
  const { steps, reach } = lengthOf(subject);
  const full = finiteData(subject.data, subject.model.dimension)?.sampling === 'full-batch';
  return isResolved(linear ? LINEAR : DRAWN, full, steps, reach);
}

/** One class without a mean has closed forms, of full batches where their steps are small; all else is in steps of time. */
function solver(subject: Subject): 'deterministic equivalent' | 'mean field' {
  const { model, loss, data, optimizer } = subject;
  if (loss.kind !== 'teacher-least-squares' || model.priors.length > 1 || !isCentred(model)) return 'mean field';
  if (finiteData(data, model.dimension)?.sampling !== 'full-batch') return 'deterministic equivalent';
  const rate = optimizer.schedule.kind === 'constant' ? optimizer.schedule.rate : Infinity;
  const flows = rate / model.dimension <= SMALL_STEP && lengthOf(subject).steps > LINEAR.most;
  return flows ? 'deterministic equivalent' : 'mean field';
}

/** Operations of a node at one time and on one contour, of the deterministic equivalent. */
const AT_TIME = 2500;
const ON_CONTOUR = 2e4;
/** Octaves of time that a grid goes over, about. */
const OCTAVES = 12;

/** Operations that a curve takes, about. */
export function operationsOf(subject: Subject & Pick<Experiment, 'grid'>, nodes: number): number {
  if (solver(subject) === 'deterministic equivalent')
    return nodes * (AT_TIME * subject.grid.points + ON_CONTOUR * OCTAVES);
  const full = finiteData(subject.data, subject.model.dimension)?.sampling === 'full-batch';
  return fieldOperations(subject.loss.kind === 'logistic', full, lengthOf(subject), nodes, subject.model.priors.length);
}

/** (M1)–(M4), (D1)–(D5); null where it was stopped. */
export function typicalPath(
  setup: Setup,
  data: FiniteData,
  tolerance: number,
  shouldStop: ShouldStop,
): FinitePath | null {
  const { experiment, mixture, loss, schedule } = setup;
  const method = solver(experiment);
  if (method === 'mean field') return fieldPath(setup, data, shouldStop);
  const rate = rateAt(schedule, 0);
  const directions = reduceDirections(setup, tolerance);
  const batch = data.sampling === 'full-batch' ? Infinity : experiment.optimizer.batchSize;
  const solution = solveOneClass({
    directions,
    samples: data.samples,
    noise: squared(loss.labels.noise),
    rate,
    gain: rate / (mixture.dimension * batch),
  });
  return { directions, method, ...solution };
}
