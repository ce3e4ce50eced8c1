/** Chi-squares of two runs at once, exactly: a test that nearly always decides, and the full one. */
import { normal } from './normals';
import { normalsAt } from './pair';
import { uniform, word } from './sfc32';

const WORD_UNIT: f64 = 1.0 / 4294967296.0;
/** 1, 2³² and ½, twice each: read from memory so that the loops do not make them anew. */
const constants: usize = memory.data<f64>([1, 1, 4294967296, 4294967296, 0.5, 0.5], 16);
const WORD_RANGE: usize = 16;
const HALF: usize = 32;

/** Vectors of a law with n degrees of freedom and a = n/2 − 1/3: 1/(3√a), 2a and 2³²/(54 a); zero where there is none. */
const SCALE: usize = 16;
const BEND: usize = 32;

/** Prepares for n degrees of freedom. */
export function setDegrees(test: usize, n: f64): void {
  const a = 0.5 * n - 1.0 / 3.0;
  // one degree is a squared normal: NaN sends it past the fast test
  v128.store(test, f64x2.splat(n == 1 ? NaN : 1.0 / (3.0 * Math.sqrt(a))));
  v128.store(test, f64x2.splat(2.0 * a), SCALE);
  v128.store(test, f64x2.splat((1.0 / (54.0 * a)) / WORD_UNIT), BEND);
}

/**
 * Chi-square by G. Marsaglia and W. W. Tsang (ACM TOMS 26 (2000) 363) from a normal x and a word, the leading bits of
 * a uniform u; `n` degrees of freedom, or none.
 */
export function chiSquare(n: f64, first: f64, leading: u32, state: usize): f64 {
  if (n == 0) return 0;
  if (n == 1) return first * first;
  const a = 0.5 * n - 1.0 / 3.0;
  const slope = 1.0 / (3.0 * Math.sqrt(a));
  let x = first;
  let high = leading;
  while (true) {
    const root = 1.0 + slope * x;
    const u = (<f64>high + uniform(state)) * WORD_UNIT;
    if (root > 0) {
      const cube = root * root * root;
      if (Math.log(u) < 0.5 * x * x + a * (1.0 - cube + Math.log(cube))) return 2.0 * a * cube;
    }
    x = normal(state);
    high = word(state);
  }
}

/**
 * Writes the chi-squares of two runs, times a variance; returns which of them hold, the others are to be made by
 * chiSquare. With y = x/(3√a) its test accepts with probability e^h, h = 3a (ln(1 + y) − y + y²/2 − y³/3), and
 * h >= −(3/2) a y⁴ = −x⁴/(54 a) for y >= −½. Below 1 − x⁴/(54 a) there is no need to take logarithms. The words are
 * their u in units of 2⁻³².
 */
// @ts-ignore: decorator
@inline
export function fastChiSquares(test: usize, variance: v128, out: usize, normals: usize, words: usize): v128 {
  const x = normalsAt(normals);
  const one = v128.load(constants);
  const u = f64x2.add(f64x2.convert_low_i32x4_u(v128.load64_zero(words)), one);
  const root = f64x2.add(one, f64x2.mul(v128.load(test), x));
  const square = f64x2.mul(x, x);
  const bend = f64x2.mul(v128.load(test, BEND), f64x2.mul(square, square));
  const value = f64x2.mul(v128.load(test, SCALE), f64x2.mul(root, f64x2.mul(root, root)));
  v128.store(out, f64x2.mul(variance, value));
  const limit = f64x2.sub(v128.load(constants, WORD_RANGE), bend);
  return v128.and(f64x2.lt(u, limit), f64x2.gt(root, v128.load(constants, HALF)));
}
