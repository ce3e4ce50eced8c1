/** The responses of a linear teacher with noise, X*ᵀa + σε, ε ~ N(0, I), or Student's t in place of σε. */
import { z } from 'zod';
import { finite, strict } from '../description/strict.ts';
import { type Labels, type LabelsKind } from './labels.ts';
import { asTeacher, ofTeacher, teacherOutputs, teacherSchema } from './linear-teacher.ts';

/** Deviation σ. */
export const gaussianSchema = finite({ min: 0 });
/** Student's t times a scale. */
export const studentTSchema = strict({
  kind: z.literal('student-t'),
  degrees: finite({ above: 0 }),
  scale: finite({ min: 0 }),
});

type NoiseSpec = number | z.infer<typeof studentTSchema>;

/** σ of Gaussian noise, or heavy-tailed noise where there is an object. */
const noiseSchema = z
  .custom<NoiseSpec>(() => true)
  .transform((value, context): NoiseSpec => {
    const parsed = (value !== null && typeof value === 'object' ? studentTSchema : gaussianSchema).safeParse(value);
    if (parsed.success) return parsed.data;
    for (const issue of parsed.error.issues) context.addIssue({ ...issue });
    return z.NEVER;
  })
  .meta({ widget: { kind: 'noise' } });

/** What describes a response, here and in a loss that brings its own labels. */
export const responseShape = { noise: noiseSchema.default(0), teacher: asTeacher(teacherSchema) };

const schema = strict({ kind: z.literal('teacher-response'), ...responseShape });
export type TeacherResponseSpec = z.infer<typeof schema>;

export const teacherResponse = {
  kind: 'teacher-response',
  label: 'Teacher’s response',
  schema,
  gives: 'response',
  template: () => ({
    kind: 'teacher-response',
    noise: 0.3,
    teacher: { kind: 'gaussian', outputs: 1, seed: 1, scale: 1 },
  }),
  create: ({ noise, teacher }): Labels => ({
    kind: 'teacher-response',
    gives: 'response',
    teacherOutputs: teacherOutputs(teacher),
    ...(typeof noise === 'number' ? { noise, tails: null } : { noise: 0, tails: noise }),
    binary: null,
  }),
  ...ofTeacher,
} satisfies LabelsKind<TeacherResponseSpec> & { schema: typeof schema };
