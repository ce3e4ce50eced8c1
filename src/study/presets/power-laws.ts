/** Mild and extreme power laws: either side of the structural transition min α = β + 1. */
import { HALVES, type Preset, study } from './preset.ts';

const CASES = [
  { id: 'mild', name: 'Mild: α = (0.5, 1)', exponents: [0.5, 1] },
  { id: 'near', name: 'Near the transition: α = (1.1, 1.5)', exponents: [1.1, 1.5] },
  { id: 'extreme', name: 'Extreme: α = (3, 3.5)', exponents: [3, 3.5] },
];

const NOTES = `Power laws with β = 0.2: the limiting risk is 0 if and only if min α ≥ β + 1 = 1.2.

- mild, min α = 0.5: the risk settles at a positive value;
- near, min α = 1.1: just below the transition;
- extreme, min α = 3: the risk keeps falling, and the small-variance directions collect the weight.`;

export const powerLaws: Preset<'power-laws'> = {
  name: 'power-laws',
  study: () =>
    study(
      'Mild and extreme power laws',
      NOTES,
      CASES.map(({ id, name, exponents }) => ({
        id,
        name,
        model: {
          dimension: 1000,
          priors: HALVES,
          spectrum: { kind: 'power-law' as const, exponents },
          means: { arrangement: { kind: 'opposite' as const }, profile: { kind: 'power-law' as const, exponent: 0.2 } },
        },
        loss: { kind: 'logistic' as const },
        optimizer: { schedule: { kind: 'constant' as const, rate: 1 } },
        horizon: 100,
        grid: { kind: 'log' as const, first: 0.1, points: 61 },
        simulation: { runs: 10, seed: 1 },
      })),
    ),
};
