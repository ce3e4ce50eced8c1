/**
 * The inner loops of the softmax moments (src/core/loss/softmax-accumulator.ts says what is summed), two points to a
 * vector. An instance that is used for this holds no problem: its memory is given out by `allocate`.
 *
 * Points come in pairs ±z. In the arrays over points the n-th pair has the places n and pairs + n.
 */

const PAGE: u64 = 65536;
/** Pairs that lie side by side, coordinate after coordinate (GROUP of src/core/math/gaussian-points.ts). */
const GROUP: i32 = 4;
/** Columns of the table of logistic moments: three polynomials of degree 5 on pieces of this length, about 0. */
const COEFFICIENTS: i32 = 6;
const PIECE_BYTES: usize = 3 * COEFFICIENTS * 8;
const PIECES_PER_UNIT: f64 = 4;
const RADIUS: f64 = 240;

let cursor: u64 = (<u64>__heap_base + 63) & ~63;

/** Bytes that nobody else has, zero at first; 0 if there are none left. */
export function allocate(bytes: i32): usize {
  const at = <usize>cursor;
  cursor += (<u64>bytes + 63) & ~63;
  const missing = <i32>((cursor + PAGE - 1) / PAGE) - memory.size();
  if (missing > 0 && memory.grow(missing) < 0) return 0;
  memory.fill(at, 0, bytes);
  return at;
}

// @ts-ignore: decorator
@inline
function plus(a: v128, b: v128): v128 {
  return f64x2.add(a, b);
}

// @ts-ignore: decorator
@inline
function times(a: v128, b: v128): v128 {
  return f64x2.mul(a, b);
}

// @ts-ignore: decorator
@inline
function both(value: f64): v128 {
  return f64x2.splat(value);
}

/** 1.5 · 2^52: what is added to it is rounded to a whole number, which the low bits then are. */
const SHIFTER: f64 = 6755399441055744;

/** Even part of e^r as a polynomial of s = r², |r| <= ln 2 / 2. */
// @ts-ignore: decorator
@inline
function evenPart(s: v128): v128 {
  let sum = plus(both(1.0 / 3628800), times(s, both(1.0 / 479001600)));
  sum = plus(both(1.0 / 40320), times(s, sum));
  sum = plus(both(1.0 / 720), times(s, sum));
  sum = plus(both(1.0 / 24), times(s, sum));
  sum = plus(both(0.5), times(s, sum));
  return plus(both(1), times(s, sum));
}

/** Odd part over r. */
// @ts-ignore: decorator
@inline
function oddPart(s: v128): v128 {
  let sum = plus(both(1.0 / 39916800), times(s, both(1.0 / 6227020800)));
  sum = plus(both(1.0 / 362880), times(s, sum));
  sum = plus(both(1.0 / 5040), times(s, sum));
  sum = plus(both(1.0 / 120), times(s, sum));
  sum = plus(both(1.0 / 6), times(s, sum));
  return plus(both(1), times(s, sum));
}

/** log x of positive, finite, normal numbers, to about 2 ulp of max(1, |log x|). */
// @ts-ignore: decorator
@inline
function logarithm(x: v128): v128 {
  // x = 2^k m with m in [√½, √2)
  const bits = i64x2.sub(x, i64x2.splat(0x3fe6a09e667f3bcd));
  const k = i64x2.shr_s(bits, 52);
  const m = i64x2.sub(x, i64x2.shl(k, 52));
  const exponent = f64x2.sub(v128.or(v128.and(i64x2.add(k, i64x2.splat(2048)), i64x2.splat(4095)), i64x2.splat(0x4330000000000000)), both(4503599627370496.0 + 2048));
  const s = f64x2.div(f64x2.sub(m, both(1)), plus(m, both(1)));
  const q = times(s, s);
  let sum = plus(both(1.0 / 19), times(q, both(1.0 / 21)));
  sum = plus(both(1.0 / 17), times(q, sum));
  sum = plus(both(1.0 / 15), times(q, sum));
  sum = plus(both(1.0 / 13), times(q, sum));
  sum = plus(both(1.0 / 11), times(q, sum));
  sum = plus(both(1.0 / 9), times(q, sum));
  sum = plus(both(1.0 / 7), times(q, sum));
  sum = plus(both(1.0 / 5), times(q, sum));
  sum = plus(both(1.0 / 3), times(q, sum));
  const small = plus(s, times(s, times(q, sum)));
  return plus(times(exponent, both(0.6931471805599453)), plus(small, small));
}

