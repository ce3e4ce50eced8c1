/** Hard labels of a teacher, logistic loss: error and risk fall like t^(−1/3), read off up to t = 10⁷. */
import { inId, type ExperimentInput, type Preset, study } from './preset.ts';

const NOTES = `Labels $\\operatorname{sign}(r^*)$ of a linear teacher without flips, one class, identity covariance, logistic loss with a constant learning rate.

- X grows for ever along the teacher, and the noise of SGD across it settles: for γ = 1 at $\\|X_\\perp\\|^2 = 0.21994$.
- So error and risk fall like $t^{-1/3}$, slower than any separable problem without noise would: the figures of the local exponents go to 1/3 (0.33337 and 0.33336 at t = 10⁷ with γ = 1).
- A smaller learning rate has the same exponent. It begins later and has the smaller error in the end, but the larger risk.

The experiment with runs shows the beginning of the law against SGD: 10⁷ is 10¹⁰ steps at d = 1000.`;

const RATES = [0.3, 1, 3];

const described = (rate: number): Omit<ExperimentInput, 'id' | 'horizon'> => ({
  model: {
    dimension: 1000,
    priors: [1],
    spectrum: { kind: 'identity' },
    means: { arrangement: { kind: 'gaussian', seed: 1 }, profile: { kind: 'flat' }, scale: 0 },
  },
  labels: { kind: 'teacher-sign', teacher: { kind: 'gaussian', seed: 1 } },
  loss: { kind: 'logistic' },
  optimizer: { schedule: { kind: 'constant', rate } },
});

export const oneThirdLaw: Preset<'one-third-law'> = {
  name: 'one-third-law',
  look: () => ({
    overlaid: [...RATES.map((rate) => `rate-${inId(rate)}`), 'runs'],
    figures: ['error', 'risk', 'error-decay', 'decay'],
    guides: {
      error: [{ kind: 'slope', exponent: -0.333, x: 1e3, y: 0.02 }],
      risk: [{ kind: 'slope', exponent: -0.333, x: 1e3, y: 0.1 }],
      'error-decay': [{ kind: 'horizontal', value: 1 / 3, label: '1/3' }],
      decay: [{ kind: 'horizontal', value: 1 / 3, label: '1/3' }],
    },
  }),
  study: () =>
    study('Hard labels: the one-third law', NOTES, [
      ...RATES.map((rate) => ({
        ...described(rate),
        id: `rate-${inId(rate)}`,
        name: `γ = ${rate}, theory`,
        horizon: 1e7,
        // ten points a decade: the slope is over three of them
        grid: { kind: 'log' as const, first: 0.1, points: 81 },
      })),
      {
        ...described(1),
        id: 'runs',
        name: 'γ = 1, with runs',
        horizon: 50,
        grid: { kind: 'log' as const, first: 0.1, points: 28 },
        simulation: { runs: 8, seed: 1 },
      },
    ]),
};
