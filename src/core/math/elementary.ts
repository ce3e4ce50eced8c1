/**
 * Elementary functions that are the same to the bit on every JavaScript engine. IEEE 754 fixes +, −, ×, ÷ and √, but
 * the language leaves exp, log, pow, cos … to the engine, and engines and their versions differ in the last place; so
 * does `x ** y`, even between an engine's interpreter and its compiler. What defines a model or a result uses these;
 * the linter refuses the others in src/core. The kernel (kernel/assembly) has its own compiled in.
 *
 * Method: tables at a grid, made in double-double arithmetic, and short Taylor polynomials between (P. T. P. Tang, ACM
 * TOMS 15 (1989) 144 and 16 (1990) 378). A result is a number known to more than double precision plus one that is
 * small beside it, so that rounding their sum is nearly all of the error: at most 0.52 ulp for exp, log, log1p and pow,
 * 0.75 ulp for expm1 and cosPi (test/fixtures/elementary).
 */
import { SPLITTER, doubleDouble, exactProduct, exponential, logarithm, multiply } from './double-double.ts';

/** x². */
export const squared = (x: number): number => x * x;

const nearestMultiple = (x: number, unit: number): number => Math.round(x / unit) * unit;

const SMALLEST_NORMAL = 2.2250738585072014e-308;
const TWO_TO_54 = 18014398509481984;
const TWO_TO_MINUS_54 = 1 / TWO_TO_54;
const TWO_TO_MINUS_42 = 1 / 4398046511104;
const TWO_TO_MINUS_33 = 1 / 8589934592;
const TWO_TO_MINUS_16 = 1 / 65536;

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

/** Below e^x is 0, above it overflows; up to there it comes out so by itself. */
const EXP_SMALLEST = -746;
const EXP_LARGEST = 710;

/** e^r − 1 for |r| <= ln 2 / (2 STEPS), relative error below 1e-18 of 1. */
const expSeries = (r: number): number => r + r * r * (1 / 2 + r * (1 / 6 + r * (1 / 24 + r * (1 / 120))));

