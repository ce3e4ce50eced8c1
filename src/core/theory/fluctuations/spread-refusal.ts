/** What there is no spread from theory of, and why. */
import { type Loss } from '../../loss/loss.ts';
import { reason, type Reason } from '../../../refusal/refusal.ts';
import { type Schedule } from '../../schedule/schedule.ts';
import { type Update } from '../../update/update.ts';
import { hasRateSlopes } from '../jacobian/rate-slopes.ts';

/** Most nodes whose covariance is kept: 2·1200² numbers for each stage of a step. */
const MOST_NODES = 1200;

/**
 * Why (T16) is not solved for a problem; null if it is.
 * @param curves that are solved: the spread is that of the first of them in which noise acts.
 * @param stream whether every sample is new.
 * @param limit whether they are those of the limit d → ∞, where all runs are the same.
 */
export function spreadRefusal(
  { loss, schedule, update }: { loss: Loss; schedule: Schedule; update: Pick<Update, 'plain'> },
  { curves, limit, stream }: { readonly curves: readonly string[]; readonly limit: boolean; readonly stream: boolean },
): Reason | null {
  const because = (why: 'curve' | 'limit' | 'outputs' | 'loss' | 'update' | 'memory' | 'slopes' | 'data'): Reason =>
    reason('spread', { why }, 'true');
  if (!curves.includes('ode')) return because('curve');
  if (limit) return because('limit');
  if (!stream) return because('data');
  if (loss.outputs > 1) return because('outputs');
  if (!loss.fluctuations) return because('loss');
  if (!update.plain) return because('update');
  if (schedule.dependsOn === 'accumulated') return because('memory');
  return hasRateSlopes(schedule) ? null : because('slopes');
}

/** Why the covariance of so many nodes is not kept; null if it is. */
export const spreadNodesRefusal = (nodes: number): Reason | null =>
  nodes > MOST_NODES ? reason('spread-nodes', { most: MOST_NODES }, String(nodes)) : null;
