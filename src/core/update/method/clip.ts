/**
 * SGD with the data gradient clipped by its norm: X ← X − (γ/d)(G min(1, c √d/‖G‖) + δX). Where ‖a‖² concentrates it is plain
 * SGD with slopes clipped at ±c √d/√(tr K_i + ‖μ_i‖²), (T15).
 */
import { z } from 'zod';
import { finite, strict } from '../../description/strict.ts';
import { texNumber } from '../../description/tex.ts';
import { shapedUpdate } from '../update.ts';
import { type MethodKind } from './method.ts';

const schema = strict({ kind: z.literal('clip'), threshold: finite({ above: 0 }) });

export const clip = {
  kind: 'clip',
  label: 'Clipped by norm',
  schema,
  template: () => ({ kind: 'clip', threshold: 0.8 }),
  tex: ({ threshold }) =>
    `X \\leftarrow X - \\tfrac{\\gamma}{d}\\, G\\, \\min\\big(1, ${texNumber(threshold)} \\sqrt d / \\|G\\|\\big)`,
  check: () => [],
  movesAtRateZero: false,
  create: ({ threshold }, dimension) => shapedUpdate({ kind: 'clip', threshold }, dimension),
} satisfies MethodKind<z.infer<typeof schema>> & { schema: typeof schema };