/** e^(x + rest) for a tiny rest. */
function expOfSum(x: number, rest: number): number {
  if (!(x > EXP_SMALLEST && x < EXP_LARGEST)) return x > 0 ? Infinity : x < 0 ? 0 : x;
  const rounded = x * STEPS_PER_UNIT + ROUNDER - ROUNDER;
  const p = expSeries(x - rounded * STEP_HIGH - (rounded * STEP_LOW - rest));
  const count = rounded | 0;
  const at = 2 * (count & (STEPS - 1));
  const start = exponentials[at];
  const value = start + (exponentials[at + 1] + start * p);
  const power = count >> STEP_BITS;
  if (power >= -1022 && power <= 1023) return value * powersOfTwo[power + ZEROTH_POWER];
  // one rounding, of the last product: the other one is exact
  return power > 0
    ? 2 * value * powersOfTwo[1023 + ZEROTH_POWER]
    : value * TWO_TO_MINUS_54 * powersOfTwo[power + 54 + ZEROTH_POWER];
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

/** Grid points of the reduced argument per unit, of which those from FIRST_KNOT on are met. */
const KNOTS = 128;
const FIRST_KNOT = 90;
const KNOT_COUNT = 92;
/** Per knot c: 1/c to 16 bits behind the point, and −log of that in two parts, the first a multiple of 2⁻⁴². */
const knots = new Float64Array(3 * KNOT_COUNT);
for (let k = 0; k < KNOT_COUNT; k++) {
  const inverse = nearestMultiple(KNOTS / (FIRST_KNOT + k), TWO_TO_MINUS_16);
  const { high, low } = logarithm(inverse);
  knots[3 * k] = inverse;
  knots[3 * k + 1] = -nearestMultiple(high, TWO_TO_MINUS_42);
  knots[3 * k + 2] = -(high + knots[3 * k + 1] + low);
}

/** A double, and its higher word. */
const double = new Float64Array([1]);
const words = new Uint32Array(double.buffer);
const HIGH_WORD = words[1] === 0 ? 0 : 1;
/** Higher word of √½. */
const ROOT_HALF = 0x3fe6a09e;

/** What `reduceLog` found: base, baseLow, r, rLow. */
const reduced = new Float64Array(4);

/**
 * Writes log(x + rest) + powerBefore log 2 as base + baseLow + log1p(r + rLow), for a normal x > 0 and a tiny rest: base
 * is 0 or at least 1/128 and a multiple of 2⁻⁴², and |r| < 1/170.
 */
function reduceLog(x: number, rest: number, powerBefore: number): void {
  double[0] = x;
  // x = 2^power z with √½ <= z < √2
  const power = ((words[HIGH_WORD] | 0) - ROOT_HALF) >> 20;
  const factor = powersOfTwo[ZEROTH_POWER - power];
  const z = x * factor;
  // z in two parts whose products with 1/c are exact
  const wide = SPLITTER * z;
  const zHigh = wide - (wide - z);
  const zLow = z - zHigh + rest * factor;
  const at = 3 * (((z * KNOTS + 0.5) | 0) - FIRST_KNOT);
  const inverse = knots[at];
  const high = zHigh * inverse - 1;
  const low = zLow * inverse;
  const r = high + low;
  const total = power + powerBefore;
  reduced[0] = total * LN2_HIGH + knots[at + 1];
  reduced[1] = total * LN2_LOW + knots[at + 2];
  reduced[2] = r;
  reduced[3] = high - r + low;
}

/** log1p(r) − r for |r| < 1/170. */
function logSeries(r: number): number {
  const s = r * r;
  return s * (-1 / 2 + r * (1 / 3) + s * (-1 / 4 + r * (1 / 5) + s * (-1 / 6 + r * (1 / 7))));
}

/** log(x + rest) for a normal x > 0 and a tiny rest. */
function logOfSum(x: number, rest: number, powerBefore = 0): number {
  reduceLog(x, rest, powerBefore);
  const base = reduced[0];
  const baseLow = reduced[1];
  const r = reduced[2];
  const rLow = reduced[3];
  const sum = base + r;
  return sum + (base - sum + r + (rLow + baseLow + logSeries(r)));
}

/** log x; at most 0.52 ulp off. NaN below 0. */
export function log(x: number): number {
  if (x >= SMALLEST_NORMAL && x < Infinity) return logOfSum(x, 0);
  if (x > 0 && x < SMALLEST_NORMAL) return logOfSum(x * TWO_TO_54, 0, -54);
  return x === 0 ? -Infinity : x > 0 ? x : NaN;
}

/** log(1 + x), accurate near 0; at most 0.52 ulp off. NaN below −1. */
export function log1p(x: number): number {
  if (Math.abs(x) < 1 / 256) return x + logSeries(x);
  if (!(x > -1 && x < Infinity)) return x === -1 ? -Infinity : x > 0 ? x : NaN;
  const sum = 1 + x;
  const one = sum - x;
  return logOfSum(sum, x - (sum - one) + (1 - one));
}

// ---- pow ----

/** log1p(r) − r + r²/2 as a multiple of r³, for |r| < 1/170. */
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
  if (x < SMALLEST_NORMAL) reduceLog(x * TWO_TO_54, 0, -54);
  else reduceLog(x, 0, 0);
  const base = reduced[0];
  const baseLow = reduced[1];
  const r = reduced[2];
  const rLow = reduced[3];
  const first = base + r;
  const firstLow = base - first + r;
  const halfSquare = 0.5 * r * r;
  const rHigh = SPLITTER * r - (SPLITTER * r - r);
  const rest = r - rHigh;
  const halfSquareLow = 0.5 * rHigh * rHigh - halfSquare + rHigh * rest + 0.5 * rest * rest;
  const second = first - halfSquare;
  const secondLow = first - second - halfSquare;
  const small = baseLow + rLow - halfSquareLow - r * rLow;
  const low = firstLow + secondLow + (r * r * r * cubicLogSeries(r) + small);
  const logHigh = second + low;
  const logLow = second - logHigh + low;
  // y log x = high + low
  const product = y * logHigh;
  if (!(product > EXP_SMALLEST && product < EXP_LARGEST)) return exp(product);
  const yHigh = SPLITTER * y - (SPLITTER * y - y);
  const yLow = y - yHigh;
  const aHigh = SPLITTER * logHigh - (SPLITTER * logHigh - logHigh);
  const aLow = logHigh - aHigh;
  const productLow = yHigh * aHigh - product + yHigh * aLow + yLow * aHigh + yLow * aLow;
  return expOfSum(product, productLow + y * logLow);
}

// ---- cos ----

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
  const { high: a, low } = exactProduct(f, Math.PI);
  const aLow = low + f * PI_LOW;
  const value = quarter % 2 === 0 ? cosNearZero(a, aLow) : sinNearZero(a, aLow);
  // cos(π(q/2 + f)): cos, −sin, −cos, sin, cos
  return quarter === 1 || quarter === 2 ? -value : value;
}

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
