/** A loss as docs/adding-a-loss.md has it: the squared hinge max(0, c − y r)², whose moments are those by quadrature. */
import { z } from 'zod';
import { finite, strict } from '../../../src/core/description/strict.ts';
import { type LossKind } from '../../../src/core/loss/loss.ts';
import { scalarLoss } from '../../../src/core/loss/scalar.ts';

const schema = strict({ kind: z.literal('squared-hinge'), margin: finite({ above: 0 }).default(1) });

/** y of a label: +1 and −1. */
const sign = (label: number): number => (label === 0 ? 1 : -1);

export const squaredHinge = {
  kind: 'squared-hinge',
  label: 'Squared hinge',
  schema,
  template: () => ({ kind: 'squared-hinge', margin: 1 }),
  takes: ['class', 'binary'],
  classes: [2, 2],
  classifies: true,
  outputs: () => 1,
  create({ margin }, _classes, labels) {
    const rest = (label: number, r: number) => Math.max(0, margin - sign(label) * r);
    return scalarLoss(
      {
        kind: 'squared-hinge',
        leastSquares: false,
        maxCurvature: 2,
        value: (label, r) => rest(label, r) ** 2,
        slope: (label, r) => -2 * sign(label) * rest(label, r),
        curvature: (label, r) => (rest(label, r) > 0 ? 2 : 0),
        kinks: (label) => [sign(label) * margin],
      },
      labels,
    );
  },
} satisfies LossKind<z.infer<typeof schema>> & { schema: typeof schema };
