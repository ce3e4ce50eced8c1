/** The paper's first figure: the three spectra, logistic loss, three learning rates each. */
import { type ExperimentInput, HALVES, inId, type Preset, QUARTERS, study } from './preset.ts';

const RATES = [0.5, 1, 2];
const DIMENSION = 1000;

type Case = {
  id: string;
  name: string;
  spectrum: ExperimentInput['model']['spectrum'];
  means: ExperimentInput['model']['means'];
};

const CASES: Case[] = [
  {
    id: 'identity',
    name: 'Identity',
    spectrum: { kind: 'identity' },
    means: { arrangement: { kind: 'gaussian', seed: 7 }, profile: { kind: 'flat' } },
  },
  {
    id: 'zero-one',
    name: 'Zero-one, clean means',
    spectrum: { kind: 'zero-one', blocks: QUARTERS },
    means: { arrangement: { kind: 'opposite' }, profile: { kind: 'blocks', weights: [1, 0, 0, 0] } },
  },
  {
    id: 'power-law-mild',
    name: 'Power law, β = 0.2',
    spectrum: { kind: 'power-law', exponents: [1.1, 1.5] },
    means: { arrangement: { kind: 'opposite' }, profile: { kind: 'power-law', exponent: 0.2 } },
  },
  {
    id: 'power-law-clean',
    name: 'Power law, β = 0',
    spectrum: { kind: 'power-law', exponents: [1.1, 1.5] },
    means: { arrangement: { kind: 'opposite' }, profile: { kind: 'power-law', exponent: 0 } },
  },
];

const NOTES = `Risk under one-pass SGD for the three covariance spectra, logistic loss.

- **Identity**, Gaussian means: the noise never goes away, the risk stays positive.
- **Zero-one**, means only in the (0,0) block: those directions carry no noise, and the risk goes to 0.
- **Power law** α = (1.1, 1.5): for β = 0 the structural condition min α ≥ β + 1 holds (1.1 ≥ 1) and the risk goes to 0; for β = 0.2 it does not (1.1 < 1.2).

Lines are the deterministic equivalent, dots are SGD.`;

export const spectraCompared: Preset<'spectra-compared'> = {
  name: 'spectra-compared',
  look: () => ({
    overlaid: CASES.flatMap(({ id }) => RATES.map((rate) => `${id}-${inId(rate)}`)),
    figures: ['risk'],
    panels: 'model',
  }),
  study: () =>
    study(
      'Spectra compared',
      NOTES,
      CASES.flatMap(({ id, name, spectrum, means }) =>
        RATES.map((rate) => ({
          id: `${id}-${inId(rate)}`,
          name: `${name}, γ = ${rate}`,
          model: { dimension: DIMENSION, priors: HALVES, spectrum, means },
          loss: { kind: 'logistic' as const },
          optimizer: { schedule: { kind: 'constant' as const, rate } },
          horizon: 50,
          grid: { kind: 'log' as const, first: 0.1, points: 60 },
          simulation: { runs: 10, seed: 1 },
        })),
      ),
    ),
};
