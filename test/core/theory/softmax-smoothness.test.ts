/** The moments of softmax are smooth along solutions: steps are as long as the equation allows, and none is tried in vain. */
import { describe, expect, it } from 'vitest';
import { constantRate, setupOf, solved } from './solving.ts';

const softmax = { kind: 'softmax' };
const equal = (classes: number) => new Array<number>(classes).fill(1 / classes);
const cosine = (dimension: number, priors: number[]) => ({
  dimension,
  priors,
  spectrum: { kind: 'identity' },
  means: { arrangement: { kind: 'cosine' }, profile: { kind: 'flat' } },
});

describe('the theory of softmax', () => {
  it.each(['ode', 'gradient-flow'] as const)(
    'takes few steps where means and covariances of many classes are singular: %s',
    (curve) => {
      const setup = setupOf({
        model: cosine(2, equal(16)),
        loss: softmax,
        optimizer: constantRate(0.5),
        horizon: 20,
        grid: { kind: 'linear', points: 3 },
      });
      const { report } = solved(setup, curve, { tolerance: 1e-8 });
      expect(report.outcome).toEqual({ status: 'done', t: 20 });
      expect(report.rejected).toBeLessThanOrEqual(2);
      expect(report.evaluations).toBeLessThan(200);
    },
    60_000,
  );

  it('comes to an end for logits of any size', () => {
    const setup = setupOf({
      model: cosine(100, equal(3)),
      loss: softmax,
      optimizer: constantRate(1e9),
      horizon: 20,
      grid: { kind: 'linear', points: 11 },
    });
    let polls = 0;
    // some 1300 evaluations of three classes and their slopes
    const { report } = solved(setup, 'ode', { tolerance: 1e-8, shouldStop: () => ++polls > 12_000 });
    expect(report.outcome).toEqual({ status: 'done', t: 20 });
  });

  it.each([
    [35, 1, 20],
    [42, 1, 20],
  ])('rejects no third of its steps for five classes and a custom spectrum: seed %d', (seed, rate, horizon) => {
    let word = seed;
    const random = () => (word = (Math.imul(word, 1103515245) + 12345) >>> 0) / 4294967296;
    const setup = setupOf({
      model: {
        dimension: 200,
        priors: [0.1, 0.3, 0.15, 0.25, 0.2],
        spectrum: {
          kind: 'custom',
          eigenvalues: equal(5).map(() => Array.from({ length: 200 }, () => 2 * random() * 10 ** -random())),
        },
        means: { arrangement: { kind: 'cosine' }, profile: { kind: 'flat' }, scale: 2 },
      },
      loss: softmax,
      optimizer: constantRate(rate),
      horizon,
      grid: { kind: 'linear', points: 5 },
    });
    const { report } = solved(setup, 'gradient-flow', { tolerance: 1e-8 });
    expect(report.outcome.status).toBe('done');
    expect(report.rejected).toBeLessThan(0.1 * report.accepted);
  });

  it('answers a stop in the middle of a step', () => {
    const setup = setupOf({
      model: cosine(20, equal(7)),
      loss: softmax,
      optimizer: constantRate(0.5),
      horizon: 20,
      grid: { kind: 'linear', points: 3 },
    });
    let polls = 0;
    const { report, rows } = solved(setup, 'ode', { shouldStop: () => ++polls > 30 });
    expect(report.outcome).toEqual({ status: 'cancelled', t: 0 });
    // of seven classes each: a whole step would be twelve evaluations
    expect(report.evaluations).toBeLessThan(6);
    expect(rows).toHaveLength(1);
  });
});
