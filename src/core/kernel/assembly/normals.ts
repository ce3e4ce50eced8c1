/** Standard normals in bulk: eight at a time from two four-lane sfc32 generators and the layers' table. */
import { residual, widths } from './layers';
import { STATE_BYTES, WARM_UP, word } from './sfc32';

/** a, b, c of both generators (f = first, s = second), four lanes each; both share one counter. */
export const LANE_STATE_BYTES: usize = 6 * 16;
/** Bits 2 to 11 of a word: a byte offset into the table. */
const OFFSET: u32 = 0xffc;

const lanes: usize = memory.data(7 * 16, 64);
/** Generator of what the table leaves out. */
const rest: usize = memory.data(16, 16);
/** Most normals that are made at once. */
export const BLOCK: i32 = 512;
/** A place for one block of normals. */
export const block: usize = memory.data(4 * 512, 64);
/** Addresses of the groups of eight that have a NaN; one entry more than a block has groups. */
const holes: usize = memory.data(4 * 65, 64);

/**
 * Seeds the generators.
 * @param laneKeys three words of each of the eight lanes, as a, b, c of the first four lanes, then of the others.
 * @param restKey four words.
 */
export function seedNormals(laneKeys: usize, restKey: usize): void {
  memory.copy(lanes, laneKeys, LANE_STATE_BYTES);
  v128.store(lanes, i32x4.splat(1), LANE_STATE_BYTES);
  memory.copy(rest, restKey, STATE_BYTES);
  for (let k = 0; k < WARM_UP; k++) {
    word(rest);
    fillTable(block, 8);
  }
}

// @ts-ignore: decorator
@inline
function lookUp(words: v128): v128 {
  const offsets = v128.and(words, i32x4.splat(OFFSET));
  let entries = v128.load32_zero(widths + <usize>i32x4.extract_lane(offsets, 0));
  entries = v128.load32_lane(widths + <usize>i32x4.extract_lane(offsets, 1), entries, 1);
  entries = v128.load32_lane(widths + <usize>i32x4.extract_lane(offsets, 2), entries, 2);
  entries = v128.load32_lane(widths + <usize>i32x4.extract_lane(offsets, 3), entries, 3);
  return f32x4.mul(entries, f32x4.convert_i32x4_s(words));
}

/** `count` entries of the table times words, NaN where it has none; returns the end of the list of holes. */
function fillTable(out: usize, count: i32): usize {
  let fa = v128.load(lanes);
  let fb = v128.load(lanes, 16);
  let fc = v128.load(lanes, 32);
  let sa = v128.load(lanes, 48);
  let sb = v128.load(lanes, 64);
  let sc = v128.load(lanes, 80);
  let counter = v128.load(lanes, 96);
  const one = i32x4.splat(1);
  const end = out + (<usize>count << 2);
  let hole = holes;
  while (out < end) {
    const first = i32x4.add(i32x4.add(fa, fb), counter);
    const second = i32x4.add(i32x4.add(sa, sb), counter);
    counter = i32x4.add(counter, one);
    fa = v128.xor(fb, i32x4.shr_u(fb, 9));
    sa = v128.xor(sb, i32x4.shr_u(sb, 9));
    fb = i32x4.add(fc, i32x4.shl(fc, 3));
    sb = i32x4.add(sc, i32x4.shl(sc, 3));
    fc = i32x4.add(v128.or(i32x4.shl(fc, 21), i32x4.shr_u(fc, 11)), first);
    sc = i32x4.add(v128.or(i32x4.shl(sc, 21), i32x4.shr_u(sc, 11)), second);
    const z = lookUp(first);
    const w = lookUp(second);
    v128.store(out, z);
    v128.store(out, w, 16);
    // the sum is NaN where either is; the list grows without a branch
    const sum = f32x4.add(z, w);
    store<u32>(hole, <u32>out);
    hole += <usize>v128.any_true(f32x4.ne(sum, sum)) << 2;
    out += 32;
  }
  v128.store(lanes, fa);
  v128.store(lanes, fb, 16);
  v128.store(lanes, fc, 32);
  v128.store(lanes, sa, 48);
  v128.store(lanes, sb, 64);
  v128.store(lanes, sc, 80);
  v128.store(lanes, counter, 96);
  return hole;
}

// @ts-ignore: decorator
@inline
function patch(at: usize): void {
  const z = v128.load(at);
  let missing = i32x4.bitmask(f32x4.ne(z, z));
  while (missing != 0) {
    store<f32>(at + (<usize>ctz(missing) << 2), <f32>residual(rest));
    missing &= missing - 1;
  }
}

/**
 * The next `count` normals, f32. The sequence does not depend on how it is cut into calls.
 * @param count a multiple of 8, at most BLOCK.
 */
export function fillNormals(out: usize, count: i32): void {
  const end = fillTable(out, count);
  for (let hole: usize = holes; hole < end; hole += 4) {
    const at = <usize>load<u32>(hole);
    patch(at);
    patch(at + 16);
  }
}

/** One normal from a single generator. */
export function normal(state: usize): f64 {
  const bits = word(state);
  const entry = load<f32>(widths + <usize>(bits & OFFSET));
  return isNaN(entry) ? residual(state) : <f64>entry * <f64>(<i32>bits);
}
