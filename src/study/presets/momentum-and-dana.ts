/** Steps that remember gradients, beside plain SGD. */
import { HALVES, type ExperimentInput, type Preset, study } from './preset.ts';

type Optimizer = ExperimentInput['optimizer'];

const MODEL = {
  dimension: 400,
  priors: HALVES,
  spectrum: { kind: 'power-law' as const, exponents: [0.5, 1] },
  means: { arrangement: { kind: 'opposite' as const }, profile: { kind: 'power-law' as const, exponent: 0.2 } },
};

const constant = (rate: number) => ({ kind: 'constant' as const, rate });
const METHODS: { id: string; name: string; optimizer: Optimizer }[] = [
  { id: 'sgd', name: 'Plain SGD, γ = 0.5', optimizer: { schedule: constant(0.5) } },
  {
    id: 'heavy-ball',
    name: 'Heavy ball, β = 0.9, γ = 0.05',
    optimizer: { method: { kind: 'heavy-ball', momentum: 0.9 }, schedule: constant(0.05) },
  },
  {
    id: 'momentum',
    name: 'Momentum, κ = 1, θ = 0.5',
    optimizer: { method: { kind: 'momentum', coupling: 1, decay: 0.5 }, schedule: constant(0.1) },
  },
  {
    id: 'dana',
    name: 'DANA, constant',
    optimizer: { method: { kind: 'dana', coupling: 0.25, delta: 4, exponent: 0 }, schedule: constant(0.5) },
  },
  {
    id: 'dana-decaying',
    name: 'DANA, decaying',
    optimizer: { method: { kind: 'dana', coupling: 2, delta: 4, exponent: 0.5 }, schedule: constant(0.5) },
  },
];

const NOTES = `A teacher with label noise 0.3, five first-order methods.

- **Heavy ball** with a fixed momentum is SGD of rate γ/(1 − β): its curve is that of plain SGD, 10 steps later.
- **Momentum** that remembers d/θ steps is another dynamics: modes with κλ > θ²/4 oscillate.
- **DANA** lengthens its memory as it goes, θ = δ/(t + 1/d). With a constant κ its noise grows in the end; with a decaying one the risk goes on falling.`;

export const momentumAndDana: Preset<'momentum-and-dana'> = {
  name: 'momentum-and-dana',
  look: () => ({ overlaid: METHODS.map(({ id }) => id), figures: ['risk', 'norm'] }),
  study: () =>
    study(
      'Momentum and DANA',
      NOTES,
      METHODS.map(({ id, name, optimizer }) => ({
        id,
        name,
        model: MODEL,
        loss: {
          kind: 'teacher-least-squares' as const,
          noise: 0.3,
          teacher: { kind: 'gaussian' as const, seed: 1, scale: 1 },
        },
        optimizer,
        horizon: 40,
        grid: { kind: 'log' as const, first: 0.05, points: 70 },
        simulation: { runs: 8, seed: 1 },
      })),
    ),
};
