/** A toy learning-rate rule, as docs/adding-a-schedule.md says it: γ(t) = γ₀ (1 − depth · sin²(t/2)). */
import { z } from 'zod';
import { finite, strict } from '../../src/core/description/strict.ts';
import { texNumber } from '../../src/core/description/tex.ts';
import { type ScheduleKind } from '../../src/core/schedule/schedule.ts';

const schema = strict({
  kind: z.literal('toy-breathing'),
  rate: finite({ above: 0 }),
  depth: finite({ min: 0, max: 1 }).meta({ title: 'Depth' }),
});

export const toySchedule = {
  kind: 'toy-breathing',
  label: 'Toy breathing',
  schema,
  template: (rate) => ({ kind: 'toy-breathing', rate, depth: 0.5 }),
  tex: ({ rate, depth }) => `\\gamma(t) = ${texNumber(rate)}\\,(1 - ${texNumber(depth)} \\sin^2(t/2))`,
  check: ({ depth }) =>
    depth === 1
      ? [
          {
            path: ['depth'],
            code: 'own',
            allowed: { en: 'expected a breath that never stops', ja: '止まらない呼吸が必要です' },
            found: null,
          },
        ]
      : [],
  create: ({ rate, depth }) => ({
    kind: 'toy-breathing',
    dependsOn: 'time',
    breakpoints: [],
    rate: ({ t }) => rate * (1 - depth * Math.sin(t / 2) ** 2),
  }),
} satisfies ScheduleKind<z.infer<typeof schema>> & { schema: typeof schema };
