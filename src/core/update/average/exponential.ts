/** An exponential average of the iterates over a time τ, from X(0) on: y ← y + (X − y)/(τ d), dy/dt = (x − y)/τ. */
import { z } from 'zod';
import { finite, strict } from '../../description/strict.ts';
import { texNumber } from '../../description/tex.ts';
import { type AverageKind } from './average.ts';

const schema = strict({ kind: z.literal('exponential'), timescale: finite({ above: 0 }) });

export const exponential = {
  kind: 'exponential',
  label: 'Exponential',
  schema,
  template: (horizon) => ({ kind: 'exponential', timescale: horizon / 10 }),
  tex: ({ timescale }) => `\\dot{\\hat X} = (X - \\hat X) / ${texNumber(timescale)}`,
  check: ({ timescale }, dimension) =>
    timescale * dimension < 1 ? [{ path: ['timescale'], code: 'timescale', allowed: { least: 1 / dimension } }] : [],
  create: ({ timescale }, dimension) => ({
    start: 1,
    breakpoints: [],
    gain: () => 1 / timescale,
    loss: () => 1 / timescale,
    added: () => 1 / (timescale * dimension),
    kept: () => 1 - 1 / (timescale * dimension),
    factor: () => 1,
  }),
} satisfies AverageKind<z.infer<typeof schema>> & { schema: typeof schema };
