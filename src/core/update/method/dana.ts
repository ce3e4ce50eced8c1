/**
 * DANA (arXiv 2505.16098): momentum whose memory grows with the steps taken, θ = δ/(t + 1/d), and a coupling that is
 * constant or decays, κ(t) = κ (1 + t d)^{−exponent}; (T13) with both.
 */
import { z } from 'zod';
import { finite, strict } from '../../description/strict.ts';
import { texNumber } from '../../description/tex.ts';
import { pow } from '../../math/elementary.ts';
import { velocityUpdate } from '../update.ts';
import { type MethodKind } from './method.ts';

const schema = strict({
  kind: z.literal('dana'),
  coupling: finite({ min: 0 }),
  delta: finite({ above: 0 }),
  exponent: finite({ min: 0 }).default(0),
});

export const dana = {
  kind: 'dana',
  label: 'DANA',
  schema,
  template: () => ({ kind: 'dana', coupling: 0.25, delta: 4, exponent: 0 }),
  tex: ({ coupling, delta, exponent }) =>
    `V \\leftarrow \\big(1 - \\tfrac{${texNumber(delta)}}{1 + k}\\big) V + \\tfrac1d G, \\quad X \\leftarrow X - \\tfrac{\\gamma}{d}\\, G - \\tfrac{1}{d}\\, ${texNumber(coupling)}${exponent > 0 ? `\\,(1 + k)^{-${texNumber(exponent)}}` : ''}\\, V`,
  check: () => [],
  movesAtRateZero: true,
  create: ({ coupling, delta, exponent }, dimension) =>
    velocityUpdate(dimension, coupling, {
      coupling: exponent === 0 ? () => coupling : (t) => coupling * pow(1 + t * dimension, -exponent),
      decay: (t) => delta / (t + 1 / dimension),
      direct: (rate) => rate,
      monotone: false,
      ofEveryDimension: false,
    }),
} satisfies MethodKind<z.infer<typeof schema>> & { schema: typeof schema };
