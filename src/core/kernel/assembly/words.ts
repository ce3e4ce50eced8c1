/** 32-bit words in bulk, from a four-lane sfc32 generator. */

/** a, b and c of four lanes. */
export const WORD_LANE_BYTES: usize = 3 * 16;
/** Words that are made at once. */
const COUNT: usize = 512;

const lanes: usize = memory.data(4 * 16, 64);
const words: usize = memory.data(4 * 512, 64);
const end: usize = words + (COUNT << 2);
/** The next word that was not used. */
let next: usize = end;

/** @param keys three words of each lane, as a, b, c of all four. */
export function seedWords(keys: usize): void {
  memory.copy(lanes, keys, WORD_LANE_BYTES);
  v128.store(lanes, i32x4.splat(1), WORD_LANE_BYTES);
  // one block is enough to mix the state; its words are thrown away
  fillWords();
  next = end;
}

function fillWords(): void {
  let a = v128.load(lanes);
  let b = v128.load(lanes, 16);
  let c = v128.load(lanes, 32);
  let counter = v128.load(lanes, 48);
  const one = i32x4.splat(1);
  for (let at = words; at < end; at += 16) {
    const sum = i32x4.add(i32x4.add(a, b), counter);
    counter = i32x4.add(counter, one);
    a = v128.xor(b, i32x4.shr_u(b, 9));
    b = i32x4.add(c, i32x4.shl(c, 3));
    c = i32x4.add(v128.or(i32x4.shl(c, 21), i32x4.shr_u(c, 11)), sum);
    v128.store(at, sum);
  }
  v128.store(lanes, a);
  v128.store(lanes, b, 16);
  v128.store(lanes, c, 32);
  v128.store(lanes, counter, 48);
}

/** Address of the next `count` words, which are used up; `count` <= COUNT. */
// @ts-ignore: decorator
@inline
export function takeWords(count: i32): usize {
  const bytes = (<usize>count) << 2;
  if (next + bytes > end) {
    fillWords();
    next = words;
  }
  const at = next;
  next += bytes;
  return at;
}
