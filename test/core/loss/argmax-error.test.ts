import { describe, expect, it } from 'vitest';
import { createArgmaxError } from '../../../src/core/loss/argmax-error.ts';
import { normalCdf, normalDensity } from '../../../src/core/math/normal.ts';

const identity = (n: number, scale = 1) =>
  Float64Array.from({ length: n * n }, (_, at) => (at % (n + 1) === 0 ? scale : 0));

/** P(r_0 is the largest) for independent outputs of variance 1, r_0 of mean δ: ∫ φ(x) Φ(x + δ)^{C−1} dx. */
function chanceOfFirst(classes: number, delta: number): number {
  let sum = 0;
  for (let x = -9; x <= 9; x += 0.05) sum += 0.05 * normalDensity(x) * normalCdf(x + delta) ** (classes - 1);
  return sum;
}

describe('the argmax error', () => {
  it.each([2, 3, 4, 8, 10, 20, 32])('is 1 − 1/C for %i outputs of equal law', (classes) => {
    const error = createArgmaxError(classes);
    const mean = new Float64Array(classes);
    for (const i of [0, classes - 1])
      expect(Math.abs(error(i, mean, identity(classes)) - (1 - 1 / classes))).toBeLessThan(1e-4);
  });

  it.each([
    [3, 1],
    [4, 3],
    [10, 2],
    [10, 5],
    [32, 3],
  ])('agrees with a one-dimensional integral for %i independent outputs, mean %f ahead', (classes, delta) => {
    const mean = new Float64Array(classes);
    mean[1] = delta;
    const exact = 1 - chanceOfFirst(classes, delta);
    expect(Math.abs(createArgmaxError(classes)(1, mean, identity(classes)) - exact)).toBeLessThan(1e-4);
  });

  it('is the normal tail for two classes, to rounding', () => {
    const error = createArgmaxError(2);
    expect(error(0, Float64Array.of(8, 0), identity(2, 0.5))).toBeCloseTo(normalCdf(-8), 25);
  });

  it('needs only differences: a common shift and a common variance change nothing', () => {
    const error = createArgmaxError(4);
    const mean = Float64Array.of(0.4, 0, -0.3, 0.1);
    const before = error(0, mean, identity(4));
    const after = error(
      0,
      mean.map((m) => m + 5),
      identity(4).map((b) => b + 2),
    );
    expect(after).toBeCloseTo(before, 12);
  });

  it('handles outputs that all depend on one variable: r = m + v ζ', () => {
    // Class 0 against rivals at −1 ± ζ: it wins where |ζ| < 1.
    const error = createArgmaxError(3);
    const direction = [0, 1, -1];
    const covariance = Float64Array.from({ length: 9 }, (_, at) => direction[Math.floor(at / 3)] * direction[at % 3]);
    expect(error(0, Float64Array.of(0, -1, -1), covariance)).toBeCloseTo(2 * normalCdf(-1), 9);
    // And with no room left: rivals at +1 ± ζ, of which one is always ahead.
    expect(error(0, Float64Array.of(0, 1, 1), covariance)).toBeCloseTo(1, 9);
  });

  it('shares ties equally, and is certain without variance', () => {
    const error = createArgmaxError(3);
    const none = new Float64Array(9);
    const errors = (mean: Float64Array, covariance = none) => [0, 1, 2].map((i) => error(i, mean, covariance));
    for (const value of errors(new Float64Array(3))) expect(value).toBeCloseTo(2 / 3, 15);
    expect(errors(Float64Array.of(1, 2, 0))).toEqual([1, 0, 1]);
    expect(errors(Float64Array.of(2, 0, 2))).toEqual([0.5, 1, 0.5]);
    // equal by symmetry, but summed in another order
    expect(errors(Float64Array.of(0.3, 0.1 + 0.2, 0))).toEqual([0.5, 0.5, 1]);
  });

  it('shares the part of a tie that is not lost to others: two equal outputs against an independent one', () => {
    // r_0 = r_2 = ζ, r_1 = 1 + ξ: class 1 wins with chance Φ(1/√2), the others share the rest.
    const covariance = Float64Array.of(1, 0, 1, 0, 1, 0, 1, 0, 1);
    const errors = [0, 1, 2].map((i) => createArgmaxError(3)(i, Float64Array.of(0, 1, 0), covariance));
    const rest = normalCdf(-Math.SQRT1_2);
    expect(errors[0]).toBeCloseTo(1 - rest / 2, 14);
    // by the fast distribution function
    expect(errors[1]).toBeCloseTo(rest, 9);
    expect(errors[2]).toBeCloseTo(1 - rest / 2, 14);
  });

  it('answers NaN to laws that are not finite', () => {
    expect(createArgmaxError(3)(0, Float64Array.of(0, NaN, 0), identity(3))).toBeNaN();
  });
});
