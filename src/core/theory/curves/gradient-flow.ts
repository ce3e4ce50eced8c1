/** Gradient flow: (T4) without the noise that SGD adds. S is 0, or the decaying variance of a random start. */
import { solveStarted } from '../escape/solve-escape.ts';
import { integrationCost } from './cost.ts';
import { type CurveKind } from './curve.ts';

export const gradientFlow: CurveKind = {
  kind: 'gradient-flow',
  label: 'gradient flow',
  noise: false,
  look: 'dashed',
  refuses: () => null,
  solve: async (setup, options) => solveStarted(setup, { ...options, noise: false }),
  ...integrationCost(false),
};
