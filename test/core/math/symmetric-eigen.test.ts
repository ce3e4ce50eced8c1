import { describe, expect, it } from 'vitest';
import { largestEigenvalue } from '../../../src/core/math/largest-eigenvalue.ts';
import { rootStream } from '../../../src/core/math/random.ts';
import { symmetricEigen } from '../../../src/core/math/symmetric-eigen.ts';

const random = rootStream(5);

describe('symmetricEigen', () => {
  it.each([1, 2, 5, 20])('decomposes symmetric matrices, singular and degenerate ones too: n = %d', (n) => {
    for (const rank of [n, Math.ceil(n / 2), 0]) {
      const matrix = new Float64Array(n * n);
      for (let r = 0; r < rank; r++) {
        const v = Array.from({ length: n }, () => random.normal());
        for (let a = 0; a < n; a++) for (let b = 0; b < n; b++) matrix[a * n + b] += (r % 2 ? -1 : 1) * v[a] * v[b];
      }
      const values = new Float64Array(n);
      const vectors = new Float64Array(n * n);
      symmetricEigen(matrix.slice(), n, values, vectors);
      for (let a = 0; a < n; a++) {
        for (let b = 0; b < n; b++) {
          let product = 0;
          let overlap = 0;
          for (let k = 0; k < n; k++) {
            product += vectors[a * n + k] * values[k] * vectors[b * n + k];
            overlap += vectors[k * n + a] * vectors[k * n + b];
          }
          expect(Math.abs(product - matrix[a * n + b])).toBeLessThan(1e-12 * (1 + rank * n));
          expect(Math.abs(overlap - (a === b ? 1 : 0))).toBeLessThan(1e-12);
        }
      }
    }
  });
});

describe('largestEigenvalue', () => {
  const apply = (matrix: readonly (readonly number[])[]) => (vector: Float64Array, out: Float64Array) =>
    matrix.forEach((row, r) => (out[r] = row.reduce((sum, value, c) => sum + value * vector[c], 0)));

  it('is that of a matrix that is not symmetric, beside larger negative ones', () => {
    // triangular: its eigenvalues are its diagonal
    const matrix = [
      [2, 5, -3, 1],
      [0, -7, 4, 2],
      [0, 0, 1.5, 6],
      [0, 0, 0, 0.1],
    ];
    expect(largestEigenvalue(Float64Array.of(1, 1, 1, 1), apply(matrix))).toBeCloseTo(2, 8);
  });

  it('is found in a large space without filling it', () => {
    const n = 400;
    let calls = 0;
    const found = largestEigenvalue(
      Float64Array.from({ length: n }, () => 1 + 0.5 * random.normal()),
      (vector, out) => {
        calls++;
        for (let k = 0; k < n; k++) out[k] = vector[k] / (1 + k);
      },
    );
    expect(found).toBeCloseTo(1, 8);
    expect(calls).toBeLessThan(40);
  });

  it('is 0 for maps without positive eigenvalues', () => {
    expect(largestEigenvalue(Float64Array.of(1, 2), apply([[-1, 0], [0, -2]]))).toBe(0); // prettier-ignore
    expect(largestEigenvalue(Float64Array.of(1, 2), (_vector, out) => out.fill(0))).toBe(0);
  });
});
