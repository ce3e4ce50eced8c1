import { describe, expect, it } from 'vitest';
import { ensemble, quantile, type Ensemble } from '../../src/figures/ensemble.ts';
import fixture from '../fixtures/ensemble/data.json' with { type: 'json' };

const points = fixture.shape[1];
const runs = Array.from({ length: fixture.shape[0] }, (_, r) =>
  Float64Array.from(fixture.runs.slice(r * points, (r + 1) * points), (value) => value ?? NaN),
);

describe('statistics over runs', () => {
  const result = ensemble(runs);

  it.each(Object.keys(fixture.expected) as (keyof Ensemble)[])('%s is that of NumPy where runs are missing', (key) => {
    fixture.expected[key].forEach((expected, p) => {
      if (expected === null) expect(result[key][p]).toBeNaN();
      // sums in another order: some units in the last place of numbers of 7 terms
      else expect(Math.abs(result[key][p] - expected)).toBeLessThanOrEqual(20 * Number.EPSILON * Math.abs(expected));
    });
  });

  it('keep the digits of a spread far below the mean', () => {
    const { sd } = ensemble([[1 + 1e-12], [1 - 1e-12]]);
    // the inputs themselves are rounded to 1.1e-16, 1e-4 of the spread
    expect(sd[0]).toBeCloseTo(Math.SQRT2 * 1e-12, 15);
    expect(sd[0]).toBeGreaterThan(1.41e-12);
  });

  it('have an sd where its square is below every number', () => {
    expect(ensemble([[1e-170], [3e-170]]).sd[0] / 1e-170).toBeCloseTo(Math.SQRT2, 12);
  });

  it('of one run have no sd, of no run nothing', () => {
    const one = ensemble([[2]]);
    expect([one.mean[0], one.median[0], one.low[0], one.max[0]]).toEqual([2, 2, 2, 2]);
    expect(one.sd[0]).toBeNaN();
    expect(ensemble([]).mean).toHaveLength(0);
  });

  it('leave out infinities', () => {
    expect(ensemble([[1], [Infinity], [3]]).mean[0]).toBe(2);
  });
});

it('a quantile is linear between order statistics', () => {
  expect(quantile([0, 10], 0.1)).toBe(1);
  expect(quantile([5], 0.9)).toBe(5);
  expect(quantile([], 0.5)).toBeNaN();
});
