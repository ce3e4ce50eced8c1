/** Local decay exponents −d log R/d log t of a curve. */
import { log, squared } from '../../math/elementary.ts';

/**
 * Exponent at every point, by least squares on log–log over the points within a factor `window` of its time.
 * @param t times, ascending; `values` the curve there.
 * @param window > 1.
 * @returns NaN where t or the value is not positive, or where fewer than three points are in the window.
 */
export function decayExponents(t: ArrayLike<number>, values: ArrayLike<number>, window = Math.sqrt(10)): Float64Array {
  if (!(window > 1)) throw new RangeError(`expected a window > 1, got ${window}`);
  return Float64Array.from({ length: t.length }, (_, k) =>
    t[k] > 0 && values[k] > 0 ? slope(t, values, t[k] / window, t[k] * window) : NaN,
  );
}

/** One exponent over the times from `from` to `to`; NaN with fewer than three points there. */
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
