/** A method for tests alone: SGD with decoupled weight decay, X ← (1 − ω/d) X − (γ/d) G. Its flow is L = −ω, β = γ. */
import { z } from 'zod';
import { finite, strict } from '../../src/core/description/strict.ts';
import { texNumber } from '../../src/core/description/tex.ts';
import { plainUpdate } from '../../src/core/update/update.ts';
import { type MethodKind } from '../../src/core/update/method/method.ts';

const schema = strict({
  kind: z.literal('decoupled-decay'),
  shrinking: finite({ min: 0 }).meta({ title: 'Shrinking ω', description: 'What X loses per unit of time.' }),
});

export const decoupledDecay = {
  kind: 'decoupled-decay',
  label: 'Decoupled decay',
  schema,
  template: () => ({ kind: 'decoupled-decay', shrinking: 0.5 }),
  tex: ({ shrinking }) =>
    `X \\leftarrow \\big(1 - \\tfrac{${texNumber(shrinking)}}{d}\\big) X - \\tfrac{\\gamma}{d}\\, G`,
  check: () => [],
  movesAtRateZero: false,
  create: ({ shrinking }, dimension) => ({
    ...plainUpdate(dimension),
    plain: false,
    plainPath: false,
    flow(_t, rate, { matrix, push }) {
      matrix[0] = -shrinking;
      push[0] = rate;
    },
    step(_k, rate, { matrix, push }) {
      matrix[0] = 1 - shrinking / dimension;
      push[0] = rate / dimension;
    },
  }),
} satisfies MethodKind<z.infer<typeof schema>> & { schema: typeof schema };
