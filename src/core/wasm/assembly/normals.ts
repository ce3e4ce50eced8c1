/** Standard normals in bulk, from two four-lane sfc32 generators and the layers' table. */
import { residual, widths } from './layers';
import { STATE_BYTES, WARM_UP, word } from './sfc32';

/** a, b, c of both generators (f = first, s = second), four lanes each; both share one counter. */
export const LANE_STATE_BYTES: usize = 6 * 16;
/** Lanes and counter, then the state of what fills in where the table has nothing. */
const REST: usize = 7 * 16;
/** The state of a source of normals. */
export const NORMALS_BYTES: usize = REST + STATE_BYTES;
/** Bits 2 to 11 of a word: a byte offset into the table. */
const OFFSET: u32 = 0xffc;
/** Normals that are made in one turn of the loop. */
const GROUP: i32 = 16;
/** Most normals that are made at once. */
export const BLOCK: i32 = 512;

/** One, and OFFSET, four times each: read from memory so that the loop keeps them in registers. */
const constants: usize = memory.data<u32>([1, 1, 1, 1, 0xffc, 0xffc, 0xffc, 0xffc], 16);
/** The source of SGD's samples, and a place for one block of its normals. */
export const samples: usize = memory.data(7 * 16 + 16, 64);
export const block: usize = memory.data(4 * 512, 64);
/** Addresses of the groups that have a gap; one entry more than a block has groups. */
const holes: usize = memory.data(4 * 33, 64);

/**
 * Seeds a source.
 * @param laneKeys three words of each of the eight lanes, as a, b, c of the first four lanes, then of the others.
 * @param restKey four words.
 */
export function seedNormals(source: usize, laneKeys: usize, restKey: usize): void {
  memory.copy(source, laneKeys, LANE_STATE_BYTES);
  v128.store(source, i32x4.splat(1), LANE_STATE_BYTES);
  memory.copy(source + REST, restKey, STATE_BYTES);
  for (let k = 0; k < WARM_UP; k++) {
    word(source + REST);
    fillTable(source, block, GROUP);
  }
}

// @ts-ignore: decorator
@inline
function mixed(c: v128, sum: v128): v128 {
  return i32x4.add(v128.or(i32x4.shl(c, 21), i32x4.shr_u(c, 11)), sum);
}

/** Table entries times words. The offsets go through memory at `at`: that is faster than taking lanes out. */
// @ts-ignore: decorator
@inline
function lookUp(words: v128, mask: v128, at: usize): v128 {
  v128.store(at, v128.and(words, mask));
  let entries = v128.load32_zero(<usize>load<u32>(at), widths);
  entries = v128.load32_lane(<usize>load<u32>(at, 4), entries, 1, widths);
  entries = v128.load32_lane(<usize>load<u32>(at, 8), entries, 2, widths);
  entries = v128.load32_lane(<usize>load<u32>(at, 12), entries, 3, widths);
  return f32x4.mul(entries, f32x4.convert_i32x4_s(words));
}

/** `count` entries of the table times words, NaN where it has none; returns the end of the list of holes. */
function fillTable(source: usize, out: usize, count: i32): usize {
  let fa = v128.load(source);
  let fb = v128.load(source, 16);
  let fc = v128.load(source, 32);
  let sa = v128.load(source, 48);
  let sb = v128.load(source, 64);
  let sc = v128.load(source, 80);
  let counter = v128.load(source, 96);
  const one = v128.load(constants);
  const mask = v128.load(constants, 16);
  const end = out + ((<usize>count) << 2);
  let hole = holes;
  while (out < end) {
    const first = i32x4.add(i32x4.add(fa, fb), counter);
    const second = i32x4.add(i32x4.add(sa, sb), counter);
    counter = i32x4.add(counter, one);
    fa = v128.xor(fb, i32x4.shr_u(fb, 9));
    sa = v128.xor(sb, i32x4.shr_u(sb, 9));
    fb = i32x4.add(fc, i32x4.shl(fc, 3));
    sb = i32x4.add(sc, i32x4.shl(sc, 3));
    fc = mixed(fc, first);
    sc = mixed(sc, second);
    const z0 = lookUp(first, mask, out);
    const z1 = lookUp(second, mask, out + 16);
    v128.store(out, z0);
    v128.store(out, z1, 16);
    const third = i32x4.add(i32x4.add(fa, fb), counter);
    const fourth = i32x4.add(i32x4.add(sa, sb), counter);
    counter = i32x4.add(counter, one);
    fa = v128.xor(fb, i32x4.shr_u(fb, 9));
    sa = v128.xor(sb, i32x4.shr_u(sb, 9));
    fb = i32x4.add(fc, i32x4.shl(fc, 3));
    sb = i32x4.add(sc, i32x4.shl(sc, 3));
    fc = mixed(fc, third);
    sc = mixed(sc, fourth);
    const z2 = lookUp(third, mask, out + 32);
    const z3 = lookUp(fourth, mask, out + 48);
    v128.store(out, z2, 32);
    v128.store(out, z3, 48);
    // the sum is NaN where any is; the list grows without a branch
    const sum = f32x4.add(f32x4.add(z0, z1), f32x4.add(z2, z3));
    store<u32>(hole, <u32>out);
    hole += (<usize>(<i32>v128.any_true(f32x4.ne(sum, sum)))) << 2;
    out += 64;
  }
  v128.store(source, fa);
  v128.store(source, fb, 16);
  v128.store(source, fc, 32);
  v128.store(source, sa, 48);
  v128.store(source, sb, 64);
  v128.store(source, sc, 80);
  v128.store(source, counter, 96);
  return hole;
}

// @ts-ignore: decorator
@inline
function missingOf(z: v128): i32 {
  return i32x4.bitmask(f32x4.ne(z, z));
}

/** Fills the gaps of one group. */
function patch(source: usize, at: usize): void {
  let missing =
    missingOf(v128.load(at)) |
    (missingOf(v128.load(at, 16)) << 4) |
    (missingOf(v128.load(at, 32)) << 8) |
    (missingOf(v128.load(at, 48)) << 12);
  while (missing != 0) {
    store<f32>(at + ((<usize>ctz(missing)) << 2), <f32>residual(source + REST));
    missing &= missing - 1;
  }
}

/**
 * The next `count` normals of a source, f32. The sequence does not depend on how it is cut into calls.
 * @param count a multiple of GROUP, at most BLOCK.
 */
export function fillNormals(source: usize, out: usize, count: i32): void {
  const end = fillTable(source, out, count);
  for (let hole: usize = holes; hole < end; hole += 4) patch(source, <usize>load<u32>(hole));
}

/** One normal from a single generator. */
export function normal(state: usize): f64 {
  const bits = word(state);
  const entry = load<f32>(widths + <usize>(bits & OFFSET));
  return isNaN(entry) ? residual(state) : <f64>entry * <f64>(<i32>bits);
}
