/** Decay exponents −d log R / d log t of a curve: slopes of least-squares lines in log–log. */
import { fitLine, logarithms } from '../../math/line-fit.ts';

/** Half-width of the local window in log₁₀ t. A difference between neighbouring points would show noise, not the exponent. */
const HALF_WIDTH = 0.1;

/**
 * The local exponent at every point: over the points within a factor 1.26 of its time, and at least its neighbours.
 * @param t times, ascending; `values` the curve there.
 * @returns NaN where t or the value is not positive, or no neighbour has values.
 */
export function decayExponents(t: ArrayLike<number>, values: ArrayLike<number>): Float64Array {
  const points = t.length;
  const u = logarithms(t);
  const v = logarithms(values);
  const half = HALF_WIDTH * Math.LN10 * (1 + 1e-9);
  const out = new Float64Array(points).fill(NaN);
  let first = 0;
  let end = 0;
  for (let p = 0; p < points; p++) {
    if (!Number.isFinite(u[p] + v[p])) continue;
    while (first < p && !(u[first] >= u[p] - half)) first++;
    end = Math.max(end, p + 1);
    while (end < points && u[end] <= u[p] + half) end++;
    // at least the neighbours, where the grid is coarser than the window
    const line = fitLine(u, v, Math.min(first, Math.max(0, p - 1)), Math.max(end, Math.min(points, p + 2)));
    if (line) out[p] = -line.slope;
  }
  return out;
}

/** One exponent over the times from `from` to `to`; NaN with fewer than three points of positive values there. */
export function fittedExponent(t: ArrayLike<number>, values: ArrayLike<number>, from: number, to: number): number {
  let start = 0;
  // one part in 1e9: a grid point at the end of the window is in it
  while (start < t.length && !(t[start] >= from * (1 - 1e-9))) start++;
  let end = start;
  while (end < t.length && t[end] <= to * (1 + 1e-9)) end++;
  const line = fitLine(logarithms(t), logarithms(values), start, end);
  return line && line.n >= 3 ? -line.slope : NaN;
}
