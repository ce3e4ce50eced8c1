/** Softmax cross-entropy logsumexp(r) − r_i. */
import { z } from 'zod';
import { exp, log } from '../math/elementary.ts';
import { strict } from '../description/strict.ts';
import { type Labels } from '../labels/labels.ts';
import { createArgmaxError } from './argmax-error.ts';
import { softplusMoments } from '../math/softplus-moments.ts';
import { type Loss, type LossKind } from './loss.ts';
import { createScalarMoments } from '../math/scalar-moments.ts';
import { createSoftmaxMoments, type SoftmaxMoments } from './softmax-moments.ts';

const schema = strict({ kind: z.literal('softmax') });

/** Two classes are the logistic loss of u = r_j − r_i, whose moments are exact. */
function createTwoClassMoments(): SoftmaxMoments {
  const buffer = createScalarMoments();
  return (i, mean, covariance, out) => {
    const j = 1 - i;
    const variance = covariance[0] + covariance[3] - covariance[1] - covariance[2];
    // Where the outputs move together the variance of their difference is rounding alone.
    const rounding = 1e-15 * (covariance[0] + covariance[3]);
    softplusMoments(mean[j] - mean[i], variance > rounding ? variance : 0, buffer);
    out.risk = buffer.risk;
    out.gradient[j] = buffer.gradient;
    out.gradient[i] = -buffer.gradient;
    for (let at = 0; at < 4; at++) {
      const sign = at === 0 || at === 3 ? 1 : -1;
      out.hessian[at] = sign * buffer.curvature;
      out.gradientSquare[at] = sign * buffer.gradientSquare;
    }
    out.errorEstimate = 0;
  };
}

function create(_spec: z.infer<typeof schema>, classes: number, labels: Labels): Loss {
  const p = new Float64Array(classes);
  /** p = softmax(r); returns logsumexp(r). */
  function probabilities(output: Float64Array): number {
    let most = -Infinity;
    for (let a = 0; a < classes; a++) most = Math.max(most, output[a]);
    let sum = 0;
    for (let a = 0; a < classes; a++) sum += p[a] = exp(output[a] - most);
    for (let a = 0; a < classes; a++) p[a] /= sum;
    return most + log(sum);
  }
  return {
    kind: 'softmax',
    outputs: classes,
    teacherOutputs: 0,
    labels,
    leastSquares: false,
    maxCurvature: 0.5,
    value: (classIndex, output) => probabilities(output) - output[classIndex],
    gradient(classIndex, output, _target, out) {
      probabilities(output);
      for (let a = 0; a < classes; a++) out[a] = p[a] - (a === classIndex ? 1 : 0);
    },
    hessian(_classIndex, output, _target, out) {
      probabilities(output);
      for (let a = 0; a < classes; a++) {
        for (let b = 0; b < classes; b++) out[a * classes + b] = (a === b ? p[a] : 0) - p[a] * p[b];
      }
    },
    moments: classes === 2 ? createTwoClassMoments() : createSoftmaxMoments(classes),
    classificationError: createArgmaxError(classes),
  };
}

export const softmax = {
  kind: 'softmax',
  label: 'Softmax cross-entropy',
  schema,
  template: () => ({ kind: 'softmax' }),
  takes: ['class'],
  classes: [2, 32],
  classifies: true,
  outputs: (_spec, classes) => classes,
  create,
} satisfies LossKind<z.infer<typeof schema>> & { schema: typeof schema };
