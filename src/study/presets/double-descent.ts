/** Risk of the end of many passes over n/d: it peaks where n = d. */
import { type Preset, study } from './preset.ts';

const NOTES = `A teacher on one isotropic class, $\\sigma = 0.3$: the minimum of the empirical risk with ridge $\\delta$ on $n$ samples, over $n/d$.

Without a ridge the minimum fits the noise of the labels where it can, and at $n = d$ it is fitted at any price: the risk goes up without bound, and comes down again beyond. A little ridge takes the peak away.

The statistic *Risk* shows where $t = 20$ of SGD on the same samples has come to, from theory: it has not seen the small eigenvalues that make the peak.`;

export const doubleDescent: Preset<'double-descent'> = {
  name: 'double-descent',
  look: () => ({
    tab: 'sweep',
    sweep: { statistic: 'endpoint-risk', time: null, source: 'auto', across: 0, scale: 'auto' },
  }),
  study: () => ({
    ...study('Double descent', NOTES, []),
    sweep: {
      id: 'descent',
      axes: [
        // an even number of points: none of them is 1, where there is no risk without a ridge
        { parameter: 'data.samplesPerDimension', symbol: 'n/d', range: { kind: 'log', from: 0.2, to: 5, points: 40 } },
        { parameter: 'theory.endpoints[0].ridge', symbol: 'δ', range: { kind: 'values', values: [0, 0.01, 0.1] } },
      ],
      base: {
        model: {
          dimension: 400,
          priors: [1],
          spectrum: { kind: 'identity' },
          means: { arrangement: { kind: 'gaussian', seed: 1 }, profile: { kind: 'flat' }, scale: 0 },
        },
        loss: { kind: 'teacher-least-squares', noise: 0.3, teacher: { kind: 'gaussian', seed: 3, scale: 1 } },
        optimizer: { schedule: { kind: 'constant', rate: 0.8 } },
        data: { kind: 'finite', samplesPerDimension: 1, sampling: 'with-replacement', seed: 1 },
        horizon: 20,
        grid: { kind: 'linear', points: 21 },
        theory: { curves: ['multi-pass'], endpoints: [{ ridge: 0 }] },
      },
    },
  }),
};
