/**
 * SignSGD: X ← X − (γ/d)(sgn G + δX), entry by entry of the data gradient G in the eigenbasis of the covariances. That
 * is then a statement about the data: a rotation does not commute with the step. Its flow is (T14).
 */
import { z } from 'zod';
import { strict } from '../../description/strict.ts';
import { shapedUpdate } from '../update.ts';
import { type MethodKind } from './method.ts';

const schema = strict({ kind: z.literal('sign') });

export const sign = {
  kind: 'sign',
  label: 'Sign of the gradient',
  schema,
  template: () => ({ kind: 'sign' }),
  tex: () => 'X \\leftarrow X - \\tfrac{\\gamma}{d}\\, \\mathrm{sgn}(G)',
  check: () => [],
  movesAtRateZero: false,
  create: (_spec, dimension) => ({
    ...shapedUpdate({ kind: 'sign' }, dimension),
    equivariant: false,
    // directions without noise move √d faster than the others
    ofEveryDimension: false,
  }),
} satisfies MethodKind<z.infer<typeof schema>> & { schema: typeof schema };
