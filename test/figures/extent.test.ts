import { describe, expect, it } from 'vitest';
import { extentOf } from '../../src/figures/extent.ts';

describe('the extent of a curve', () => {
  const curve = Float64Array.of(5, -2, NaN, 0, 0.1, Infinity, 3, -Infinity, 1e9);

  it('is of the finite values of the part asked for', () => {
    expect(extentOf(curve, 0, 7)).toMatchObject({ low: -2, lowPositive: 0.1, high: 5, nonPositive: 2 });
    expect(extentOf(curve, 4, 8)).toMatchObject({ low: 0.1, lowPositive: 0.1, high: 3, nonPositive: 1 });
    expect(extentOf(curve, 0, 7)).toMatchObject({ low: -2, high: 5 });
    expect(extentOf(curve, 0, 9)).toMatchObject({ high: 1e9, nonPositive: 3 });
  });

  it('leaves out what is above a ceiling, and remembers it not', () => {
    expect(extentOf(curve, 0, 9, 4)).toMatchObject({ low: -2, high: 3 });
    expect(extentOf(curve, 0, 9)).toMatchObject({ low: -2, high: 1e9 });
  });

  it('is empty where there are no values', () => {
    const { low, lowPositive, high } = extentOf(curve, 2, 3);
    expect([low, lowPositive, high]).toEqual([Infinity, Infinity, -Infinity]);
  });
});
