/**
 * Momentum whose memory is as long as the dynamics, 1 − β = θ/d: V ← (1 − θ/d) V + G/d, X ← X − (γ/d) G − (κ/d) V with the
 * new V. Its flow is (T13); κ/θ is the rate at which it moves in the end.
 */
import { z } from 'zod';
import { finite, strict } from '../../description/strict.ts';
import { texNumber } from '../../description/tex.ts';
import { velocityUpdate } from '../update.ts';
import { type MethodKind } from './method.ts';

const schema = strict({
  kind: z.literal('momentum'),
  coupling: finite({ min: 0 }).meta({ title: 'Coupling κ' }),
  decay: finite({ min: 0 }).meta({ title: 'Decay θ' }),
});

export const momentum = {
  kind: 'momentum',
  label: 'Momentum, memory of d/θ steps',
  schema,
  template: () => ({ kind: 'momentum', coupling: 1, decay: 1 }),
  tex: ({ coupling, decay }) =>
    `V \\leftarrow \\big(1 - \\tfrac{${texNumber(decay)}}{d}\\big) V + \\tfrac1d G, \\quad X \\leftarrow X - \\tfrac{\\gamma}{d}\\, G - \\tfrac{${texNumber(coupling)}}{d}\\, V`,
  check: ({ decay }, dimension) =>
    decay > dimension ? [{ path: ['decay'], code: 'momentum-decay', allowed: { dimension } }] : [],
  movesAtRateZero: true,
  create: ({ coupling, decay }, dimension) =>
    velocityUpdate(dimension, coupling / (1 + decay), {
      coupling: () => coupling,
      decay: () => decay,
      direct: (rate) => rate,
      monotone: false,
      ofEveryDimension: true,
    }),
} satisfies MethodKind<z.infer<typeof schema>> & { schema: typeof schema };
