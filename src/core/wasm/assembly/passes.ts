/**
 * The passes over a block of coordinates that a step is made of, two coordinates to a vector.
 *
 * Rows of X are kept in tiles of up to MAX_ROWS: the vectors of one pair of coordinates lie side by side, so that a
 * pass over a tile reads and writes one stretch of memory. `pass` is a template, of which the compiler keeps what
 * every use needs.
 */

/** Rows of one tile at most: with more the loop's values do not fit into 16 registers. */
export const MAX_ROWS: i32 = 3;
/** Bytes of a partial sum of one row: two lanes. */
export const SUM_BYTES: usize = 16;

/** What a pass does with X and the sample before it: nothing, X ← X − coefficient · old, or X ← keep · X − …. */
export const NOTHING: i32 = 0;
export const UPDATE: i32 = 1;
export const SHRINK_AND_UPDATE: i32 = 2;

/** What it does with the new sample: nothing, project it on X (after the update), or make it and project it. */
export const IGNORE: i32 = 0;
export const PROJECT: i32 = 1;
export const MAKE_AND_PROJECT: i32 = 2;

/** The tile at the first coordinate of the block. */
let tile: usize = 0;
/** Coefficients of the update, one f64 per row. */
let coefficients: usize = 0;
/** Partial sums of the projections, SUM_BYTES per row. */
let sums: usize = 0;
let keep: f64 = 1.0;
/** The sample of the update, and the new one; with one row in a tile they may be the same place. */
let old: usize = 0;
let fresh: usize = 0;
let deviations: usize = 0;
let means: usize = 0;
/** Partial sum of ‖a‖². */
export const squares: usize = memory.data(16, 16);

/** Sets which rows the next pass works on, and where it adds up their projections. */
export function setTile(at: usize, sumsAt: usize): void {
  tile = at;
  sums = sumsAt;
}

/** Sets the update: X ← keep · X − coefficient · sample. */
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

/** Two coordinates of one row after the update. */
// @ts-ignore: decorator
@inline
function updated(mode: i32, x: v128, sample: v128, coefficient: v128, factor: v128): v128 {
  if (mode == NOTHING) return x;
  if (mode == SHRINK_AND_UPDATE) x = f64x2.mul(x, factor);
  return f64x2.sub(x, f64x2.mul(coefficient, sample));
}

/** Two coordinates of a = μ + K^{1/2} z. */
// @ts-ignore: decorator
@inline
function made(z: v128, deviation: v128, mean: v128): v128 {
  return f64x2.add(f64x2.mul(deviation, f64x2.promote_low_f32x4(z)), mean);
}

// @ts-ignore: decorator
@inline
function coefficient(used: bool, k: usize): v128 {
  return used ? v128.load64_splat(coefficients + (k << 3)) : f64x2.splat(0);
}

// @ts-ignore: decorator
@inline
function addTo(sum: usize, value: v128): void {
  v128.store(sum, f64x2.add(v128.load(sum), value));
}

/**
 * @param n rows of the tile, 1 to MAX_ROWS; a constant, as are `mode` and `task`.
 * @param normals standard normals (f32) that the new sample is made from.
 * @param count coordinates, a multiple of 4.
 */
