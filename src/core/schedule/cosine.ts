/** Cosine decay γ(t) = γ_0 ½ (1 + cos(π t/T)) to 0 at T; T is the horizon unless another time is given. */
import { z } from 'zod';
import { cosPi } from '../math/elementary.ts';
import { finite, strict } from '../description/strict.ts';
import { texNumber } from '../description/tex.ts';
import { endTime, texEnd } from './horizon.ts';
import { type ScheduleKind } from './schedule.ts';

const schema = strict({ kind: z.literal('cosine'), rate: finite({ above: 0 }), end: endTime() });

export const cosine = {
  kind: 'cosine',
  label: 'Cosine',
  schema,
  template: (rate) => ({ kind: 'cosine', rate, end: null }),
  tex: ({ rate, end }) => `\\gamma(t) = \\tfrac12 \\cdot ${texNumber(rate)}\\,(1 + \\cos(\\pi t/${texEnd(end)}))`,
  check: () => [],
  create(spec, horizon) {
    const end = spec.end ?? horizon;
    return {
      kind: 'cosine',
      dependsOn: 'time',
      breakpoints: [end],
      rate: ({ t }) => (t < end ? 0.5 * spec.rate * (1 + cosPi(t / end)) : 0),
    };
  },
} satisfies ScheduleKind<z.infer<typeof schema>> & { schema: typeof schema };
