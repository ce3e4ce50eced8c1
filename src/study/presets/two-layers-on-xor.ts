/** Two layers on four classes in the shape of XOR, from planted starts and from an isotropic one (F3). */
import { inId, type ExperimentInput, type Preset, study } from './preset.ts';

const DIMENSION = 400;
/** Length of the means, learning rate, and length of the units' planted start. */
const CASES = [
  { norm: 2, rate: 0.5, planted: 0.3 },
  { norm: 2, rate: 2, planted: 0.3 },
  { norm: 3, rate: 1, planted: 0.1 },
];

const NOTES = `Four classes $\\pm\\mu$ (label 1) and $\\pm\\nu$ (label 0) with $\\mu \\perp \\nu$: no linear model tells the labels apart. Two layers $s = \\sum_k c_k\\, \\mathrm{relu}(r_k)$ of four hidden units do, once a unit looks along each mean. Both layers learn with the step $\\gamma/d$: the first as in (T3)–(T5), with one output per hidden unit, the second by $\\dot c = -\\gamma \\sum_i p_i\\, \\mathbb{E}\\, \\partial_c f_i$ (F3).

From a planted start, where the units have some overlap with the means, theory and SGD agree. From an isotropic start the overlaps are of order $d^{-1/2}$ and 0 in the limit: a saddle. The theory stays there; SGD leaves it after a time of order $\\log d$.`;

const along = (direction: number, length: number): number[] =>
  Array.from({ length: DIMENSION }, (_, k) => (k === direction ? length : 0));

/** ±μ along the first direction, ±ν along the second. */
const cross = (length: number): number[][] => [
  along(0, length),
  along(0, -length),
  along(1, length),
  along(1, -length),
];

const xor = (norm: number, rate: number) => ({
  model: {
    dimension: DIMENSION,
    priors: [0.25, 0.25, 0.25, 0.25],
    spectrum: { kind: 'identity' as const, variances: [0.25, 0.25, 0.25, 0.25] },
    means: { arrangement: { kind: 'custom' as const, means: cross(norm) } },
  },
  loss: {
    kind: 'two-layer' as const,
    hidden: 4,
    activation: 'relu',
    classLabels: [1, 1, 0, 0],
    secondLayer: [0.5, 0.5, -0.5, -0.5],
  },
  optimizer: { schedule: { kind: 'constant' as const, rate } },
  horizon: 20,
  grid: { kind: 'linear' as const, points: 41 },
  simulation: { runs: 4, seed: 1 },
});

export const twoLayersOnXor: Preset<'two-layers-on-xor'> = {
  name: 'two-layers-on-xor',
  study: () =>
    study('Two layers on XOR', NOTES, [
      ...CASES.map(({ norm, rate, planted }): ExperimentInput => {
        const experiment = xor(norm, rate);
        return {
          id: `norm-${norm}-rate-${inId(rate)}`,
          name: `‖μ‖ = ${norm}, γ = ${rate}`,
          ...experiment,
          optimizer: { ...experiment.optimizer, start: { kind: 'custom', vectors: cross(planted) } },
        };
      }),
      {
        id: 'isotropic',
        name: 'Isotropic start, ‖μ‖ = 3, γ = 4',
        ...xor(3, 4),
        optimizer: {
          schedule: { kind: 'constant', rate: 4 },
          start: { kind: 'gaussian', seed: 1, scale: 0.5 },
        },
      },
    ]),
};
