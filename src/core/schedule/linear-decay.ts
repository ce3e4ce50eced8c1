/** Linear decay γ(t) = γ_0 (1 − t/T) to 0 at T; T is the horizon unless another time is given. */
import { z } from 'zod';
import { finite, strict } from '../description/strict.ts';
import { texNumber } from '../description/tex.ts';
import { endTime, texEnd } from './horizon.ts';
import { type ScheduleKind } from './schedule.ts';

const schema = strict({ kind: z.literal('linear-decay'), rate: finite({ above: 0 }), end: endTime() });

export const linearDecay = {
  kind: 'linear-decay',
  label: 'Linear decay',
  schema,
  template: (rate) => ({ kind: 'linear-decay', rate, end: null }),
  tex: ({ rate, end }) => `\\gamma(t) = ${texNumber(rate)}\\,(1 - t/${texEnd(end)})`,
  check: () => [],
  create(spec, horizon) {
    const end = spec.end ?? horizon;
    return {
      kind: 'linear-decay',
      dependsOn: 'time',
      breakpoints: [end],
      rate: ({ t }) => spec.rate * Math.max(0, 1 - t / end),
    };
  },
} satisfies ScheduleKind<z.infer<typeof schema>> & { schema: typeof schema };
