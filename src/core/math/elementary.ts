/**
 * Elementary functions that are the same to the bit on every JavaScript engine. IEEE 754 fixes +, −, ×, ÷ and √, but
 * the language leaves exp, log, pow, cos … to the engine. Engines and their versions differ in the last place; so does
 * `x ** y`, even between an engine's interpreter and its compiler. What defines a model or a result uses these; the
 * linter refuses the others in src/core. The kernel (wasm/assembly) has its own compiled in.
 *
 * Method: tables at a grid, made in double-double arithmetic, and short Taylor polynomials between (P. T. P. Tang, ACM
 * TOMS 15 (1989) 144 and 16 (1990) 378). A result is a number known to more than double precision plus one that is
 * small beside it, so that rounding their sum is most of the error. It is at most 0.52 ulp for exp and pow, 0.75 ulp
 * for the others (test/fixtures/elementary).
 */
import { divide, doubleDouble, exponential, logarithm, multiply, productError } from './double-double.ts';

/** x². */
export const squared = (x: number): number => x * x;

const nearestMultiple = (x: number, unit: number): number => Math.round(x / unit) * unit;

const SMALLEST_NORMAL = 2.2250738585072014e-308;
const TWO_TO_54 = 18014398509481984;
const TWO_TO_MINUS_42 = 1 / 4398046511104;
const TWO_TO_MINUS_33 = 1 / 8589934592;

const LN2 = logarithm(2);
/** The first 33 bits of ln 2, whose products with whole numbers below 2²⁰ are exact, and the rest. */
const LN2_HIGH = nearestMultiple(LN2.high, TWO_TO_MINUS_33);
const LN2_LOW = LN2.high - LN2_HIGH + LN2.low;

/** 2^k for −1074 <= k <= 1023 at k + 1074. */
const ZEROTH_POWER = 1074;
const powersOfTwo = new Float64Array(ZEROTH_POWER + 1024);
powersOfTwo[ZEROTH_POWER] = 1;
for (let k = 1; k <= 1023; k++) powersOfTwo[ZEROTH_POWER + k] = 2 * powersOfTwo[ZEROTH_POWER + k - 1];
for (let k = 1; k <= ZEROTH_POWER; k++) powersOfTwo[ZEROTH_POWER - k] = 0.5 * powersOfTwo[ZEROTH_POWER - k + 1];

// ---- exp ----

/** Grid points of 2^u per unit of u. */
const STEPS = 128;
const STEP_BITS = 7;
/** 2^(j/STEPS) in two parts, at 2j and 2j + 1. */
const exponentials = new Float64Array(2 * STEPS);
for (let j = 0; j < STEPS; j++) {
  const { high, low } = exponential(multiply(LN2, doubleDouble(j / STEPS)));
  exponentials[2 * j] = high;
  exponentials[2 * j + 1] = low;
}

const STEPS_PER_UNIT = STEPS / LN2.high;
const STEP_HIGH = LN2_HIGH / STEPS;
const STEP_LOW = LN2_LOW / STEPS;
/** Adding it and taking it away rounds a number below 2⁵¹ to a whole one: 1.5 · 2⁵². */
const ROUNDER = 6755399441055744;

/** e^r − 1 for |r| <= ln 2 / (2 STEPS), relative error below 1e-18 of 1. */
const expSeries = (r: number): number => {
  const s = r * r;
  return r + s * (1 / 2 + r * (1 / 6) + s * (1 / 24 + r * (1 / 120)));
};

/** e^(x + rest) / 2^shift for a tiny rest, where that is a normal number. */
function scaledExp(x: number, rest: number, shift: number): number {
  const rounded = x * STEPS_PER_UNIT + ROUNDER - ROUNDER;
  const p = expSeries(x - rounded * STEP_HIGH - (rounded * STEP_LOW - rest));
  const count = rounded | 0;
  const at = 2 * (count & (STEPS - 1));
  const start = exponentials[at];
  return (start + (exponentials[at + 1] + start * p)) * powersOfTwo[(count >> STEP_BITS) - shift + ZEROTH_POWER];
}

