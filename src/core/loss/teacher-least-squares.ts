/** Least squares against a linear teacher with label noise, ½ ‖r − X*ᵀa − σε‖², ε ~ N(0, I). */
import { z } from 'zod';
import { squared } from '../math/elementary.ts';
import { rootStream } from '../math/random.ts';
import { finite, numberRows, oneOfKinds, seed, strict, whole } from '../description/strict.ts';
import { type GaussianMoments, type Loss, type LossKind } from './loss.ts';

/** Most teacher outputs ℓ*. */
const MAX_TEACHER_OUTPUTS = 32;

const vectorCount = `expected 1 to ${MAX_TEACHER_OUTPUTS} vectors`;

/** A custom teacher gives X* by columns: one vector of d numbers per output. */
const teacherSchema = oneOfKinds([
  strict({
    kind: z.literal('gaussian'),
    seed: seed(),
    scale: finite({ min: 0 }).default(1),
    outputs: whole(1, MAX_TEACHER_OUTPUTS).default(1),
  }),
  strict({
    kind: z.literal('custom'),
    vectors: numberRows()
      .refine((rows) => rows.length >= 1 && rows.length <= MAX_TEACHER_OUTPUTS, vectorCount)
      .meta({ widget: { kind: 'rows', rows: 'any', numbers: 'any' } }),
  }),
]);

const schema = strict({
  kind: z.literal('teacher-least-squares'),
  noise: finite({ min: 0 }).default(0),
  teacher: teacherSchema.meta({ widget: { kind: 'teacher' } }),
});

type TeacherSpec = z.infer<typeof schema>;

const outputsOf = ({ teacher }: TeacherSpec): number =>
  teacher.kind === 'gaussian' ? teacher.outputs : teacher.vectors.length;

/** X* of iid N(0, scale²/d) entries from the teacher's own seed, ℓ*×d. */
function gaussianTeacher(
  { outputs, seed: own, scale }: Extract<TeacherSpec['teacher'], { kind: 'gaussian' }>,
  dimension: number,
): Float64Array {
  const result = new Float64Array(outputs * dimension);
  const deviation = scale / Math.sqrt(dimension);
  for (let o = 0; o < outputs; o++) {
    const stream = rootStream(own).child('teacher', o);
    for (let rho = 0; rho < dimension; rho++) result[o * dimension + rho] = deviation * stream.normal();
  }
  return result;
}

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

function create(spec: TeacherSpec): Loss {
  const outputs = outputsOf(spec);
  return {
    kind: 'teacher-least-squares',
    outputs,
    teacherOutputs: outputs,
    labelNoise: spec.noise,
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
    moments: (_classIndex, mean, covariance, out) => moments(outputs, spec.noise, mean, covariance, out),
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
  classes: [1, 32],
  classifies: false,
  outputs: outputsOf,
  teacherOutputs: outputsOf,
  create,
  check({ teacher }, dimension) {
    if (teacher.kind !== 'custom') return [];
    return teacher.vectors.flatMap((vector, o) =>
      vector.length === dimension
        ? []
        : [
            {
              path: ['teacher', 'vectors', o],
              message: `expected one entry per direction (${dimension}), got ${vector.length}`,
            },
          ],
    );
  },
  teacher: ({ teacher }, dimension) =>
    teacher.kind === 'custom' ? Float64Array.from(teacher.vectors.flat()) : gaussianTeacher(teacher, dimension),
  teacherVariance: ({ teacher }) => (teacher.kind === 'custom' ? null : teacher.scale * teacher.scale),
} satisfies LossKind<TeacherSpec> & { schema: typeof schema };
