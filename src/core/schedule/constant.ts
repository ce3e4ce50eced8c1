/** Constant learning rate γ > 0; 0 where the method moves without it, which the study floor checks. */
import { z } from 'zod';
import { finite, strict } from '../description/strict.ts';
import { texNumber } from '../description/tex.ts';
import { type ScheduleKind } from './schedule.ts';

const schema = strict({ kind: z.literal('constant'), rate: finite() });

export const constant = {
  kind: 'constant',
  label: 'Constant',
  schema,
  template: (rate) => ({ kind: 'constant', rate }),
  tex: ({ rate }) => `\\gamma = ${texNumber(rate)}`,
  check: () => [],
  create: (spec) => ({ kind: 'constant', dependsOn: 'time', breakpoints: [], rate: () => spec.rate }),
} satisfies ScheduleKind<z.infer<typeof schema>> & { schema: typeof schema };
