/** The chi-square law: the squared length of a standard normal vector. */
import { exp, log } from './elementary.ts';
import { normalQuantile } from './normal.ts';

const cubed = (x: number): number => x * x * x;

/** log Γ(d/2 + 1), from Γ(1) = 1 or Γ(1/2) = √π. */
function logGammaHalf(degrees: number): number {
  let sum = degrees % 2 === 0 ? 0 : 0.5 * log(Math.PI);
  for (let k = degrees; k > 0; k -= 2) sum += log(0.5 * k);
  return sum;
}

/** P(χ² <= x) by the series of the incomplete gamma function, whose terms are positive. */
function distribution(degrees: number, logGamma: number, x: number): number {
  const half = 0.5 * x;
  let term = 1;
  let sum = 1;
  for (let k = 1; term > 1e-17 * sum; k++) {
    term *= half / (0.5 * degrees + k);
    sum += term;
  }
  return sum * exp(0.5 * degrees * log(half) - half - logGamma);
}

/**
 * Quantile of χ² by Newton's method from Wilson and Hilferty's approximation, absolute error of P below 1e-12.
 * @param p in (0, 1), farther than 1e-9 from its ends.
 * @param degrees d, a whole number >= 1.
 */
export function chiSquareQuantile(p: number, degrees: number): number {
  const logGamma = logGammaHalf(degrees);
  const spread = 2 / (9 * degrees);
  let x = Math.max(1e-3, degrees * cubed(1 - spread + normalQuantile(p) * Math.sqrt(spread)));
  for (let k = 0; k < 100; k++) {
    const missing = p - distribution(degrees, logGamma, x);
    if (Math.abs(missing) < 1e-13) break;
    const density = 0.5 * degrees * exp((0.5 * degrees - 1) * log(0.5 * x) - 0.5 * x - logGamma) * 0.5;
    x = Math.max(0.1 * x, Math.min(10 * x, x + missing / density));
  }
  return x;
}
