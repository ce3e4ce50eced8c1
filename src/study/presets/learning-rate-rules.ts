/** Every learning-rate rule on one model. */
import { HALVES, type ExperimentInput, type Preset, study } from './preset.ts';

type Schedule = ExperimentInput['optimizer']['schedule'];

const RULES: { id: string; name: string; schedule: Schedule }[] = [
  { id: 'constant', name: 'Constant γ = 1', schedule: { kind: 'constant', rate: 1 } },
  {
    id: 'power-decay',
    name: 'Power decay, κ = ½',
    schedule: { kind: 'power-decay', rate: 2, timescale: 2, exponent: 0.5 },
  },
  { id: 'piecewise', name: 'Piecewise, 2 then 0.2', schedule: { kind: 'piecewise', times: [0, 10], rates: [2, 0.2] } },
  { id: 'warmup', name: 'Warm-up over t = 5', schedule: { kind: 'warmup', rate: 2, duration: 5 } },
  { id: 'adagrad-norm', name: 'AdaGrad-Norm', schedule: { kind: 'adagrad-norm', rate: 2, offset: 1 } },
  { id: 'polyak', name: 'Polyak step', schedule: { kind: 'polyak' } },
  { id: 'line-search', name: 'Exact line search', schedule: { kind: 'line-search' } },
];

const NOTES = `One model, seven rules. Each rule has its deterministic equivalent: the learning-rate curve is an observable like the risk.

Polyak and line search look at the population risk, in theory and in SGD alike; how they are derived is in docs/learning-rates.md.`;

export const learningRateRules: Preset<'learning-rate-rules'> = {
  name: 'learning-rate-rules',
  study: () =>
    study(
      'Learning-rate rules',
      NOTES,
      RULES.map(({ id, name, schedule }) => ({
        id,
        name,
        model: {
          dimension: 500,
          priors: HALVES,
          spectrum: { kind: 'power-law' as const, exponents: [0.5, 1] },
          means: { arrangement: { kind: 'opposite' as const }, profile: { kind: 'power-law' as const, exponent: 0.2 } },
        },
        loss: { kind: 'logistic' as const },
        optimizer: { schedule },
        horizon: 20,
        grid: { kind: 'log' as const, first: 0.05, points: 60 },
        simulation: { runs: 8, seed: 1 },
      })),
    ),
};
