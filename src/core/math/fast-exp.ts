/** The exponential function for inner loops: a table and a short polynomial, faster than Math.exp in V8. */
import { exp } from './elementary.ts';

/** |x| up to which `fastExp` is defined. */
export const FAST_EXP_LIMIT = 300;
const KNOTS_PER_UNIT = 16;
const MIDDLE = FAST_EXP_LIMIT * KNOTS_PER_UNIT + 1;
const table = Float64Array.from({ length: 2 * MIDDLE + 1 }, (_, k) => exp((k - MIDDLE) / KNOTS_PER_UNIT));

/** e^x for |x| <= FAST_EXP_LIMIT, relative error below 1e-14; NaN further out. */
export function fastExp(x: number): number {
  const knot = Math.floor(x * KNOTS_PER_UNIT + 0.5);
  const r = x - knot / KNOTS_PER_UNIT;
  const series = 1 + r * (1 + r * (1 / 2 + r * (1 / 6 + r * (1 / 24 + r * (1 / 120 + r * (1 / 720))))));
  return table[knot + MIDDLE] * series;
}
