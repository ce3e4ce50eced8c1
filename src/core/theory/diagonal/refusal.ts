/** What the theory of diagonal networks is not for. */
import { type Condition } from '../../../refusal/codes/description.ts';
import { type Subject } from '../../experiment/schema.ts';
import { outputsOf } from '../../loss/loss-spec.ts';
import { isCentred } from '../finite/refusals.ts';

/** (N3) is of one output of teacher least squares, one class without a mean, on a stream; null where it is, or not asked. */
export function diagonalTheory({ parameterization, model, loss, labels, data }: Subject): Condition | null {
  if (parameterization.kind === 'linear') return null;
  const known =
    loss.kind === 'teacher-least-squares' &&
    outputsOf({ loss, labels }, model.priors.length).outputs === 1 &&
    model.priors.length === 1 &&
    isCentred(model) &&
    data.kind === 'stream';
  return known ? null : { code: 'diagonal-theory', allowed: {} };
}
