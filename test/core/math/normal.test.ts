import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { erfc, fastNormalCdf, normalCdf, normalQuantile } from '../../../src/core/math/normal.ts';

type Pairs = [number, number][];
const fixture = JSON.parse(readFileSync(new URL('../../fixtures/normal/data.json', import.meta.url), 'utf8')) as {
  erfc: Pairs;
  cdf: Pairs;
  quantile: Pairs;
};

/** |value / expected − 1|, and |value| where 0 is expected. */
const relativeError = (value: number, expected: number) => Math.abs(value - expected) / (Math.abs(expected) || 1);

describe('the normal law', () => {
  // erfc costs a dozen roundings and one exponential of a split square: some ulp (2.2e-16).
  it.each(fixture.erfc)('erfc(%f) is right to a few ulp', (x, expected) => {
    expect(relativeError(erfc(x), expected)).toBeLessThan(3e-15);
  });

  // Rounding x/√2 changes Φ by x² ulp in the lower tail.
  it.each(fixture.cdf)('Φ(%f) keeps its relative accuracy in both tails', (x, expected) => {
    expect(relativeError(normalCdf(x), expected)).toBeLessThan(3e-15 + 2.3e-16 * x * x);
  });

  it.each(fixture.quantile)('the quantile of %d is right to a few ulp', (p, expected) => {
    // Near p = 1 the argument 1 − p has lost digits already; 0.07 from ½ it has not.
    expect(relativeError(normalQuantile(p), expected)).toBeLessThan(p > 0.93 ? 1e-14 : 2e-15);
  });

  it('has infinite quantiles at 0 and 1 and none outside', () => {
    expect([0, 1, -0.1, 1.1, NaN].map(normalQuantile)).toEqual([-Infinity, Infinity, NaN, NaN, NaN]);
  });

  it('interpolates Φ to 3e-10, and passes NaN and infinities on', () => {
    for (let x = -9; x < 9; x += 0.0137) expect(Math.abs(fastNormalCdf(x) - normalCdf(x))).toBeLessThan(3e-10);
    // x + 8 is rounded to 16 here: the end of the table
    const last = 8 - 2 ** -50;
    expect(Math.abs(fastNormalCdf(last) - normalCdf(last))).toBeLessThan(3e-10);
    expect([-Infinity, Infinity, NaN].map(fastNormalCdf)).toEqual([0, 1, NaN]);
  });

  it('is 0 and not negative far in the tail', () => {
    expect([erfc(28), erfc(Infinity), erfc(-Infinity), erfc(NaN)]).toEqual([0, 0, 2, NaN]);
  });
});
