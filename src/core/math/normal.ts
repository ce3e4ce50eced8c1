/** The standard normal law: density, distribution function accurate in both tails, and quantile. */
import { exp, expm1, log, squared } from './elementary.ts';

const SQRT_2PI = Math.sqrt(2 * Math.PI);
const TWO_OVER_SQRT_PI = 2 / Math.sqrt(Math.PI);

/** Step of the trapezoid rule behind `erfc`; its error is exp(−(π/h)²) = 7e-18. */
const STEP = 0.5;
const NODES = 13;
const nodeSquare = Float64Array.from({ length: NODES }, (_, k) => squared(STEP * (k + 1)));
const nodeWeight = nodeSquare.map((square) => 2 * exp(-square));

/** exp(−x²) without the loss of x² ulp that squaring a large x would cost. */
function expMinusSquare(x: number): number {
  const high = Math.round(x * 16) / 16;
  return exp(-high * high) * exp((high - x) * (high + x));
}

/** erf near 0 by its series with positive terms, 2/√π e^{−x²} Σ 2ⁿ x^{2n+1} / (2n+1)!!. */
function erfSeries(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return TWO_OVER_SQRT_PI * exp(-x * x) * sum;
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
  return x < Math.PI / STEP ? trapezoid - 2 / expm1((2 * Math.PI * x) / STEP) : trapezoid;
}

/** Density of N(0, 1). */
export function normalDensity(x: number): number {
  return exp(-0.5 * x * x) / SQRT_2PI;
}

/** Φ(x), relative error of a few ulp in both tails. */
export function normalCdf(x: number): number {
  return 0.5 * erfc(-x * Math.SQRT1_2);
}

/** Numerator and denominator of a rational function, constant terms first. */
type Rational = readonly [readonly number[], readonly number[]];

// Wichura's coefficients: |p − ½| <= 0.425, then √(−log p) below and above 5.
const CENTER: Rational = [
  [
    3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946, 45921.95393154987, 67265.7709270087,
    33430.57558358813, 2509.0809287301227,
  ],
  [
    1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597, 39307.89580009271,
    28729.085735721943, 5226.495278852854,
  ],
];
const SHOULDER: Rational = [
  [
    1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045, 1.2704582524523684,
    0.2417807251774506, 0.022723844989269184, 0.0007745450142783414,
  ],
  [
    1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008, 0.015198666563616457,
    0.0005475938084995345, 1.0507500716444169e-9,
  ],
];
const TAIL: Rational = [
  [
    6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487, 0.026532189526576124,
    0.0012426609473880784, 2.7115555687434876e-5, 2.0103343992922881e-7,
  ],
  [
    1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 0.0007868691311456133, 1.8463183175100548e-5,
    1.421511758316446e-7, 2.0442631033899397e-15,
  ],
];

function evaluate([top, bottom]: Rational, x: number): number {
  let numerator = top[7];
  let denominator = bottom[7];
  for (let k = 6; k >= 0; k--) {
    numerator = numerator * x + top[k];
    denominator = denominator * x + bottom[k];
  }
  return numerator / denominator;
}

/**
 * Φ⁻¹(p), relative error near 1e-15 plus what rounding 1 − p costs; ±Infinity at 0 and 1, NaN outside.
 * M. J. Wichura, Algorithm AS 241, Applied Statistics 37 (1988) 477.
 */
export function normalQuantile(p: number): number {
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) return q * evaluate(CENTER, 0.180625 - q * q);
  if (!(p > 0 && p < 1)) return p === 0 ? -Infinity : p === 1 ? Infinity : Number.NaN;
  const r = Math.sqrt(-log(q < 0 ? p : 1 - p));
  const x = r <= 5 ? evaluate(SHOULDER, r - 1.6) : evaluate(TAIL, r - 5);
  return q < 0 ? -x : x;
}

/** Knots of the fast Φ: spacing 1/64 on [−RANGE, RANGE]; Φ and φ/64 at each. */
const RANGE = 8;
const KNOTS_PER_UNIT = 64;
const knots = Float64Array.from({ length: 2 * (2 * RANGE * KNOTS_PER_UNIT + 1) }, (_, k) => {
  const x = (k >> 1) / KNOTS_PER_UNIT - RANGE;
  return k % 2 === 0 ? normalCdf(x) : normalDensity(x) / KNOTS_PER_UNIT;
});

/** Φ(x) by cubic interpolation, absolute error below 3e-10: for sums over many points. */
export function fastNormalCdf(x: number): number {
  if (!(x > -RANGE && x < RANGE)) return normalCdf(x);
  const position = (x + RANGE) * KNOTS_PER_UNIT;
  // just below RANGE the sum is rounded to the end of the table
  const knot = Math.min(Math.floor(position), 2 * RANGE * KNOTS_PER_UNIT - 1);
  const s = position - knot;
  const left = knots[2 * knot];
  const leftSlope = knots[2 * knot + 1];
  const rise = knots[2 * knot + 2] - left;
  const rightSlope = knots[2 * knot + 3];
  return left + s * (leftSlope + s * (3 * rise - 2 * leftSlope - rightSlope + s * (leftSlope + rightSlope - 2 * rise)));
}
