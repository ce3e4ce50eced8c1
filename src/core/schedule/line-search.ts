/**
 * Exact line search (docs/learning-rates.md): a step changes the objective by (−γ D + γ² N)/d on average, with
 * D = ‖∇F‖² and N the curvature along the step. The steepest decrease is at γ = D / (2 N).
 */
import { z } from 'zod';
import { strict } from '../description/strict.ts';
import { ratioRate, type ScheduleKind } from './schedule.ts';

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
      const descent = inputs.descent();
      return ratioRate(inputs.risk(), descent, descent, 2 * inputs.stepCurvature());
    },
  }),
} satisfies ScheduleKind<z.infer<typeof schema>> & { schema: typeof schema };
