/** Zero-one model with means everywhere: where does the weight go? */
import { HALVES, inId, type Preset, QUARTERS, study } from './preset.ts';

const NOTES = `Zero-one model with means in every block and a quarter of the directions each.

Without noise to average away, the (0,0) block collects the weight: compare its share with the share of the means' energy that it holds (the baseline), for three learning rates.`;

export const cleanDirections: Preset<'clean-directions'> = {
  name: 'clean-directions',
  study: () =>
    study(
      'Clean directions',
      NOTES,
      [0.5, 1, 2].map((rate) => ({
        id: `rate-${inId(rate)}`,
        name: `γ = ${rate}`,
        model: {
          dimension: 800,
          priors: HALVES,
          spectrum: { kind: 'zero-one' as const, blocks: QUARTERS },
          means: { arrangement: { kind: 'gaussian' as const, seed: 7 }, profile: { kind: 'flat' as const } },
        },
        loss: { kind: 'logistic' as const },
        optimizer: { schedule: { kind: 'constant' as const, rate } },
        horizon: 50,
        grid: { kind: 'log' as const, first: 0.1, points: 60 },
        simulation: { runs: 12, seed: 1 },
      })),
    ),
};
