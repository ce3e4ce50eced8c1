/**
 * Heavy ball with a fixed momentum: V ← βV + G, X ← X − (γ/d) V. With V/d for V it is (T13) with κ = γ d, θ = (1 − β) d
 * and no gradient of its own. As d grows, it is plain SGD with γ/(1 − β), and at finite d a lag of 1/(1 − β) steps
 * behind it.
 */
import { z } from 'zod';
import { finite, strict } from '../../description/strict.ts';
import { texNumber } from '../../description/tex.ts';
import { squared } from '../../math/elementary.ts';
import { plainUpdate, velocityUpdate } from '../update.ts';
import { type MethodKind } from './method.ts';

const schema = strict({
  kind: z.literal('heavy-ball'),
  momentum: finite({ min: 0, max: 1 }).meta({ title: 'Momentum' }),
});

/** (1 − β)² d from which modes do not oscillate, at γλ of order 1. */
const OVERDAMPED = 100;

export const heavyBall = {
  kind: 'heavy-ball',
  label: 'Heavy ball',
  schema,
  template: () => ({ kind: 'heavy-ball', momentum: 0.9 }),
  tex: ({ momentum }) =>
    `V \\leftarrow ${texNumber(momentum)}\\, V + G, \\quad X \\leftarrow X - \\tfrac{\\gamma}{d}\\, V`,
  check: ({ momentum }) => (momentum === 1 ? [{ path: ['momentum'], code: 'momentum-of-one', allowed: {} }] : []),
  movesAtRateZero: false,
  create({ momentum }, dimension) {
    // without memory V is the gradient
    if (momentum === 0) return plainUpdate(dimension);
    return velocityUpdate(dimension, 1 / (1 - momentum), {
      coupling: (_t, rate) => rate * dimension,
      decay: () => (1 - momentum) * dimension,
      direct: () => 0,
      // V forgets before a mode has turned by a noticeable angle, 2 √(γλ/d) / (1 − β)
      monotone: squared(1 - momentum) * dimension >= OVERDAMPED,
      ofEveryDimension: false,
    });
  },
} satisfies MethodKind<z.infer<typeof schema>> & { schema: typeof schema };
