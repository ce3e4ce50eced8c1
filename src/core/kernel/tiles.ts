/**
 * How the instance keeps matrices (assembly/passes.ts): rows padded with zeros, and those of X, X* in tiles of up to
 * three rows, in which the pairs of coordinates of the rows alternate.
 */

/** Coordinates are padded to a multiple of this. */
const PADDING = 32;
const MAX_ROWS_PER_TILE = 3;
/** Step of a row that has its tile for itself. */
const ALONE = 2;

/** d with padding. */
export function paddedLength(dimension: number): number {
  return PADDING * Math.ceil(dimension / PADDING);
}

/** Copies the rows of a matrix with d columns to rows that are padded. */
export function padRows(matrix: Float64Array, dimension: number, into: Float64Array): void {
  const length = paddedLength(dimension);
  for (let row = 0; row < matrix.length / dimension; row++) {
    into.set(matrix.subarray(row * dimension, (row + 1) * dimension), row * length);
  }
}

/** Where a row is in a tiled matrix: entry k is at start + (k >> 1) · step + (k & 1). */
function placeOf(row: number, rows: number, dimension: number): { start: number; step: number } {
  const tiles = Math.ceil(rows / MAX_ROWS_PER_TILE);
  const firstOf = (tile: number) => Math.floor((tile * rows) / tiles);
  let tile = 0;
  while (firstOf(tile + 1) <= row) tile++;
  const first = firstOf(tile);
  return { start: first * paddedLength(dimension) + 2 * (row - first), step: 2 * (firstOf(tile + 1) - first) };
}

/** Copies `rows` rows of a matrix with d columns to a tiled one. */
export function tileRows(matrix: Float64Array, rows: number, dimension: number, into: Float64Array): void {
  for (let row = 0; row < rows; row++) {
    const { start, step } = placeOf(row, rows, dimension);
    for (let k = 0; k < dimension; k++) into[start + (k >> 1) * step + (k & 1)] = matrix[row * dimension + k];
  }
}

/** Copies the rows of a tiled matrix to a matrix with d columns. */
export function untileRows(tiled: Float64Array, rows: number, dimension: number, into: Float64Array): void {
  for (let row = 0; row < rows; row++) {
    const { start, step } = placeOf(row, rows, dimension);
    if (step === ALONE) {
      into.set(tiled.subarray(start, start + dimension), row * dimension);
      continue;
    }
    for (let k = 0; k < dimension; k++) into[row * dimension + k] = tiled[start + (k >> 1) * step + (k & 1)];
  }
}
