/** Small dense linear systems: LU with partial pivoting, in place. */

/** LU factors of an n×n row-major matrix. */
export interface Factors {
  readonly matrix: Float64Array;
  readonly pivots: Int32Array;
}

export function createFactors(n: number): Factors {
  return { matrix: new Float64Array(n * n), pivots: new Int32Array(n) };
}

/** Overwrites the matrix by its factors P A = L U; a singular matrix gives entries that are not finite. */
export function factorInPlace({ matrix, pivots }: Factors): void {
  const n = pivots.length;
  for (let k = 0; k < n; k++) {
    let pivot = k;
    for (let r = k + 1; r < n; r++) if (Math.abs(matrix[r * n + k]) > Math.abs(matrix[pivot * n + k])) pivot = r;
    pivots[k] = pivot;
    if (pivot !== k) {
      for (let c = 0; c < n; c++) {
        const swap = matrix[k * n + c];
        matrix[k * n + c] = matrix[pivot * n + c];
        matrix[pivot * n + c] = swap;
      }
    }
    const inverse = 1 / matrix[k * n + k];
    for (let r = k + 1; r < n; r++) {
      const factor = matrix[r * n + k] * inverse;
      matrix[r * n + k] = factor;
      for (let c = k + 1; c < n; c++) matrix[r * n + c] -= factor * matrix[k * n + c];
    }
  }
}

/** Overwrites b by the solution of A x = b. */
export function solveInPlace({ matrix, pivots }: Factors, b: Float64Array): void {
  const n = pivots.length;
  for (let k = 0; k < n; k++) {
    const pivot = pivots[k];
    const value = b[pivot];
    b[pivot] = b[k];
    b[k] = value;
  }
  for (let r = 1; r < n; r++) {
    let sum = b[r];
    for (let c = 0; c < r; c++) sum -= matrix[r * n + c] * b[c];
    b[r] = sum;
  }
  for (let r = n - 1; r >= 0; r--) {
    let sum = b[r];
    for (let c = r + 1; c < n; c++) sum -= matrix[r * n + c] * b[c];
    b[r] = sum / matrix[r * n + r];
  }
}
