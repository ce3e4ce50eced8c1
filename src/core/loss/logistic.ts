/** Logistic loss log(1 + e^r) − y_i r of two classes, y_1 = 1 and y_2 = 0: a positive output predicts class 1. */
import { z } from 'zod';
import { exp, log1p } from '../math/elementary.ts';
import { strict } from '../description/strict.ts';
import { softplusMoments } from '../math/softplus-moments.ts';
import { type LossKind } from './loss.ts';
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
        bend: (_, r) => sigmoid(r) * sigmoid(-r),
        scalarMoments,
      },
      labels,
    ),
} satisfies LossKind<z.infer<typeof schema>> & { schema: typeof schema };
