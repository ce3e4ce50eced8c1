/** Cosine arrangement: A_{i,ρ} = √2 cos(π i (ρ − ½)/d), i = 1…C: orthogonal means for a flat profile. */
import { z } from 'zod';
import { cosPi } from '../../math/elementary.ts';
import { strict } from '../../description/strict.ts';
import { alongDirections, type ArrangementKind } from './arrangement.ts';

const schema = strict({ kind: z.literal('cosine') });

export const cosine = {
  kind: 'cosine',
  label: 'Cosine (orthogonal)',
  schema,
  template: () => ({ kind: 'cosine' }),
  tex: '\\sqrt2 \\cos(\\pi i (\\rho - \\tfrac12)/d)',
  profiled: true,
  constant: null,
  limit: {
    correlation: (i, j, u) => 2 * cosPi((i + 1) * u) * cosPi((j + 1) * u),
    frequency: (classes) => Math.PI * classes,
  },
  check: () => [],
  ...alongDirections((i, rho, dimension) => Math.SQRT2 * cosPi(((i + 1) * (rho - 0.5)) / dimension)),
} satisfies ArrangementKind<z.infer<typeof schema>> & { schema: typeof schema };
