/**
 * The passes over a block of coordinates that a step is made of, for up to four outputs (rows of X) at once, two
 * coordinates to a vector. One template, of which the compiler keeps what each use needs.
 */

/** Outputs that one pass can take. */
export const GROUP: i32 = 4;
/** Bytes of a partial sum of one output: two lanes. */
export const SUM_BYTES: usize = 16;

/** What a pass does with X and the sample before it: nothing, X ← X − coefficient · old, or X ← keep · X − …. */
export const NOTHING: i32 = 0;
export const UPDATE: i32 = 1;
export const SHRINK_AND_UPDATE: i32 = 2;

/** What it does with the new sample: nothing, project it on X (after the update), or make it and project it. */
export const IGNORE: i32 = 0;
export const PROJECT: i32 = 1;
export const MAKE_AND_PROJECT: i32 = 2;

/** Row 0 of the parameters at the first coordinate of the block, and the bytes from row to row. */
let rows: usize = 0;
let stride: usize = 0;
/** Coefficients of the pending update, one f64 per output of the group. */
let coefficients: usize = 0;
/** Partial sums of the projections, SUM_BYTES per output of the group. */
let sums: usize = 0;
let keep: f64 = 1.0;
/** The sample of the pending update, and the new one. */
let old: usize = 0;
let fresh: usize = 0;
let deviations: usize = 0;
let means: usize = 0;
/** Partial sum of ‖a‖². */
export const squares: usize = memory.data(16, 16);

/** Sets where the next passes read the parameters and keep their sums. */
export function setRows(at: usize, rowStride: usize, sumsAt: usize): void {
  rows = at;
  stride = rowStride;
  sums = sumsAt;
}

/** Sets the pending update: X ← keep · X − coefficient · sample. */
export function setUpdate(sample: usize, coefficientsAt: usize, keepFactor: f64): void {
  old = sample;
  coefficients = coefficientsAt;
  keep = keepFactor;
}

/** Sets the new sample, and what it is made from. */
export function setSample(at: usize, deviationsAt: usize, meansAt: usize): void {
  fresh = at;
  deviations = deviationsAt;
  means = meansAt;
}

// @ts-ignore: decorator
@inline
function updated(mode: i32, at: usize, sample: v128, coefficient: v128, factor: v128): v128 {
  let x = v128.load(at);
  if (mode == NOTHING) return x;
  if (mode == SHRINK_AND_UPDATE) x = f64x2.mul(x, factor);
  x = f64x2.sub(x, f64x2.mul(coefficient, sample));
  v128.store(at, x);
  return x;
}

// @ts-ignore: decorator
@inline
function coefficient(n: i32, k: i32): v128 {
  return k < n ? v128.load64_splat(coefficients + (<usize>k << 3)) : f64x2.splat(0);
}

// @ts-ignore: decorator
@inline
function sumOf(n: i32, k: i32): v128 {
  return k < n ? v128.load(sums + (<usize>k << 4)) : f64x2.splat(0);
}

/**
 * @param n outputs, 1 to GROUP; a constant, as are `mode` and `task`.
 * @param normals standard normals (f32) that the new sample is made from.
 * @param count coordinates, a multiple of 4.
 */