/** e^(x + rest) for a tiny rest. */
function expOfSum(x: number, rest: number): number {
  return Math.abs(x) < 708 ? scaledExp(x, rest, 0) : expAtEnds(x, rest);
}

/** Where e^x is close to overflow or subnormal, and beyond: rounded once, by the last product. */
function expAtEnds(x: number, rest: number): number {
  if (x > 0) return x < 710 ? scaledExp(x, rest, 64) * powersOfTwo[64 + ZEROTH_POWER] : Infinity;
  return x < -746 ? 0 : scaledExp(x, rest, -64) * powersOfTwo[ZEROTH_POWER - 64];
}

/** e^x; at most 0.52 ulp off, 1 where the result is subnormal. */
export function exp(x: number): number {
  return expOfSum(x, 0);
}

/** e^x − 1 without cancellation; at most 0.75 ulp off. */
export function expm1(x: number): number {
  if (Math.abs(x) < 0.25) {
    const s = x * x;
    const low = 1 / 6 + x * (1 / 24) + s * (1 / 120 + x * (1 / 720));
    const middle = 1 / 5040 + x * (1 / 40320) + s * (1 / 362880 + x * (1 / 3628800));
    const high = 1 / 39916800 + x * (1 / 479001600) + s * (1 / 6227020800);
    return x + (0.5 * s + s * x * (low + s * s * (middle + s * s * high)));
  }
  if (!(Math.abs(x) < 64)) return exp(x) - 1;
  const rounded = x * STEPS_PER_UNIT + ROUNDER - ROUNDER;
  const p = expSeries(x - rounded * STEP_HIGH - rounded * STEP_LOW);
  const count = rounded | 0;
  const at = 2 * (count & (STEPS - 1));
  const power = powersOfTwo[(count >> STEP_BITS) + ZEROTH_POWER];
  const start = exponentials[at] * power;
  const sum = start - 1;
  const taken = sum - start;
  return sum + (start - (sum - taken) + (-1 - taken) + (exponentials[at + 1] * power + start * p));
}

// ---- log ----

/** Knots per unit, the first one, and their number: from below √½ to 2. */
const KNOTS = 128;
const FIRST_KNOT = 90;
const KNOT_COUNT = 2 * KNOTS + 1 - FIRST_KNOT;
/** Per knot c: 1/c in two parts, and log c in two parts, the first a multiple of 2⁻⁴². */
const knots = new Float64Array(4 * KNOT_COUNT);
for (let k = 0; k < KNOT_COUNT; k++) {
  const knot = (FIRST_KNOT + k) / KNOTS;
  const inverse = divide(doubleDouble(1), doubleDouble(knot));
  const { high, low } = logarithm(knot);
  const start = nearestMultiple(high, TWO_TO_MINUS_42);
  knots.set([inverse.high, inverse.low, start, high - start + low], 4 * k);
}

/** A double, and its higher word. */
const double = new Float64Array([1]);
const words = new Uint32Array(double.buffer);
const HIGH_WORD = words[1] === 0 ? 0 : 1;
/** Higher word of √½. */
const ROOT_HALF = 0x3fe6a09e;

/** The whole k for which x = 2^k z with √½ <= z < √2, of a normal x > 0. */
function exponentOf(x: number): number {
  double[0] = x;
  return ((words[HIGH_WORD] | 0) - ROOT_HALF) >> 20;
}

/** Number of the knot nearest to z > 0, which is at that number / KNOTS. */
const nearestKnot = (z: number): number => (z * KNOTS + 0.5) | 0;

/** log(2^power (c + beyond)) for a knot c and what is beyond it. */
function logFrom(knot: number, beyond: number, power: number): number {
  const at = 4 * (knot - FIRST_KNOT);
  const r = beyond * knots[at];
  const s = r * r;
  const series = s * (-1 / 2 + r * (1 / 3) + s * (-1 / 4 + r * (1 / 5) + s * (-1 / 6 + r * (1 / 7))));
  const base = power * LN2_HIGH + knots[at + 2];
  const sum = base + r;
  return sum + (base - sum + r + (power * LN2_LOW + knots[at + 3] + series));
}

