/** Least squares ½ (r − y_i)² of two classes, y = +1 for class 1 and −1 for class 2; moments in closed form. */
import { z } from 'zod';
import { squared } from '../math/elementary.ts';
import { strict } from '../description/strict.ts';
import { type LossKind } from './loss.ts';
import { potentialMoments } from './potential-moments.ts';
import { type ScalarMoments } from '../math/scalar-moments.ts';
import { scalarLoss } from './scalar.ts';

const schema = strict({ kind: z.literal('binary-least-squares') });

const label = (classIndex: number): number => (classIndex === 0 ? 1 : -1);

/** g = m − y, H = 1, Q = B + g². */
function scalarMoments(classIndex: number, mean: number, variance: number, out: ScalarMoments): void {
  const gradient = mean - label(classIndex);
  out.gradient = gradient;
  out.gradientSquare = Math.max(0, variance) + gradient * gradient;
  out.risk = 0.5 * out.gradientSquare;
  out.curvature = 1;
  out.third = 0;
  out.fourth = 0;
  out.gradientSquareByMean = 2 * gradient;
  out.gradientSquareByVariance = 1;
}

const potential = {
  low: -1,
  step: 2,
  constant: 0.5,
  moments(mean: number, variance: number, out: ScalarMoments): void {
    out.gradient = mean;
    out.gradientSquare = variance + mean * mean;
    out.risk = 0.5 * out.gradientSquare;
    out.curvature = out.gradientSquareByVariance = 1;
    out.third = out.fourth = 0;
    out.gradientSquareByMean = 2 * mean;
  },
  derivatives(r: number, out: Float64Array): void {
    out[0] = r;
    out[1] = 1;
    out[2] = 0;
  },
};

export const binaryLeastSquares = {
  kind: 'binary-least-squares',
  label: 'Binary least squares',
  schema,
  template: () => ({ kind: 'binary-least-squares' }),
  takes: ['class', 'binary'],
  classes: [2, 2],
  classifies: true,
  outputs: () => 1,
  create: (_spec, _classes, labels) =>
    scalarLoss(
      {
        kind: 'binary-least-squares',
        leastSquares: true,
        maxCurvature: 1,
        value: (i, r) => 0.5 * squared(r - label(i)),
        slope: (i, r) => r - label(i),
        curvature: () => 1,
        scalarMoments,
        // f = ½ r² − y r + ½, y = ±1
        teacherMoments: ({ binary }) => binary && potentialMoments(potential, binary),
      },
      labels,
    ),
} satisfies LossKind<z.infer<typeof schema>> & { schema: typeof schema };
