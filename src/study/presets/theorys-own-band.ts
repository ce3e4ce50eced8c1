/** Spreads of runs from theory beside those of runs, and where they are not valid. */
import { HALVES, type ExperimentInput, type Preset, study } from './preset.ts';

type Case = Pick<ExperimentInput, 'id' | 'name' | 'optimizer'> & Partial<Pick<ExperimentInput, 'model' | 'loss'>>;

/** A quarter of the directions is clean. */
const MODEL: ExperimentInput['model'] = {
  dimension: 50,
  priors: HALVES,
  spectrum: {
    kind: 'zero-one',
    blocks: [
      { fraction: 0.25, eigenvalues: [0, 0] },
      { fraction: 0.75, eigenvalues: [1, 1] },
    ],
  },
  means: { arrangement: { kind: 'opposite' }, profile: { kind: 'flat' } },
};

const constant = (rate: number) => ({ kind: 'constant' as const, rate });

const CASES: readonly Case[] = [
  { id: 'sgd', name: 'SGD, γ = 1', optimizer: { schedule: constant(1) } },
  {
    id: 'adagrad-norm',
    name: 'AdaGrad-Norm, η = 2, b₀ = 1',
    optimizer: { schedule: { kind: 'adagrad-norm', rate: 2, offset: 1 } },
  },
  {
    id: 'momentum',
    name: 'Momentum, κ = θ = 1, γ = 0.5',
    optimizer: { schedule: constant(0.5), method: { kind: 'momentum', coupling: 1, decay: 1 } },
  },
  {
    id: 'average',
    name: 'SGD, γ = 2, mean from t = 2',
    optimizer: { schedule: constant(2), average: { kind: 'uniform', from: 2 } },
  },
  {
    id: 'near-the-threshold',
    name: 'Least squares, γ = 1.9 below γ* = 1.92: not valid',
    model: {
      dimension: 50,
      priors: [1],
      spectrum: { kind: 'identity' },
      means: { arrangement: { kind: 'custom', means: [new Array<number>(50).fill(0)] } },
    },
    loss: { kind: 'teacher-least-squares', noise: 0.1, teacher: { kind: 'gaussian', seed: 3 } },
    optimizer: { schedule: constant(1.9) },
  },
];

const NOTES = `The spread of 200 runs from the equations alone, (T16), beside the runs: the fainter band is theory's, ±1 sd or the 10–90 % of a normal law, as the band's menu says. About 80 % of the runs are inside the latter.

It is there for the risk, the error, ‖X‖², overlaps, shares of weight and the risk of averages, for plain SGD as for rules and methods with a memory. sd falls like d^(−1/2).

Not valid: where the sd of the risk is above 0.3 of the risk, close to a threshold of divergence, and for escapes from uninformative starts. The last experiment is close to a threshold: theory’s band misses the runs.`;

export const theorysOwnBand: Preset<'theorys-own-band'> = {
  name: 'theorys-own-band',
  look: () => ({
    overlaid: ['sgd'],
    selected: 'sgd',
    timeLog: false,
    valueLog: false,
    figures: ['risk', 'error', 'norm', 'alignment'],
  }),
  study: () =>
    study(
      'Theory’s own band',
      NOTES,
      CASES.map((each) => ({
        model: MODEL,
        loss: { kind: 'logistic' as const },
        ...each,
        horizon: 20,
        grid: { kind: 'linear' as const, points: 41 },
        theory: { curves: ['ode' as const], spread: true },
        simulation: { runs: 200, seed: 1 },
      })),
    ),
};
