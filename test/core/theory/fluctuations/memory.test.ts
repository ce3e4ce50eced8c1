import { describe, expect, it } from 'vitest';
import { ensemble, summary } from '../../engines/ensembles.ts';
import { createSgdEngine } from '../../../../src/core/engines/sgd.ts';
import { createWasmKernel } from '../../../../src/core/kernel/wasm.ts';
import { oracleKernel } from '../../../../src/core/kernel/oracle.ts';
import { identity, powerLaw, setupOf, solved } from '../solving.ts';
import { everyDirection, spreads } from './spreads.ts';

const teacher = { kind: 'gaussian', seed: 2 };
const base = {
  model: powerLaw(24, [0.5, 1], 0.2),
  loss: { kind: 'logistic' },
  horizon: 3,
  grid: { kind: 'linear', points: 3 },
};
const withOptimizer = (optimizer: object, more: object = {}) =>
  setupOf({ ...base, optimizer: { schedule: { kind: 'constant', rate: 0.8 }, ...optimizer }, ...more });
const adagrad = { kind: 'adagrad-norm', rate: 1.5, offset: 1 };
const exponential = { kind: 'exponential', timescale: 1 };
const KEYS = ['risk', 'norm', 'overlap', 'variance', 'group_share', 'learning_rate'];

function same(actual: readonly number[], expected: readonly number[], relative: number): void {
  expect(actual.length).toBe(expected.length);
  const size = Math.max(...expected.filter(Number.isFinite).map(Math.abs));
  actual.forEach((value, k) => {
    if (Number.isNaN(expected[k])) expect(value).toBeNaN();
    else expect(Math.abs(value - expected[k])).toBeLessThanOrEqual(relative * size);
  });
}

describe('the spread with memory', () => {
  it('of what does not feel it is that without: an average, and a velocity that does not move x', () => {
    const plain = spreads(withOptimizer({ ridge: 0.1 }));
    for (const optimizer of [
      { average: exponential },
      { average: { kind: 'uniform', from: 1 } },
      { method: { kind: 'momentum', coupling: 0, decay: 1 } },
    ]) {
      const { field } = spreads(withOptimizer({ ridge: 0.1, ...optimizer }));
      for (const key of KEYS) same(field(key), plain.field(key), 1e-6);
    }
  });

  it('of AdaGrad-Norm whose G is small beside b_0² is that of the constant rate', () => {
    const rate = 0.8;
    const { field } = spreads(withOptimizer({ schedule: { kind: 'adagrad-norm', rate: rate * 1e4, offset: 1e4 } }));
    const plain = spreads(withOptimizer({}));
    for (const key of ['risk', 'norm', 'overlap']) same(field(key), plain.field(key), 1e-6);
    // G itself varies all the same
    expect(field('learning_rate')[2]).toBeGreaterThan(0);
  });

  it('of an average begins with that of the start, or where the average does', () => {
    const start = { kind: 'gaussian', seed: 1 };
    const { field } = spreads(withOptimizer({ average: exponential, start }));
    expect(field('average_risk')[0]).toBeCloseTo(field('risk')[0], 9);
    const late = spreads(withOptimizer({ average: { kind: 'uniform', from: 0.5 } }));
    expect(late.field('average_risk')[0]).toBeNaN();
    expect(late.field('average_risk')[2]).toBeGreaterThan(0);
  });

  it.each([
    ['AdaGrad-Norm with an average', { schedule: { ...adagrad, offset: 4 }, average: exponential }],
    ['momentum with an average', { method: { kind: 'momentum', coupling: 1, decay: 1 }, average: exponential }],
  ])('says in nodes what it says in all directions: %s', (_, optimizer) => {
    const setup = withOptimizer(
      { ...optimizer, ridge: 0.05, start: { kind: 'gaussian', seed: 1, scale: 0.5 } },
      {
        model: identity(14, [1, 0.5]),
        labels: { kind: 'teacher-sign', flip: 0.1, teacher },
        horizon: 1.5,
      },
    );
    const few = spreads(setup);
    const all = spreads(everyDirection(setup));
    expect(few.end.nodes).toBeLessThan(all.end.nodes);
    for (const key of [...KEYS, 'average_risk']) same(few.field(key), all.field(key), 1e-6);
  });

  it('is refused where the first steps of AdaGrad-Norm are no flow, and for signs', () => {
    const first = withOptimizer({ schedule: { ...adagrad, offset: 0.01 } });
    expect(() => spreads(first)).toThrow(/spread-first-steps/);
    const spread = { theory: { spread: true } };
    expect(() => withOptimizer({ method: { kind: 'sign' } }, spread)).toThrow(/theory\.spread: .*signs/);
  });
});

// streams of their own for every case; more runs and larger d: npm run bench -- spread
describe('the spread is that of 400 runs', () => {
  const RUNS = 400;
  /** Deviations of a normal variable between whose quantiles lie 80 %. */
  const QUANTILE = 1.2815515655446004;
  it.each([
    ['plain SGD', {}, {}],
    [
      'labels of a teacher',
      {},
      { model: identity(60, [1, 0.5]), labels: { kind: 'teacher-sign', flip: 0.1, teacher } },
    ],
    ['a response, batches', { batchSize: 2 }, { loss: { kind: 'teacher-least-squares', noise: 0.3, teacher } }],
    ['a hinge', {}, { loss: { kind: 'formula', formula: 'max(0, 1 - y*r)' } }],
    ['AdaGrad-Norm', { schedule: adagrad }, {}],
    ['a heavy ball', { method: { kind: 'heavy-ball', momentum: 0.8 }, schedule: { kind: 'constant', rate: 0.2 } }, {}],
    ['a momentum', { method: { kind: 'momentum', coupling: 1, decay: 2 } }, {}],
    ['a uniform average', { average: { kind: 'uniform', from: 0.5 } }, {}],
    ['AdaGrad-Norm with an average', { schedule: adagrad, average: exponential }, {}],
  ])('%s', async (_, optimizer, more) => {
    const setup = withOptimizer(optimizer, { model: identity(60, [1, 0.5]), horizon: 4, ...more });
    const engine = createSgdEngine(createWasmKernel(), oracleKernel);
    const runs = await ensemble(engine, setup, RUNS, 1000 * _.length);
    const theory = solved(setup, 'ode', { tolerance: 1e-6 });
    const { field } = spreads(setup, { tolerance: 1e-4 });
    for (const key of ['risk', 'norm', ...(setup.update.average ? ['average_risk'] : [])]) {
      for (const point of [1, 2]) {
        const { sd, sdError } = summary(runs.values(point, key));
        expect(Math.abs(field(key)[point] - sd), `${key}, ${point}: ${field(key)[point]}, ${sd}`).toBeLessThan(
          4 * sdError + (0.5 * sd) / setup.mixture.dimension,
        );
      }
    }
    const inside = runs
      .values(2, 'risk')
      .filter((value) => Math.abs(value - theory.curve('risk')[2]) < QUANTILE * field('risk')[2]).length;
    // binomial, and the mean of runs is c/d off
    expect(Math.abs(inside / RUNS - 0.8)).toBeLessThan(4 * Math.sqrt(0.16 / RUNS));
  });
});
