/** How runs gather around the theory as d grows. */
import { HALVES, type Preset, study } from './preset.ts';

const NOTES = `The same model at d from 100 to 10⁴: the largest deviation of a run from the theory, sup |R_SGD − R_ODE|, falls like d^(−1/2) up to logarithms.`;

export const concentration: Preset<'concentration'> = {
  name: 'concentration',
  study: () => ({
    ...study('Concentration', NOTES, []),
    sweep: {
      id: 'd',
      axes: [
        {
          parameter: 'model.dimension',
          symbol: 'd',
          range: { kind: 'values', values: [100, 200, 500, 1000, 2000, 5000, 10000] },
        },
      ],
      base: {
        model: {
          dimension: 100,
          priors: HALVES,
          spectrum: { kind: 'power-law', exponents: [0.5, 1] },
          means: { arrangement: { kind: 'opposite' }, profile: { kind: 'power-law', exponent: 0.2 } },
        },
        loss: { kind: 'logistic' },
        optimizer: { schedule: { kind: 'constant', rate: 1 } },
        horizon: 10,
        grid: { kind: 'linear', points: 41 },
        simulation: { runs: 10, seed: 1 },
      },
    },
  }),
};
