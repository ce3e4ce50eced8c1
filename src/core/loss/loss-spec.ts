/** The losses by their descriptions, with the labels that they see. */
import { type z } from 'zod';
import { type Condition } from '../../refusal/codes/description.ts';
import { schemaOfKinds } from '../description/strict.ts';
import { type Labels } from '../labels/labels.ts';
import { CLASS_LABELS, createLabels, labelsKind, type LabelsSpec } from '../labels/labels-spec.ts';
import { lossKinds } from './loss-kinds.ts';
import { type Loss, type LossKind } from './loss.ts';

/** Numbers of classes where labels are not the classes. */
const ANY_CLASSES = [1, 32] as const;

export { lossKinds };

export const lossSchema = schemaOfKinds(lossKinds);
export type LossSpec = z.infer<typeof lossSchema>;

/** The kind object of that name. */
export function lossKind(kind: LossSpec['kind']): LossKind<LossSpec> {
  return lossKinds.find((candidate) => candidate.kind === kind) as LossKind<LossSpec>;
}

/** What a study says of its loss: the loss itself, and the labels that it sees. */
export interface LossDescription {
  readonly loss: LossSpec;
  readonly labels: LabelsSpec;
}

/** The labels that the loss of a description sees: its own where it brings them along. */
export const labelsOf = ({ loss, labels }: LossDescription): LabelsSpec =>
  (lossKind(loss.kind).ownLabels?.(loss) as LabelsSpec | undefined) ?? labels;

/** Whether predictions are classes or binary labels, so that they can be wrong. */
export const classifies = (description: LossDescription): boolean =>
  lossKind(description.loss.kind).classifies && labelsKind(labelsOf(description).kind).gives !== 'response';

/** What a process that follows X alone is not for: a loss with parameters of its own; null for another. */
export const learnsNothing = ({ kind }: Pick<LossSpec, 'kind'>): Condition | null =>
  lossKind(kind).learns ? { code: 'learning-loss', allowed: {} } : null;

/** Numbers of outputs of a description: ℓ for C classes, and ℓ*. */
export function outputsOf(description: LossDescription, classes: number): { outputs: number; teacherOutputs: number } {
  const { loss } = description;
  const labels = createLabels(labelsOf(description));
  return { outputs: lossKind(loss.kind).outputs(loss, classes, labels), teacherOutputs: labels.teacherOutputs };
}

/** Smallest and largest number of classes for a loss with labels of a kind. */
export const classesFor = ({ classes }: Pick<LossKind, 'classes'>, { gives }: Pick<Labels, 'gives'>) =>
  gives === 'class' ? classes : ANY_CLASSES;

/**
 * The loss of a description.
 * @param given the labels of the study, where the loss brings none along.
 * @throws RangeError if the loss is not defined for these labels, or for this number of classes.
 */
export function createLoss(spec: LossSpec, classes: number, given: LabelsSpec = CLASS_LABELS): Loss {
  const kind = lossKind(spec.kind);
  const labels = createLabels(labelsOf({ loss: spec, labels: given }));
  if (!kind.takes.includes(labels.gives)) throw new RangeError(`${kind.label} loss takes no labels "${labels.kind}"`);
  if (kind.singleResponse && labels.gives === 'response' && labels.teacherOutputs !== 1) {
    throw new RangeError(`${kind.label} loss takes one response, got ${labels.teacherOutputs}`);
  }
  const [least, most] = classesFor(kind, labels);
  if (classes < least || classes > most) {
    throw new RangeError(`${kind.label} loss is for ${least} to ${most} classes, got ${classes}`);
  }
  return kind.create(spec, classes, labels);
}
