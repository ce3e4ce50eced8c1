import { describe, expect, it } from 'vitest';
import { gaussLegendre } from '../../../src/core/math/gauss-legendre.ts';

describe('gaussLegendre', () => {
  it.each([1, 2, 5, 12, 24, 64])('with %i nodes integrates polynomials of degree 2n − 1 over (0, 1) exactly', (n) => {
    const { nodes, weights } = gaussLegendre(n);
    for (let degree = 0; degree < 2 * n; degree++) {
      // polynomials of 2u − 1 stay of size one
      const sum = nodes.reduce((total, node, k) => total + weights[k] * (2 * node - 1) ** degree, 0);
      expect(Math.abs(sum - (degree % 2 === 0 ? 1 / (degree + 1) : 0))).toBeLessThan(1e-14);
    }
  });

  it('is not exact one degree further', () => {
    const { nodes, weights } = gaussLegendre(3);
    const sum = nodes.reduce((total, node, k) => total + weights[k] * (2 * node - 1) ** 6, 0);
    expect(Math.abs(sum - 1 / 7)).toBeGreaterThan(0.01);
  });

  it('refuses sizes that it was not made for', () => {
    expect(() => gaussLegendre(0)).toThrow('expected 1 to 64 nodes, got 0');
    expect(() => gaussLegendre(65)).toThrow(RangeError);
  });
});
