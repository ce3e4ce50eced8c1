/** The losses that exist: a new one is a file beside this one and a line here. */
import { type z } from 'zod';
import { schemaOfKinds } from '../description/strict.ts';
import { binaryLeastSquares } from './binary-least-squares.ts';
import { logistic } from './logistic.ts';
import { type Loss, type LossKind } from './loss.ts';
import { oneHotLeastSquares } from './one-hot-least-squares.ts';
import { softmax } from './softmax.ts';
import { teacherLeastSquares } from './teacher-least-squares.ts';

export const lossKinds = [logistic, binaryLeastSquares, softmax, oneHotLeastSquares, teacherLeastSquares] as const;

export const lossSchema = schemaOfKinds(lossKinds);
export type LossSpec = z.infer<typeof lossSchema>;

/** The kind object of that name. */
export function lossKind(kind: LossSpec['kind']): LossKind<LossSpec> {
  return lossKinds.find((candidate) => candidate.kind === kind) as LossKind<LossSpec>;
}

/**
 * The loss of a description.
 * @throws RangeError if the loss is not defined for this number of classes.
 */
export function createLoss(spec: LossSpec, classes: number): Loss {
  const kind = lossKind(spec.kind);
  const [least, most] = kind.classes;
  if (classes < least || classes > most) {
    throw new RangeError(`${kind.label} loss is for ${least} to ${most} classes, got ${classes}`);
  }
  return kind.create(spec, classes);
}
