/** What SGD does on a typical data set, for the descriptions for which that is solved. */
import { type Condition } from '../../../refusal/codes/description.ts';
import { squared } from '../../math/elementary.ts';
import { type FiniteData } from '../../data/data-spec.ts';
import { type Subject } from '../../experiment/schema.ts';
import { type Setup } from '../../experiment/setup.ts';
import { outputsOf } from '../../loss/loss-spec.ts';
import { rateAt } from '../../schedule/schedule.ts';
import { reduceDirections } from '../nodes/directions.ts';
import { solveOneClass } from './one-class.ts';
import { type FinitePath } from './record.ts';
import { because, isCentred, passesRefusal } from './refusals.ts';

/** What is not solved for a typical data set; null where it is. */
export function typicalRefusal(subject: Subject): Condition | null {
  const { model, loss } = subject;
  const refused = passesRefusal(subject);
  if (refused) return refused;
  if (loss.kind !== 'teacher-least-squares') return because('loss');
  if (outputsOf(subject, model.priors.length).outputs > 1) return because('outputs');
  return model.priors.length === 1 && isCentred(model) ? null : because('classes');
}

/** (M1)–(M3). */
export function typicalPath(setup: Setup, data: FiniteData, tolerance: number): FinitePath {
  const { experiment, mixture, loss, schedule } = setup;
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
  return { directions, method: 'deterministic equivalent', ...solution };
}
