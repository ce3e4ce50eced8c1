import { describe, expect, it } from 'vitest';
import { FAST_EXP_LIMIT, fastExp } from '../../../src/core/math/fast-exp.ts';
import { gaussHermite } from '../../../src/core/math/gauss-hermite.ts';
import { GROUP, gaussianGrid, gaussianPoints, type GaussianPoints } from '../../../src/core/math/gaussian-points.ts';
import { rootStream } from '../../../src/core/math/random.ts';

describe('Gauss–Hermite rules', () => {
  it.each([1, 2, 5, 12, 32, 64])('with %i nodes integrate polynomials of degree 2n − 1 exactly', (n) => {
    const { nodes, weights } = gaussHermite(n);
    let moment = 1;
    for (let power = 0; power < Math.min(n, 30); power++) {
      const sum = nodes.reduce((total, node, k) => total + weights[k] * node ** (2 * power), 0);
      // A node is right to one ulp, so its 2k-th power to 2k ulp.
      expect(Math.abs(sum / moment - 1)).toBeLessThan(1e-14 + 1e-15 * 2 * power);
      moment *= 2 * power + 1;
    }
  });

  it('refuse sizes that they were not made for', () => {
    expect(() => gaussHermite(0)).toThrow(RangeError);
    expect(() => gaussHermite(65)).toThrow(RangeError);
  });
});

/** E h(z) over the points of a set and their mirror images. */
function expectation(set: GaussianPoints, h: (z: number[]) => number): number {
  let sum = 0;
  for (let k = 0; k < set.pairs; k++) {
    const z = Array.from({ length: set.dimension }, (_, l) => {
      return set.z[(Math.floor(k / GROUP) * set.dimension + l) * GROUP + (k % GROUP)];
    });
    sum += set.weights[k] * (h(z) + h(z.map((x) => -x)));
  }
  return sum;
}

describe('Gaussian points', () => {
  it.each([1, 3, 9, 30])('in %i dimensions have weights of sum 1 and exact second moments', (dimension) => {
    const set = gaussianPoints(dimension, 128, rootStream(1));
    expect(expectation(set, () => 1)).toBeCloseTo(1, 13);
    for (let a = 0; a < dimension; a++) {
      for (let b = 0; b <= a; b++) expect(expectation(set, (z) => z[a] * z[b])).toBeCloseTo(a === b ? 1 : 0, 12);
    }
  });

  it('are farther from a fourth moment than a grid, and within a percent', () => {
    const fourth = expectation(gaussianPoints(2, 512, rootStream(1)), (z) => z[0] ** 4);
    expect(Math.abs(fourth / 3 - 1)).toBeLessThan(0.05);
    expect(fourth).not.toBe(3);
  });

  it.each([[[0]], [[0.5]], [[0, 0]], [[0, 0.5]], [[0.5, 0]], [[0.5, 0.5]]] as (0 | 0.5)[][][])(
    'on a grid with offsets %j give E e^{z/2} z² to the grid’s cut',
    (offsets) => {
      const set = gaussianGrid(0.5, offsets);
      // E z² e^{az} = (1 + a²) e^{a²/2}; what lies beyond radius 6.5 is below 1e-7 of it.
      expect(expectation(set, (z) => z[0] ** 2 * Math.exp(z[0] / 2))).toBeCloseTo(1.25 * Math.exp(0.125), 6);
      expect(set.pairs % GROUP).toBe(0);
    },
  );
});

describe('the fast exponential', () => {
  it('agrees with Math.exp to 1e-14 over its range', () => {
    for (let x = -FAST_EXP_LIMIT; x <= FAST_EXP_LIMIT; x += 0.3713) {
      expect(Math.abs(fastExp(x) / Math.exp(x) - 1)).toBeLessThan(1e-14);
    }
    expect(fastExp(FAST_EXP_LIMIT + 1)).toBeNaN();
  });
});
