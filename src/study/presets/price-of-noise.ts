/** ODE, gradient flow, SGD and homogenised SGD on one model: what the noise of SGD costs. */
import { HALVES, inId, type Preset, study } from './preset.ts';

const NOTES = `The difference between the ODE and gradient flow is the price of SGD noise; it grows with γ.

Homogenised SGD is the diffusion (T6) with SGD's drift and the covariance of its gradients. Its means match SGD's as d grows. The spread between runs of ‖X‖² is larger than SGD's when γ is not small: by some 5 % at γ = 0.5, by half at γ = 3, t = 2. That of risk and overlaps agrees within a few per cent at γ = 0.5 and is larger by some 10 % late at γ = 3: compare the bands.`;

const ENGINES = [
  { engine: 'sgd' as const, name: 'SGD' },
  { engine: 'hsgd' as const, name: 'homogenised SGD' },
];

export const priceOfNoise: Preset<'price-of-noise'> = {
  name: 'price-of-noise',
  study: () =>
    study(
      'Price of noise',
      NOTES,
      [0.5, 3].flatMap((rate) =>
        ENGINES.map(({ engine, name }) => ({
          id: `${engine}-${inId(rate)}`,
          name: `γ = ${rate}, ${name}`,
          model: {
            dimension: 500,
            priors: HALVES,
            spectrum: { kind: 'power-law' as const, exponents: [0.5, 1] },
            means: {
              arrangement: { kind: 'opposite' as const },
              profile: { kind: 'power-law' as const, exponent: 0.2 },
            },
          },
          loss: { kind: 'logistic' as const },
          optimizer: { schedule: { kind: 'constant' as const, rate } },
          horizon: 20,
          grid: { kind: 'log' as const, first: 0.1, points: 41 },
          theory: { curves: ['ode' as const, 'gradient-flow' as const] },
          simulation: { engine, runs: 20, seed: 1 },
        })),
      ),
    ),
};
