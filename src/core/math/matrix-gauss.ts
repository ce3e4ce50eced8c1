/**
 * Gauss quadrature for matrix-valued sums over consecutive integers: Σ_{k=0}^{n−1} h(k) u_k u_kᵀ ≈ Σ_j h(node_j) v_j v_jᵀ
 * with few vectors v_j in place of n vectors u_k of any kind, random ones too.
 */
import { symmetricEigen } from './symmetric-eigen.ts';

export interface MatrixRule {
  /** In [0, n − 1], in general no integers. */
  readonly nodes: Float64Array;
  /** v_j: entry i of all nodes in row i. */
  readonly vectors: readonly Float64Array[];
}

/** Directions of the space of polynomials times vectors that count as none, as a part of the largest. */
const ROUNDING = 1e-13;

/**
 * The rule that is exact for polynomials h of degree 2·degree − 1. Multiplication by k on the span of all p(k) u_k with
 * p of lower degree than `degree` is a symmetric matrix: its eigenvalues are the nodes (G. H. Golub and G. Meurant,
 * Matrices, Moments and Quadrature with Applications, section 6.6, there by block Lanczos).
 * @param rows u: entry i of all n vectors in row i; n >= 2.
 * @returns at most degree · rows.length nodes, fewer where the vectors are not independent.
 */
export function matrixGauss(rows: readonly Float64Array[], degree: number): MatrixRule {
  const count = rows[0].length;
  const size = degree * rows.length;
  const { gram, position } = gramMatrices(rows, degree);
  const scales = new Float64Array(size);
  const basis = new Float64Array(size * size);
  symmetricEigen(gram.slice(), size, scales, basis);
  const largest = scales.reduce((most, value) => Math.max(most, value), 0);
  const kept = [...scales.keys()].filter((k) => scales[k] > ROUNDING * largest);
  const m = kept.length;
  // an orthonormal basis W = B D^(−1/2), size×m
  const orthonormal = new Float64Array(size * m);
  kept.forEach((k, c) => {
    const scale = 1 / Math.sqrt(scales[k]);
    for (let r = 0; r < size; r++) orthonormal[r * m + c] = scale * basis[r * size + k];
  });
  const inBasis = product(transposed(orthonormal, size, m), product(position, orthonormal, size, size, m), m, size, m);
  const places = new Float64Array(m);
  const turns = new Float64Array(m * m);
  symmetricEigen(inBasis, m, places, turns);
  // v_j = Σ_k u_k (w_jᵀ features_k): rows of the Gram matrix of the constant polynomial
  const weights = product(
    gram.subarray(0, rows.length * size),
    product(orthonormal, turns, size, m, m),
    rows.length,
    size,
    m,
  );
  return {
    nodes: places.map((place) => 0.5 * (count - 1) * (1 + place)),
    vectors: rows.map((_, i) => weights.slice(i * m, (i + 1) * m)),
  };
}

/**
 * Σ_k f_k f_kᵀ and Σ_k t_k f_k f_kᵀ of the features f_k = φ_a(t_k) u_k, a < degree, with t in [−1, 1] and orthonormal
 * Legendre polynomials, t φ_a = b_{a+1} φ_{a+1} + b_a φ_{a−1}. They come from the moments Σ_k φ_a(t_k) u_k u_kᵀ, a <
 * 2·degree.
 */
function gramMatrices(rows: readonly Float64Array[], degree: number): { gram: Float64Array; position: Float64Array } {
  const r = rows.length;
  const block = r * r;
  const size = degree * r;
  const b = Float64Array.from({ length: 2 * degree + 1 }, (_, a) => a / Math.sqrt(4 * a * a - 1 || 1));
  /** Σ φ_a φ_c u uᵀ for c < 2·degree − a. */
  const products: Float64Array[][] = [moments(rows, 2 * degree, b)];
  for (let a = 0; a + 1 < degree; a++) {
    const own = products[a];
    products.push(
      Array.from({ length: 2 * degree - a - 1 }, (_, c) => {
        const next = new Float64Array(block);
        for (let k = 0; k < block; k++) {
          const up = b[c + 1] * own[c + 1][k];
          const down = c > 0 ? b[c] * own[c - 1][k] : 0;
          const before = a > 0 ? b[a] * products[a - 1][c][k] : 0;
          next[k] = (up + down - before) / b[a + 1];
        }
        return next;
      }),
    );
  }
  const gram = new Float64Array(size * size);
  const position = new Float64Array(size * size);
  for (let a = 0; a < degree; a++) {
    for (let c = 0; c <= a; c++) {
      for (let i = 0; i < r; i++) {
        for (let j = 0; j < r; j++) {
          const k = i * r + j;
          const value = products[c][a][k];
          const moved = b[a + 1] * products[c][a + 1][k] + (a > 0 ? b[a] * products[c][a - 1][k] : 0);
          for (const at of [(a * r + i) * size + c * r + j, (c * r + j) * size + a * r + i]) {
            gram[at] = value;
            position[at] = moved;
          }
        }
      }
    }
  }
  return { gram, position };
}

function moments(rows: readonly Float64Array[], count: number, b: Float64Array): Float64Array[] {
  const r = rows.length;
  const n = rows[0].length;
  const result = Array.from({ length: count }, () => new Float64Array(r * r));
  const values = new Float64Array(count);
  for (let k = 0; k < n; k++) {
    const t = (2 * k) / (n - 1) - 1;
    values[0] = 1;
    for (let a = 0; a + 1 < count; a++) {
      values[a + 1] = (t * values[a] - (a > 0 ? b[a] * values[a - 1] : 0)) / b[a + 1];
    }
    for (let i = 0; i < r; i++) {
      for (let j = 0; j <= i; j++) {
        const square = rows[i][k] * rows[j][k];
        for (let a = 0; a < count; a++) result[a][i * r + j] += values[a] * square;
      }
    }
  }
  for (const moment of result) {
    for (let i = 0; i < r; i++) for (let j = 0; j < i; j++) moment[j * r + i] = moment[i * r + j];
  }
  return result;
}

/** Row-major product of an l×m and an m×n matrix. */
function product(left: Float64Array, right: Float64Array, l: number, m: number, n: number): Float64Array {
  const out = new Float64Array(l * n);
  for (let a = 0; a < l; a++) {
    for (let k = 0; k < m; k++) {
      const factor = left[a * m + k];
      for (let c = 0; c < n; c++) out[a * n + c] += factor * right[k * n + c];
    }
  }
  return out;
}

function transposed(matrix: Float64Array, rows: number, columns: number): Float64Array {
  return Float64Array.from({ length: rows * columns }, (_, k) => matrix[(k % rows) * columns + Math.floor(k / rows)]);
}
