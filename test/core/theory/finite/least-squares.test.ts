import { describe, expect, it } from 'vitest';
import { setupOf } from '../solving.ts';
import { curveOf, meanOf } from './solving.ts';

const centred = { arrangement: { kind: 'opposite' }, profile: { kind: 'flat' }, scale: 0 };
const zero = (dimension: number) => ({
  arrangement: { kind: 'custom', means: [Array.from({ length: dimension }, () => 0)] },
});
const oneClass = (dimension: number, spectrum: object, more: object) => ({
  model: { dimension, priors: [1], spectrum, means: zero(dimension) },
  loss: { kind: 'teacher-least-squares', noise: 0.3, teacher: { kind: 'gaussian', seed: 5 } },
  horizon: 4,
  grid: { kind: 'linear', points: 5 },
  ...more,
});
const finite = (more: object) => ({ kind: 'finite', sampling: 'with-replacement', seed: 3, ...more });
const rate = (value: number, more = {}) => ({ optimizer: { schedule: { kind: 'constant', rate: value }, ...more } });
const d = 80;

describe('many passes over a typical data set', () => {
  it.each([
    ['identity, n = d/2', { kind: 'identity' }, { ...rate(0.8), data: finite({ samples: d / 2 }) }],
    ['power law, n = 2d', { kind: 'power-law', exponents: [1] }, { ...rate(1.2), data: finite({ samples: 2 * d }) }],
    [
      'two blocks, batches of 4, n = d',
      {
        kind: 'zero-one',
        blocks: [
          { fraction: 0.5, eigenvalues: [0] },
          { fraction: 0.5, eigenvalues: [1] },
        ],
      },
      { ...rate(1.5, { batchSize: 4 }), data: finite({ samples: d }) },
    ],
    [
      'power law, small full-batch steps',
      { kind: 'power-law', exponents: [0.5] },
      { ...rate(1), horizon: 1, data: finite({ samples: d, sampling: 'full-batch' }) },
    ],
  ])('agrees with SGD within 4 standard errors: %s', async (_, spectrum, more) => {
    const setup = setupOf(oneClass(d, spectrum, more));
    const theory = await curveOf(setup, 'multi-pass');
    expect(theory.report.outcome.status).toBe('done');
    for (const key of ['risk', 'train_risk', 'norm']) {
      const runs = await meanOf(setup, 24, key);
      const curve = theory.curve(key);
      for (const [p, { mean, se }] of runs.entries()) {
        // deviations of order 1/d beside those of the mean
        expect(Math.abs(curve[p] - mean), `${key} at ${p}`).toBeLessThan(4 * se + (curve[0] + 0.05) / d);
      }
    }
  });

  it('is one-pass SGD for very many samples', async () => {
    const base = oneClass(d, { kind: 'power-law', exponents: [1] }, rate(1));
    const one = await curveOf(setupOf(base), 'ode');
    const many = await curveOf(setupOf({ ...base, data: finite({ samples: 800_000 }) }), 'multi-pass');
    many.curve('risk').forEach((value, p) => expect(value / one.curve('risk')[p] - 1).toBeCloseTo(0, 3));
    many.curve('train_risk').forEach((value, p) => expect(value / one.curve('risk')[p] - 1).toBeCloseTo(0, 3));
  });

  it('ends where the noise of batches leaves it, and diverges beyond 2 d b / tr K', async () => {
    const base = oneClass(d, { kind: 'identity' }, { data: finite({ samples: 2 * d }) });
    const far = { horizon: 400, grid: { kind: 'log', first: 100, points: 3 } };
    const stable = (await curveOf(setupOf({ ...base, ...far, ...rate(0.8) }), 'multi-pass')).curve('train_risk');
    // f_∞ = ½ σ² (1 − d/n) / (1 − γ tr K̂/(2 d b))
    expect(stable[2]).toBeCloseTo((0.5 * 0.09 * 0.5) / (1 - 0.4), 9);
    const unstable = await curveOf(setupOf({ ...base, ...far, horizon: 4000, ...rate(2.2) }), 'multi-pass');
    expect(unstable.report.outcome.status).toBe('diverged');
  });
});

describe('many passes over the data of run 0', () => {
  it.each([
    ['a teacher', oneClass(d, { kind: 'power-law', exponents: [1] }, rate(1.2)), { samples: d }],
    [
      'two classes with their own covariances',
      {
        model: {
          dimension: d,
          priors: [0.4, 0.6],
          spectrum: { kind: 'power-law', exponents: [1.1, 0.5] },
          means: { arrangement: { kind: 'opposite' }, profile: { kind: 'power-law', exponent: 0.2 }, scale: 1.5 },
        },
        loss: { kind: 'binary-least-squares' },
        horizon: 4,
        grid: { kind: 'linear', points: 5 },
        ...rate(1, { batchSize: 2 }),
      },
      { samples: 2 * d },
    ],
    [
      'a teacher on a mixture',
      {
        ...oneClass(d, { kind: 'identity' }, rate(0.6)),
        model: {
          dimension: d,
          priors: [0.5, 0.5],
          spectrum: { kind: 'identity', variances: [1, 0.5] },
          means: { ...centred, scale: 1 },
        },
      },
      { samples: d / 2 },
    ],
  ])('agrees with SGD on them within 4 standard errors at every time: %s', async (_, described, { samples }) => {
    const setup = setupOf({ ...described, data: finite({ samples, shared: true }) });
    const theory = await curveOf(setup, 'this-data');
    for (const key of ['risk', 'train_risk']) {
      const runs = await meanOf(setup, 24, key);
      const curve = theory.curve(key);
      for (const [p, { mean, se }] of runs.entries()) {
        expect(Math.abs(curve[p] - mean), `${key} at ${p}`).toBeLessThan(4 * se + (0.5 * curve[0]) / d);
      }
    }
  });

  it('is full-batch gradient descent to the last digits, at any step size', async () => {
    const described = oneClass(40, { kind: 'power-law', exponents: [1] }, rate(20));
    const setup = setupOf({ ...described, horizon: 1, data: finite({ samples: 30, sampling: 'full-batch' }) });
    const theory = await curveOf(setup, 'this-data');
    for (const key of ['risk', 'train_risk', 'norm']) {
      const [runs, curve] = [await meanOf(setup, 2, key), theory.curve(key)];
      const own = (await meanOf(setup, 1, key)).map(({ mean }) => mean);
      own.forEach((value, p) => expect(Math.abs(curve[p] - value)).toBeLessThan(1e-12 * (1 + value)));
      // of another data set it is not
      expect(Math.abs(curve[4] - runs[4].mean)).toBeGreaterThan(1e-6);
    }
  });

  it('is that of a typical data set on average', async () => {
    const base = oneClass(d, { kind: 'identity' }, rate(0.8));
    const sets = Array.from({ length: 12 }, (_, seed) => setupOf({ ...base, data: finite({ samples: d, seed }) }));
    const typical = (await curveOf(sets[0], 'multi-pass')).curve('risk')[4];
    const values = await Promise.all(sets.map(async (set) => (await curveOf(set, 'this-data')).curve('risk')[4]));
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const square = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    expect(Math.abs(mean - typical)).toBeLessThan(4 * Math.sqrt(square / 11 / 12));
    // the typical data set has more than one face: single ones differ by more than rounding
    expect(Math.max(...values) - Math.min(...values)).toBeGreaterThan(0.01);
  });
});