// @ts-ignore: decorator
@inline
function pass(n: i32, mode: i32, task: i32, normals: usize, count: i32): void {
  let x = tile;
  let was = old;
  let now = fresh;
  let scale = deviations;
  let shift = means;
  const factor = f64x2.splat(keep);
  const c0 = coefficient(mode != NOTHING, 0);
  const c1 = coefficient(mode != NOTHING && n > 1, 1);
  const c2 = coefficient(mode != NOTHING && n > 2, 2);
  let p0 = f64x2.splat(0);
  let p1 = f64x2.splat(0);
  let p2 = f64x2.splat(0);
  // with one row a second sum, so that no addition waits for the one before
  let q0 = f64x2.splat(0);
  let lowSquare = f64x2.splat(0);
  let highSquare = f64x2.splat(0);
  const end = x + ((<usize>(count * n)) << 3);
  while (x < end) {
    let low = factor;
    let high = factor;
    if (task == MAKE_AND_PROJECT) {
      const z = v128.load(normals);
      low = made(z, v128.load(scale), v128.load(shift));
      high = made(v128.shuffle<i64>(z, z, 1, 1), v128.load(scale, 16), v128.load(shift, 16));
    } else if (task == PROJECT) {
      low = v128.load(now);
      high = v128.load(now, 16);
    }
    const before = mode == NOTHING ? factor : v128.load(was);
    const next = mode == NOTHING ? factor : v128.load(was, 16);
    if (task == MAKE_AND_PROJECT) {
      v128.store(now, low);
      v128.store(now, high, 16);
      lowSquare = f64x2.add(lowSquare, f64x2.mul(low, low));
      highSquare = f64x2.add(highSquare, f64x2.mul(high, high));
      normals += 16;
      scale += 32;
      shift += 32;
    }
    const x0 = updated(mode, v128.load(x), before, c0, factor);
    if (mode != NOTHING) v128.store(x, x0);
    if (n == 1) {
      const y0 = updated(mode, v128.load(x, 16), next, c0, factor);
      if (mode != NOTHING) v128.store(x, y0, 16);
      if (task != IGNORE) {
        p0 = f64x2.add(p0, f64x2.mul(x0, low));
        q0 = f64x2.add(q0, f64x2.mul(y0, high));
      }
    } else if (n == 2) {
      const x1 = updated(mode, v128.load(x, 16), before, c1, factor);
      if (mode != NOTHING) v128.store(x, x1, 16);
      const y0 = updated(mode, v128.load(x, 32), next, c0, factor);
      if (mode != NOTHING) v128.store(x, y0, 32);
      const y1 = updated(mode, v128.load(x, 48), next, c1, factor);
      if (mode != NOTHING) v128.store(x, y1, 48);
      if (task != IGNORE) {
        p0 = f64x2.add(p0, f64x2.add(f64x2.mul(x0, low), f64x2.mul(y0, high)));
        p1 = f64x2.add(p1, f64x2.add(f64x2.mul(x1, low), f64x2.mul(y1, high)));
      }
    } else {
      const x1 = updated(mode, v128.load(x, 16), before, c1, factor);
      if (mode != NOTHING) v128.store(x, x1, 16);
      const x2 = updated(mode, v128.load(x, 32), before, c2, factor);
      if (mode != NOTHING) v128.store(x, x2, 32);
      const y0 = updated(mode, v128.load(x, 48), next, c0, factor);
      if (mode != NOTHING) v128.store(x, y0, 48);
      const y1 = updated(mode, v128.load(x, 64), next, c1, factor);
      if (mode != NOTHING) v128.store(x, y1, 64);
      const y2 = updated(mode, v128.load(x, 80), next, c2, factor);
      if (mode != NOTHING) v128.store(x, y2, 80);
      if (task != IGNORE) {
        p0 = f64x2.add(p0, f64x2.add(f64x2.mul(x0, low), f64x2.mul(y0, high)));
        p1 = f64x2.add(p1, f64x2.add(f64x2.mul(x1, low), f64x2.mul(y1, high)));
        p2 = f64x2.add(p2, f64x2.add(f64x2.mul(x2, low), f64x2.mul(y2, high)));
      }
    }
    was += 32;
    now += 32;
    x += (<usize>n) << 5;
  }
  if (task == MAKE_AND_PROJECT) addTo(squares, f64x2.add(lowSquare, highSquare));
  if (task != IGNORE) {
    addTo(sums, f64x2.add(p0, q0));
    if (n > 1) addTo(sums + 16, p1);
    if (n > 2) addTo(sums + 32, p2);
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

/** One pass over a tile of n rows, in what the setters above describe. */
export function sweep(n: i32, mode: i32, task: i32, normals: usize, count: i32): void {
  if (n == 1) passOf1(mode, task, normals, count);
  else if (n == 2) passOf2(mode, task, normals, count);
  else passOf3(mode, task, normals, count);
}
