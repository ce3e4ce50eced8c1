/** Opposite means of two classes: A_1 = +1, A_2 = −1. */
import { z } from 'zod';
import { strict } from '../../description/strict.ts';
import { alongDirections, type ArrangementKind } from './arrangement.ts';

const schema = strict({ kind: z.literal('opposite') });

/** A_i. */
const SIGNS = [1, -1];

export const opposite = {
  kind: 'opposite',
  label: 'Opposite',
  schema,
  template: () => ({ kind: 'opposite' }),
  tex: '\\pm 1',
  profiled: true,
  constant: SIGNS,
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
  ...alongDirections((i) => SIGNS[i]),
} satisfies ArrangementKind<z.infer<typeof schema>> & { schema: typeof schema };
