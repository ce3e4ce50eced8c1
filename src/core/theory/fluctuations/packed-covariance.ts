/**
 * Sums over a symmetric matrix of n rows that is kept packed, by rows of its lower triangle, from a place in a state on. The
 * first half of its rows are deviations of x, the second those of x² (fluctuation-drift.ts).
 */

/** Entries of n rows. */
export const packedRows = (rows: number): number => (rows * (rows + 1)) / 2;
/** Place of row i; entry (i, j), j <= i, is j further on. */
export const rowAt = (i: number): number => (i * (i + 1)) / 2;

/** A vector over deviations that vanishes on one of the halves. */
export interface HalfVector {
  /** Whether it is on x; else on x². */
  readonly ofX: boolean;
  /** N entries. */
  readonly values: Float64Array;
}

/**
 * C r into `out` (2N).
 * @param at place of C in `state`.
 */
export function times(state: Float64Array, at: number, { ofX, values }: HalfVector, out: Float64Array): void {
  const half = values.length;
  out.fill(0);
  if (ofX) {
    for (let i = 0; i < half; i++) {
      const row = at + rowAt(i);
      const own = values[i];
      let sum = state[row + i] * own;
      for (let j = 0; j < i; j++) {
        const entry = state[row + j];
        sum += entry * values[j];
        out[j] += entry * own;
      }
      out[i] += sum;
    }
    for (let i = half; i < 2 * half; i++) {
      const row = at + rowAt(i);
      let sum = 0;
      for (let j = 0; j < half; j++) sum += state[row + j] * values[j];
      out[i] = sum;
    }
    return;
  }
  for (let i = 0; i < half; i++) {
    const row = at + rowAt(half + i);
    const own = values[i];
    if (own !== 0) for (let j = 0; j < half; j++) out[j] += state[row + j] * own;
    let sum = state[row + half + i] * own;
    for (let j = 0; j < i; j++) {
      const entry = state[row + half + j];
      sum += entry * values[j];
      out[half + j] += entry * own;
    }
    out[half + i] += sum;
  }
}

/** r · y of y over all deviations. */
export function dotHalf({ ofX, values }: HalfVector, y: Float64Array): number {
  const from = ofX ? 0 : values.length;
  let sum = 0;
  for (let n = 0; n < values.length; n++) sum += values[n] * y[from + n];
  return sum;
}
