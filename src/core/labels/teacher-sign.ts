/** The sign of a linear teacher's response, y = 1[r* > 0], flipped with probability η. */
import { z } from 'zod';
import { finite, strict } from '../description/strict.ts';
import { normalCdf, normalDensity } from '../math/normal.ts';
import { type BinaryLabels, type LabelsKind } from './labels.ts';
import { asTeacher, ofTeacher, singleTeacherSchema } from './linear-teacher.ts';

const schema = strict({
  kind: z.literal('teacher-sign'),
  flip: finite({ min: 0, max: 1 }).default(0),
  teacher: asTeacher(singleTeacherSchema),
});

/** ȳ(s) = η + (1 − 2η) 1[s > 0]: a jump has a density for its derivative, and costs nothing (T10). */
export function signLabels(flip: number): BinaryLabels {
  const clean = 1 - 2 * flip;
  return {
    probability: (s) => (s > 0 ? 1 - flip : s < 0 ? flip : 0.5),
    average(mean, variance, out) {
      const inverse = 1 / Math.sqrt(variance);
      const x = mean * inverse;
      const density = clean * normalDensity(x) * inverse;
      out.value = flip + clean * normalCdf(x);
      out.slope = density;
      out.second = -x * inverse * density;
      out.third = (x * x - 1) * inverse * inverse * density;
    },
  };
}

export const teacherSign = {
  kind: 'teacher-sign',
  label: 'Sign of a teacher',
  schema,
  gives: 'binary',
  template: () => ({ kind: 'teacher-sign', flip: 0, teacher: { kind: 'gaussian', seed: 1, scale: 1 } }),
  create: ({ flip }) => ({
    kind: 'teacher-sign',
    gives: 'binary',
    teacherOutputs: 1,
    noise: 0,
    tails: null,
    binary: signLabels(flip),
  }),
  ...ofTeacher,
} satisfies LabelsKind<z.infer<typeof schema>> & { schema: typeof schema };
