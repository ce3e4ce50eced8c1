/**
 * What two runs side by side draw from. Each has sources of its own; their numbers alternate, so that one load gets
 * those of both. They are made in blocks, and what is left of a block where a step does not find all it needs moves in
 * front of the next one. A step reads on without a look at the end.
 *
 * A pair starts at an address; what it has beyond its bytes is up to the caller.
 */
import { BLOCK, fillNormals, NORMALS_BYTES, seedNormals } from './normals';
import { STATE_BYTES, warmUp } from './sfc32';
import { fillWords, seedWords, WORD_LANE_BYTES, WORD_SOURCE_BYTES, WORDS } from './words';

/** A number of each run, 32 bits. */
export const BOTH: usize = 8;

/** Number of runs, 1 or 2; what a run draws that is not there is zero. */
const RUNS: usize = 0;
/** Addresses of what is taken next. */
const NEXT_NORMALS: usize = 4;
const NEXT_WORDS: usize = 8;
/** Two of each: the states of sources, and generators of what is seldom needed. */
const NORMAL_SOURCES: usize = 64;
const WORD_SOURCES: usize = NORMAL_SOURCES + 2 * NORMALS_BYTES;
const SLOW_STATES: usize = WORD_SOURCES + 2 * WORD_SOURCE_BYTES;
const HEADER_BYTES: usize = 512;

const NORMAL_BLOCK_BYTES: usize = 8 * 512;
const WORD_BLOCK_BYTES: usize = 8 * 512;

/** Numbers of one run before they alternate with the other's. */
const first: usize = memory.data(4 * 512, 64);
const second: usize = memory.data(4 * 512, 64);

/** What a step takes, and where the blocks are in a pair. */
let normalsPerStep: usize = 0;
let wordsPerStep: usize = 0;
let normalBlock: usize = 0;
let wordBlock: usize = 0;

/** Prepares for steps that take a word, then words and normals two by two; returns the bytes of a pair. */
export function layOutPair(twosOfWords: usize, twosOfNormals: usize): usize {
  wordsPerStep = BOTH * (1 + 2 * twosOfWords);
  normalsPerStep = BOTH * 2 * twosOfNormals;
  normalBlock = HEADER_BYTES + normalsPerStep;
  wordBlock = normalBlock + NORMAL_BLOCK_BYTES + wordsPerStep;
  return wordBlock + WORD_BLOCK_BYTES;
}

export function runsOf(pair: usize): i32 {
  return load<i32>(pair, RUNS);
}

/** Generator of what is seldom needed. */
export function slowStateOf(pair: usize, lane: i32): usize {
  return pair + SLOW_STATES + (<usize>lane) * STATE_BYTES;
}

// @ts-ignore: decorator
@inline
function normalSourceOf(pair: usize, lane: i32): usize {
  return pair + NORMAL_SOURCES + (<usize>lane) * NORMALS_BYTES;
}

// @ts-ignore: decorator
@inline
function wordSourceOf(pair: usize, lane: i32): usize {
  return pair + WORD_SOURCES + (<usize>lane) * WORD_SOURCE_BYTES;
}

/** Seeds the sources of the next run of a pair whose bytes were zero at first; keys as in normals.ts and words.ts. */
export function seedNextRun(pair: usize, laneKeys: usize, restKey: usize, wordKeys: usize, slowKey: usize): void {
  const lane = runsOf(pair);
  seedNormals(normalSourceOf(pair, lane), laneKeys, restKey);
  seedWords(wordSourceOf(pair, lane), wordKeys, first);
  memory.copy(slowStateOf(pair, lane), slowKey, STATE_BYTES);
  warmUp(slowStateOf(pair, lane));
  store<i32>(pair, lane + 1, RUNS);
  store<usize>(pair, pair + normalBlock + NORMAL_BLOCK_BYTES, NEXT_NORMALS);
  store<usize>(pair, pair + wordBlock + WORD_BLOCK_BYTES, NEXT_WORDS);
}

/** Numbers of `first` and `second` in turn. */
function alternate(out: usize, count: usize): void {
  for (let at: usize = 0; at < count << 2; at += 16) {
    const a = v128.load(first + at);
    const b = v128.load(second + at);
    v128.store(out + 2 * at, v128.shuffle<i32>(a, b, 0, 4, 1, 5));
    v128.store(out + 2 * at, v128.shuffle<i32>(a, b, 2, 6, 3, 7), 16);
  }
}

/** New normals until there are enough for a step. */
function renewNormals(pair: usize, from: usize): void {
  const block = pair + normalBlock;
  const end = block + NORMAL_BLOCK_BYTES;
  let at = from;
  while (end - at < normalsPerStep) {
    const left = end - at;
    memory.copy(block - left, at, left);
    at = block - left;
    fillNormals(normalSourceOf(pair, 0), first, BLOCK);
    if (runsOf(pair) == 2) fillNormals(normalSourceOf(pair, 1), second, BLOCK);
    else memory.fill(second, 0, 4 * BLOCK);
    alternate(block, BLOCK);
  }
  store<usize>(pair, at, NEXT_NORMALS);
}

/** The same for words: two that are taken together are of one block, so that the last one of a block may be left out. */
function renewWords(pair: usize, from: usize): void {
  const block = pair + wordBlock;
  const end = block + WORD_BLOCK_BYTES;
  let at = from;
  while (end - at < wordsPerStep) {
    const left = end - at;
    const kept = left & BOTH || left == 0 ? left : left - BOTH;
    memory.copy(block - kept, at, kept);
    at = block - kept;
    fillWords(wordSourceOf(pair, 0), first);
    if (runsOf(pair) == 2) fillWords(wordSourceOf(pair, 1), second);
    else memory.fill(second, 0, 4 * WORDS);
    alternate(block, WORDS);
  }
  store<usize>(pair, at, NEXT_WORDS);
}

/** Address of the normals of the next step, f32, which are used up. */
// @ts-ignore: decorator
@inline
export function takeNormals(pair: usize): usize {
  if (load<usize>(pair, NEXT_NORMALS) + normalsPerStep > pair + normalBlock + NORMAL_BLOCK_BYTES) {
    renewNormals(pair, load<usize>(pair, NEXT_NORMALS));
  }
  const at = load<usize>(pair, NEXT_NORMALS);
  store<usize>(pair, at + normalsPerStep, NEXT_NORMALS);
  return at;
}

/** Address of the words of the next step, which are used up. */
// @ts-ignore: decorator
@inline
export function takeWords(pair: usize): usize {
  if (load<usize>(pair, NEXT_WORDS) + wordsPerStep > pair + wordBlock + WORD_BLOCK_BYTES) {
    renewWords(pair, load<usize>(pair, NEXT_WORDS));
  }
  const at = load<usize>(pair, NEXT_WORDS);
  store<usize>(pair, at + wordsPerStep, NEXT_WORDS);
  return at;
}

/** A normal of each run, by its address. */
// @ts-ignore: decorator
@inline
export function normalsAt(at: usize): v128 {
  return f64x2.promote_low_f32x4(v128.load64_zero(at));
}
