/** A power law fitted to all runs. */
import { exp, log, squared } from '../../core/math/elementary.ts';
export interface PowerLaw {
  readonly slope: number;
  /** Standard error of the slope, from the scatter of the values around the fit; NaN below three values. */
  readonly se: number;
  /** y = factor · x^slope. */
  readonly factor: number;
  readonly n: number;
}

/** Least-squares line log y = a + slope · log x over finite positive pairs; null below two different x. */
export function fitPowerLaw(pairs: readonly (readonly [x: number, y: number])[]): PowerLaw | null {
  const logs = pairs.map(([x, y]) => [log(x), log(y)]).filter(([u, v]) => Number.isFinite(u + v));
  const n = logs.length;
  const meanU = logs.reduce((sum, [u]) => sum + u / n, 0);
  const meanV = logs.reduce((sum, [, v]) => sum + v / n, 0);
  const square = logs.reduce((sum, [u]) => sum + squared(u - meanU), 0);
  if (n < 2 || !(square > 0)) return null;
  const slope = logs.reduce((sum, [u, v]) => sum + (u - meanU) * (v - meanV), 0) / square;
  const rest = logs.reduce((sum, [u, v]) => sum + squared(v - meanV - slope * (u - meanU)), 0);
  const se = n > 2 ? Math.sqrt(rest / (n - 2) / square) : NaN;
  return { slope, se, factor: exp(meanV - slope * meanU), n };
}
