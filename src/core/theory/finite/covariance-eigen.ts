/** Eigenvalues and eigenvectors of a large symmetric matrix: Householder's tridiagonal form, then implicit QL (EISPACK). */

export interface Eigen {
  readonly values: Float64Array;
  /** Eigenvectors in rows, n×n row-major. */
  readonly vectors: Float64Array;
}

const MOST_ITERATIONS = 60;

/**
 * A = Vᵀ diag(values) V, V the rows of `vectors`. Costs some 9 n³ operations.
 * @param matrix n×n row-major, symmetric; overwritten.
 * @returns null where it was stopped.
 */
export function covarianceEigen(matrix: Float64Array, n: number, shouldStop: () => boolean): Eigen | null {
  const diagonal = new Float64Array(n);
  const beside = new Float64Array(n);
  if (!tridiagonalise(matrix, n, diagonal, beside, shouldStop)) return null;
  if (!implicitQl(matrix, n, diagonal, beside, shouldStop)) return null;
  return { values: diagonal, vectors: matrix };
}

const rowOf = (matrix: Float64Array, n: number, k: number): Float64Array => matrix.subarray(k * n, (k + 1) * n);

/**
 * A = Q T Qᵀ. Reflection k maps what is left of column k below the diagonal to its first entry; `matrix` becomes Qᵀ.
 * @param beside entry k is T's (k, k−1).
 */
function tridiagonalise(
  matrix: Float64Array,
  n: number,
  diagonal: Float64Array,
  beside: Float64Array,
  shouldStop: () => boolean,
): boolean {
  const reflections: { from: number; vector: Float64Array }[] = [];
  const product = new Float64Array(n);
  for (let k = 0; k + 2 < n; k++) {
    if (shouldStop()) return false;
    const column = rowOf(matrix, n, k);
    let square = 0;
    for (let j = k + 1; j < n; j++) square += column[j] * column[j];
    const length = Math.sqrt(square);
    diagonal[k] = column[k];
    if (length === 0) continue;
    const first = column[k + 1];
    const image = first > 0 ? -length : length;
    beside[k + 1] = image;
    // H = 1 − v vᵀ with ‖v‖² = 2
    const factor = 1 / Math.sqrt(length * (length + Math.abs(first)));
    const vector = new Float64Array(n);
    for (let j = k + 1; j < n; j++) vector[j] = factor * column[j];
    vector[k + 1] = factor * (first - image);
    let overlap = 0;
    for (let i = k + 1; i < n; i++) {
      const row = rowOf(matrix, n, i);
      let sum = 0;
      for (let j = k + 1; j < n; j++) sum += row[j] * vector[j];
      product[i] = sum;
      overlap += sum * vector[i];
    }
    for (let i = k + 1; i < n; i++) product[i] -= 0.5 * overlap * vector[i];
    for (let i = k + 1; i < n; i++) {
      const row = rowOf(matrix, n, i);
      const [v, w] = [vector[i], product[i]];
      for (let j = k + 1; j < n; j++) row[j] -= v * product[j] + w * vector[j];
    }
    reflections.push({ from: k + 1, vector });
  }
  for (let k = Math.max(0, n - 2); k < n; k++) diagonal[k] = matrix[k * n + k];
  if (n > 1) beside[n - 1] = matrix[(n - 1) * n + n - 2];
  matrix.fill(0);
  for (let k = 0; k < n; k++) matrix[k * n + k] = 1;
  // Qᵀ = H_last … H_1: rows are columns of Q, and H acts on each row from the right when taken in turn from the last
  for (const { from, vector } of reflections.reverse()) {
    if (shouldStop()) return false;
    for (let i = from; i < n; i++) {
      const row = rowOf(matrix, n, i);
      let sum = 0;
      for (let j = from; j < n; j++) sum += row[j] * vector[j];
      for (let j = from; j < n; j++) row[j] -= sum * vector[j];
    }
  }
  return true;
}

/** Diagonalises T, the rows of `vectors` turning with it; `diagonal` becomes the eigenvalues. */
function implicitQl(
  vectors: Float64Array,
  n: number,
  diagonal: Float64Array,
  below: Float64Array,
  shouldStop: () => boolean,
): boolean {
  const beside = below.slice(1);
  for (let l = 0; l < n; l++) {
    if (shouldStop()) return false;
    for (let round = 0; ; round++) {
      let m = l;
      while (m < n - 1 && Math.abs(beside[m]) > 2.3e-16 * (Math.abs(diagonal[m]) + Math.abs(diagonal[m + 1]))) m++;
      if (m === l) break;
      if (round === MOST_ITERATIONS) throw new RangeError('the QL iteration does not settle');
      let g = (diagonal[l + 1] - diagonal[l]) / (2 * beside[l]);
      let r = Math.sqrt(g * g + 1);
      g = diagonal[m] - diagonal[l] + beside[l] / (g + (g >= 0 ? r : -r));
      let s = 1;
      let c = 1;
      let p = 0;
      let broken = false;
      for (let i = m - 1; i >= l; i--) {
        const f = s * beside[i];
        const b = c * beside[i];
        r = Math.sqrt(f * f + g * g);
        beside[i + 1] = r;
        if (r === 0) {
          diagonal[i + 1] -= p;
          beside[m] = 0;
          broken = true;
          break;
        }
        s = f / r;
        c = g / r;
        g = diagonal[i + 1] - p;
        r = (diagonal[i] - g) * s + 2 * c * b;
        p = s * r;
        diagonal[i + 1] = g + p;
        g = c * r - b;
        const lower = rowOf(vectors, n, i);
        const upper = rowOf(vectors, n, i + 1);
        for (let k = 0; k < n; k++) {
          const kept = upper[k];
          upper[k] = s * lower[k] + c * kept;
          lower[k] = c * lower[k] - s * kept;
        }
      }
      if (broken) continue;
      diagonal[l] -= p;
      beside[l] = g;
      beside[m] = 0;
    }
  }
  return true;
}
