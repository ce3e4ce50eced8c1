/** One pass, many passes, and the minimum of the empirical risk on the same n samples, in one plot. */
import { type Preset, study } from './preset.ts';

const DIMENSION = 400;
const PER_DIMENSION = 2;

const NOTES = `What does one pass lose against the optimum of the same data? A teacher with noise $\\sigma = 0.3$ on $n = 2d$ samples of one class, $\\lambda_\\rho = \\rho/d$.

- **One pass**, dotted: every sample is new. It is SGD on these data up to $t = n/d = 2$, the upright line, where they are used up.
- **Many passes**: SGD that draws from the same samples again and again. The line is a typical data set, dashed is the one that was drawn, dots are SGD on it.
- **The optimum**, level lines: the minimum of the empirical risk without a ridge, and with $\\delta = 0.1$.

The risk on the data goes on falling long after that of the population has turned.`;

export const manyPasses: Preset<'many-passes'> = {
  name: 'many-passes',
  look: () => ({
    overlaid: ['with-replacement'],
    figures: ['risk', 'train-risk'],
    timeLog: true,
    guides: { risk: [{ kind: 'vertical', value: PER_DIMENSION, label: 't = n/d' }] },
  }),
  study: () =>
    study('One pass, many passes, and the optimum', NOTES, [
      {
        id: 'with-replacement',
        name: 'n = 2 d, with replacement',
        model: {
          dimension: DIMENSION,
          priors: [1],
          spectrum: { kind: 'power-law', exponents: [1] },
          means: { arrangement: { kind: 'gaussian', seed: 1 }, profile: { kind: 'flat' }, scale: 0 },
        },
        loss: { kind: 'teacher-least-squares', noise: 0.3, teacher: { kind: 'gaussian', seed: 3, scale: 1 } },
        optimizer: { schedule: { kind: 'constant', rate: 0.8 } },
        data: {
          kind: 'finite',
          samplesPerDimension: PER_DIMENSION,
          sampling: 'with-replacement',
          seed: 1,
          shared: true,
        },
        horizon: 100,
        grid: { kind: 'log', first: 0.1, points: 41 },
        theory: { curves: ['ode', 'multi-pass', 'this-data'], endpoints: [{ ridge: 0 }, { ridge: 0.1 }] },
        simulation: { runs: 10, seed: 1 },
      },
      {
        id: 'logistic-full-batch',
        name: 'Logistic, n = 2 d, full batch',
        model: {
          dimension: DIMENSION,
          priors: [0.5, 0.5],
          spectrum: { kind: 'power-law', exponents: [1, 0.5] },
          means: { arrangement: { kind: 'opposite' }, profile: { kind: 'power-law', exponent: 0.2 }, scale: 1.5 },
        },
        loss: { kind: 'logistic' },
        optimizer: { schedule: { kind: 'constant', rate: 3 * DIMENSION } },
        data: { kind: 'finite', samplesPerDimension: PER_DIMENSION, sampling: 'full-batch', seed: 1 },
        // sixty steps of size 3
        horizon: 60 / DIMENSION,
        grid: { kind: 'linear', points: 61 },
        theory: { curves: ['multi-pass'], endpoints: [{ ridge: 0.01 }] },
        simulation: { runs: 10, seed: 1 },
      },
    ]),
};
