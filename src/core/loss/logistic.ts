/** Logistic loss log(1 + e^r) − y_i r of two classes, y_1 = 1 and y_2 = 0: a positive output predicts class 1. */
import { z } from 'zod';
import { exp, log1p } from '../math/elementary.ts';
import { strict } from '../description/strict.ts';
import { softplusMoments } from '../math/softplus-moments.ts';
import { type LossKind } from './loss.ts';
import { potentialMoments } from './potential-moments.ts';
import { type ScalarMoments } from '../math/scalar-moments.ts';
import { scalarLoss } from './scalar.ts';

const schema = strict({ kind: z.literal('logistic') });

/** σ(u), without overflow and with full relative accuracy for u → −∞. */
function sigmoid(u: number): number {
  const e = exp(-Math.abs(u));
  return (u >= 0 ? 1 : e) / (1 + e);
}

/** log(1 + e^u). */
function softplus(u: number): number {
  return Math.max(u, 0) + log1p(exp(-Math.abs(u)));
}

/** f_i(r) = softplus(u) with u = −r for class 1 and u = r for class 2. */
const sign = (classIndex: number): number => (classIndex === 0 ? -1 : 1);

/** Moments (T2) of the logistic loss: those of softplus, reflected for class 1. */
function scalarMoments(classIndex: number, mean: number, variance: number, out: ScalarMoments): void {
  const s = sign(classIndex);
  softplusMoments(s * mean, variance, out);
  out.gradient *= s;
  out.third *= s;
  out.gradientSquareByMean *= s;
}

const potential = {
  low: 0,
  step: 1,
  constant: 0,
  moments: softplusMoments,
  derivatives(r: number, out: Float64Array): void {
    const e = exp(-Math.abs(r));
    const inverse = 1 / (1 + e);
    const first = e * inverse * inverse;
    out[0] = r >= 0 ? inverse : e * inverse;
    out[1] = first;
    out[2] = first * (1 - 2 * out[0]);
  },
};

export const logistic = {
  kind: 'logistic',
  label: 'Logistic',
  schema,
  template: () => ({ kind: 'logistic' }),
  takes: ['class', 'binary'],
  classes: [2, 2],
  classifies: true,
  outputs: () => 1,
  create: (_spec, _classes, labels) =>
    scalarLoss(
      {
        kind: 'logistic',
        leastSquares: false,
        maxCurvature: 0.25,
        value: (i, r) => softplus(sign(i) * r),
        slope: (i, r) => sign(i) * sigmoid(sign(i) * r),
        curvature: (_, r) => sigmoid(r) * sigmoid(-r),
        scalarMoments,
        // f = softplus(r) − y r, y = 1 or 0
        teacherMoments: ({ binary }) => binary && potentialMoments(potential, binary),
      },
      labels,
    ),
} satisfies LossKind<z.infer<typeof schema>> & { schema: typeof schema };
