import { describe, expect, it } from 'vitest';
import { createWasmKernel } from '../../../src/core/kernel/wasm.ts';
import { fieldOf } from '../../../src/core/observables/row-layout.ts';
import { refusalOf } from '../../../src/core/engines/engine.ts';
import { reduced } from '../../../src/core/engines/reduced/reduced-engine.ts';
import { createSgdEngine } from '../../../src/core/engines/sgd.ts';
import { setupOf, solved } from '../theory/solving.ts';
import {
  deviations,
  ensemble,
  kolmogorovSmirnov,
  kolmogorovSmirnovLimit,
  rowsOf,
  summary,
  withoutError,
} from './ensembles.ts';

const sgd = createSgdEngine(createWasmKernel());
/** Seeds are fixed, so the tests are deterministic; a correct engine fails one comparison in 16,000 at 4 errors. */
const ERRORS = 4;
const KS_LIMIT = kolmogorovSmirnovLimit(1e-4);

const uniform = (classes: number) => new Array<number>(classes).fill(1 / classes);

const identity = (dimension: number, classes: number) => ({
  dimension,
  priors: uniform(classes),
  spectrum: { kind: 'identity', variances: Array.from({ length: classes }, (_, i) => 1 - 0.2 * i) },
  means: { arrangement: { kind: classes === 2 ? 'opposite' : 'cosine' }, profile: { kind: 'flat' } },
});

const zeroOne = (dimension: number, classes: number) => ({
  dimension,
  priors: uniform(classes),
  spectrum: {
    kind: 'zero-one',
    blocks: [
      { fraction: 0.25, eigenvalues: new Array<number>(classes).fill(0) },
      { fraction: 0.25, eigenvalues: Array.from({ length: classes }, (_, i) => i % 2) },
      { fraction: 0.5, eigenvalues: new Array<number>(classes).fill(1) },
    ],
  },
  means: { arrangement: { kind: 'gaussian', seed: 3 }, profile: { kind: 'flat' } },
});

/** A custom spectrum with three tuples in turn, one of them on three directions only: less than the chain needs. */
const custom = (dimension: number) => {
  const tuple = Array.from({ length: dimension }, (_, rho) => (rho % 60 === 7 ? 2 : rho % 2));
  return {
    dimension,
    priors: [0.3, 0.7],
    spectrum: {
      kind: 'custom',
      eigenvalues: [tuple.map((k) => [1, 0.5, 2][k]), tuple.map((k) => [0.25, 1, 0][k])],
    },
    means: { arrangement: { kind: 'opposite' }, profile: { kind: 'power-law', exponent: 0.5 } },
  };
};

const rate = (value: number, more: object = {}) => ({ schedule: { kind: 'constant', rate: value }, ...more });
const gaussian = { start: { kind: 'gaussian', seed: 2, scale: 1 } };
const teacher = { kind: 'teacher-least-squares', noise: 0.3, teacher: { kind: 'gaussian', seed: 4, outputs: 2 } };

interface Case {
  name: string;
  seeds: number;
  model: object;
  loss: object;
  optimizer: object;
}

const cases: Case[] = [
  ...[identity, zeroOne].flatMap((model) => [
    { name: `logistic, ${model.name}`, model: model(200, 2), loss: { kind: 'logistic' }, optimizer: rate(1) },
    { name: `softmax, ${model.name}`, model: model(200, 4), loss: { kind: 'softmax' }, optimizer: rate(1) },
    {
      name: `one-hot, ${model.name}`,
      model: model(200, 4),
      loss: { kind: 'one-hot-least-squares' },
      optimizer: rate(0.4),
    },
  ]),
].map((each) => ({ ...each, seeds: 2000 }));

const variants: Case[] = [
  { name: 'batches of 4 and a ridge', loss: { kind: 'logistic' }, optimizer: rate(1, { batchSize: 4, ridge: 0.2 }) },
  { name: 'a gaussian start', loss: { kind: 'binary-least-squares' }, optimizer: rate(0.5, gaussian) },
  {
    name: 'AdaGrad-Norm over batches',
    loss: { kind: 'one-hot-least-squares' },
    optimizer: { schedule: { kind: 'adagrad-norm', rate: 1, offset: 1 }, batchSize: 6, ...gaussian },
  },
  { name: 'a teacher, batches of 3', loss: teacher, optimizer: rate(0.5, { batchSize: 3 }) },
  { name: 'a Polyak step', loss: teacher, optimizer: { schedule: { kind: 'polyak' } } },
  { name: 'a line search', loss: { kind: 'logistic' }, optimizer: { schedule: { kind: 'line-search' }, ridge: 0.1 } },
  { name: 'batches of 2 and softmax', loss: { kind: 'softmax' }, optimizer: rate(1, { batchSize: 2, ...gaussian }) },
].flatMap((each) => [
  { ...each, seeds: 400, model: zeroOne(60, 2) },
  { ...each, name: `${each.name}, custom spectrum`, seeds: 400, model: custom(60) },
]);

const grid = { kind: 'linear', points: 4 };

