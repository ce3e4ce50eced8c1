/**
 * The reduced Markov chain of SGD (docs/reduced-sgd.md) for one output without teacher and batches of one. Its state
 * is a vector of S coordinates on the basis, followed by the R norms ρ of the rests, in pairs; the last pair may have
 * an entry that is not used. What a step draws does not depend on the state: the processor makes the next sample while
 * it waits for the gradient at this one.
 */
import { LOGISTIC } from './gradient';
import { buildLayers } from './layers';
import { BLOCK, block, fillNormals, LANE_STATE_BYTES, normal, seedNormals } from './normals';
import { finishLayout, RATES, reserve, startLayout } from './problem';
import { STATE_BYTES, uniform, warmUp, word } from './sfc32';
import { buildSigmoid, tabulatedSigmoid } from './sigmoid';
import { seedWords, takeWords, WORD_LANE_BYTES } from './words';

const WORD_UNIT: f64 = 1.0 / 4294967296.0;

let classes: i32 = 0;
let loss: i32 = 0;
let dimension: f64 = 1;
let ridge: f64 = 0;
/** Bytes of the state's pairs that are coordinates only, and of all. */
let plainBytes: usize = 0;
let bytes: usize = 0;

let laneKeys: usize = 0;
let restKey: usize = 0;
let wordKeys: usize = 0;
/** Generator of what the fast test of a chi-square does not settle. */
let slowState: usize = 0;
/** p_1 + … + p_i, and what the gradient of the loss is less than its link (f64 × classes). */
let cumulated: usize = 0;
let targets: usize = 0;
/** Means and standard deviations, classes × entries of the state. */
let means: usize = 0;
let deviations: usize = 0;
let state: usize = 0;
let rates: usize = 0;
/** All bits set where an entry is a norm. */
let isNorm: usize = 0;
/** Degrees of freedom of the chi-squares; 0 where there is none. */
let degrees: usize = 0;
/** For n degrees and a = n/2 − 1/3: 1/(3√a), 2a and 1/(54 a). */
let slopes: usize = 0;
let scales: usize = 0;
let bends: usize = 0;
/** The sample, and λ χ² of what is orthogonal to basis and rest. */
let sample: usize = 0;
let squares: usize = 0;

/** The next normal of the block that was not used. */
let nextNormal: usize = 0;
let gradientSquares: f64 = 0;

/** Lays out arrays for `entries` entries of which the first `coordinates` are such; as problem.layOut. */
export function configureReduced(
  newDimension: f64,
  newClasses: i32,
  newLoss: i32,
  newRidge: f64,
  coordinates: i32,
  entries: i32,
): f64 {
  buildLayers();
  buildSigmoid();
  dimension = newDimension;
  classes = newClasses;
  loss = newLoss;
  ridge = newRidge;
  plainBytes = (<usize>(coordinates >> 1)) << 4;
  bytes = (<usize>((entries + 1) >> 1)) << 4;
  startLayout();
  laneKeys = reserve(LANE_STATE_BYTES);
  restKey = reserve(STATE_BYTES);
  wordKeys = reserve(WORD_LANE_BYTES);
  slowState = reserve(STATE_BYTES);
  cumulated = reserve((<u64>classes) << 3);
  targets = reserve((<u64>classes) << 3);
  means = reserve((<u64>classes) * bytes);
  deviations = reserve((<u64>classes) * bytes);
  state = reserve(bytes);
  rates = reserve((<u64>RATES) << 3);
  isNorm = reserve(bytes);
  degrees = reserve(bytes);
  slopes = reserve(bytes);
  scales = reserve(bytes);
  bends = reserve(bytes);
  sample = reserve(bytes);
  squares = reserve(bytes);
  return finishLayout();
}

/** Address of an array, by its place in the list of src/core/kernel/reduced.ts. */
export function reducedAddressOf(array: i32): usize {
  switch (array) {
    case 0:
      return laneKeys;
    case 1:
      return restKey;
    case 2:
      return wordKeys;
    case 3:
      return slowState;
    case 4:
      return cumulated;
    case 5:
      return targets;
    case 6:
      return means;
    case 7:
      return deviations;
    case 8:
      return state;
    case 9:
      return rates;
    case 10:
      return degrees;
    case 11:
      return sample;
    default:
      return squares;
  }
}

