/** The standard normal law: density, distribution function accurate in both tails, and quantile. */

const SQRT_2PI = Math.sqrt(2 * Math.PI);
const TWO_OVER_SQRT_PI = 2 / Math.sqrt(Math.PI);

/** Step of the trapezoid rule behind `erfc`; its error is exp(−(π/h)²) = 7e-18. */
const STEP = 0.5;
const NODES = 13;
const nodeSquare = Float64Array.from({ length: NODES }, (_, k) => (STEP * (k + 1)) ** 2);
const nodeWeight = nodeSquare.map((square) => 2 * Math.exp(-square));

/** exp(−x²) without the loss of x² ulp that squaring a large x would cost. */
function expMinusSquare(x: number): number {
  const high = Math.round(x * 16) / 16;
  return Math.exp(-high * high) * Math.exp((high - x) * (high + x));
}

/** erf near 0 by its series with positive terms, 2/√π e^{−x²} Σ 2ⁿ x^{2n+1} / (2n+1)!!. */
function erfSeries(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return TWO_OVER_SQRT_PI * Math.exp(-x * x) * sum;
}

/**
 * Complementary error function, relative error of a few ulp wherever the value is a normal number.
 * For x >= 1 the trapezoid rule on erfc(x) = (2x/π) e^{−x²} ∫_0^∞ e^{−s²}/(s² + x²) ds with the residue of its pole
 * (C. Chiarella & A. Reichel, Math. Comp. 22 (1968) 137).
 */
export function erfc(x: number): number {
  if (x < 0) return x > -1 ? 1 + erfSeries(-x) : 2 - erfc(-x);
  if (x < 1) return 1 - erfSeries(x);
  if (x > 27.3) return 0;
  if (Number.isNaN(x)) return Number.NaN;
  const square = x * x;
  let sum = 1 / square;
  for (let k = 0; k < NODES; k++) sum += nodeWeight[k] / (nodeSquare[k] + square);
  const trapezoid = ((STEP * x) / Math.PI) * expMinusSquare(x) * sum;
  return x < Math.PI / STEP ? trapezoid - 2 / Math.expm1((2 * Math.PI * x) / STEP) : trapezoid;
}

/** Density of N(0, 1). */
export function normalDensity(x: number): number {
  return Math.exp(-0.5 * x * x) / SQRT_2PI;
}

/** Φ(x), relative error of a few ulp in both tails. */
export function normalCdf(x: number): number {
  return 0.5 * erfc(-x * Math.SQRT1_2);
}

/**
 * Φ⁻¹(p), relative error near 1e-15; ±Infinity at 0 and 1, NaN outside.
 * Start: Abramowitz & Stegun 26.2.23 (4.5e-4); two steps of Halley's method make it exact to rounding.
 */
export function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1)) return p === 0 ? -Infinity : p === 1 ? Infinity : Number.NaN;
  if (p > 0.5) return -normalQuantile(1 - p);
  const t = Math.sqrt(-2 * Math.log(p));
  let x = (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))) - t;
  for (let step = 0; step < 2; step++) {
    const newton = (normalCdf(x) - p) / normalDensity(x);
    x -= newton / (1 + 0.5 * x * newton);
  }
  return x;
}
