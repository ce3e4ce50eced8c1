/**
 * The mean of all iterates from a time on. The field y is their sum over d, so that its flow is ∫X, and the average
 * y/(t − t_0) of (T13). t_0 is a whole number of steps, as the times of the grid are.
 */
import { z } from 'zod';
import { finite, strict } from '../../description/strict.ts';
import { texNumber } from '../../description/tex.ts';
import { type AverageKind } from './average.ts';

const schema = strict({ kind: z.literal('uniform'), from: finite({ min: 0 }) });

export const uniform = {
  kind: 'uniform',
  label: 'Uniform',
  schema,
  template: (horizon) => ({ kind: 'uniform', from: horizon / 10 }),
  tex: ({ from }) => `\\hat X = \\frac{1}{t - ${texNumber(from)}} \\int_{${texNumber(from)}}^{t} X(s)\\, \\mathrm{d}s`,
  check: ({ from }, _dimension, horizon) =>
    from >= horizon ? [{ path: ['from'], code: 'time-below-horizon', allowed: { horizon } }] : [],
  create({ from }, dimension) {
    const first = Math.round(from * dimension);
    const start = first / dimension;
    return {
      start: 0,
      breakpoints: start > 0 ? [start] : [],
      gain: (t) => (t >= start ? 1 : 0),
      loss: () => 0,
      added: (k) => (k >= first ? 1 / dimension : 0),
      kept: () => 1,
      factor: (t) => (t > start ? 1 / (t - start) : NaN),
    };
  },
} satisfies AverageKind<z.infer<typeof schema>> & { schema: typeof schema };
