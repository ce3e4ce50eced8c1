/** C′ = J C + C Jᵀ + N of (T16), written into a state in which C is packed. */
import { packed } from '../../model/overlaps.ts';
import { type Deviations } from './deviations.ts';
import { type LocalTerms } from './local-terms.ts';
import { rowAt } from './packed-covariance.ts';

/** Two vectors over the rows of C; their outer product and its transpose are part of C′. */
export type OuterPair = readonly [Float64Array, Float64Array];

/** Writes C′ from the terms and the pairs as they are. */
export type CovarianceWriter = (y: Float64Array, out: Float64Array) => void;

/** The writer of a layout. */
export const createCovarianceWriter = (
  deviations: Deviations,
  covarianceAt: number,
  terms: LocalTerms,
  pairs: readonly OuterPair[],
): CovarianceWriter =>
  (deviations.fields === 1 && deviations.accumulatedAt < 0 ? plainWriter : generalWriter)(
    deviations,
    covarianceAt,
    terms,
    pairs,
  );

/** δx and δq of plain SGD, in one pass over the packed rows. */
function plainWriter(
  { nodes, rows }: Deviations,
  covarianceAt: number,
  { matrix, noise }: LocalTerms,
  pairs: readonly OuterPair[],
): CovarianceWriter {
  const [square, mixed, fourth] = noise;
  const decay = new Float64Array(rows);
  return (y, out) => {
    const [ofX, , , ofSquare] = matrix;
    if (ofX) decay.set(ofX);
    if (ofSquare) decay.set(ofSquare, nodes);
    const turn = matrix[2];
    for (let i = 0; i < rows; i++) {
      const own = rowAt(i);
      const row = covarianceAt + own;
      const rate = decay[i];
      for (let j = 0; j <= i; j++) out[row + j] = (rate + decay[j]) * y[row + j];
      if (i < nodes) {
        out[row + i] += square[i];
      } else if (turn) {
        const n = i - nodes;
        const factor = turn[n];
        const upper = covarianceAt + rowAt(n);
        for (let j = 0; j <= n; j++) out[row + j] += factor * y[upper + j];
        for (let j = n + 1; j <= i; j++) out[row + j] += factor * y[covarianceAt + rowAt(j) + n];
        for (let k = 0; k <= n; k++) out[row + nodes + k] += turn[k] * y[row + k];
        out[row + n] += mixed[n];
        out[row + i] += fourth[n];
      }
      for (const [first, second] of pairs) {
        const [a, b] = [first[i], second[i]];
        if (a === 0 && b === 0) continue;
        for (let j = 0; j <= i; j++) out[row + j] += a * second[j] + b * first[j];
      }
    }
  };
}

/** Any fields, with or without δG: half of C′ is put together in full rows, which run along memory, then folded. */
function generalWriter(
  { nodes, blocks, rows }: Deviations,
  covarianceAt: number,
  { matrix, noise }: LocalTerms,
  pairs: readonly OuterPair[],
): CovarianceWriter {
  const full = new Float64Array(rows * rows);
  const half = new Float64Array(rows * rows);

  function unpack(y: Float64Array): void {
    for (let i = 0; i < rows; i++) {
      const row = covarianceAt + rowAt(i);
      for (let j = 0; j <= i; j++) full[i * rows + j] = full[j * rows + i] = y[row + j];
    }
  }

  function addRow(i: number, factor: number, from: Float64Array, at: number): void {
    if (factor === 0) return;
    const row = i * rows;
    for (let j = 0; j < rows; j++) half[row + j] += factor * from[at + j];
  }

  return (y, out) => {
    unpack(y);
    half.fill(0);
    for (let p = 0; p < blocks; p++) {
      for (let e = 0; e < blocks; e++) {
        const values = matrix[p * blocks + e];
        if (values) for (let n = 0; n < nodes; n++) addRow(p * nodes + n, values[n], full, (e * nodes + n) * rows);
      }
    }
    for (const [first, second] of pairs) for (let i = 0; i < rows; i++) addRow(i, first[i], second, 0);
    for (let i = 0; i < rows; i++) {
      const row = covarianceAt + rowAt(i);
      for (let j = 0; j <= i; j++) out[row + j] = half[i * rows + j] + half[j * rows + i];
    }
    for (let p = 0; p < blocks; p++) {
      for (let q = 0; q <= p; q++) {
        const values = noise[packed(p, q)];
        for (let n = 0; n < nodes; n++) out[covarianceAt + rowAt(p * nodes + n) + q * nodes + n] += values[n];
      }
    }
  };
}
