/** The kinds of labels by their descriptions. */
import { type z } from 'zod';
import { schemaOfKinds } from '../description/strict.ts';
import { labelsKinds } from './labels-kinds.ts';
import { type Labels, type LabelsKind } from './labels.ts';

export { labelsKinds };

export const labelsSchema = schemaOfKinds(labelsKinds);
export type LabelsSpec = z.infer<typeof labelsSchema>;

/** Labels of a description that says nothing of them. */
export const CLASS_LABELS: LabelsSpec = { kind: 'class' };

/** The kind object of that name. */
export function labelsKind(kind: LabelsSpec['kind']): LabelsKind<LabelsSpec> {
  return labelsKinds.find((candidate) => candidate.kind === kind) as LabelsKind<LabelsSpec>;
}

export const createLabels = (spec: LabelsSpec): Labels => labelsKind(spec.kind).create(spec);
