/**
 * Warm-up, stable, decay: γ(t) = γ_0 min(t/t_w, 1, (T − t)/t_d), 0 from T on; T is the horizon unless another time is
 * given. Where warm-up and decay meet before the rate is reached it stays below it.
 */
import { z } from 'zod';
import { finite, strict } from '../description/strict.ts';
import { texNumber } from '../description/tex.ts';
import { endTime, texEnd } from './horizon.ts';
import { type ScheduleKind } from './schedule.ts';

const schema = strict({
  kind: z.literal('wsd'),
  rate: finite({ above: 0 }),
  warmup: finite({ min: 0 }),
  decay: finite({ above: 0 }),
  end: endTime(),
});

export const wsd = {
  kind: 'wsd',
  label: 'Warm-up, stable, decay',
  schema,
  template: (rate, horizon) => ({ kind: 'wsd', rate, warmup: horizon / 20, decay: horizon / 5, end: null }),
  tex: ({ rate, warmup, decay, end }) =>
    `\\gamma(t) = ${texNumber(rate)}\\,\\min(${warmup > 0 ? `t/${texNumber(warmup)},\\, ` : ''}1,\\, (${texEnd(end)} - t)/${texNumber(decay)})`,
  check: () => [],
  create({ rate, warmup, decay, end: given }, horizon) {
    const end = given ?? horizon;
    const stable = warmup + decay <= end;
    const kinks = stable ? [warmup, end - decay] : [(end * warmup) / (warmup + decay)];
    return {
      kind: 'wsd',
      dependsOn: 'time',
      breakpoints: [...new Set([...kinks, end])].filter((time) => time > 0),
      rate: ({ t }) => rate * Math.max(0, Math.min(warmup > 0 ? t / warmup : 1, 1, (end - t) / decay)),
    };
  },
} satisfies ScheduleKind<z.infer<typeof schema>> & { schema: typeof schema };
