/** Opposite means of two classes: A_1 = +1, A_2 = −1. */
import { z } from 'zod';
import { strict } from '../../description/strict.ts';
import { type ArrangementKind } from './arrangement.ts';

const schema = strict({ kind: z.literal('opposite') });

export const opposite = {
  kind: 'opposite',
  label: 'Opposite',
  schema,
  template: () => ({ kind: 'opposite' }),
  tex: '\\pm 1',
  profiled: true,
  constant: [1, -1],
  limit: { correlation: (i, j) => (i === j ? 1 : -1), frequency: () => 0 },
  check: (_spec, classes) =>
    classes === 2
      ? []
      : [
          {
            path: ['kind'],
            code: 'opposite-classes',
            allowed: { classes },
          },
        ],
  coefficients(_spec, _classes, dimension, out) {
    out.fill(1, 0, dimension);
    out.fill(-1, dimension, 2 * dimension);
  },
} satisfies ArrangementKind<z.infer<typeof schema>> & { schema: typeof schema };
