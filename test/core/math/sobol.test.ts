import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { rootStream } from '../../../src/core/math/random.ts';
import { MAX_SOBOL_DIMENSION, sobolPoints } from '../../../src/core/math/sobol.ts';

const fixture = JSON.parse(readFileSync(new URL('../../fixtures/sobol/data.json', import.meta.url), 'utf8')) as {
  dimension: number;
  points: number[][];
}[];

describe('Sobol points', () => {
  it.each(fixture)('in $dimension dimensions are those of SciPy', ({ dimension, points }) => {
    const ours = sobolPoints(dimension, points.length);
    // Both are whole multiples of a power of two: equal, not close.
    points.forEach((point, k) => {
      expect(point.map((_, c) => ours[c * points.length + k])).toEqual(point);
    });
  });

  it('scrambled: every coordinate still has one point in each of 2^m equal intervals', () => {
    const count = 256;
    const points = sobolPoints(MAX_SOBOL_DIMENSION, count, rootStream(3));
    for (let c = 0; c < MAX_SOBOL_DIMENSION; c++) {
      const cells = new Set(points.subarray(c * count, (c + 1) * count).map((x) => Math.floor(x * count)));
      expect(cells.size).toBe(count);
    }
  });

  it('scrambled: the first two coordinates keep one point in every 16×16 cell of 256', () => {
    const points = sobolPoints(2, 256, rootStream(4));
    const cells = new Set(
      Array.from({ length: 256 }, (_, k) => 16 * Math.floor(16 * points[k]) + Math.floor(16 * points[256 + k])),
    );
    expect(cells.size).toBe(256);
  });

  it('depend on the stream, and lie inside the open cube', () => {
    const a = sobolPoints(3, 64, rootStream(1));
    const b = sobolPoints(3, 64, rootStream(2));
    expect(a).not.toEqual(b);
    expect(a.every((x) => x > 0 && x < 1)).toBe(true);
  });

  it('refuse a dimension without direction numbers', () => {
    expect(() => sobolPoints(MAX_SOBOL_DIMENSION + 1, 4)).toThrow(RangeError);
    expect(() => sobolPoints(0, 4)).toThrow(RangeError);
  });
});
