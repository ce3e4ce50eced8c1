/** Local decay exponent −d log R / d log t: a least-squares slope within a factor of t, the same for theory and runs. */
import { said, texts } from '../../text/texts.ts';
import { log, squared } from '../../core/math/elementary.ts';
import { fieldQuantity } from '../sample.ts';
import { scalarFigure } from './scalar.ts';

/** Half-width of the window in log₁₀ t. A difference between neighbouring points would show noise, not the exponent. */
const HALF_DECADE = 0.1;

/**
 * −d log y / d log t at every grid point; NaN where t or y is not positive, or no neighbour has values.
 * @param t ascending.
 */
export function decayExponent(t: Float64Array, y: Float64Array): Float64Array {
  const points = t.length;
  const u = t.map((value) => (value > 0 ? log(value) : NaN));
  const v = y.map((value) => (value > 0 ? log(value) : NaN));
  const half = HALF_DECADE * Math.LN10 * (1 + 1e-9);
  const out = new Float64Array(points).fill(NaN);
  let first = 0;
  let end = 0;
  for (let p = 0; p < points; p++) {
    if (!Number.isFinite(u[p]) || !Number.isFinite(v[p])) continue;
    while (first < p && !(u[first] >= u[p] - half)) first++;
    end = Math.max(end, p + 1);
    while (end < points && u[end] <= u[p] + half) end++;
    // at least the neighbours, where the grid is coarser than the window
    out[p] = -slope(u, v, Math.min(first, Math.max(0, p - 1)), Math.max(end, Math.min(points, p + 2)));
  }
  return out;
}

/** Least-squares slope over the points that are there; NaN for fewer than two. */
function slope(u: Float64Array, v: Float64Array, start: number, end: number): number {
  let n = 0;
  let meanU = 0;
  let meanV = 0;
  for (let k = start; k < end; k++) {
    if (!Number.isFinite(u[k]) || !Number.isFinite(v[k])) continue;
    n++;
    meanU += (u[k] - meanU) / n;
    meanV += (v[k] - meanV) / n;
  }
  let square = 0;
  let product = 0;
  for (let k = start; k < end; k++) {
    if (!Number.isFinite(u[k]) || !Number.isFinite(v[k])) continue;
    square += squared(u[k] - meanU);
    product += (u[k] - meanU) * (v[k] - meanV);
  }
  return n > 1 && square > 0 ? product / square : NaN;
}

export const decay = scalarFigure({
  kind: 'decay',
  title: said('figure.decay'),
  subtitle: (_, { language }) => texts(language).say('subtitle.decay'),
  valueName: said('quantity.decay'),
  quantity: said('column.decay'),
  scale: 'signed',
  value: () => (results, curve) => decayExponent(results.frame.t, fieldQuantity('risk')(results, curve)),
  applies: () => true,
});
