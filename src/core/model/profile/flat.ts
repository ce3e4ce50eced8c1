/** Flat profile: e_ρ = 1/d. */
import { z } from 'zod';
import { strict } from '../../description/strict.ts';
import { constantPower } from '../limit.ts';
import { alongDirections, type ProfileKind } from './profile.ts';

const schema = strict({ kind: z.literal('flat') });

export const flat = {
  kind: 'flat',
  label: 'Flat',
  schema,
  template: () => ({ kind: 'flat' }),
  tex: () => '1/d',
  check: () => [],
  blockEnergies: (_spec, blocks, dimension) => blocks.map((block) => (block.end - block.start) / dimension),
  ...alongDirections(() => constantPower(1)),
} satisfies ProfileKind<z.infer<typeof schema>> & { schema: typeof schema };
