/** What is known for plain SGD alone, and why other updates are refused there. */
import { reason, type Reason } from '../../refusal/refusal.ts';
import { type Schedule } from '../schedule/schedule.ts';
import { type Update } from './update.ts';

/** Why an engine that follows X alone does not run an update; null if it may. */
export const followsXAlone = (engine: string, { plain, fields }: Pick<Update, 'plain' | 'fields'>): Reason | null =>
  plain ? null : reason('engine-fields', { fields }, JSON.stringify(engine));

/**
 * Why there is no theory of an update with a learning-rate rule; null if there is one. Rules that look at the state are
 * the best steps of plain SGD along its gradient, and the first steps of one that accumulates are taken one by one for
 * plain SGD.
 */
export const theoryRefusal = (
  { plain }: Pick<Update, 'plain'>,
  { kind, dependsOn }: Pick<Schedule, 'kind' | 'dependsOn'>,
): Reason | null => (plain || dependsOn === 'time' ? null : reason('theory-rule', {}, JSON.stringify(kind)));

/** Why there are no curves of an update as d → ∞; null if there are. */
export const limitRefusal = ({ monotone }: Pick<Update, 'monotone'>): Reason | null =>
  monotone ? null : reason('limit-turning', {});
