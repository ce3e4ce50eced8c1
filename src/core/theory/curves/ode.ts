/** The deterministic equivalent of SGD: (T4) with (T5). */
import { diagonalTheory } from '../diagonal/refusal.ts';
import { solveFlow } from '../diagonal/solve-flow.ts';
import { integrationCost } from './cost.ts';
import { type CurveKind } from './curve.ts';

export const ode: CurveKind = {
  kind: 'ode',
  label: 'theory',
  noise: true,
  look: 'line',
  refuses: diagonalTheory,
  solve: async (setup, options) => solveFlow(setup, { ...options, noise: true }),
  ...integrationCost(true),
};
