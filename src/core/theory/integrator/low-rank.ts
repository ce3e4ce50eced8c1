/** Linear systems whose matrix is a diagonal minus a matrix of low rank, D − P Vᵀ, by Woodbury's formula: O(size). */
import { createFactors, factorInPlace, solveInPlace } from './dense-matrix.ts';

export interface LowRankSystem {
  /** Diagonal D to be written before `factor`. */
  readonly diagonal: Float64Array;
  /** Columns of P and V, to be written before `factor`. */
  readonly left: readonly Float64Array[];
  readonly right: readonly Float64Array[];
  factor(): void;
  /** Overwrites b by x with (D − P Vᵀ) x = b. */
  solve(b: Float64Array): void;
}

export function lowRankSystem(size: number, rank: number): LowRankSystem {
  const diagonal = new Float64Array(size);
  const inverse = new Float64Array(size);
  const columns = () => Array.from({ length: rank }, () => new Float64Array(size));
  const left = columns();
  const right = columns();
  // D⁻¹P
  const scaled = columns();
  const factors = createFactors(rank);
  const z = new Float64Array(rank);
  return {
    diagonal,
    left,
    right,
    factor() {
      for (let n = 0; n < size; n++) inverse[n] = 1 / diagonal[n];
      for (let q = 0; q < rank; q++) {
        const from = left[q];
        const to = scaled[q];
        for (let n = 0; n < size; n++) to[n] = inverse[n] * from[n];
      }
      for (let p = 0; p < rank; p++) {
        const v = right[p];
        for (let q = 0; q < rank; q++) {
          const column = scaled[q];
          let sum = 0;
          for (let n = 0; n < size; n++) sum += v[n] * column[n];
          factors.matrix[p * rank + q] = (p === q ? 1 : 0) - sum;
        }
      }
      factorInPlace(factors);
    },
    solve(b) {
      for (let n = 0; n < size; n++) b[n] *= inverse[n];
      for (let q = 0; q < rank; q++) {
        const v = right[q];
        let sum = 0;
        for (let n = 0; n < size; n++) sum += v[n] * b[n];
        z[q] = sum;
      }
      solveInPlace(factors, z);
      for (let q = 0; q < rank; q++) {
        const column = scaled[q];
        const factor = z[q];
        for (let n = 0; n < size; n++) b[n] += factor * column[n];
      }
    },
  };
}
