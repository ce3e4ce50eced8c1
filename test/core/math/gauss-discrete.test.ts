import { describe, expect, it } from 'vitest';
import { gaussDiscrete } from '../../../src/core/math/gauss-discrete.ts';

describe('gaussDiscrete', () => {
  const sizes = [
    [1, 1],
    [5, 5],
    [6, 5],
    [16, 8],
    [125, 8],
    [63, 24],
    [1_000_000, 12],
  ];

  it.each(sizes)('sums polynomials over %i integers exactly up to degree 2·%i − 1', (points, nodes) => {
    const rule = gaussDiscrete(points, nodes);
    const centre = (points - 1) / 2;
    for (let degree = 0; degree < 2 * nodes; degree += 1) {
      const h = (k: number) => ((k - centre) / (0.5 * points)) ** degree;
      let exact = 0;
      for (let k = 0; k < points; k++) exact += h(k);
      let sum = 0;
      rule.nodes.forEach((node, j) => (sum += rule.weights[j] * h(node)));
      // both sums have up to a million terms of size one
      expect(Math.abs(sum - exact)).toBeLessThan(1e-13 * points);
    }
  });

  it('is the sum itself with as many nodes as points', () => {
    const rule = gaussDiscrete(7, 7);
    rule.nodes.forEach((node, k) => expect(node).toBeCloseTo(k, 13));
    rule.weights.forEach((weight) => expect(weight).toBeCloseTo(1, 12));
  });

  it('refuses more nodes than points', () => {
    expect(() => gaussDiscrete(3, 4)).toThrow('expected 1 to 3 nodes for 3 points, got 4');
  });
});
