/**
 * Numbers of about 106 bits as unevaluated sums of two doubles (T. J. Dekker, Numer. Math. 18 (1971) 224; D. E. Knuth,
 * The Art of Computer Programming 2, 4.2.2). Only +, −, × and ÷ are used, which IEEE 754 fixes: the same everywhere.
 */
export interface DoubleDouble {
  readonly high: number;
  /** At most half a unit in the last place of `high`. */
  readonly low: number;
}

export const doubleDouble = (high: number, low = 0): DoubleDouble => ({ high, low });

/** a + b, exactly. */
function exactSum(a: number, b: number): DoubleDouble {
  const high = a + b;
  const rest = high - a;
  return { high, low: a - (high - rest) + (b - rest) };
}

/** Splits a double into halves of 26 bits: 2²⁷ + 1. */
const SPLITTER = 134217729;

/** a · b − product, exactly, where `product` is a · b rounded: for |a|, |b| < 2⁹⁹⁶ and a product far from underflow. */
export function productError(a: number, b: number, product: number): number {
  const aWide = SPLITTER * a;
  const bWide = SPLITTER * b;
  const aHigh = aWide - (aWide - a);
  const bHigh = bWide - (bWide - b);
  const aLow = a - aHigh;
  const bLow = b - bHigh;
  return aHigh * bHigh - product + aHigh * bLow + aLow * bHigh + aLow * bLow;
}

function add(a: DoubleDouble, b: DoubleDouble): DoubleDouble {
  const { high, low } = exactSum(a.high, b.high);
  return exactSum(high, low + a.low + b.low);
}

export function multiply(a: DoubleDouble, b: DoubleDouble): DoubleDouble {
  const high = a.high * b.high;
  return exactSum(high, productError(a.high, b.high, high) + (a.high * b.low + a.low * b.high));
}

export function divide(a: DoubleDouble, b: DoubleDouble): DoubleDouble {
  let quotient = doubleDouble(0);
  for (let pass = 0; pass < 3; pass++) {
    const rest = add(a, multiply(quotient, doubleDouble(-b.high, -b.low)));
    quotient = add(quotient, doubleDouble(rest.high / b.high));
  }
  return quotient;
}

/** e^x for 0 <= x < 1 by its Taylor series; relative error below 1e-31. */
export function exponential(x: DoubleDouble): DoubleDouble {
  let term = doubleDouble(1);
  let sum = term;
  for (let n = 1; n <= 32; n++) {
    term = divide(multiply(term, x), doubleDouble(n));
    sum = add(sum, term);
  }
  return sum;
}

/** log a for 1/2 <= a <= 2 with few enough bits that a ± 1 are exact: 2 artanh((a − 1)/(a + 1)). Error below 1e-31. */
export function logarithm(a: number): DoubleDouble {
  const s = divide(doubleDouble(a - 1), doubleDouble(a + 1));
  const square = multiply(s, s);
  let power = s;
  let sum = s;
  for (let n = 3; n <= 71; n += 2) {
    power = multiply(power, square);
    sum = add(sum, divide(power, doubleDouble(n)));
  }
  return doubleDouble(2 * sum.high, 2 * sum.low);
}
