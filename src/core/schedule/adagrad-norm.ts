/**
 * AdaGrad-Norm: γ_k = η / sqrt(b_0² + d⁻² Σ_{j≤k} ‖∇Ψ_j‖²); deterministic equivalent γ(t) = η / sqrt(b_0² + G(t)), after
 * first steps that are no flow where b_0 is small (theory/first-steps.ts).
 */
import { z } from 'zod';
import { finite, strict } from '../description/strict.ts';
import { texNumber } from '../description/tex.ts';
import { type ScheduleKind } from './schedule.ts';

const schema = strict({
  kind: z.literal('adagrad-norm'),
  rate: finite({ above: 0 }),
  offset: finite({ above: 0 }),
});

/** b_0², kept where neither it nor the slope of γ leaves the range of numbers; any G > 0 is large beside it there. */
const squareOf = (offset: number): number => Math.max(offset * offset, 1e-200);

export const adagradNorm = {
  kind: 'adagrad-norm',
  label: 'AdaGrad-Norm',
  schema,
  template: (rate) => ({ kind: 'adagrad-norm', rate, offset: 1 }),
  tex: ({ rate, offset }) => `\\gamma(t) = ${texNumber(rate)} \\Big/ \\sqrt{${texNumber(offset)}^2 + G(t)}`,
  check: () => [],
  create: (spec) => ({
    kind: 'adagrad-norm',
    dependsOn: 'accumulated',
    breakpoints: [],
    rate: ({ accumulated }) => spec.rate / Math.sqrt(squareOf(spec.offset) + accumulated),
    slope({ accumulated }) {
      const sum = squareOf(spec.offset) + accumulated;
      return (-0.5 * spec.rate) / (sum * Math.sqrt(sum));
    },
  }),
} satisfies ScheduleKind<z.infer<typeof schema>> & { schema: typeof schema };
