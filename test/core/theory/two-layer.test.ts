import { describe, expect, it } from 'vitest';
import { sgd } from '../../../src/core/engines/sgd.ts';
import { ensemble, summary } from '../engines/ensembles.ts';
import { setupOf, solved } from './solving.ts';

const DIMENSION = 120;
const RUNS = 8;
/** c of the bias c/d: terms of relative order 1/d that (T4)–(T5) leave out. */
const BIAS = 2;

const along = (direction: number, length: number) =>
  Array.from({ length: DIMENSION }, (_, k) => (k === direction ? length : 0));

/** XOR: ±μ have label 1, ±ν have label 0. A unit begins along each of them. */
const xor = (norm: number, rate: number, planted: number, others: object = {}) => ({
  model: {
    dimension: DIMENSION,
    priors: [0.25, 0.25, 0.25, 0.25],
    spectrum: { kind: 'identity', variances: [0.25, 0.25, 0.25, 0.25] },
    means: {
      arrangement: { kind: 'custom', means: [along(0, norm), along(0, -norm), along(1, norm), along(1, -norm)] },
    },
  },
  loss: { kind: 'two-layer', hidden: 4, classLabels: [1, 1, 0, 0], secondLayer: [0.5, 0.5, -0.5, -0.5] },
  optimizer: {
    schedule: { kind: 'constant', rate },
    start: { kind: 'custom', vectors: [along(0, planted), along(0, -planted), along(1, planted), along(1, -planted)] },
    ...others,
  },
  horizon: 4,
  grid: { kind: 'linear', points: 3 },
});

describe('two layers on XOR (F3)', () => {
  it.each([
    ['small steps', xor(2, 0.5, 0.3)],
    ['large steps', xor(2, 2, 0.3)],
    ['larger means, with ridge', xor(3, 1, 0.2, { batchSize: 2, ridge: 0.1, schedule: { kind: 'constant', rate: 1 } })],
  ])('is followed by SGD within 4 standard errors and 2/d: %s', async (_name, description) => {
    const setup = setupOf(description);
    const theory = solved(setup, 'ode', { tolerance: 1e-5 });
    const runs = await ensemble(sgd, setup, RUNS);
    const check = (key: string, index: number, point: number) => {
      const { mean, meanError } = summary(runs.values(point, key, index));
      const expected = theory.field(key)[point][index];
      const bias = (BIAS * Math.max(1, Math.abs(expected))) / DIMENSION;
      expect(Math.abs(mean - expected), `${key} ${index} at point ${point}`).toBeLessThan(4 * meanError + bias);
    };
    for (const point of [1, 2]) {
      check('risk', 0, point);
      check('norm', 0, point);
      for (let k = 0; k < 4; k++) check('second_layer', k, point);
    }
    // it has moved, so that agreement says something
    expect(Math.abs(theory.curve('second_layer')[2] - 0.5)).toBeGreaterThan(0.005);
    expect(theory.curve('risk')[0] - theory.curve('risk')[2]).toBeGreaterThan(10 / DIMENSION / 4);
  });

  it('stays at the saddle of an isotropic start, which SGD leaves', async () => {
    const description = xor(3, 6, 0.3);
    const isotropic = { ...description.optimizer, start: { kind: 'gaussian', seed: 1, scale: 0.5 } };
    const setup = setupOf({ ...description, optimizer: isotropic, horizon: 12 });
    const theory = solved(setup, 'ode', { tolerance: 1e-5 });
    for (const overlaps of theory.field('overlap')) for (const m of overlaps) expect(Math.abs(m)).toBeLessThan(1e-9);
    const runs = await ensemble(sgd, setup, 1);
    // at the saddle the risk stays near log 2
    expect(theory.curve('risk')[2]).toBeGreaterThan(0.6);
    expect(Math.max(...runs.values(2, 'risk'))).toBeLessThan(0.6);
  });
});
