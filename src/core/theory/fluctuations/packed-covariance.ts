/** Sums over a symmetric matrix that is kept packed, by rows of its lower triangle, from a place in a state on. */
import { type PartVector } from './deviations.ts';

/** Entries of n rows. */
export const packedRows = (rows: number): number => (rows * (rows + 1)) / 2;
/** Place of row i; entry (i, j), j <= i, is j further on. */
export const rowAt = (i: number): number => (i * (i + 1)) / 2;

/**
 * C r into `out`, one entry per row of C.
 * @param at place of C in `state`.
 */
export function times(state: Float64Array, at: number, { from, values }: PartVector, out: Float64Array): void {
  const end = from + values.length;
  out.fill(0);
  for (let i = from; i < end; i++) {
    const row = at + rowAt(i);
    const own = values[i - from];
    if (own !== 0) for (let j = 0; j < from; j++) out[j] += state[row + j] * own;
    let sum = state[row + i] * own;
    for (let j = from; j < i; j++) {
      const entry = state[row + j];
      sum += entry * values[j - from];
      out[j] += entry * own;
    }
    out[i] += sum;
  }
  for (let i = end; i < out.length; i++) {
    const row = at + rowAt(i) + from;
    let sum = 0;
    for (let j = 0; j < values.length; j++) sum += state[row + j] * values[j];
    out[i] = sum;
  }
}

/** r · y of y over all deviations. */
export function dotPart({ from, values }: PartVector, y: Float64Array): number {
  let sum = 0;
  for (let n = 0; n < values.length; n++) sum += values[n] * y[from + n];
  return sum;
}
