/** Labels as docs/adding-labels.md has them: P(y = 1) = Φ(s/w) of the response s, the sign of s with Gaussian noise. */
import { z } from 'zod';
import { finite, strict } from '../../../src/core/description/strict.ts';
import { type LabelsKind } from '../../../src/core/labels/labels.ts';
import { ofTeacher, singleTeacherSchema } from '../../../src/core/labels/linear-teacher.ts';
import { normalCdf, normalDensity } from '../../../src/core/math/normal.ts';

const schema = strict({
  kind: z.literal('teacher-probit'),
  width: finite({ above: 0 }).default(1),
  teacher: singleTeacherSchema,
});

export const teacherProbit = {
  kind: 'teacher-probit',
  label: 'Probit of a teacher',
  schema,
  gives: 'binary',
  template: () => ({ kind: 'teacher-probit', width: 0.5, teacher: { kind: 'gaussian', seed: 1, scale: 1 } }),
  create: ({ width }) => ({
    kind: 'teacher-probit',
    gives: 'binary',
    teacherOutputs: 1,
    noise: 0,
    tails: null,
    binary: {
      probability: (s) => normalCdf(s / width),
      average(mean, variance, out) {
        const inverse = 1 / Math.sqrt(width * width + variance);
        const x = mean * inverse;
        const density = normalDensity(x) * inverse;
        out.value = normalCdf(x);
        out.slope = density;
        out.second = -x * inverse * density;
        out.third = (x * x - 1) * inverse * inverse * density;
      },
    },
  }),
  ...ofTeacher,
} satisfies LabelsKind<z.infer<typeof schema>> & { schema: typeof schema };
