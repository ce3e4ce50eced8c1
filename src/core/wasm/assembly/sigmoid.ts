/**
 * σ(r) = 1/(1 + e^{−r}) without an exponential or a division, for a loop that waits for it: Taylor polynomials of degree
 * 7 about the multiples of 1/16. What they leave out is below 2 π^{−9} 32^{−8} = 6e-17, as the poles are at ±iπ.
 */
import { sigmoid } from './gradient';

/** Polynomials are at |r| <= RANGE. */
const RANGE: i32 = 38;
const PER_UNIT: i32 = 16;
const COUNT: i32 = 2 * 38 * 16 + 1;
/** Adding it rounds to a multiple of 1/16, the number of which is then in the last bits: 1.5 · 2^48. */
const ROUND: f64 = 422212465065984.0;
/** 8 coefficients each, f64: c_0, c_2, c_4, c_6, c_1, c_3, c_5, c_7. */
const polynomials: usize = memory.data(1217 * 64, 64);
const middle: usize = polynomials + 608 * 64;
const scratch: usize = memory.data(64, 64);

let ready: bool = false;

/** Builds the table; later calls do nothing. */
export function buildSigmoid(): void {
  if (ready) return;
  ready = true;
  for (let j = 0; j < COUNT; j++) {
    setCoefficients(<f64>(j - RANGE * PER_UNIT) / <f64>PER_UNIT);
    const at = polynomials + ((<usize>j) << 6);
    for (let k = 0; k < 8; k++) store<f64>(at + (<usize>((k >> 1) + ((k & 1) << 2)) << 3), coefficient(k));
  }
}

// @ts-ignore: decorator
@inline
function coefficient(k: i32): f64 {
  return load<f64>(scratch + ((<usize>k) << 3));
}

/** Taylor coefficients about a place, by σ′ = σ − σ². */
function setCoefficients(place: f64): void {
  store<f64>(scratch, sigmoid(place));
  for (let k = 0; k < 7; k++) {
    let sum = coefficient(k);
    for (let i = 0; i <= k; i++) sum -= coefficient(i) * coefficient(k - i);
    store<f64>(scratch + ((<usize>(k + 1)) << 3), sum / <f64>(k + 1));
  }
}

/** Taylor polynomials at both lanes of r, |r| < RANGE. */
// @ts-ignore: decorator
@inline
function taylor(r: v128): v128 {
  const rounded = f64x2.add(r, f64x2.splat(ROUND));
  const delta = f64x2.sub(r, f64x2.sub(rounded, f64x2.splat(ROUND)));
  const square = f64x2.mul(delta, delta);
  const fourth = f64x2.mul(square, square);
  const first = halves(
    middle + <usize>(i32x4.extract_lane(rounded, 0) << 6),
    v128.shuffle<f64>(delta, delta, 0, 0),
    v128.shuffle<f64>(fourth, fourth, 0, 0),
  );
  const second = halves(
    middle + <usize>(i32x4.extract_lane(rounded, 2) << 6),
    v128.shuffle<f64>(delta, delta, 1, 1),
    v128.shuffle<f64>(fourth, fourth, 1, 1),
  );
  return f64x2.add(v128.shuffle<f64>(first, second, 0, 2), f64x2.mul(square, v128.shuffle<f64>(first, second, 1, 3)));
}

/** Of one polynomial c_0 + c_1 x + c_4 x⁴ + c_5 x⁵, and, to be multiplied by x², c_2 + c_3 x + c_6 x⁴ + c_7 x⁵. */
// @ts-ignore: decorator
@inline
function halves(at: usize, x: v128, fourth: v128): v128 {
  const low = f64x2.add(v128.load(at), f64x2.mul(x, v128.load(at, 32)));
  const high = f64x2.add(v128.load(at, 16), f64x2.mul(x, v128.load(at, 48)));
  return f64x2.add(low, f64x2.mul(fourth, high));
}

/** Where one of the two at least is beyond the table. */
function beyond(r: v128, inside: v128): v128 {
  // the table's place for 0 does no harm where its value is not used
  const near = taylor(v128.and(r, inside));
  const far = f64x2(sigmoid(f64x2.extract_lane(r, 0)), sigmoid(f64x2.extract_lane(r, 1)));
  return v128.bitselect(near, far, inside);
}

/** σ of both lanes. */
// @ts-ignore: decorator
@inline
export function tabulatedSigmoid(r: v128): v128 {
  // NaN is not inside, either
  const inside = f64x2.lt(f64x2.abs(r), f64x2.splat(<f64>RANGE));
  return i64x2.all_true(inside) ? taylor(r) : beyond(r, inside);
}
