/** Plain one-pass SGD (T1). */
import { z } from 'zod';
import { strict } from '../../description/strict.ts';
import { plainUpdate } from '../update.ts';
import { type MethodKind } from './method.ts';

const schema = strict({ kind: z.literal('sgd') });

export const sgd = {
  kind: 'sgd',
  label: 'Plain SGD',
  schema,
  template: () => ({ kind: 'sgd' }),
  tex: () => 'X \\leftarrow X - \\tfrac{\\gamma}{d}\\, G',
  check: () => [],
  movesAtRateZero: false,
  create: (_spec, dimension) => plainUpdate(dimension),
} satisfies MethodKind<z.infer<typeof schema>> & { schema: typeof schema };
