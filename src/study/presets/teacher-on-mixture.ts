/** Regression on a mixture: a linear teacher with label noise. */
import { type Preset, study } from './preset.ts';

const NOTES = `Teacher least squares on a mixture of three classes: labels X*ᵀa + σε. The cosine with the teacher tells how much of it has been found; the ridge keeps it below 1.`;

export const teacherOnMixture: Preset<'teacher-on-mixture'> = {
  name: 'teacher-on-mixture',
  study: () =>
    study(
      'Teacher on a mixture',
      NOTES,
      [
        { id: 'plain', name: 'σ = 0.3, no ridge', ridge: 0, outputs: 1 },
        { id: 'ridge', name: 'σ = 0.3, δ = 0.1', ridge: 0.1, outputs: 1 },
        { id: 'three-outputs', name: 'Three outputs, δ = 0.1', ridge: 0.1, outputs: 3 },
      ].map(({ id, name, ridge, outputs }) => ({
        id,
        name,
        model: {
          dimension: 600,
          priors: [0.5, 0.3, 0.2],
          spectrum: { kind: 'power-law' as const, exponents: [0.5, 1, 1.5] },
          means: { arrangement: { kind: 'cosine' as const }, profile: { kind: 'flat' as const } },
        },
        loss: {
          kind: 'teacher-least-squares' as const,
          noise: 0.3,
          teacher: { kind: 'gaussian' as const, seed: 3, scale: 1, outputs },
        },
        optimizer: { schedule: { kind: 'constant' as const, rate: 0.8 }, ridge },
        horizon: 20,
        grid: { kind: 'log' as const, first: 0.1, points: 41 },
        simulation: { runs: 10, seed: 1 },
      })),
    ),
};
