/** How far the values of a curve go. */

export interface Extent {
  /** Lowest, lowest positive and highest finite value; ±Infinity where there is none. */
  readonly low: number;
  readonly lowPositive: number;
  readonly high: number;
  /** How many values are 0 or below. */
  readonly nonPositive: number;
}

interface Known extends Extent {
  readonly from: number;
  readonly to: number;
}

/** Of the part that was asked for last: a redraw asks for the same one more often than not. */
const known = new WeakMap<Float64Array, Known>();

/**
 * Of the values from index `from` to before `to`.
 * @param curve whose values do not change.
 * @param ceiling values whose size is above it are left out.
 */
export function extentOf(curve: Float64Array, from: number, to: number, ceiling = Infinity): Extent {
  if (ceiling < Infinity) return measure(curve, from, to, ceiling);
  let found = known.get(curve);
  if (found?.from !== from || found.to !== to) {
    found = { from, to, ...measure(curve, from, to, Number.MAX_VALUE) };
    known.set(curve, found);
  }
  return found;
}

function measure(curve: Float64Array, from: number, to: number, ceiling: number): Extent {
  let low = Infinity;
  let lowPositive = Infinity;
  let high = -Infinity;
  let nonPositive = 0;
  for (let p = from; p < to; p++) {
    const value = curve[p];
    if (value <= 0) nonPositive++;
    if (!(value >= -ceiling && value <= ceiling)) continue;
    if (value < low) low = value;
    if (value > 0 && value < lowPositive) lowPositive = value;
    if (value > high) high = value;
  }
  return { low, lowPositive, high, nonPositive };
}
