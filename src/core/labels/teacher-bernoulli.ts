/** Labels drawn by a linear teacher, P(y = 1) = σ(r*) with the logistic function σ, then flipped with probability η. */
import { z } from 'zod';
import { finite, strict } from '../description/strict.ts';
import { exp } from '../math/elementary.ts';
import { createScalarMoments } from '../math/scalar-moments.ts';
import { softplusMoments } from '../math/softplus-moments.ts';
import { type BinaryLabels, type LabelsKind } from './labels.ts';
import { asTeacher, ofTeacher, singleTeacherSchema } from './linear-teacher.ts';

const schema = strict({
  kind: z.literal('teacher-bernoulli'),
  flip: finite({ min: 0, max: 1 }).default(0),
  teacher: asTeacher(singleTeacherSchema),
});

/** ȳ(s) = η + (1 − 2η) σ(s); σ is the derivative of softplus. Not reentrant: one buffer. */
export function bernoulliLabels(flip: number): BinaryLabels {
  const clean = 1 - 2 * flip;
  const moments = createScalarMoments();
  return {
    probability(s) {
      const small = exp(-Math.abs(s));
      return flip + (clean * (s >= 0 ? 1 : small)) / (1 + small);
    },
    average(mean, variance, out) {
      softplusMoments(mean, variance, moments);
      out.value = flip + clean * moments.gradient;
      out.slope = clean * moments.curvature;
      out.second = clean * moments.third;
      out.third = clean * moments.fourth;
    },
  };
}

export const teacherBernoulli = {
  kind: 'teacher-bernoulli',
  label: 'Drawn by a teacher',
  schema,
  gives: 'binary',
  template: () => ({ kind: 'teacher-bernoulli', flip: 0, teacher: { kind: 'gaussian', seed: 1, scale: 1 } }),
  create: ({ flip }) => ({
    kind: 'teacher-bernoulli',
    gives: 'binary',
    teacherOutputs: 1,
    noise: 0,
    tails: null,
    binary: bernoulliLabels(flip),
  }),
  ...ofTeacher,
} satisfies LabelsKind<z.infer<typeof schema>> & { schema: typeof schema };
