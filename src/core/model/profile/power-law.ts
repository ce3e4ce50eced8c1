/** Power-law profile: e_ρ = (ρ/d)^β / d, so that Σ e_ρ ≈ 1/(β + 1). β is the exponent of μ², not of μ. */
import { z } from 'zod';
import { finite, strict } from '../../description/strict.ts';
import { texNumber } from '../../description/tex.ts';
import { alongDirections, type ProfileKind } from './profile.ts';

const schema = strict({ kind: z.literal('power-law'), exponent: finite({ min: -100, max: 100 }) });

export const powerLawProfile = {
  kind: 'power-law',
  label: 'Power law',
  schema,
  template: () => ({ kind: 'power-law', exponent: 0 }),
  tex: ({ exponent }) => `(\\rho/d)^{${texNumber(exponent)}}/d`,
  check: () => [],
  blockEnergies: () => null,
  ...alongDirections<z.infer<typeof schema>>(({ exponent }) => ({ factor: 1, exponent })),
} satisfies ProfileKind<z.infer<typeof schema>> & { schema: typeof schema };
