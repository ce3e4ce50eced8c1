/** What theories of finite data are not solved for. */
import { type Condition, type PassesWhy } from '../../../refusal/codes/description.ts';
import { finiteData } from '../../data/data-spec.ts';
import { type Subject } from '../../experiment/schema.ts';
import { type ModelSpec } from '../../model/model.ts';

export const because = (why: PassesWhy): Condition => ({ code: 'passes', allowed: { why } });

/** What no theory of passes over finite data is for; null where one may be. */
export function passesRefusal({ data, model, optimizer, horizon }: Subject): Condition | null {
  const finite = finiteData(data, model.dimension);
  if (!finite) return because('stream');
  if (finite.sampling === 'reshuffled') return because('reshuffled');
  if (optimizer.method.kind !== 'sgd') return because('method');
  if (optimizer.average !== null) return because('average');
  if (optimizer.start.kind !== 'zero') return because('start');
  if (optimizer.ridge > 0) return because('ridge');
  if (optimizer.schedule.kind !== 'constant') return because('schedule');
  return horizon * model.dimension >= 1 ? null : because('stream');
}

/** Whether the means of a description are 0. */
export const isCentred = ({ means: { arrangement, scale } }: ModelSpec): boolean =>
  scale === 0 || (arrangement.kind === 'custom' && arrangement.means.every((row) => row.every((entry) => entry === 0)));
