/** Averages of the iterates, beside learning rates that decay. */
import { HALVES, type ExperimentInput, type Preset, study } from './preset.ts';

type Optimizer = ExperimentInput['optimizer'];

const MODEL = {
  dimension: 400,
  priors: HALVES,
  spectrum: { kind: 'power-law' as const, exponents: [0.5, 1] },
  means: { arrangement: { kind: 'opposite' as const }, profile: { kind: 'power-law' as const, exponent: 0.2 } },
};

const CASES: { id: string; name: string; optimizer: Optimizer }[] = [
  {
    id: 'uniform',
    name: 'Constant γ = 0.8, mean from t = 2',
    optimizer: { schedule: { kind: 'constant', rate: 0.8 }, average: { kind: 'uniform', from: 2 } },
  },
  {
    id: 'exponential',
    name: 'Constant γ = 0.8, exponential average over τ = 5',
    optimizer: { schedule: { kind: 'constant', rate: 0.8 }, average: { kind: 'exponential', timescale: 5 } },
  },
  { id: 'cosine', name: 'Cosine from γ = 0.8', optimizer: { schedule: { kind: 'cosine', rate: 0.8 } } },
  {
    id: 'wsd',
    name: 'Warm-up 1, stable, decay over the last 8',
    optimizer: { schedule: { kind: 'wsd', rate: 0.8, warmup: 1, decay: 8 } },
  },
];

const NOTES = `Least squares with label noise 0.5: at a constant rate the risk settles above the noise floor ⅛, at what SGD's own noise costs.

Two ways to get rid of it: average the iterates (*risk of the average*, beside that of the last iterate), or let the rate decay. The mean of all iterates forgets the start slowly; the exponential average forgets it, and keeps some noise.`;

export const averages: Preset<'averages'> = {
  name: 'averages',
  look: () => ({ overlaid: CASES.map(({ id }) => id), figures: ['risk', 'average-risk', 'learning-rate'] }),
  study: () =>
    study(
      'Averages',
      NOTES,
      CASES.map(({ id, name, optimizer }) => ({
        id,
        name,
        model: MODEL,
        loss: {
          kind: 'teacher-least-squares' as const,
          noise: 0.5,
          teacher: { kind: 'gaussian' as const, seed: 1, scale: 1 },
        },
        optimizer,
        horizon: 40,
        grid: { kind: 'linear' as const, points: 81 },
        simulation: { runs: 8, seed: 1 },
      })),
    ),
};