/** Up to here log(1 + x) is a polynomial. */
const NEAR_ONE = 1 / 16;

/** log(1 + x) for |x| <= NEAR_ONE. */
function logNearOne(x: number): number {
  const s = x * x;
  const q = s * s;
  const low = 1 / 3 - x * (1 / 4) + s * (1 / 5 - x * (1 / 6));
  const middle = 1 / 7 - x * (1 / 8) + s * (1 / 9 - x * (1 / 10));
  const high = 1 / 11 - x * (1 / 12) + s * (1 / 13 - x * (1 / 14));
  return x + (s * x * (low + q * (middle + q * high)) - 0.5 * s);
}

/** log x; at most 0.75 ulp off. NaN below 0. */
export function log(x: number): number {
  if (Math.abs(x - 1) < NEAR_ONE) return logNearOne(x - 1);
  if (!(x >= SMALLEST_NORMAL && x < Infinity)) {
    if (x > 0 && x < Infinity) return logAt(x * TWO_TO_54, -54);
    return x === 0 ? -Infinity : x > 0 ? x : NaN;
  }
  return logAt(x, 0);
}

function logAt(x: number, powerBefore: number): number {
  const power = exponentOf(x);
  const z = x * powersOfTwo[ZEROTH_POWER - power];
  const knot = nearestKnot(z);
  return logFrom(knot, z - knot / KNOTS, power + powerBefore);
}

/** log(1 + x), accurate near 0; at most 0.75 ulp off. NaN below −1. */
export function log1p(x: number): number {
  if (Math.abs(x) < NEAR_ONE) return logNearOne(x);
  if (x > 0 && x <= 1) {
    const knot = nearestKnot(1 + x);
    return logFrom(knot, x - (knot - KNOTS) / KNOTS, 0);
  }
  if (!(x > -1 && x < Infinity)) return x === -1 ? -Infinity : x > 0 ? x : NaN;
  const sum = 1 + x;
  const one = sum - x;
  const power = exponentOf(sum);
  const factor = powersOfTwo[ZEROTH_POWER - power];
  const knot = nearestKnot(sum * factor);
  const beyond = sum * factor - knot / KNOTS;
  return logFrom(knot, beyond + (x - (sum - one) + (1 - one)) * factor, power);
}

// ---- pow ----

/** (log1p(r) − r + r²/2)/r³ for |r| < 1/170. */
function cubicLogSeries(r: number): number {
  const s = r * r;
  const low = 1 / 3 - r * (1 / 4) + s * (1 / 5 - r * (1 / 6));
  return low + s * s * (1 / 7 - r * (1 / 8) + s * (1 / 9 - r * (1 / 10)));
}

/**
 * x^y for x >= 0; at most 0.52 ulp off, 1 where the result is subnormal. 1 for y = 0 and for x = 1.
 * NaN for x < 0, whatever y is.
 */
export function pow(x: number, y: number): number {
  if (y === 0 || x === 1) return 1;
  if (!(x > 0 && x < Infinity)) return x === 0 || x === Infinity ? (x > 0 === y > 0 ? Infinity : y === y ? 0 : y) : NaN;
  // log x = high + low to some 2⁻⁶⁹
  const subnormal = x < SMALLEST_NORMAL;
  const normal = subnormal ? x * TWO_TO_54 : x;
  const exponent = exponentOf(normal);
  const z = normal * powersOfTwo[ZEROTH_POWER - exponent];
  const knot = nearestKnot(z);
  const at = 4 * (knot - FIRST_KNOT);
  const power = subnormal ? exponent - 54 : exponent;
  const base = power * LN2_HIGH + knots[at + 2];
  const baseLow = power * LN2_LOW + knots[at + 3];
  const beyond = z - knot / KNOTS;
  const r = beyond * knots[at];
  const rLow = productError(beyond, knots[at], r) + beyond * knots[at + 1];
  const first = base + r;
  const firstLow = base - first + r;
  const halfSquare = 0.5 * r * r;
  const halfSquareLow = productError(0.5 * r, r, halfSquare);
  const second = first - halfSquare;
  const secondLow = first - second - halfSquare;
  const small = baseLow + rLow - halfSquareLow - r * rLow;
  const low = firstLow + secondLow + (r * r * r * cubicLogSeries(r) + small);
  const logHigh = second + low;
  const logLow = second - logHigh + low;
  // y log x = high + low
  const product = y * logHigh;
  if (!(Math.abs(product) < 746)) return exp(product);
  return expOfSum(product, productError(y, logHigh, product) + y * logLow);
}

