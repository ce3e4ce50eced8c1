/** 32-bit words in bulk, from a four-lane sfc32 generator. */

/** a, b and c of four lanes. */
export const WORD_LANE_BYTES: usize = 3 * 16;
/** The state of a source of words: the lanes and their counter. */
export const WORD_SOURCE_BYTES: usize = WORD_LANE_BYTES + 16;
/** Words that are made at once. */
export const WORDS: usize = 512;

/**
 * Seeds a source.
 * @param keys three words of each lane, as a, b, c of all four.
 * @param out as for fillWords.
 */
export function seedWords(source: usize, keys: usize, out: usize): void {
  memory.copy(source, keys, WORD_LANE_BYTES);
  v128.store(source, i32x4.splat(1), WORD_LANE_BYTES);
  // one block is enough to mix the state; its words are thrown away
  fillWords(source, out);
}

/** The next WORDS words of a source. */
export function fillWords(source: usize, out: usize): void {
  let a = v128.load(source);
  let b = v128.load(source, 16);
  let c = v128.load(source, 32);
  let counter = v128.load(source, 48);
  const one = i32x4.splat(1);
  for (let at = out; at < out + (WORDS << 2); at += 16) {
    const sum = i32x4.add(i32x4.add(a, b), counter);
    counter = i32x4.add(counter, one);
    a = v128.xor(b, i32x4.shr_u(b, 9));
    b = i32x4.add(c, i32x4.shl(c, 3));
    c = i32x4.add(v128.or(i32x4.shl(c, 21), i32x4.shr_u(c, 11)), sum);
    v128.store(at, sum);
  }
  v128.store(source, a);
  v128.store(source, b, 16);
  v128.store(source, c, 32);
  v128.store(source, counter, 48);
}
