/** C = 2…16 classes, softmax and one-hot least squares on the same mixtures. */
import { type Preset, study } from './preset.ts';

const CLASSES = [2, 4, 8, 16];
const LOSSES = [
  { kind: 'softmax' as const, short: 'softmax', name: 'Softmax', rate: 1 },
  { kind: 'one-hot-least-squares' as const, short: 'one-hot', name: 'One-hot LS', rate: 0.4 },
];

const NOTES = `The number of classes grows like log d in the theory. Orthogonal means of norm 2, power-law spectra whose exponents are spread between 0.5 and 1.5 over the classes, equal priors.

At X = 0 the softmax risk is log C and the one-hot risk is ½.`;

/** Exponents spread evenly between 0.5 and 1.5. */
const exponents = (classes: number): number[] =>
  Array.from({ length: classes }, (_, i) => Number((0.5 + i / (classes - 1)).toFixed(4)));

export const manyClasses: Preset<'many-classes'> = {
  name: 'many-classes',
  study: () =>
    study(
      'Many classes',
      NOTES,
      LOSSES.flatMap(({ kind, short, name, rate }) =>
        CLASSES.map((classes) => ({
          id: `${short}-${classes}`,
          name: `${name}, C = ${classes}`,
          model: {
            dimension: 400,
            priors: new Array<number>(classes).fill(1 / classes),
            spectrum: { kind: 'power-law' as const, exponents: exponents(classes) },
            means: { arrangement: { kind: 'cosine' as const }, profile: { kind: 'flat' as const }, scale: 2 },
          },
          loss: { kind },
          optimizer: { schedule: { kind: 'constant' as const, rate } },
          horizon: 20,
          grid: { kind: 'log' as const, first: 0.1, points: 41 },
          simulation: { runs: 8, seed: 1 },
        })),
      ),
    ),
};
