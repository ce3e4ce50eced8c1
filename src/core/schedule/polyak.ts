/**
 * Polyak step (docs/learning-rates.md). With f >= 0 and f* = 0 as the lower bound of the risk, convexity gives
 * d‖X − X*‖²/dt <= −2γ R + γ² P with P = E‖∇Ψ‖²/d. The minimum over γ is γ = R / P.
 */
import { z } from 'zod';
import { strict } from '../description/strict.ts';
import { ratioRate, type ScheduleKind } from './schedule.ts';

const schema = strict({ kind: z.literal('polyak') });

export const polyak = {
  kind: 'polyak',
  label: 'Polyak step',
  schema,
  template: () => ({ kind: 'polyak' }),
  tex: () => '\\gamma(t) = R \\,/\\, P, \\quad P = \\tfrac{1}{d}\\,\\mathbb{E}\\|\\nabla\\Psi\\|^2',
  check: () => [],
  create: () => ({
    kind: 'polyak',
    dependsOn: 'state',
    ofRiskAndPower: true,
    breakpoints: [],
    rate(inputs) {
      const risk = inputs.risk();
      return ratioRate(risk, risk, risk, inputs.gradientPower());
    },
  }),
} satisfies ScheduleKind<z.infer<typeof schema>> & { schema: typeof schema };
