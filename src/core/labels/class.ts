/** The class that a sample was drawn from, as its label. */
import { z } from 'zod';
import { strict } from '../description/strict.ts';
import { type LabelsKind } from './labels.ts';

const schema = strict({ kind: z.literal('class') });

export const classLabels = {
  kind: 'class',
  label: 'Class',
  schema,
  gives: 'class',
  template: () => ({ kind: 'class' }),
  create: () => ({ kind: 'class', gives: 'class', teacherOutputs: 0, noise: 0, tails: null, binary: null }),
} satisfies LabelsKind<z.infer<typeof schema>> & { schema: typeof schema };
