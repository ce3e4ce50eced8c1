import { describe, expect, it } from 'vitest';
import { sgd } from '../../../src/core/engines/sgd.ts';
import { fieldOf } from '../../../src/core/observables/row-layout.ts';
import { solveDiagonal } from '../../../src/core/theory/diagonal/solve-diagonal.ts';
import { ensemble, summary } from '../engines/ensembles.ts';
import { parseExperiment } from '../../../src/study/parse.ts';
import { setupOf } from './solving.ts';

const DIMENSION = 300;
const RUNS = 8;
/** c of the bias c/√d, relative: steps of γ/√d leave terms of that order out. */
const BIAS = 0.4;

const network = (scale: number, rate: number, others: object = {}) => ({
  model: {
    dimension: DIMENSION,
    priors: [1],
    spectrum: { kind: 'identity', variances: [1] },
    means: { arrangement: { kind: 'cosine' }, profile: { kind: 'flat' }, scale: 0 },
  },
  loss: { kind: 'teacher-least-squares', noise: 0.3, teacher: { kind: 'gaussian', seed: 3, scale: 1 } },
  parameterization: { kind: 'diagonal', scale },
  optimizer: { schedule: { kind: 'constant', rate } },
  horizon: 6,
  grid: { kind: 'linear', points: 4 },
  ...others,
});

function curvesOf(description: object, noise = true) {
  const setup = setupOf(description);
  const rows: Float64Array[] = [];
  const report = solveDiagonal(setup, {
    noise,
    tolerance: 1e-8,
    onRow: (point, row) => {
      rows[point] = row.slice();
    },
    shouldStop: () => false,
  });
  return { setup, report, at: (key: string, point: number) => rows[point][fieldOf(setup.layout, key).offset] };
}

describe('diagonal networks (N3)', () => {
  it.each([
    ['near the kernel', network(1, 0.05)],
    ['rich', network(0.3, 0.1)],
    [
      'of a ramp, in batches',
      network(0.5, 0.2, {
        model: { ...network(1, 1).model, spectrum: { kind: 'power-law', exponents: [1] } },
        optimizer: { schedule: { kind: 'constant', rate: 0.2 }, batchSize: 2 },
      }),
    ],
  ])('are followed by SGD within 4 standard errors and a bias of order d^{−1/2}: %s', async (_name, description) => {
    const { setup, at } = curvesOf(description);
    const runs = await ensemble(sgd, setup, RUNS);
    for (const key of ['risk', 'l1', 'norm', 'effective_scale']) {
      for (const point of [1, 2, 3]) {
        const { mean, meanError } = summary(runs.values(point, key));
        const expected = at(key, point);
        const bias = (BIAS * expected) / Math.sqrt(DIMENSION);
        expect(Math.abs(mean - expected), `${key} at point ${point}`).toBeLessThan(4 * meanError + bias);
      }
    }
    // the network has learned, and noise has lowered its scale
    expect(at('risk', 3)).toBeLessThan(0.8 * at('risk', 0));
    expect(at('effective_scale', 3)).toBeLessThan(0.999 * at('effective_scale', 0));
  });

  it('keep u v without noise, and follow B′ = −4γλ √(B² + 4α⁴)(B − X*): one coordinate by fine steps', () => {
    const { setup, at } = curvesOf(network(0.3, 0.1, { loss: { ...network(1, 1).loss, noise: 0 } }), false);
    expect(at('effective_scale', 3)).toBeCloseTo(0.3, 12);
    const root = Math.sqrt(DIMENSION);
    let risk = 0;
    for (const teacher of setup.teacher) {
      const target = root * teacher;
      let weight = 0;
      const slope = (b: number) => -4 * 0.1 * Math.sqrt(b * b + 4 * 0.3 ** 4) * (b - target);
      const h = 0.01;
      for (let k = 0; k < 600; k++) {
        const half = weight + 0.5 * h * slope(weight);
        weight += h * slope(half);
      }
      risk += (0.5 * (weight - target) ** 2) / DIMENSION;
    }
    // Heun's steps of 0.04 of the rates: second order
    expect(Math.abs(at('risk', 3) / risk - 1)).toBeLessThan(2e-3);
  });

  it.each([
    ['optimizer.method.kind', { optimizer: { schedule: { kind: 'constant', rate: 1 }, method: { kind: 'sign' } } }],
    ['optimizer.ridge', { optimizer: { schedule: { kind: 'constant', rate: 1 }, ridge: 0.1 } }],
    ['optimizer.schedule.kind', { optimizer: { schedule: { kind: 'polyak' } } }],
    ['simulation.engine', { simulation: { engine: 'hsgd', runs: 2 } }],
    ['theory.spread', { theory: { curves: ['ode'], spread: true } }],
    [
      'theory.curves[0]',
      {
        model: {
          dimension: 30,
          priors: [1],
          spectrum: { kind: 'identity' },
          means: { arrangement: { kind: 'cosine' }, profile: { kind: 'flat' } },
        },
      },
    ],
  ])('are refused at %s', (path, others) => {
    const parsed = parseExperiment({ id: 'a', ...network(0.3, 0.1), ...others });
    expect(parsed.ok ? [] : parsed.refusals.map((each) => each.path)).toContain(path);
  });
});
