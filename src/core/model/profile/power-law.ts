/** Power-law profile: e_ρ = (ρ/d)^β / d, so that Σ e_ρ ≈ 1/(β + 1). β is the exponent of μ², not of μ. */
import { z } from 'zod';
import { pow } from '../../math/elementary.ts';
import { finite, strict } from '../../description/strict.ts';
import { texNumber } from '../../description/tex.ts';
import { type ProfileKind } from './profile.ts';

const schema = strict({ kind: z.literal('power-law'), exponent: finite({ min: -100, max: 100 }) });

export const powerLawProfile = {
  kind: 'power-law',
  label: 'Power law',
  schema,
  template: () => ({ kind: 'power-law', exponent: 0 }),
  tex: ({ exponent }) => `(\\rho/d)^{${texNumber(exponent)}}/d`,
  check: () => [],
  blockEnergies: () => null,
  limit: ({ exponent }, pieces) => pieces.map(() => ({ factor: 1, exponent })),
  energies(spec, _blocks, dimension, out) {
    for (let rho = 1; rho <= dimension; rho++) out[rho - 1] = pow(rho / dimension, spec.exponent) / dimension;
  },
} satisfies ProfileKind<z.infer<typeof schema>> & { schema: typeof schema };
