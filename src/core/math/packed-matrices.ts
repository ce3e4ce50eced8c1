/** Small symmetric matrices packed by rows of their lower triangles: their eigenvectors, and changes of basis. */
import { symmetricEigen } from './symmetric-eigen.ts';

/** Eigenvalues and eigenvectors (in columns, row-major) of a packed matrix. */
export function eigenbasis(matrix: Float64Array, n: number): { rates: Float64Array; vectors: Float64Array } {
  const full = new Float64Array(n * n);
  unpack(matrix, n, full);
  const rates = new Float64Array(n);
  const vectors = new Float64Array(n * n);
  symmetricEigen(full, n, rates, vectors);
  return { rates, vectors };
}

export function unpack(matrix: Float64Array, n: number, out: Float64Array): void {
  for (let a = 0, k = 0; a < n; a++) for (let b = 0; b <= a; b++, k++) out[a * n + b] = out[b * n + a] = matrix[k];
}

/** Packed symmetric matrices M to VᵀMV and back, for orthogonal V with the basis in its columns. */
export function createRotation(n: number) {
  const full = new Float64Array(n * n);
  const half = new Float64Array(n * n);
  return {
    toBasis(matrix: Float64Array, vectors: Float64Array, out: Float64Array): void {
      unpack(matrix, n, full);
      half.fill(0);
      for (let r = 0; r < n; r++) {
        for (let k = 0; k < n; k++) {
          const factor = full[r * n + k];
          for (let a = 0; a < n; a++) half[r * n + a] += factor * vectors[k * n + a];
        }
      }
      out.fill(0);
      for (let r = 0; r < n; r++) {
        for (let a = 0, k = 0; a < n; a++) {
          const factor = vectors[r * n + a];
          for (let b = 0; b <= a; b++, k++) out[k] += factor * half[r * n + b];
        }
      }
    },
    fromBasis(matrix: Float64Array, vectors: Float64Array, out: Float64Array): void {
      unpack(matrix, n, full);
      for (let a = 0; a < n; a++) {
        for (let r = 0; r < n; r++) {
          let sum = 0;
          for (let k = 0; k < n; k++) sum += vectors[a * n + k] * full[r * n + k];
          half[a * n + r] = sum;
        }
      }
      for (let a = 0, k = 0; a < n; a++) {
        for (let b = 0; b <= a; b++, k++) {
          let sum = 0;
          for (let r = 0; r < n; r++) sum += vectors[b * n + r] * half[a * n + r];
          out[k] = sum;
        }
      }
    },
  };
}
