/** Risk at late time over α × β: where does it go to 0? */
import { HALVES, type Preset, study } from './preset.ts';

const NOTES = `Theory alone, in the limit d → ∞ and to t = 10⁹, over the exponent α of both spectra and the exponent β of the means' energy.

The limiting risk is 0 if and only if α ≥ β + 1 (structural transition): the drawn line. Above it, and on it, the risk keeps falling like a power of t; below it, it settles. At any one d it settles everywhere in the end.`;

export const phaseTransition: Preset<'phase-transition'> = {
  name: 'phase-transition',
  study: () => ({
    ...study('Phase transition', NOTES, []),
    sweep: {
      id: 'phase',
      axes: [
        {
          parameter: 'model.spectrum.exponents[*]',
          symbol: 'α',
          range: { kind: 'linear', from: 0.25, to: 3, points: 12 },
        },
        {
          parameter: 'model.means.profile.exponent',
          symbol: 'β',
          range: { kind: 'linear', from: 0, to: 1.5, points: 7 },
        },
      ],
      base: {
        model: {
          // of the time grid alone: nothing is simulated
          dimension: 1000,
          priors: HALVES,
          spectrum: { kind: 'power-law', exponents: [1, 1] },
          means: { arrangement: { kind: 'opposite' }, profile: { kind: 'power-law', exponent: 0 } },
        },
        loss: { kind: 'logistic' },
        optimizer: { schedule: { kind: 'constant', rate: 1 } },
        horizon: 1e9,
        grid: { kind: 'log', first: 0.1, points: 61 },
        theory: { limit: true },
      },
    },
  }),
};
