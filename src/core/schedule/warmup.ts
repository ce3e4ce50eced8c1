/** Linear warm-up γ(t) = γ min(1, t/duration). */
import { z } from 'zod';
import { finite, strict } from '../description/strict.ts';
import { texNumber } from '../description/tex.ts';
import { type ScheduleKind } from './schedule.ts';

const schema = strict({ kind: z.literal('warmup'), rate: finite({ above: 0 }), duration: finite({ above: 0 }) });

export const warmup = {
  kind: 'warmup',
  label: 'Linear warm-up',
  schema,
  template: (rate, horizon) => ({ kind: 'warmup', rate, duration: horizon / 10 }),
  tex: ({ rate, duration }) => `\\gamma(t) = ${texNumber(rate)}\\,\\min(1, t/${texNumber(duration)})`,
  check: () => [],
  create: (spec) => ({
    kind: 'warmup',
    dependsOn: 'time',
    breakpoints: [spec.duration],
    rate: ({ t }) => spec.rate * Math.min(1, t / spec.duration),
  }),
} satisfies ScheduleKind<z.infer<typeof schema>> & { schema: typeof schema };