/** Stores e^{v} · center at `at` and e^{−v} · center at `mirror`, |v| <= 700; adds them to the sums there. */
// @ts-ignore: decorator
@inline
function exponentials(v: v128, center: v128, at: usize, mirror: usize, sum: usize, mirrorSum: usize): void {
  const shifted = plus(times(v, both(1.4426950408889634)), both(SHIFTER));
  const k = f64x2.sub(shifted, both(SHIFTER));
  // ln 2 in two parts, the first of them short: k times it is exact
  let r = f64x2.sub(v, times(k, both(0.693147180369123816490)));
  r = f64x2.sub(r, times(k, both(1.90821492927058770002e-10)));
  const s = times(r, r);
  const even = evenPart(s);
  const odd = times(r, oddPart(s));
  const up = i64x2.shl(i64x2.add(shifted, i64x2.splat(1023)), 52);
  const down = i64x2.shl(i64x2.sub(i64x2.splat(1023), shifted), 52);
  const value = times(center, times(plus(even, odd), up));
  const inverse = times(center, times(f64x2.sub(even, odd), down));
  v128.store(at, value);
  v128.store(mirror, inverse);
  v128.store(sum, plus(v128.load(sum), value));
  v128.store(mirrorSum, plus(v128.load(mirrorSum), inverse));
}

/**
 * e^w of every point into q (n × 2·pairs), log Σ_j e^{w_j} into omega and 1 / Σ_j e^{w_j} into inverse.
 * @param scale e^{shift}, n.
 * @param range two f64: smallest and largest ω.
 */
export function projectSoftmax(
  n: i32,
  dimension: i32,
  pairs: i32,
  z: usize,
  root: usize,
  scale: usize,
  q: usize,
  omega: usize,
  inverse: usize,
  range: usize,
): void {
  const half = <usize>pairs << 3;
  const row = half << 1;
  const groupBytes = <usize>dimension * GROUP << 3;
  memory.fill(inverse, 0, row);
  for (let j = 0; j < n; j++) {
    const center = v128.load64_splat(scale + (<usize>j << 3));
    const entries = root + (<usize>(j * dimension) << 3);
    const count = min(j + 1, dimension);
    const target = q + <usize>j * row;
    let from = z;
    for (let at: usize = 0; at < half; at += GROUP << 3, from += groupBytes) {
      let low = both(0);
      let high = both(0);
      let entry = entries;
      let coordinate = from;
      for (let l = 0; l < count; l++, entry += 8, coordinate += GROUP << 3) {
        const factor = v128.load64_splat(entry);
        low = plus(low, times(factor, v128.load(coordinate)));
        high = plus(high, times(factor, v128.load(coordinate, 16)));
      }
      const to = target + at;
      const sum = inverse + at;
      exponentials(low, center, to, to + half, sum, sum + half);
      exponentials(high, center, to + 16, to + half + 16, sum + 16, sum + half + 16);
    }
  }
  let least = both(Infinity);
  let most = both(-Infinity);
  for (let at: usize = 0; at < row; at += 16) {
    const sum = v128.load(inverse + at);
    const log = logarithm(sum);
    least = f64x2.min(least, log);
    most = f64x2.max(most, log);
    v128.store(omega + at, log);
    v128.store(inverse + at, f64x2.div(both(1), sum));
  }
  store<f64>(range, Math.min(f64x2.extract_lane(least, 0), f64x2.extract_lane(least, 1)));
  store<f64>(range, Math.max(f64x2.extract_lane(most, 0), f64x2.extract_lane(most, 1)), 8);
}