/** Starts a run, once keys and arrays are filled in. */
export function startReduced(): void {
  for (let at = plainBytes; at < bytes; at += 8) {
    const n = load<f64>(degrees + at);
    if (n == 0) continue;
    const a = 0.5 * n - 1.0 / 3.0;
    store<u64>(isNorm + at, u64.MAX_VALUE);
    // one degree is a squared normal: NaN sends it past the fast test
    store<f64>(slopes + at, n == 1 ? NaN : 1.0 / (3.0 * Math.sqrt(a)));
    store<f64>(scales + at, 2.0 * a);
    store<f64>(bends + at, 1.0 / (54.0 * a));
  }
  seedNormals(laneKeys, restKey);
  seedWords(wordKeys);
  warmUp(slowState);
  nextNormal = block + ((<usize>BLOCK) << 2);
  gradientSquares = 0;
}

export function reducedGradientSquareSum(): f64 {
  return gradientSquares;
}

// @ts-ignore: decorator
@inline
function normalPair(): v128 {
  if (nextNormal == block + ((<usize>BLOCK) << 2)) {
    fillNormals(block, BLOCK);
    nextNormal = block;
  }
  const pair = f64x2.promote_low_f32x4(v128.load64_zero(nextNormal));
  nextNormal += 8;
  return pair;
}

// @ts-ignore: decorator
@inline
function drawClass(): i32 {
  const u = (<f64>load<u32>(takeWords(1)) + 0.5) * WORD_UNIT;
  let i = 0;
  for (let k: usize = 0; k < (<usize>(classes - 1)) << 3; k += 8) i += <i32>(u > load<f64>(cumulated + k));
  return i;
}

/**
 * Chi-square by G. Marsaglia and W. W. Tsang (ACM TOMS 26 (2000) 363) from a normal x and a word, the leading bits of
 * a uniform u.
 */
function chiSquare(at: usize, first: f64, leading: u32): f64 {
  const n = load<f64>(degrees + at);
  if (n == 0) return 0;
  if (n == 1) return first * first;
  const a = 0.5 * n - 1.0 / 3.0;
  let x = first;
  let high = leading;
  while (true) {
    const root = 1.0 + load<f64>(slopes + at) * x;
    const u = (<f64>high + uniform(slowState)) * WORD_UNIT;
    if (root > 0) {
      const cube = root * root * root;
      if (Math.log(u) < 0.5 * x * x + a * (1.0 - cube + Math.log(cube))) return 2.0 * a * cube;
    }
    x = normal(slowState);
    high = word(slowState);
  }
}

/**
 * Two chi-squares. With y = x/(3√a) the exact test accepts with probability e^h, h = 3a (ln(1 + y) − y + y²/2 − y³/3),
 * and h >= −(3/2) a y⁴ = −x⁴/(54 a) for y >= −½: below 1 − x⁴/(54 a) there is no need to take logarithms.
 */
// @ts-ignore: decorator
@inline
function chiSquarePair(at: usize): v128 {
  const x = normalPair();
  const words = takeWords(2);
  const u = f64x2.mul(
    f64x2.add(f64x2.convert_low_i32x4_u(v128.load64_zero(words)), f64x2.splat(1)),
    f64x2.splat(WORD_UNIT),
  );
  const root = f64x2.add(f64x2.splat(1), f64x2.mul(v128.load(slopes + at), x));
  const square = f64x2.mul(x, x);
  const limit = f64x2.sub(f64x2.splat(1), f64x2.mul(v128.load(bends + at), f64x2.mul(square, square)));
  const settled = v128.and(f64x2.lt(u, limit), f64x2.gt(root, f64x2.splat(0.5)));
  if (i64x2.all_true(settled)) {
    return f64x2.mul(v128.load(scales + at), f64x2.mul(root, f64x2.mul(root, root)));
  }
  const low = chiSquare(at, f64x2.extract_lane(x, 0), load<u32>(words));
  const high = chiSquare(at + 8, f64x2.extract_lane(x, 1), load<u32>(words, 4));
  return f64x2(low, high);
}

