/** The decay exponent −d log R/d log t of a curve. */
import { log, squared } from '../../math/elementary.ts';

/**
 * Exponent over the times from `from` to `to`, by least squares on log–log; NaN with fewer than three points there.
 * @param t times, ascending; `values` the curve there. Points where either is not positive are left out.
 */
export function fittedExponent(t: ArrayLike<number>, values: ArrayLike<number>, from: number, to: number): number {
  return slope(t, values, from, to);
}

function slope(t: ArrayLike<number>, values: ArrayLike<number>, from: number, to: number): number {
  const points: [number, number][] = [];
  for (let k = 0; k < t.length; k++) {
    // one part in 1e9: a grid point at the end of the window is in it
    const inside = t[k] >= from * (1 - 1e-9) && t[k] <= to * (1 + 1e-9);
    if (inside && t[k] > 0 && values[k] > 0) points.push([log(t[k]), log(values[k])]);
  }
  if (points.length < 3) return NaN;
  const meanX = points.reduce((sum, [x]) => sum + x, 0) / points.length;
  const meanY = points.reduce((sum, [, y]) => sum + y, 0) / points.length;
  let top = 0;
  let bottom = 0;
  for (const [x, y] of points) {
    top += (x - meanX) * (y - meanY);
    bottom += squared(x - meanX);
  }
  return bottom > 0 ? -top / bottom : NaN;
}