// @ts-ignore: decorator
@inline
function polynomial(at: usize, s: f64): f64 {
  const high = load<f64>(at, 24) + s * (load<f64>(at, 32) + s * load<f64>(at, 40));
  return load<f64>(at) + s * (load<f64>(at, 8) + s * (load<f64>(at, 16) + s * high));
}

// @ts-ignore: decorator
@inline
function total(sum: v128): f64 {
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}

/**
 * E f, P_j and M_jk (k <= j) into `out`, from what projectSoftmax left in q, omega and inverse. These two are
 * overwritten.
 * @param pieces the table of logistic-table.ts, whose pieces under all ω are made.
 */
export function sumSoftmax(
  n: i32,
  pairs: i32,
  weights: usize,
  pieces: usize,
  q: usize,
  omega: usize,
  inverse: usize,
  out: usize,
): void {
  const half = <usize>pairs << 3;
  const row = half << 1;
  let risk = 0.0;
  for (let at: usize = 0; at < row; at += 8) {
    const position = load<f64>(omega + at) * PIECES_PER_UNIT + RADIUS;
    const piece = Math.floor(position);
    const s = position - piece;
    const table = pieces + <usize>(<i32>piece) * PIECE_BYTES;
    const weight = load<f64>(weights + (at < half ? at : at - half));
    const scale = load<f64>(inverse + at);
    risk += weight * polynomial(table, s);
    // what q is multiplied with in P, and q qᵀ in M
    store<f64>(omega + at, weight * scale * polynomial(table + (COEFFICIENTS << 3), s));
    store<f64>(inverse + at, weight * scale * scale * polynomial(table + (COEFFICIENTS << 4), s));
  }
  store<f64>(out, risk);
  const first = out + 8;
  for (let j = 0; j < n; j++) {
    const from = q + <usize>j * row;
    let sum = both(0);
    for (let at: usize = 0; at < row; at += 16) {
      sum = plus(sum, times(v128.load(from + at), v128.load(omega + at)));
    }
    store<f64>(first + (<usize>j << 3), total(sum));
  }
  const products = first + (<usize>n << 3);
  let j = 0;
  // two rows by two columns at a time; an odd last row by itself
  for (; j + 2 <= n; j += 2) {
    for (let k = 0; k <= j; k += 2) twoByTwo(q, inverse, row, j, k, products);
  }
  for (let k = 0; j < n && k <= j; k++) {
    let sum = both(0);
    const left = q + <usize>j * row;
    const right = q + <usize>k * row;
    for (let at: usize = 0; at < row; at += 16) {
      sum = plus(sum, times(times(v128.load(left + at), v128.load(inverse + at)), v128.load(right + at)));
    }
    store<f64>(products + (<usize>(j * (j + 1) / 2 + k) << 3), total(sum));
  }
}

/** M of the rows j, j + 1 and columns k, k + 1; j and k are even. */
function twoByTwo(q: usize, square: usize, row: usize, j: i32, k: i32, products: usize): void {
  const left = q + <usize>j * row;
  const right = q + <usize>k * row;
  let s00 = both(0);
  let s01 = both(0);
  let s10 = both(0);
  let s11 = both(0);
  for (let at: usize = 0; at < row; at += 16) {
    const w = v128.load(square + at);
    const a = times(w, v128.load(left + at));
    const b = times(w, v128.load(left + row + at));
    const c = v128.load(right + at);
    const d = v128.load(right + row + at);
    s00 = plus(s00, times(a, c));
    s01 = plus(s01, times(a, d));
    s10 = plus(s10, times(b, c));
    s11 = plus(s11, times(b, d));
  }
  const upper = products + (<usize>(j * (j + 1) / 2 + k) << 3);
  const lower = products + (<usize>((j + 1) * (j + 2) / 2 + k) << 3);
  store<f64>(upper, total(s00));
  // on the diagonal this place belongs to the row below, which is written next
  if (k < j) store<f64>(upper, total(s01), 8);
  store<f64>(lower, total(s10));
  store<f64>(lower, total(s11), 8);
}
