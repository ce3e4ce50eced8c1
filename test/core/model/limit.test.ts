import { describe, expect, it } from 'vitest';
import { powerAt, powerMean } from '../../../src/core/model/limit.ts';

describe('the mean of a power of u', () => {
  const cases = [
    { exponent: 0, a: 0.2, b: 0.7 },
    { exponent: 1.5, a: 0, b: 0.3 },
    { exponent: -0.5, a: 0, b: 1 },
    { exponent: 3, a: 0.25, b: 1 },
    { exponent: -0.999, a: 1e-6, b: 1 },
  ];

  it.each(cases)('is that of its integral: u^$exponent over ($a, $b)', ({ exponent, a, b }) => {
    const degree = exponent + 1;
    const exact = (b ** degree - a ** degree) / (degree * (b - a));
    // the formula itself cancels: 1e-12 is what is left of it at degree 0.001
    expect(powerMean({ factor: 2, exponent }, a, b) / (2 * exact)).toBeCloseTo(1, 12);
  });

  it('of a short interval is the value there', () => {
    const power = { factor: 3, exponent: 0.7 };
    const mean = powerMean(power, 0.4, 0.4 * (1 + 1e-9));
    expect(mean / powerAt(power, 0.4)).toBeCloseTo(1 + 0.35e-9, 14);
  });
});
