/** Linear systems whose matrix is only known by what it does, by GMRES (Y. Saad and M. Schultz, SIAM J. Sci. Stat. Comput. 7, 1986). */
import { squared } from './elementary.ts';

export interface Gmres {
  /**
   * Overwrites b by the solution of A x = b.
   * @param apply writes A times the first vector into the second.
   * @returns whether the residual fell below the tolerance.
   */
  solve(apply: (vector: Float64Array, out: Float64Array) => void, b: Float64Array): boolean;
}

/**
 * @param size of the vectors.
 * @param tolerance largest residual, as a part of b.
 * @param most dimension of the Krylov space at most.
 */
export function createGmres(size: number, tolerance: number, most: number): Gmres {
  const steps = Math.min(most, size);
  const basis = Array.from({ length: steps + 1 }, () => new Float64Array(size));
  /** Columns of the triangular factor of the Hessenberg matrix. */
  const columns = Array.from({ length: steps }, () => new Float64Array(steps + 1));
  const cosines = new Float64Array(steps);
  const sines = new Float64Array(steps);
  /** Qᵀb of the least-squares problem; its entry past the last column is the residual. */
  const target = new Float64Array(steps + 1);

  /** Makes `vector` orthogonal to the first m + 1 of the basis, twice, with the parts in the column. */
  function orthogonalise(vector: Float64Array, column: Float64Array, m: number): void {
    column.fill(0);
    for (let pass = 0; pass < 2; pass++) {
      for (let k = 0; k <= m; k++) {
        const part = dot(basis[k], vector);
        column[k] += part;
        for (let at = 0; at < size; at++) vector[at] -= part * basis[k][at];
      }
    }
  }

  /** Rotates column m into the triangle. */
  function rotate(column: Float64Array, m: number): void {
    for (let k = 0; k < m; k++) {
      const [upper, lower] = [column[k], column[k + 1]];
      column[k] = cosines[k] * upper + sines[k] * lower;
      column[k + 1] = cosines[k] * lower - sines[k] * upper;
    }
    const length = Math.sqrt(squared(column[m]) + squared(column[m + 1]));
    cosines[m] = length > 0 ? column[m] / length : 1;
    sines[m] = length > 0 ? column[m + 1] / length : 0;
    column[m] = length;
    target[m + 1] = -sines[m] * target[m];
    target[m] *= cosines[m];
  }

  function combine(count: number, out: Float64Array): void {
    for (let k = count - 1; k >= 0; k--) {
      for (let c = k + 1; c < count; c++) target[k] -= columns[c][k] * target[c];
      target[k] /= columns[k][k];
    }
    out.fill(0);
    for (let k = 0; k < count; k++) for (let at = 0; at < size; at++) out[at] += target[k] * basis[k][at];
  }

  return {
    solve(apply, b) {
      const norm = Math.sqrt(dot(b, b));
      if (norm === 0) return true;
      target.fill(0);
      target[0] = norm;
      for (let at = 0; at < size; at++) basis[0][at] = b[at] / norm;
      let count = 0;
      while (count < steps && Math.abs(target[count]) > tolerance * norm) {
        const next = basis[count + 1];
        apply(basis[count], next);
        orthogonalise(next, columns[count], count);
        const length = Math.sqrt(dot(next, next));
        columns[count][count + 1] = length;
        if (length > 0) for (let at = 0; at < size; at++) next[at] /= length;
        rotate(columns[count], count);
        count++;
      }
      combine(count, b);
      return Math.abs(target[count]) <= tolerance * norm;
    },
  };
}

function dot(left: Float64Array, right: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < left.length; k++) sum += left[k] * right[k];
  return sum;
}