// ---- cos and sin ----

const PI_LOW = 1.2246467991473532e-16;

/**
 * cos(πx); at most 0.75 ulp off. Exact where the cosine is 0 or ±1.
 */
export function cosPi(x: number): number {
  if (!(Math.abs(x) < Infinity)) return NaN;
  // |x| = half turns + f/π … with |f| <= 1/4 and quarter = 0 … 3; all exact
  const within = Math.abs(x) - 2 * Math.floor(Math.abs(x) / 2);
  const quarter = Math.round(2 * within);
  const f = within - 0.5 * quarter;
  const a = f * Math.PI;
  const aLow = productError(f, Math.PI, a) + f * PI_LOW;
  const value = quarter % 2 === 0 ? cosNearZero(a, aLow) : sinNearZero(a, aLow);
  // cos(π(q/2 + f)): cos, −sin, −cos, sin, cos
  return quarter === 1 || quarter === 2 ? -value : value;
}

/** π/2 in three parts: the products of the first two with whole numbers below 2²⁰ are exact. */
const QUARTER_HIGH = 1.5707963267341256;
const QUARTER_MIDDLE = 6.077100506303966e-11;
const QUARTER_LOW = 2.0222662487959506e-21;
/** Quarter turns up to which angles are reduced. */
const MOST_QUARTERS = 1048576;

/** sin(x + shift quarter turns), |x| below some 1.6 million; NaN beyond. */
function sinShifted(x: number, shift: number): number {
  const quarter = Math.round(x / (0.5 * Math.PI));
  if (!(Math.abs(quarter) < MOST_QUARTERS)) return NaN;
  const first = x - quarter * QUARTER_HIGH;
  const second = quarter * QUARTER_MIDDLE;
  const a = first - second;
  const aLow = first - a - second - quarter * QUARTER_LOW;
  const turn = (quarter + shift) & 3;
  const value = turn % 2 === 0 ? sinNearZero(a, aLow) : cosNearZero(a, aLow);
  return turn >= 2 ? -value : value;
}

/** cos x for |x| below some 1.6 million, NaN beyond; at most 0.75 ulp off. */
export const cos = (x: number): number => sinShifted(x, 1);

/** sin x, as cos x. */
export const sin = (x: number): number => sinShifted(x, 0);

/** cos(a + aLow) for |a| <= π/4. */
function cosNearZero(a: number, aLow: number): number {
  const s = a * a;
  const high = -1 / 3628800 + s * (1 / 479001600 + s * (-1 / 87178291200 + s * (1 / 20922789888000)));
  const rest = s * s * (1 / 24 + s * (-1 / 720 + s * (1 / 40320 + s * high)));
  const half = 0.5 * s;
  const value = 1 - half;
  return value + (1 - value - half + (rest - a * aLow));
}

/** sin(a + aLow) for |a| <= π/4. */
function sinNearZero(a: number, aLow: number): number {
  const s = a * a;
  const high = -1 / 39916800 + s * (1 / 6227020800 + s * (-1 / 1307674368000 + s * (1 / 355687428096000)));
  const rest = -1 / 6 + s * (1 / 120 + s * (-1 / 5040 + s * (1 / 362880 + s * high)));
  return a + (s * a * rest + aLow * (1 - 0.5 * s));
}
