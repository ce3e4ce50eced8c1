/** What there is no spread from theory of, and why. */
import { type Loss } from '../../loss/loss.ts';
import { reason, type Reason } from '../../../refusal/refusal.ts';
import { packedSize } from '../../model/overlaps.ts';
import { type Schedule } from '../../schedule/schedule.ts';
import { type Update } from '../../update/update.ts';
import { hasRateSlopes } from '../jacobian/rate-slopes.ts';

/** Most rows of a covariance that is kept: 2400²/2 numbers for each stage of a step. */
const MOST_ROWS = 2400;

/**
 * Why (T16) is not solved for a problem; null if it is.
 * @param curves that are solved: the spread is that of the first of them in which noise acts.
 * @param stream whether every sample is new.
 * @param limit whether they are those of the limit d → ∞, where all runs are the same.
 */
export function spreadRefusal(
  { loss, schedule, update }: { loss: Loss; schedule: Schedule; update: Pick<Update, 'shape'> },
  { curves, limit, stream }: { readonly curves: readonly string[]; readonly limit: boolean; readonly stream: boolean },
): Reason | null {
  const because = (why: 'curve' | 'limit' | 'outputs' | 'loss' | 'update' | 'slopes' | 'data'): Reason =>
    reason('spread', { why }, 'true');
  if (!curves.includes('ode')) return because('curve');
  if (limit) return because('limit');
  if (!stream) return because('data');
  if (loss.outputs > 1) return because('outputs');
  if (!loss.fluctuations) return because('loss');
  if (update.shape) return because('update');
  return hasRateSlopes(schedule) ? null : because('slopes');
}

/** Why the covariance of so many nodes is not kept; null if it is. */
export function spreadNodesRefusal(nodes: number, { fields }: Pick<Update, 'fields'>): Reason | null {
  const most = Math.floor(MOST_ROWS / (fields.length + packedSize(fields.length)));
  return nodes > most ? reason('spread-nodes', { most }, String(nodes)) : null;
}
