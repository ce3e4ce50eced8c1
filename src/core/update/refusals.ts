/** What is known for plain SGD alone, and why other updates are refused there. */
import { reason, type Reason } from '../../refusal/refusal.ts';
import { type Condition } from '../../refusal/codes/description.ts';
import { type Schedule } from '../schedule/schedule.ts';
import { type Update } from './update.ts';

/** What an engine that follows X alone is not for (engines/engine.ts); null if it may run an update. */
export const followsXAlone = ({ plain, fields }: Pick<Update, 'plain' | 'fields'>): Condition | null =>
  plain ? null : { code: 'fields-beside', allowed: { fields } };

/**
 * Why there is no theory of an update with a learning-rate rule; null if there is one. Rules that look at the state are
 * the best steps of plain SGD along its gradient, and the first steps of one that accumulates are taken one by one for
 * plain SGD.
 */
export const theoryRefusal = (
  { plain, plainPath }: Pick<Update, 'plain' | 'plainPath'>,
  { kind, dependsOn }: Pick<Schedule, 'kind' | 'dependsOn'>,
): Reason | null =>
  plain || dependsOn === 'time' || (plainPath && dependsOn === 'state')
    ? null
    : reason('theory-rule', {}, JSON.stringify(kind));

/** Why there are no curves of an update as d → ∞; null if there are. */
export const limitRefusal = ({
  monotone,
  ofEveryDimension,
}: Pick<Update, 'monotone' | 'ofEveryDimension'>): Reason | null => {
  if (!ofEveryDimension) return reason('limit-own-dimension', {});
  return monotone ? null : reason('limit-turning', {});
};
