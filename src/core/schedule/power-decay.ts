/** Power decay γ(t) = γ_0 (1 + t/τ)^{−κ}. */
import { z } from 'zod';
import { pow } from '../math/elementary.ts';
import { finite, strict } from '../description/strict.ts';
import { texNumber } from '../description/tex.ts';
import { type ScheduleKind } from './schedule.ts';

const schema = strict({
  kind: z.literal('power-decay'),
  rate: finite({ above: 0 }),
  timescale: finite({ above: 0 }),
  exponent: finite({ min: 0 }),
});

export const powerDecay = {
  kind: 'power-decay',
  label: 'Power decay',
  schema,
  template: (rate) => ({ kind: 'power-decay', rate, timescale: 10, exponent: 0.5 }),
  tex: ({ rate, timescale, exponent }) =>
    `\\gamma(t) = ${texNumber(rate)}\\,(1 + t/${texNumber(timescale)})^{-${texNumber(exponent)}}`,
  check: () => [],
  create: (spec) => ({
    kind: 'power-decay',
    dependsOn: 'time',
    breakpoints: [],
    rate: ({ t }) => spec.rate * pow(1 + t / spec.timescale, -spec.exponent),
  }),
} satisfies ScheduleKind<z.infer<typeof schema>> & { schema: typeof schema };
