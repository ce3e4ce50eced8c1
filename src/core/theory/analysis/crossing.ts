/** When a curve first reaches a level. */

/**
 * First time at which a curve is at a level or above it, by linear interpolation between grid points.
 * @param t times, ascending; `values` the curve there, NaN where it is not.
 * @returns Infinity where it never is.
 */
export function firstCrossing(t: ArrayLike<number>, values: ArrayLike<number>, level: number): number {
  for (let p = 0; p < t.length; p++) {
    if (!(values[p] >= level)) continue;
    const before = p > 0 ? values[p - 1] : NaN;
    return before < level ? t[p - 1] + ((t[p] - t[p - 1]) * (level - before)) / (values[p] - before) : t[p];
  }
  return Infinity;
}
