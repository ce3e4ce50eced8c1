/** Largest eigenvalue of a linear map that is only known by what it does, by W. E. Arnoldi's method (1951). */

/** Largest residual of an eigenvector, as a part of the eigenvalue. */
const TOLERANCE = 1e-5;
/** Dimension of the Krylov space at most. */
const MOST_STEPS = 60;
const MOST_ITERATIONS = 5000;

/**
 * Largest real eigenvalue of a map whose dominant eigenvalue is real and has a part in `start`; 0 if it is negative.
 * @param start any size, not 0.
 * @param apply writes the image of the first vector into the second.
 */
export function largestEigenvalue(
  start: Float64Array,
  apply: (vector: Float64Array, out: Float64Array) => void,
): number {
  const most = Math.min(MOST_STEPS, start.length);
  const basis = [scaled(start, 1 / norm(start))];
  // the Hessenberg matrix Qᵀ(map)Q, columns of `most` entries
  const columns: Float64Array[] = [];
  for (let m = 0; ; m++) {
    const image = new Float64Array(start.length);
    apply(basis[m], image);
    const size = norm(image);
    const column = new Float64Array(most);
    columns.push(column);
    // twice, for orthogonality to rounding
    for (let pass = 0; pass < 2; pass++) {
      basis.forEach((vector, k) => {
        const part = dot(vector, image);
        column[k] += part;
        for (let at = 0; at < image.length; at++) image[at] -= part * vector[at];
      });
    }
    const rest = norm(image);
    const { value, vector } = dominant(columns);
    const residual = rest * Math.abs(vector[m]);
    if (!(residual > TOLERANCE * Math.abs(value) && rest > 1e-13 * size) || m + 1 === most) return Math.max(0, value);
    column[m + 1] = rest;
    basis.push(scaled(image, 1 / rest));
  }
}

/**
 * Largest eigenvalue of a small matrix, given by columns, and its unit eigenvector: power iteration on the matrix + tI,
 * whose eigenvalues t moves to the right.
 */
function dominant(columns: readonly Float64Array[]): { value: number; vector: Float64Array } {
  const m = columns.length;
  const shift = columns.reduce((most, column) => Math.max(most, norm(column.subarray(0, m))), 0);
  let vector = new Float64Array(m).fill(1 / Math.sqrt(m));
  if (shift === 0) return { value: 0, vector };
  let size = 0;
  for (let iteration = 0; iteration < MOST_ITERATIONS; iteration++) {
    const next = scaled(vector, shift);
    for (let c = 0; c < m; c++) for (let r = 0; r < m; r++) next[r] += vector[c] * columns[c][r];
    const before = size;
    size = norm(next);
    vector = scaled(next, 1 / size);
    if (Math.abs(size - before) <= 1e-14 * size) break;
  }
  return { value: size - shift, vector };
}

const scaled = (vector: Float64Array, factor: number): Float64Array<ArrayBuffer> =>
  vector.map((value) => factor * value) as Float64Array<ArrayBuffer>;

const norm = (vector: Float64Array): number => Math.sqrt(dot(vector, vector));

function dot(left: Float64Array, right: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < left.length; k++) sum += left[k] * right[k];
  return sum;
}
