import { describe, expect, it } from 'vitest';
import { normalCdf } from '../../../src/core/math/normal.ts';
import { rootStream } from '../../../src/core/math/random.ts';
import { Sampler } from '../../../src/core/engines/sampler.ts';
import { kolmogorovSmirnovLimit } from './ensembles.ts';

const sampler = () => new Sampler(rootStream(12).key);

/** √n sup |F_n − F|. */
function distanceFrom(law: (x: number) => number, values: Float64Array): number {
  const sorted = values.slice().sort();
  const n = sorted.length;
  const most = sorted.reduce(
    (worst, x, k) => Math.max(worst, Math.abs((k + 1) / n - law(x)), Math.abs(k / n - law(x))),
    0,
  );
  return most * Math.sqrt(n);
}

const COUNT = 1_000_000;

describe('sampler', () => {
  it('draws normals with the moments, the law and the tails of N(0, 1)', () => {
    const values = new Float64Array(COUNT);
    sampler().fill(values);
    // E z^p and E z^{2p}
    for (const [power, moment, square] of [
      [1, 0, 1],
      [2, 1, 3],
      [3, 0, 15],
      [4, 3, 105],
      [6, 15, 10395],
    ]) {
      const mean = values.reduce((sum, z) => sum + z ** power, 0) / COUNT;
      expect(Math.abs(mean - moment), `moment ${power}`).toBeLessThan(4 * Math.sqrt((square - moment ** 2) / COUNT));
    }
    expect(distanceFrom(normalCdf, values)).toBeLessThan(kolmogorovSmirnovLimit(1e-4));
    // beyond the start of the ziggurat's tail, on either side
    for (const side of [-1, 1]) {
      const expected = COUNT * normalCdf(-3.6541528853610088);
      const count = values.filter((z) => side * z > 3.6541528853610088).length;
      expect(Math.abs(count - expected)).toBeLessThan(4 * Math.sqrt(expected));
    }
    const lag = values.reduce((sum, z, k) => sum + (k > 0 ? z * values[k - 1] : 0), 0) / COUNT;
    expect(Math.abs(lag)).toBeLessThan(4 / Math.sqrt(COUNT));
  });

  it.each([1, 2, 3, 10, 997, 999_999_996])('draws chi-squares with the mean and variance of %d degrees', (degrees) => {
    const numbers = sampler();
    const count = 200_000;
    // standardised, so that a large mean does not hide the spread
    const values = Float64Array.from(
      { length: count },
      () => (numbers.chiSquare(degrees) - degrees) / Math.sqrt(2 * degrees),
    );
    const mean = values.reduce((sum, x) => sum + x, 0) / count;
    const variance = values.reduce((sum, x) => sum + x * x, 0) / count;
    expect(Math.abs(mean)).toBeLessThan(4 / Math.sqrt(count));
    // the fourth standardised moment of a chi-square is 3 + 12/k
    expect(Math.abs(variance - 1)).toBeLessThan(4 * Math.sqrt((2 + 12 / degrees) / count));
  });

  it('draws chi-squares with the laws that have closed forms: of 1 and 2 degrees', () => {
    const numbers = sampler();
    const draw = (degrees: number) => Float64Array.from({ length: 200_000 }, () => numbers.chiSquare(degrees));
    const limit = kolmogorovSmirnovLimit(1e-4);
    expect(distanceFrom((x) => 1 - 2 * normalCdf(-Math.sqrt(x)), draw(1))).toBeLessThan(limit);
    expect(distanceFrom((x) => -Math.expm1(-x / 2), draw(2))).toBeLessThan(limit);
    expect(numbers.chiSquare(0)).toBe(0);
  });

  it('draws uniforms in the open unit interval', () => {
    const numbers = sampler();
    const values = Float64Array.from({ length: 200_000 }, () => numbers.uniform());
    expect(distanceFrom((x) => x, values)).toBeLessThan(kolmogorovSmirnovLimit(1e-4));
    expect(values.every((x) => x > 0 && x < 1)).toBe(true);
  });

  it('repeats itself from the same key, and only then', () => {
    const [first, again, other] = [12, 12, 13].map((seed) => new Sampler(rootStream(seed).key));
    const numbers = (from: Sampler) => Array.from({ length: 5000 }, (_, k) => (k % 3 ? from.normal() : from.uniform()));
    const expected = numbers(first);
    expect(numbers(again)).toEqual(expected);
    expect(numbers(other)).not.toEqual(expected);
  });
});
