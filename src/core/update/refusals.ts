/** What is known for plain SGD alone, and why other updates are refused there. */
import { reason, type Reason } from '../../refusal/refusal.ts';
import { type Condition } from '../../refusal/codes/description.ts';
import { type Loss } from '../loss/loss.ts';
import { type Schedule } from '../schedule/schedule.ts';
import { type Update } from './update.ts';

/** What an engine that follows X alone is not for (engines/engine.ts); null if it may run an update. */
export function followsXAlone({ plain, fields, shape }: Pick<Update, 'plain' | 'fields' | 'shape'>): Condition | null {
  if (plain) return null;
  return shape ? { code: 'shaped-gradient', allowed: {} } : { code: 'fields-beside', allowed: { fields } };
}

/** Why there is no theory of what an update makes of a batch's gradient; null if there is one. */
export function shapeRefusal(
  { shape }: Pick<Update, 'shape'>,
  batchSize: number,
  loss: Pick<Loss, 'outputs' | 'reshaped'>,
): (Reason & { readonly at: 'batchSize' | 'method' }) | null {
  if (!shape) return null;
  if (batchSize > 1) return { at: 'batchSize', ...reason('shape-batch', {}, String(batchSize)) };
  if (loss.reshaped) return null;
  return { at: 'method', ...reason('shape-outputs', { outputs: loss.outputs }, JSON.stringify(shape.kind)) };
}

/**
 * Why there is no theory of an update with a learning-rate rule; null if there is one. Rules that look at the state are
 * the best steps of plain SGD along its gradient, and the first steps of one that accumulates are those of plain SGD with
 * an average beside them at most.
 */
export const theoryRefusal = (
  { plainPath }: Pick<Update, 'plainPath'>,
  { kind, dependsOn }: Pick<Schedule, 'kind' | 'dependsOn'>,
): Reason | null => (plainPath || dependsOn === 'time' ? null : reason('theory-rule', {}, JSON.stringify(kind)));

/** Why there are no curves of an update as d → ∞; null if there are. */
export const limitRefusal = ({
  monotone,
  ofEveryDimension,
}: Pick<Update, 'monotone' | 'ofEveryDimension'>): Reason | null => {
  if (!ofEveryDimension) return reason('limit-own-dimension', {});
  return monotone ? null : reason('limit-turning', {});
};
