/** The kinds of labels that exist: a new one is a file beside this one and a line here. */
import { type z } from 'zod';
import { schemaOfKinds } from '../description/strict.ts';
import { classLabels } from './class.ts';
import { type Labels, type LabelsKind } from './labels.ts';
import { teacherBernoulli } from './teacher-bernoulli.ts';
import { teacherResponse } from './teacher-response.ts';
import { teacherSign } from './teacher-sign.ts';

export const labelsKinds = [classLabels, teacherSign, teacherBernoulli, teacherResponse] as const;

export const labelsSchema = schemaOfKinds(labelsKinds);
export type LabelsSpec = z.infer<typeof labelsSchema>;

/** Labels of a description that says nothing of them. */
export const CLASS_LABELS: LabelsSpec = { kind: 'class' };

/** The kind object of that name. */
export function labelsKind(kind: LabelsSpec['kind']): LabelsKind<LabelsSpec> {
  return labelsKinds.find((candidate) => candidate.kind === kind) as LabelsKind<LabelsSpec>;
}

export const createLabels = (spec: LabelsSpec): Labels => labelsKind(spec.kind).create(spec);
