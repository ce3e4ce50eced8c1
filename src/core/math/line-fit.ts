/** Least-squares lines, and power laws as lines of logarithms. */
import { exp, log, squared } from './elementary.ts';

export interface Line {
  readonly slope: number;
  /** Value at 0. */
  readonly intercept: number;
  /** Standard error of the slope, from the scatter of the values around the line; NaN below three values. */
  readonly se: number;
  /** How many values. */
  readonly n: number;
}

/**
 * The line v = intercept + slope · u through the finite pairs from `start` to before `end`; null below two different u.
 * @param u, v of the same length.
 */
export function fitLine(u: ArrayLike<number>, v: ArrayLike<number>, start = 0, end = u.length): Line | null {
  let n = 0;
  let meanU = 0;
  let meanV = 0;
  for (let k = start; k < end; k++) {
    if (!Number.isFinite(u[k] + v[k])) continue;
    n++;
    meanU += u[k];
    meanV += v[k];
  }
  meanU /= n;
  meanV /= n;
  let square = 0;
  let product = 0;
  for (let k = start; k < end; k++) {
    if (!Number.isFinite(u[k] + v[k])) continue;
    square += squared(u[k] - meanU);
    product += (u[k] - meanU) * (v[k] - meanV);
  }
  if (n < 2 || !(square > 0)) return null;
  const slope = product / square;
  let rest = 0;
  for (let k = start; k < end; k++) {
    if (Number.isFinite(u[k] + v[k])) rest += squared(v[k] - meanV - slope * (u[k] - meanU));
  }
  return { slope, intercept: meanV - slope * meanU, se: n > 2 ? Math.sqrt(rest / (n - 2) / square) : NaN, n };
}

/** Logarithms; NaN of what is not positive. */
export const logarithms = (values: ArrayLike<number>): Float64Array =>
  Float64Array.from(values, (value) => (value > 0 ? log(value) : NaN));

/** y = factor · x^slope, with what is known of the slope (Line). */
export interface PowerLaw extends Pick<Line, 'slope' | 'se' | 'n'> {
  readonly factor: number;
}

/** The power law that is the least-squares line of the logarithms of positive pairs; null below two different x. */
export function fitPowerLaw(pairs: readonly (readonly [x: number, y: number])[]): PowerLaw | null {
  const line = fitLine(logarithms(pairs.map(([x]) => x)), logarithms(pairs.map(([, y]) => y)));
  return line && { slope: line.slope, se: line.se, n: line.n, factor: exp(line.intercept) };
}
