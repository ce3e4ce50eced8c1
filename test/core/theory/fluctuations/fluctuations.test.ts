import { describe, expect, it } from 'vitest';
import { powerLaw, setupOf } from '../solving.ts';
import { everyDirection, spreads } from './spreads.ts';

function closeTo(actual: readonly number[], expected: readonly number[], relative: number): void {
  expect(actual.length).toBe(expected.length);
  const size = Math.max(...expected.map(Math.abs));
  actual.forEach((value, k) => expect(Math.abs(value - expected[k])).toBeLessThan(relative * size));
}

const noise = 0.5;
/** One class without mean and a teacher that is 0: the norm B alone moves, f = r + σε. */
const norms = (rate: number, rest: object = {}) =>
  setupOf({
    model: {
      dimension: 50,
      priors: [1],
      spectrum: { kind: 'identity' },
      means: { arrangement: { kind: 'custom', means: [new Array<number>(50).fill(0)] } },
    },
    loss: {
      kind: 'teacher-least-squares',
      noise,
      teacher: { kind: 'custom', vectors: [new Array<number>(50).fill(0)] },
    },
    optimizer: { schedule: { kind: 'constant', rate }, ...rest },
    horizon: 60,
    grid: { kind: 'linear', points: 2 },
  });

describe('integrateFluctuations', () => {
  // a step adds −(2γ/d) f r + (γ²/d) f² to B: its variance, and the relaxation of B, by Isserlis' theorem
  it.each([0.3, 1, 1.5])('has the stationary variance of least squares at γ = %d', (rate) => {
    const b = (rate * noise * noise) / (2 - rate);
    const q = b + noise * noise;
    const step = 4 * rate ** 2 * (2 * b * b + noise ** 2 * b) - 8 * rate ** 3 * b * q + 2 * rate ** 4 * q * q;
    const gaussian = 4 * rate ** 2 * (2 * b * b + noise ** 2 * b);
    const sd = (power: number) => Math.sqrt(power / (2 * rate * (2 - rate)) / 50);
    expect(spreads(norms(rate)).field('norm')[1]).toBeCloseTo(sd(step), 8);
    expect(spreads(norms(rate), { discrete: false }).field('norm')[1]).toBeCloseTo(sd(gaussian), 8);
  });

  it('has no spread where all runs begin at 0, and that of a χ² where their starts are drawn', () => {
    expect(spreads(norms(1)).field('norm')[0]).toBe(0);
    const drawn = norms(1, { start: { kind: 'gaussian', seed: 1, scale: 2 } });
    expect(spreads(drawn).field('norm')[0]).toBeCloseTo(4 * Math.sqrt(2 / 50), 12);
  });

  it.each([
    ['class labels', { loss: { kind: 'logistic' } }],
    [
      'labels of a teacher',
      {
        loss: { kind: 'logistic' },
        labels: { kind: 'teacher-sign', flip: 0.1, teacher: { kind: 'gaussian', seed: 2 } },
      },
    ],
    ['a response', { loss: { kind: 'teacher-least-squares', teacher: { kind: 'gaussian', seed: 2 } } }],
  ])('says in nodes what it says in all directions, with %s', (_, described) => {
    const setup = setupOf({
      model: powerLaw(60, [0.5, 1], 0.2),
      optimizer: {
        schedule: { kind: 'constant', rate: 0.8 },
        batchSize: 2,
        ridge: 0.05,
        start: { kind: 'gaussian', seed: 1, scale: 0.5 },
      },
      horizon: 3,
      grid: { kind: 'linear', points: 3 },
      ...described,
    });
    const few = spreads(setup);
    const all = spreads(everyDirection(setup));
    expect(few.end.nodes).toBeLessThanOrEqual(all.end.nodes);
    for (const key of ['risk', 'norm', 'overlap', 'variance', 'group_share', 'group_overlap']) {
      closeTo(few.field(key), all.field(key), 1e-6);
    }
  });

  it('merges directions of equal eigenvalues', () => {
    const setup = setupOf({
      model: {
        dimension: 40,
        priors: [0.4, 0.6],
        spectrum: {
          kind: 'zero-one',
          blocks: [
            { fraction: 0.5, eigenvalues: [0, 1] },
            { fraction: 0.5, eigenvalues: [1, 1] },
          ],
        },
        means: { arrangement: { kind: 'gaussian', seed: 3 }, profile: { kind: 'flat' } },
      },
      loss: { kind: 'logistic' },
      optimizer: { schedule: { kind: 'polyak' } },
      horizon: 2,
      grid: { kind: 'linear', points: 3 },
    });
    const few = spreads(setup);
    expect(few.end.nodes).toBeLessThan(10);
    const all = spreads(everyDirection(setup));
    for (const key of ['risk', 'error', 'norm', 'learning_rate', 'group_share'])
      closeTo(few.field(key), all.field(key), 1e-6);
  });

  it('scales by 1/d in the square', () => {
    const at = (dimension: number) =>
      spreads(
        setupOf({
          model: powerLaw(dimension, [0.5, 1], 0.2),
          loss: { kind: 'logistic' },
          optimizer: { schedule: { kind: 'constant', rate: 1 } },
          horizon: 2,
          grid: { kind: 'linear', points: 2 },
        }),
        { tolerance: 1e-6 },
      ).field('risk')[1] * Math.sqrt(dimension);
    // measured by another solution: .07877 at 200, .07862 at 2000
    expect(at(200)).toBeCloseTo(0.07877, 4);
    expect(at(2000)).toBeCloseTo(0.07862, 4);
  });
});