// @ts-ignore: decorator
@inline
function pass(n: i32, mode: i32, task: i32, normals: usize, count: i32): void {
  let x = rows;
  const row = stride;
  let was = old;
  let now = fresh;
  let scale = deviations;
  let shift = means;
  const factor = f64x2.splat(keep);
  const c0 = coefficient(n, 0);
  const c1 = coefficient(n, 1);
  const c2 = coefficient(n, 2);
  const c3 = coefficient(n, 3);
  let p0 = sumOf(n, 0);
  let p1 = sumOf(n, 1);
  let p2 = sumOf(n, 2);
  let p3 = sumOf(n, 3);
  // second sums, so that with few outputs no addition waits for the one before
  let q0 = f64x2.splat(0);
  let q1 = f64x2.splat(0);
  let square = v128.load(squares);
  const end = x + (<usize>count << 3);
  while (x < end) {
    let wasLow = f64x2.splat(0);
    let wasHigh = f64x2.splat(0);
    let low = f64x2.splat(0);
    let high = f64x2.splat(0);
    if (mode != NOTHING) {
      wasLow = v128.load(was);
      wasHigh = v128.load(was, 16);
      was += 32;
    }
    if (task == MAKE_AND_PROJECT) {
      const z = v128.load(normals);
      low = f64x2.add(f64x2.mul(v128.load(scale), f64x2.promote_low_f32x4(z)), v128.load(shift));
      high = f64x2.add(
        f64x2.mul(v128.load(scale, 16), f64x2.promote_low_f32x4(v128.shuffle<i64>(z, z, 1, 1))),
        v128.load(shift, 16),
      );
      v128.store(now, low);
      v128.store(now, high, 16);
      square = f64x2.add(square, f64x2.add(f64x2.mul(low, low), f64x2.mul(high, high)));
      normals += 16;
      scale += 32;
      shift += 32;
      now += 32;
    } else if (task == PROJECT) {
      low = v128.load(now);
      high = v128.load(now, 16);
      now += 32;
    }
    {
      const xLow = updated(mode, x, wasLow, c0, factor);
      const xHigh = updated(mode, x + 16, wasHigh, c0, factor);
      if (task != IGNORE) {
        p0 = f64x2.add(p0, f64x2.mul(xLow, low));
        q0 = f64x2.add(q0, f64x2.mul(xHigh, high));
      }
    }
    if (n > 1) {
      const xLow = updated(mode, x + row, wasLow, c1, factor);
      const xHigh = updated(mode, x + row + 16, wasHigh, c1, factor);
      if (task != IGNORE) {
        p1 = f64x2.add(p1, f64x2.mul(xLow, low));
        q1 = f64x2.add(q1, f64x2.mul(xHigh, high));
      }
    }
    if (n > 2) {
      const xLow = updated(mode, x + 2 * row, wasLow, c2, factor);
      const xHigh = updated(mode, x + 2 * row + 16, wasHigh, c2, factor);
      if (task != IGNORE) p2 = f64x2.add(p2, f64x2.add(f64x2.mul(xLow, low), f64x2.mul(xHigh, high)));
    }
    if (n > 3) {
      const xLow = updated(mode, x + 3 * row, wasLow, c3, factor);
      const xHigh = updated(mode, x + 3 * row + 16, wasHigh, c3, factor);
      if (task != IGNORE) p3 = f64x2.add(p3, f64x2.add(f64x2.mul(xLow, low), f64x2.mul(xHigh, high)));
    }
    x += 32;
  }
  if (task == MAKE_AND_PROJECT) v128.store(squares, square);
  if (task != IGNORE) {
    v128.store(sums, f64x2.add(p0, q0));
    if (n > 1) v128.store(sums, f64x2.add(p1, q1), 16);
    if (n > 2) v128.store(sums, p2, 32);
    if (n > 3) v128.store(sums, p3, 48);
  }
}

// @ts-ignore: decorator
@inline
function passOf(n: i32, mode: i32, task: i32, normals: usize, count: i32): void {
  if (mode == NOTHING) {
    if (task == PROJECT) pass(n, NOTHING, PROJECT, normals, count);
    else pass(n, NOTHING, MAKE_AND_PROJECT, normals, count);
  } else if (mode == UPDATE) {
    if (task == IGNORE) pass(n, UPDATE, IGNORE, normals, count);
    else if (task == PROJECT) pass(n, UPDATE, PROJECT, normals, count);
    else pass(n, UPDATE, MAKE_AND_PROJECT, normals, count);
  } else {
    if (task == IGNORE) pass(n, SHRINK_AND_UPDATE, IGNORE, normals, count);
    else if (task == PROJECT) pass(n, SHRINK_AND_UPDATE, PROJECT, normals, count);
    else pass(n, SHRINK_AND_UPDATE, MAKE_AND_PROJECT, normals, count);
  }
}

function passOf1(mode: i32, task: i32, normals: usize, count: i32): void {
  passOf(1, mode, task, normals, count);
}

function passOf2(mode: i32, task: i32, normals: usize, count: i32): void {
  passOf(2, mode, task, normals, count);
}

function passOf3(mode: i32, task: i32, normals: usize, count: i32): void {
  passOf(3, mode, task, normals, count);
}

function passOf4(mode: i32, task: i32, normals: usize, count: i32): void {
  passOf(4, mode, task, normals, count);
}

/** One pass for `outputs` outputs, 1 to GROUP, in what the setters above describe. */
export function sweep(outputs: i32, mode: i32, task: i32, normals: usize, count: i32): void {
  if (outputs == 1) passOf1(mode, task, normals, count);
  else if (outputs == 2) passOf2(mode, task, normals, count);
  else if (outputs == 3) passOf3(mode, task, normals, count);
  else passOf4(mode, task, normals, count);
}
