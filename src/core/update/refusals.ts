/** What is known for plain SGD alone, and why other updates are refused there. */
import { type Schedule } from '../schedule/schedule.ts';
import { type Update } from './update.ts';

/** What an engine that follows X alone is not for (engines/engine.ts); null if it may run an update. */
export const followsXAlone = ({ plain, fields }: Pick<Update, 'plain' | 'fields'>): string | null =>
  plain ? null : `with this optimizer, which has ${fields.join(', ')} to follow and not X alone`;

/**
 * Why there is no theory of an update with a learning-rate rule; null if there is one. Rules that look at the state are
 * the best steps of plain SGD along its gradient, and the first steps of one that accumulates are taken one by one for
 * plain SGD.
 */
export const theoryRefusal = (
  { plain, plainPath }: Pick<Update, 'plain' | 'plainPath'>,
  { kind, dependsOn }: Pick<Schedule, 'kind' | 'dependsOn'>,
): string | null =>
  plain || dependsOn === 'time' || (plainPath && dependsOn === 'state')
    ? null
    : `expected a rule of time alone with this optimizer, or no theory.curves, got ${JSON.stringify(kind)}: theory has its steps for plain SGD`;

/** Why there are no curves of an update as d → ∞; null if there are. */
export const limitRefusal = ({
  monotone,
  ofEveryDimension,
}: Pick<Update, 'monotone' | 'ofEveryDimension'>): string | null => {
  if (!ofEveryDimension) return 'expected false with this optimizer: its flow is that of a d of its own';
  return monotone ? null : 'expected false with this optimizer: modes that turn round need every direction';
};
