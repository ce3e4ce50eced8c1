import { describe, expect, it } from 'vitest';
import { choleskySemidefinite } from '../../../src/core/math/cholesky.ts';
import { rootStream } from '../../../src/core/math/random.ts';

function gram(n: number, rank: number, seed: number): Float64Array {
  const stream = rootStream(seed);
  const factor = Array.from({ length: n }, () => Array.from({ length: rank }, () => stream.normal()));
  return Float64Array.from({ length: n * n }, (_, at) => {
    const [a, b] = [factor[Math.floor(at / n)], factor[at % n]];
    return a.reduce((sum, value, k) => sum + value * b[k], 0);
  });
}

describe('the Cholesky factor of a semi-definite matrix', () => {
  it.each([
    [1, 1],
    [4, 4],
    [6, 3],
    [8, 1],
    [5, 0],
  ])('of size %i and rank %i gives the matrix back', (n, rank) => {
    const matrix = gram(n, rank, n);
    const factor = new Float64Array(n * n);
    choleskySemidefinite(matrix, n, 1e-13, factor);
    for (let a = 0; a < n; a++) {
      for (let b = 0; b < n; b++) {
        let sum = 0;
        for (let k = 0; k < n; k++) sum += factor[a * n + k] * factor[b * n + k];
        // A pivot of up to the tolerance may be dropped, which costs its square root in a column.
        expect(Math.abs(sum - matrix[a * n + b])).toBeLessThan(1e-12);
        if (b > a) expect(factor[a * n + b]).toBe(0);
      }
    }
  });

  it('may overwrite its matrix', () => {
    const matrix = gram(5, 5, 1);
    const factor = new Float64Array(25);
    choleskySemidefinite(matrix, 5, 0, factor);
    choleskySemidefinite(matrix, 5, 0, matrix);
    expect(matrix).toEqual(factor);
  });
});
