/** Eigenvalues and eigenvectors of small symmetric matrices, by C. G. J. Jacobi's rotations: exact to rounding. */

const MOST_SWEEPS = 50;

/**
 * A = V diag(values) Vᵀ.
 * @param matrix n×n row-major, symmetric; overwritten.
 * @param values n, in no particular order.
 * @param vectors n×n row-major, eigenvectors in columns.
 */
export function symmetricEigen(matrix: Float64Array, n: number, values: Float64Array, vectors: Float64Array): void {
  vectors.fill(0);
  for (let a = 0; a < n; a++) vectors[a * n + a] = 1;
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
    let rotated = false;
    for (let a = 1; a < n; a++) {
      for (let b = 0; b < a; b++) {
        const entry = matrix[a * n + b];
        const size = Math.abs(matrix[a * n + a]) + Math.abs(matrix[b * n + b]);
        if (Math.abs(entry) <= 1e-16 * size || entry === 0) continue;
        rotated = true;
        const theta = (matrix[b * n + b] - matrix[a * n + a]) / (2 * entry);
        const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
        const cosine = 1 / Math.sqrt(t * t + 1);
        rotate(matrix, vectors, n, a, b, cosine, t * cosine);
      }
    }
    if (!rotated) break;
  }
  for (let a = 0; a < n; a++) values[a] = matrix[a * n + a];
}

/** A ← JᵀAJ and V ← VJ with the rotation J of the coordinates a and b. */
function rotate(
  matrix: Float64Array,
  vectors: Float64Array,
  n: number,
  a: number,
  b: number,
  cosine: number,
  sine: number,
): void {
  for (let k = 0; k < n; k++) {
    const left = matrix[k * n + a];
    const right = matrix[k * n + b];
    matrix[k * n + a] = cosine * left - sine * right;
    matrix[k * n + b] = sine * left + cosine * right;
    const first = vectors[k * n + a];
    const second = vectors[k * n + b];
    vectors[k * n + a] = cosine * first - sine * second;
    vectors[k * n + b] = sine * first + cosine * second;
  }
  for (let k = 0; k < n; k++) {
    const left = matrix[a * n + k];
    const right = matrix[b * n + k];
    matrix[a * n + k] = cosine * left - sine * right;
    matrix[b * n + k] = sine * left + cosine * right;
  }
}
