/** The deterministic equivalent of SGD: (T4) with (T5). */
import { solveTheory } from '../solve.ts';
import { integrationCost } from './cost.ts';
import { type CurveKind } from './curve.ts';

export const ode: CurveKind = {
  kind: 'ode',
  label: 'theory',
  noise: true,
  look: 'line',
  refuses: () => null,
  solve: async (setup, options) => solveTheory(setup, { ...options, noise: true }),
  ...integrationCost(true),
};
