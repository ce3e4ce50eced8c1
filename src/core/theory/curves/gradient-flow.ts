/** Gradient flow: (T4) without the noise that SGD adds. S is 0, or the decaying variance of a random start. */
import { diagonalTheory } from '../diagonal/refusal.ts';
import { solveFlow } from '../diagonal/solve-flow.ts';
import { integrationCost } from './cost.ts';
import { type CurveKind } from './curve.ts';

export const gradientFlow: CurveKind = {
  kind: 'gradient-flow',
  label: 'gradient flow',
  noise: false,
  look: 'dashed',
  refuses: diagonalTheory,
  solve: async (setup, options) => solveFlow(setup, { ...options, noise: false }),
  ...integrationCost(false),
};
