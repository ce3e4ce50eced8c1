/** The responses of a linear teacher with Gaussian noise, X*ᵀa + σε, ε ~ N(0, I). */
import { z } from 'zod';
import { finite, strict } from '../description/strict.ts';
import { type Labels, type LabelsKind } from './labels.ts';
import { asTeacher, ofTeacher, teacherOutputs, teacherSchema } from './linear-teacher.ts';

/** What describes a response, here and in a loss that brings its own labels. */
export const responseShape = { noise: finite({ min: 0 }).default(0), teacher: asTeacher(teacherSchema) };

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
    noise,
    binary: null,
  }),
  ...ofTeacher,
} satisfies LabelsKind<TeacherResponseSpec> & { schema: typeof schema };
