/** Cholesky factor of a positive semi-definite matrix. */
import { squared } from './elementary.ts';

/**
 * Lower-triangular L with L Lᵀ = A, for A positive semi-definite up to rounding. A pivot of at most `tolerance` means
 * that its row depends on the ones before it: its column of L is zero. No row is exchanged, so that L follows A
 * smoothly.
 * @param matrix A, n×n row-major; the lower triangle is read.
 * @param tolerance >= 0, in units of A: the size of A's rounding errors.
 * @param out L, n×n row-major, overwritten; may be `matrix` itself.
 */
export function choleskySemidefinite(matrix: Float64Array, n: number, tolerance: number, out: Float64Array): void {
  for (let column = 0; column < n; column++) {
    let pivot = matrix[column * n + column];
    for (let k = 0; k < column; k++) pivot -= squared(out[column * n + k]);
    const dependent = pivot <= tolerance;
    const diagonal = dependent ? 0 : Math.sqrt(pivot);
    out[column * n + column] = diagonal;
    for (let row = column + 1; row < n; row++) {
      let sum = matrix[row * n + column];
      for (let k = 0; k < column; k++) sum -= out[row * n + k] * out[column * n + k];
      out[row * n + column] = dependent ? 0 : sum / diagonal;
    }
    for (let k = column + 1; k < n; k++) if (out !== matrix) out[column * n + k] = 0;
  }
  if (out === matrix) for (let row = 0; row < n; row++) out.fill(0, row * n + row + 1, (row + 1) * n);
}
