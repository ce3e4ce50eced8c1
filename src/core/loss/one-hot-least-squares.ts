/** Least squares ½ ‖r − e_i‖² against the one-hot label of class i; moments in closed form. */
import { z } from 'zod';
import { squared } from '../math/elementary.ts';
import { strict } from '../description/strict.ts';
import { type Labels } from '../labels/labels.ts';
import { createArgmaxError } from './argmax-error.ts';
import { type GaussianMoments, type Loss, type LossKind } from './loss.ts';

const schema = strict({ kind: z.literal('one-hot-least-squares') });

/** g = m − e_i, H = I, Q = B + g gᵀ, R = ½ tr Q (theory.md section 2). */
function moments(
  classes: number,
  classIndex: number,
  mean: Float64Array,
  covariance: Float64Array,
  out: GaussianMoments,
): void {
  const { gradient, hessian, gradientSquare } = out;
  for (let a = 0; a < classes; a++) gradient[a] = mean[a] - (a === classIndex ? 1 : 0);
  let trace = 0;
  for (let a = 0; a < classes; a++) {
    for (let b = 0; b < classes; b++) {
      const at = a * classes + b;
      hessian[at] = a === b ? 1 : 0;
      gradientSquare[at] = covariance[at] + gradient[a] * gradient[b];
    }
    trace += gradientSquare[a * classes + a];
  }
  out.risk = 0.5 * trace;
  out.errorEstimate = 0;
}

function create(_spec: z.infer<typeof schema>, classes: number, labels: Labels): Loss {
  return {
    kind: 'one-hot-least-squares',
    outputs: classes,
    teacherOutputs: 0,
    labels,
    leastSquares: true,
    maxCurvature: 1,
    value(classIndex, output) {
      let sum = 0;
      for (let a = 0; a < classes; a++) sum += squared(output[a] - (a === classIndex ? 1 : 0));
      return 0.5 * sum;
    },
    gradient(classIndex, output, _target, out) {
      for (let a = 0; a < classes; a++) out[a] = output[a] - (a === classIndex ? 1 : 0);
    },
    hessian(_classIndex, _output, _target, out) {
      for (let at = 0; at < classes * classes; at++) out[at] = at % (classes + 1) === 0 ? 1 : 0;
    },
    moments: (classIndex, mean, covariance, out) => moments(classes, classIndex, mean, covariance, out),
    classificationError: createArgmaxError(classes),
  };
}

export const oneHotLeastSquares = {
  kind: 'one-hot-least-squares',
  label: 'One-hot least squares',
  schema,
  template: () => ({ kind: 'one-hot-least-squares' }),
  takes: ['class'],
  classes: [2, 32],
  classifies: true,
  outputs: (_spec, classes) => classes,
  create,
} satisfies LossKind<z.infer<typeof schema>> & { schema: typeof schema };
