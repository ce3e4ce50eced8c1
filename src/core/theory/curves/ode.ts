/** The deterministic equivalent of SGD: (T4) with (T5). */
import { solveStarted } from '../escape/solve-escape.ts';
import { integrationCost } from './cost.ts';
import { type CurveKind } from './curve.ts';

export const ode: CurveKind = {
  kind: 'ode',
  label: 'theory',
  noise: true,
  look: 'line',
  refuses: () => null,
  solve: async (setup, options) => solveStarted(setup, { ...options, noise: true }),
  ...integrationCost(true),
};
