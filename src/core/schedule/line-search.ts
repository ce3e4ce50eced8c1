/**
 * Exact line search (docs/learning-rates.md): along the deterministic dynamics dF/dt = −γ D + γ² N with
 * D = ‖∇F‖² and N the noise curvature; the steepest decrease is at γ = D / (2 N).
 */
import { z } from 'zod';
import { strict } from '../study/strict.ts';
import { type ScheduleKind } from './schedule.ts';

const schema = strict({ kind: z.literal('line-search') });

export const lineSearch = {
  kind: 'line-search',
  label: 'Exact line search',
  schema,
  template: () => ({ kind: 'line-search' }),
  tex: () => '\\gamma(t) = D \\,/\\, 2N, \\quad \\dot F = -\\gamma D + \\gamma^2 N',
  check: () => [],
  create: () => ({
    kind: 'line-search',
    dependsOn: 'state',
    breakpoints: [],
    rate(inputs) {
      const curvature = inputs.noiseCurvature();
      return curvature > 0 ? inputs.descent() / (2 * curvature) : 0;
    },
  }),
} satisfies ScheduleKind<z.infer<typeof schema>> & { schema: typeof schema };
