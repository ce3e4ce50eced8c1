import { describe, expect, it } from 'vitest';
import { matrixGauss } from '../../../src/core/math/matrix-gauss.ts';
import { rootStream } from '../../../src/core/math/random.ts';

const random = rootStream(9);

describe('matrixGauss', () => {
  it.each([
    { count: 200, width: 1, degree: 8 },
    { count: 200, width: 3, degree: 6 },
    { count: 5000, width: 4, degree: 10 },
    { count: 300, width: 2, degree: 24 },
  ])('is exact up to degree 2·$degree − 1 for $width random rows of $count', ({ count, width, degree }) => {
    const rows = Array.from({ length: width }, () => Float64Array.from({ length: count }, () => random.normal()));
    const { nodes, vectors } = matrixGauss(rows, degree);
    expect(nodes.length).toBe(width * degree);
    for (let power = 0; power < 2 * degree; power++) {
      // Chebyshev polynomials: bounded, and a basis
      const value = (k: number) => Math.cos(power * Math.acos(Math.min(1, Math.max(-1, (2 * k) / (count - 1) - 1))));
      for (let i = 0; i < width; i++) {
        for (let j = 0; j <= i; j++) {
          let exact = 0;
          for (let k = 0; k < count; k++) exact += value(k) * rows[i][k] * rows[j][k];
          let rule = 0;
          nodes.forEach((node, k) => (rule += value(node) * vectors[i][k] * vectors[j][k]));
          expect(Math.abs(rule - exact) / count).toBeLessThan(1e-12);
        }
      }
    }
    nodes.forEach((node) => expect(node > 0 && node < count - 1).toBe(true));
  });

  it('needs fewer nodes where rows are multiples of each other, or zero', () => {
    const row = Float64Array.from({ length: 100 }, () => random.normal());
    const rule = matrixGauss([row, row.map((value) => -2 * value), new Float64Array(100)], 5);
    expect(rule.nodes.length).toBe(5);
    rule.vectors[0].forEach((value, k) => expect(rule.vectors[1][k]).toBeCloseTo(-2 * value, 9));
    expect(rule.vectors[2].every((value) => Math.abs(value) < 1e-12)).toBe(true);
  });
});
