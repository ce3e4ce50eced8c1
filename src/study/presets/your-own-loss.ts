/** Losses that are typed as formulas: hinge, squared hinge and Huber’s on one model, theory and SGD. */
import { HALVES, type Preset, study } from './preset.ts';

const NOTES = `A loss is typed as a formula of the output r and the label y = ±1; its derivative, its Gaussian moments and its kinks follow from it.

- **Hinge** max(0, 1 − y r): samples beyond the margin do not move X, and a step never grows.
- **Squared hinge** max(0, 1 − y r)²: the farther inside the margin, the larger the step.
- **Huber** of r − y with width k: least squares near the label, a bounded gradient far away.

Change a formula and see the theory follow; the constant k can be swept as any number.`;

const LOSSES: readonly { id: string; name: string; formula: string; constants: Record<string, number> }[] = [
  { id: 'hinge', name: 'Hinge', formula: 'max(0, 1 - y*r)', constants: {} },
  { id: 'squared-hinge', name: 'Squared hinge', formula: 'max(0, 1 - y*r)^2', constants: {} },
  { id: 'huber', name: 'Huber, k = 0.5', formula: 'huber(r - y, k)', constants: { k: 0.5 } },
];

export const yourOwnLoss: Preset<'your-own-loss'> = {
  name: 'your-own-loss',
  look: () => ({ overlaid: LOSSES.map(({ id }) => id), figures: ['error'] }),
  study: () =>
    study(
      'Your own loss',
      NOTES,
      LOSSES.map(({ id, name, formula, constants }) => ({
        id,
        name,
        model: {
          dimension: 600,
          priors: HALVES,
          spectrum: { kind: 'power-law' as const, exponents: [0.5, 1] },
          means: { arrangement: { kind: 'opposite' as const }, profile: { kind: 'power-law' as const, exponent: 0.2 } },
        },
        loss: { kind: 'formula' as const, formula, constants },
        optimizer: { schedule: { kind: 'constant' as const, rate: 0.3 } },
        horizon: 20,
        grid: { kind: 'log' as const, first: 0.1, points: 41 },
        simulation: { runs: 10, seed: 1 },
      })),
    ),
};