/** Draws class, `sample` and `squares` of the next step; returns the class. */
export function drawReduced(): i32 {
  const i = drawClass();
  const inClass = (<usize>i) * bytes;
  const mean = means + inClass;
  const deviation = deviations + inClass;
  for (let at: usize = 0; at < bytes; at += 16) {
    const entry = f64x2.add(v128.load(mean + at), f64x2.mul(v128.load(deviation + at), normalPair()));
    v128.store(sample + at, entry);
  }
  for (let at = plainBytes; at < bytes; at += 16) {
    const sigma = v128.load(deviation + at);
    v128.store(squares + at, f64x2.mul(f64x2.mul(sigma, sigma), chiSquarePair(at)));
  }
  return i;
}

// @ts-ignore: decorator
@inline
function sumLanes(pair: v128): f64 {
  return f64x2.extract_lane(pair, 0) + f64x2.extract_lane(pair, 1);
}

/** f′ at the sample. */
// @ts-ignore: decorator
@inline
function slopeAt(i: i32): f64 {
  let sum = f64x2.splat(0);
  for (let at: usize = 0; at < bytes; at += 16) {
    sum = f64x2.add(sum, f64x2.mul(v128.load(sample + at), v128.load(state + at)));
  }
  const r = sumLanes(sum);
  return (loss == LOGISTIC ? tabulatedSigmoid(r) : r) - load<f64>(targets + ((<usize>i) << 3));
}

/** ‖a‖² of the sample. */
// @ts-ignore: decorator
@inline
function sampleSquare(): f64 {
  let sum = f64x2.splat(0);
  for (let at: usize = 0; at < bytes; at += 16) {
    const entry = v128.load(sample + at);
    sum = f64x2.add(sum, f64x2.mul(entry, entry));
  }
  for (let at = plainBytes; at < bytes; at += 16) sum = f64x2.add(sum, v128.load(squares + at));
  return sumLanes(sum);
}

/** X ← shrink · X − factor · a. */
// @ts-ignore: decorator
@inline
function apply(factor: f64, shrink: f64): void {
  const c = f64x2.splat(factor);
  const s = f64x2.splat(shrink);
  for (let at: usize = 0; at < plainBytes; at += 16) {
    const moved = f64x2.sub(f64x2.mul(s, v128.load(state + at)), f64x2.mul(c, v128.load(sample + at)));
    v128.store(state + at, moved);
  }
  const cc = f64x2.mul(c, c);
  for (let at = plainBytes; at < bytes; at += 16) {
    const moved = f64x2.sub(f64x2.mul(s, v128.load(state + at)), f64x2.mul(c, v128.load(sample + at)));
    const norm = f64x2.sqrt(f64x2.add(f64x2.mul(moved, moved), f64x2.mul(cc, v128.load(squares + at))));
    v128.store(state + at, v128.bitselect(norm, moved, v128.load(isNorm + at)));
  }
}

/** Steps with the learning rates in `rates`. */
export function advanceReducedGiven(steps: i32): void {
  for (let k = 0; k < steps; k++) {
    const slope = slopeAt(drawReduced());
    const scale = load<f64>(rates + ((<usize>k) << 3)) / dimension;
    apply(scale * slope, 1.0 - scale * ridge);
  }
}

/** Steps by AdaGrad-Norm. */
export function advanceReducedAdagrad(steps: i32, rate: f64, offset: f64): void {
  const unit = 1.0 / dimension / dimension;
  const scaledRate = rate / dimension;
  for (let k = 0; k < steps; k++) {
    const slope = slopeAt(drawReduced());
    gradientSquares += slope * slope * (unit * sampleSquare());
    const scale = scaledRate / Math.sqrt(offset * offset + gradientSquares);
    apply(scale * slope, 1.0 - scale * ridge);
  }
}
