/** Eigenvalues of a computed covariance: a few are below zero by rounding. */

/** Largest negative that is rounding, as a share of the largest entry of its row. */
export const ROUND_OFF = 1e-10;
/** The same for numbers of single precision. */
export const ROUND_OFF_SINGLE = 1e-5;

export interface Cleared {
  /** The row itself where nothing had to be changed. */
  readonly row: readonly number[];
  /** Entries that count as 0 now. */
  readonly count: number;
  /** The first negative entry that is no rounding, or -1. */
  readonly wrong: number;
}

/** A row without negatives that are rounding. */
export function withoutRoundOff(row: readonly number[], share = ROUND_OFF): Cleared {
  let largest = 0;
  let hasNegative = false;
  for (const entry of row) {
    if (entry > largest) largest = entry;
    if (entry < 0) hasNegative = true;
  }
  if (!hasNegative) return { row, count: 0, wrong: -1 };
  const least = -share * largest;
  let count = 0;
  let wrong = -1;
  const result = row.map((entry, k) => {
    if (!(entry < 0)) return entry;
    if (entry < least) {
      if (wrong < 0) wrong = k;
      return entry;
    }
    count++;
    return 0;
  });
  return { row: result, count, wrong };
}
