/** Least squares against a linear teacher with label noise, ½ ‖r − X*ᵀa − σε‖², ε ~ N(0, I). */
import { z } from 'zod';
import { squared } from '../math/elementary.ts';
import { strict } from '../description/strict.ts';
import { type Labels } from '../labels/labels.ts';
import { MAX_TEACHER_OUTPUTS } from '../labels/linear-teacher.ts';
import { responseShape, type TeacherResponseSpec } from '../labels/teacher-response.ts';
import { asGaussianMoments } from './reshaped-moments.ts';
import { residualMoments } from './residual-moments.ts';
import { type GaussianMoments, type Loss, type LossKind } from './loss.ts';

const schema = strict({ kind: z.literal('teacher-least-squares'), ...responseShape });

type TeacherSpec = z.infer<typeof schema>;

/** With Δ = r − r*: g = E Δ, H = I, H* = −I, Q = Cov Δ + g gᵀ + σ² I, R = ½ tr Q (theory.md section 2). */
function moments(
  outputs: number,
  noise: number,
  mean: Float64Array,
  covariance: Float64Array,
  out: GaussianMoments,
): void {
  const joint = 2 * outputs;
  const { gradient, gradientSquare, hessian, crossHessian } = out;
  hessian.fill(0);
  crossHessian.fill(0);
  for (let a = 0; a < outputs; a++) {
    gradient[a] = mean[a] - mean[outputs + a];
    hessian[a * outputs + a] = 1;
    crossHessian[a * outputs + a] = -1;
  }
  let trace = 0;
  for (let a = 0; a < outputs; a++) {
    for (let b = 0; b < outputs; b++) {
      const student = covariance[a * joint + b] - covariance[a * joint + outputs + b];
      const teacher = covariance[(outputs + a) * joint + outputs + b] - covariance[(outputs + a) * joint + b];
      // where r follows r* a variance is the rounding of what cancels
      const difference = a === b ? Math.max(0, student + teacher) : student + teacher;
      gradientSquare[a * outputs + b] = difference + gradient[a] * gradient[b];
    }
    gradientSquare[a * outputs + a] += noise * noise;
    trace += gradientSquare[a * outputs + a];
  }
  out.risk = 0.5 * trace;
  out.errorEstimate = 0;
}

/** Half the squared distance from a response, whose number of outputs is the model's. */
function create(_spec: TeacherSpec, _classes: number, labels: Labels): Loss {
  const outputs = labels.teacherOutputs;
  return {
    kind: 'teacher-least-squares',
    labels,
    outputs,
    teacherOutputs: outputs,
    leastSquares: true,
    maxCurvature: 1,
    value(_classIndex, output, target) {
      let sum = 0;
      for (let a = 0; a < outputs; a++) sum += squared(output[a] - target[a]);
      return 0.5 * sum;
    },
    gradient(_classIndex, output, target, out) {
      for (let a = 0; a < outputs; a++) out[a] = output[a] - target[a];
    },
    hessian(_classIndex, _output, _target, out) {
      out.fill(0);
      for (let a = 0; a < outputs; a++) out[a * outputs + a] = 1;
    },
    moments: (_classIndex, mean, covariance, out) => moments(outputs, labels.noise, mean, covariance, out),
    ...(outputs === 1 && {
      reshaped: (shape) => ({ moments: asGaussianMoments(residualMoments(labels, shape)).moments }),
    }),
    classificationError: () => Number.NaN,
  };
}

export const teacherLeastSquares = {
  kind: 'teacher-least-squares',
  label: 'Teacher least squares',
  schema,
  template: (classes) => ({
    kind: 'teacher-least-squares',
    noise: 0.3,
    teacher: { kind: 'gaussian', outputs: Math.min(classes, MAX_TEACHER_OUTPUTS), seed: 1, scale: 1 },
  }),
  takes: ['response'],
  classes: [1, 32],
  classifies: false,
  ownLabels: ({ noise, teacher }): TeacherResponseSpec => ({ kind: 'teacher-response', noise, teacher }),
  outputs: (_spec, _classes, { teacherOutputs }) => teacherOutputs,
  create,
} satisfies LossKind<TeacherSpec> & { schema: typeof schema };