describe('reduced SGD', () => {
  it.each([...cases, ...variants])('has the law of SGD: $name', async ({ seeds, name: _, ...description }) => {
    const setup = withoutError(setupOf({ ...description, horizon: 1.5, grid }));
    const full = await ensemble(sgd, setup, seeds);
    const chain = await ensemble(reduced, setup, seeds);
    const several = setup.layout.outputs > 1;
    const quantities: [string, number][] = [
      ['risk', 0],
      ['norm', 0],
      ['overlap', 0],
      ['group_norm', 0],
      ...(several
        ? ([
            ['overlap', setup.layout.outputs],
            ['variance', 1],
          ] as [string, number][])
        : []),
    ];
    for (const point of [1, 2, 3]) {
      for (const [key, index] of quantities) {
        const [left, right] = [full.values(point, key, index), chain.values(point, key, index)];
        const label = `${key}[${index}] at point ${point}`;
        const { mean, sd } = deviations(left, right);
        expect(mean, `mean of ${label}`).toBeLessThan(ERRORS);
        expect(sd, `sd of ${label}`).toBeLessThan(ERRORS);
        expect(kolmogorovSmirnov(left, right), `law of ${label}`).toBeLessThan(KS_LIMIT);
      }
    }
  });

  it('follows the theory at d = 10⁶, where a run deviates by some d^{−1/2}', async () => {
    const setup = setupOf({
      model: identity(1e6, 2),
      loss: { kind: 'logistic' },
      optimizer: rate(1),
      horizon: 0.3,
      grid,
    });
    const theory = solved(setup).curve('risk');
    (await rowsOf(reduced, setup, 0)).forEach((row, point) => {
      expect(Math.abs(row[0] - theory[point])).toBeLessThan(1e-3);
    });
  });

  it('runs at d = 10⁹ without arrays over directions', async () => {
    const setup = setupOf({
      model: { ...zeroOne(1e9, 2), means: { arrangement: { kind: 'opposite' }, profile: { kind: 'flat' } } },
      loss: { kind: 'logistic' },
      optimizer: rate(1),
      horizon: 1e-4,
      grid: { kind: 'linear', points: 2 },
    });
    const [start, end] = await rowsOf(reduced, setup, 0);
    expect(start[0]).toBeCloseTo(Math.LN2, 14);
    // At X = 0: dm/dt = ½‖μ‖² and dR/dt = −¼‖μ‖² + ½ · ¼ · ¼ · (1/d) Σ_ρ λ̄_ρ², with λ̄ of ½ and 1 on a quarter and a half
    // of the directions. Runs spread by 0.3 % of the change: the limit is five times that.
    const overlap = fieldOf(setup.layout, 'overlap').offset;
    const change = (offset: number) => (end[offset] - start[offset]) / 1e-4;
    expect(Math.abs(change(overlap) / 0.5 - 1)).toBeLessThan(0.015);
    expect(Math.abs(change(0) / (-1 / 4 + 0.5625 / 32) - 1)).toBeLessThan(0.015);
    // the theory needs no arrays either; runs spread by 1e-7 at this time
    expect(Math.abs(end[0] - solved(setup).curve('risk')[1])).toBeLessThan(6e-7);
    expect(setup.blocks?.blocks.map(({ size }) => size)).toEqual([2.5e8, 2.5e8, 5e8]);
    expect(sgd.refuses(setup.experiment)).toEqual({ code: 'above-directions', allowed: { most: 10_000_000 } });
  });

  it('refuses a spectrum with many distinct eigenvalues and says what is allowed', () => {
    const description = { loss: { kind: 'logistic' }, optimizer: rate(1), horizon: 1 };
    const powerLaw = { ...identity(100, 2), spectrum: { kind: 'power-law', exponents: [1, 1] } };
    const refusal = reduced.refuses(setupOf({ ...description, model: powerLaw }).experiment);
    expect(refusal).toEqual({ code: 'many-tuples', allowed: { most: 64 } });
    const small = setupOf({ ...description, model: { ...powerLaw, dimension: 60 } });
    expect(refusalOf(reduced, small)).toBeNull();
  });

  it('gives the same numbers to a run whatever else was run, and however it is cut into calls', async () => {
    const setup = setupOf({ model: zeroOne(50, 2), loss: teacher, optimizer: rate(0.5), horizon: 2, grid });
    const alone = await rowsOf(reduced, setup, 3);
    await rowsOf(reduced, setup, 2);
    expect(await rowsOf(reduced, setup, 3)).toEqual(alone);
    expect(await rowsOf({ ...reduced, chunk: () => 7 }, setup, 3)).toEqual(alone);
    expect(await rowsOf(reduced, setup, 4)).not.toEqual(alone);
  });

  it('spreads runs by √d less at larger d', async () => {
    const spread = async (dimension: number) => {
      const setup = setupOf({
        model: identity(dimension, 2),
        loss: { kind: 'logistic' },
        optimizer: rate(1),
        horizon: 0.5,
        grid,
      });
      return summary((await ensemble(reduced, setup, 300)).values(3, 'risk')).sd * Math.sqrt(dimension);
    };
    // each standard deviation has a relative error of 4 % from 300 runs: four errors of the ratio
    expect(Math.abs((await spread(1000)) / (await spread(100)) - 1)).toBeLessThan(4 * 0.04 * Math.SQRT2);
  });
});
