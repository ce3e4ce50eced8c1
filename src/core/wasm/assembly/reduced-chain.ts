/**
 * The reduced Markov chain of SGD (docs/reduced-sgd.md) for one output without teacher and batches of one, two classes,
 * and several runs of a problem. Two runs are the lanes of every vector, and the pairs of runs take turns step by step:
 * a run waits for f′ most of the time, and the processor works at the others meanwhile. What a step draws does not
 * depend on the state: also the next sample is made in that time.
 *
 * The state is S coordinates on the basis, followed by the R norms ρ of the rests.
 */
import { chiSquare, fastChiSquares, setDegrees } from './chi-square';
import { LOGISTIC } from './gradient';
import { buildLayers } from './layers';
import { LANE_STATE_BYTES } from './normals';
import { BOTH, layOutPair, normalsAt, runsOf, seedNextRun, slowStateOf, takeNormals, takeWords } from './pair';
import { finishLayout, RATES, reserve, startLayout } from './problem';
import { STATE_BYTES } from './sfc32';
import { buildSigmoid, tabulatedSigmoid } from './sigmoid';
import { WORD_LANE_BYTES } from './words';

const CLASSES: usize = 2;

/** Vectors of an entry of the state, one lane per run: the state, the sample, and λ χ² of what is orthogonal to all. */
const ENTRY_BYTES: usize = 64;
const SAMPLE: usize = 16;
const SQUARE: usize = 32;
/** Vectors of an entry by the classes of the two runs: mean, standard deviation and variance of the sample. */
const DEVIATION: usize = 16;
const VARIANCE: usize = 32;
/** After the sources of a pair: Σ ‖∇Ψ‖²/d² by AdaGrad-Norm, and the entries from here on. */
const ENTRIES: usize = 64;

let loss: i32 = 0;
let dimension: f64 = 1;
let ridge: f64 = 0;
/** Entries come in twos; bytes of those twos that are coordinates only, of all coordinates, of all entries, of all twos. */
let plainBytes: usize = 0;
let coordinateBytes: usize = 0;
let stateBytes: usize = 0;
let bytes: usize = 0;
/** The first class has the words up to here. */
let threshold: i64 = 0;

/** Keys of the run that is seeded next. */
let laneKeys: usize = 0;
let restKey: usize = 0;
let wordKeys: usize = 0;
let slowKey: usize = 0;
/** p_1, and what the gradient of the loss is less than its link (f64 × classes). */
let prior: usize = 0;
let targets: usize = 0;
/** Means and standard deviations, classes × entries; degrees of freedom of the chi-squares, 0 where there is none. */
let means: usize = 0;
let deviations: usize = 0;
let degrees: usize = 0;
let rates: usize = 0;
/** By the classes of two runs, classes²: the vectors of the entries, and the targets. */
let laws: usize = 0;
let lawBytes: usize = 0;
/** Chi-squares of the entries (chi-square.ts). */
let tests: usize = 0;
/** The pairs of runs, and their end; bytes of the sources of a pair, and of all it has. */
let pairs: usize = 0;
let pairsEnd: usize = 0;
let sourceBytes: usize = 0;
let pairBytes: usize = 0;

/** Lays out arrays for `entries` entries of which the first `coordinates` are such; as problem.layOut. */
export function configureReduced(
  newDimension: f64,
  newLoss: i32,
  newRidge: f64,
  coordinates: i32,
  entries: i32,
  runs: i32,
): f64 {
  buildLayers();
  buildSigmoid();
  dimension = newDimension;
  loss = newLoss;
  ridge = newRidge;
  const twos = (entries + 1) >> 1;
  plainBytes = (<usize>(coordinates >> 1)) * 2 * ENTRY_BYTES;
  coordinateBytes = (<usize>coordinates) * ENTRY_BYTES;
  stateBytes = (<usize>entries) * ENTRY_BYTES;
  bytes = (<usize>twos) * 2 * ENTRY_BYTES;
  startLayout();
  laneKeys = reserve(LANE_STATE_BYTES);
  restKey = reserve(STATE_BYTES);
  wordKeys = reserve(WORD_LANE_BYTES);
  slowKey = reserve(STATE_BYTES);
  prior = reserve(8);
  targets = reserve(8 * CLASSES);
  const row = (<u64>entries) << 3;
  means = reserve(CLASSES * row);
  deviations = reserve(CLASSES * row);
  degrees = reserve(row);
  rates = reserve((<u64>RATES) << 3);
  lawBytes = bytes + 64;
  laws = reserve(CLASSES * CLASSES * lawBytes);
  tests = reserve(bytes);
  const count = <usize>((runs + 1) >> 1);
  sourceBytes = layOutPair((bytes - plainBytes) / (2 * ENTRY_BYTES), (2 * bytes - plainBytes) / (2 * ENTRY_BYTES));
  pairBytes = sourceBytes + ENTRIES + bytes;
  pairs = reserve(count * pairBytes);
  pairsEnd = pairs + count * pairBytes;
  return finishLayout();
}

/** Address of an array, by its place in the list of src/core/kernel/reduced-chain.ts. */
export function reducedAddressOf(array: i32): usize {
  switch (array) {
    case 0:
      return laneKeys;
    case 1:
      return restKey;
    case 2:
      return wordKeys;
    case 3:
      return slowKey;
    case 4:
      return prior;
    case 5:
      return targets;
    case 6:
      return means;
    case 7:
      return deviations;
    case 8:
      return degrees;
    default:
      return rates;
  }
}

// @ts-ignore: decorator
@inline
function pairOf(run: i32): usize {
  return pairs + (<usize>(run >> 1)) * pairBytes;
}

// @ts-ignore: decorator
@inline
function entriesOf(pair: usize): usize {
  return pair + sourceBytes + ENTRIES;
}

/** Address of a run's first entry: its state; the sample and the square are 2 and 4 numbers further, the next entry 8. */
export function reducedRun(run: i32): usize {
  return entriesOf(pairOf(run)) + ((<usize>(run & 1)) << 3);
}

/** Seeds a run from the keys that are filled in; runs come in order. */
export function seedReduced(run: i32): void {
  seedNextRun(pairOf(run), laneKeys, restKey, wordKeys, slowKey);
}

/** Makes the tables, once the arrays of the problem are filled in. */
export function startReduced(): void {
  // (word + ½) 2⁻³² > p_1, in integers
  threshold = <i64>Math.floor(load<f64>(prior) * 4294967296.0 - 0.5);
  for (let first: usize = 0; first < CLASSES; first++) {
    for (let second: usize = 0; second < CLASSES; second++) setLaw(first, second);
  }
  for (let at: usize = 0; at < stateBytes; at += ENTRY_BYTES) {
    const n = load<f64>(degrees + (at >> 3));
    if (n > 0) setDegrees(tests + at, n);
  }
}

function setLaw(first: usize, second: usize): void {
  const both = CLASSES * first + second;
  v128.store(laws + both * lawBytes + bytes, f64x2(load<f64>(targets + (first << 3)), load<f64>(targets + (second << 3))));
  const row = stateBytes >> 3;
  for (let at: usize = 0; at < stateBytes; at += ENTRY_BYTES) {
    const law = laws + both * lawBytes + at;
    const one = first * row + (at >> 3);
    const other = second * row + (at >> 3);
    const deviation = f64x2(load<f64>(deviations + one), load<f64>(deviations + other));
    v128.store(law, f64x2(load<f64>(means + one), load<f64>(means + other)));
    v128.store(law, deviation, DEVIATION);
    v128.store(law, f64x2.mul(deviation, deviation), VARIANCE);
  }
}

export function reducedGradientSquareSum(run: i32): f64 {
  return load<f64>(pairOf(run) + sourceBytes + ((<usize>(run & 1)) << 3));
}

/** The squares of two entries anew, in the runs that the fast test has not settled. */
function settle(pair: usize, law: usize, at: usize, normals: usize, words: usize, settled: i32): void {
  for (let lane = 0; lane < runsOf(pair); lane++) {
    if ((settled >> lane) & 1) continue;
    const place = <usize>lane;
    for (let k: usize = 0; k < 2; k++) {
      const entry = at + k * ENTRY_BYTES;
      const n = entry < stateBytes ? load<f64>(degrees + (entry >> 3)) : 0.0;
      const number = k * BOTH + (place << 2);
      const value = chiSquare(n, <f64>load<f32>(normals + number), load<u32>(words + number), slowStateOf(pair, lane));
      const variance = load<f64>(law + entry + (place << 3), VARIANCE);
      store<f64>(entriesOf(pair) + entry + (place << 3), variance * value, SQUARE);
    }
  }
}

/** Draws the next sample of both runs, and the squares; returns where the law of their classes is. */
// @ts-ignore: decorator
@inline
function draw(pair: usize, plain: usize, end: usize): usize {
  let normals = takeNormals(pair);
  let words = takeWords(pair);
  const law = lawOf(<i64>load<u32>(words) > threshold, <i64>load<u32>(words, 4) > threshold);
  const entries = entriesOf(pair);
  words += BOTH;
  for (let at: usize = 0; at < end; at += ENTRY_BYTES) {
    const from = law + at;
    const away = f64x2.mul(v128.load(from, DEVIATION), normalsAt(normals));
    v128.store(entries + at, f64x2.add(v128.load(from), away), SAMPLE);
    normals += BOTH;
  }
  for (let at = plain; at < end; at += 2 * ENTRY_BYTES) {
    const test = tests + at;
    const from = law + at;
    const to = entries + at;
    const one = fastChiSquares(test, v128.load(from, VARIANCE), to + SQUARE, normals, words);
    const variance = v128.load(from, ENTRY_BYTES + VARIANCE);
    const next = fastChiSquares(test + ENTRY_BYTES, variance, to + (ENTRY_BYTES + SQUARE), normals + BOTH, words + BOTH);
    const settled = v128.and(one, next);
    if (!i64x2.all_true(settled)) settle(pair, law, at, normals, words, i64x2.bitmask(settled));
    normals += 2 * BOTH;
    words += 2 * BOTH;
  }
  return law;
}

// @ts-ignore: decorator
@inline
function lawOf(first: bool, second: bool): usize {
  return laws + (CLASSES * <usize>first + <usize>second) * lawBytes;
}

/** Draws the next step of a run and of its neighbour; returns the run's class. */
export function drawReduced(run: i32): i32 {
  const pair = pairOf(run);
  const both = <i32>((draw(pair, plainBytes, bytes) - laws) / lawBytes);
  return run & 1 ? both & 1 : both >> 1;
}

/** f′ at the samples. */
// @ts-ignore: decorator
@inline
function slopes(entries: usize, end: usize, label: v128): v128 {
  let even = f64x2.splat(0);
  let odd = f64x2.splat(0);
  for (let at = entries; at < entries + end; at += 2 * ENTRY_BYTES) {
    even = f64x2.add(even, f64x2.mul(v128.load(at, SAMPLE), v128.load(at)));
    odd = f64x2.add(odd, f64x2.mul(v128.load(at, ENTRY_BYTES + SAMPLE), v128.load(at, ENTRY_BYTES)));
  }
  const r = f64x2.add(even, odd);
  return f64x2.sub(loss == LOGISTIC ? tabulatedSigmoid(r) : r, label);
}

/** ‖a‖² of the samples. */
// @ts-ignore: decorator
@inline
function sampleSquares(pair: usize): v128 {
  let even = f64x2.splat(0);
  let odd = f64x2.splat(0);
  const entries = entriesOf(pair);
  for (let at = entries; at < entries + bytes; at += 2 * ENTRY_BYTES) {
    const one = v128.load(at, SAMPLE);
    const next = v128.load(at, ENTRY_BYTES + SAMPLE);
    even = f64x2.add(even, f64x2.mul(one, one));
    odd = f64x2.add(odd, f64x2.mul(next, next));
  }
  for (let at = entries + plainBytes; at < entries + bytes; at += 2 * ENTRY_BYTES) {
    even = f64x2.add(even, v128.load(at, SQUARE));
    odd = f64x2.add(odd, v128.load(at, ENTRY_BYTES + SQUARE));
  }
  return f64x2.add(even, odd);
}

/** X ← shrink · X − factor · a. */
// @ts-ignore: decorator
@inline
function apply(entries: usize, coordinates: usize, end: usize, factor: v128, shrink: v128): void {
  let at = entries;
  for (; at < entries + coordinates; at += ENTRY_BYTES) {
    v128.store(at, f64x2.sub(f64x2.mul(shrink, v128.load(at)), f64x2.mul(factor, v128.load(at, SAMPLE))));
  }
  const squared = f64x2.mul(factor, factor);
  for (; at < entries + end; at += ENTRY_BYTES) {
    const moved = f64x2.sub(f64x2.mul(shrink, v128.load(at)), f64x2.mul(factor, v128.load(at, SAMPLE)));
    v128.store(at, f64x2.sqrt(f64x2.add(f64x2.mul(moved, moved), f64x2.mul(squared, v128.load(at, SQUARE)))));
  }
}

/** Steps of all runs with the learning rates in `rates`. */
export function advanceReducedGiven(steps: i32): void {
  const plain = plainBytes;
  const coordinates = coordinateBytes;
  const state = stateBytes;
  const twos = bytes;
  const end = pairsEnd;
  const stride = pairBytes;
  for (let k = 0; k < steps; k++) {
    const scale = load<f64>(rates + ((<usize>k) << 3)) / dimension;
    const factor = f64x2.splat(scale);
    const shrink = f64x2.splat(1.0 - scale * ridge);
    for (let pair = pairs; pair < end; pair += stride) {
      const entries = entriesOf(pair);
      const law = draw(pair, plain, twos);
      const slope = slopes(entries, twos, v128.load(law + twos));
      apply(entries, coordinates, state, f64x2.mul(factor, slope), shrink);
    }
  }
}

/** Steps of all runs by AdaGrad-Norm. */
export function advanceReducedAdagrad(steps: i32, rate: f64, offset: f64): void {
  const unit = f64x2.splat(1.0 / dimension / dimension);
  const scaledRate = f64x2.splat(rate / dimension);
  const least = f64x2.splat(offset * offset);
  const plain = plainBytes;
  const coordinates = coordinateBytes;
  const state = stateBytes;
  const twos = bytes;
  const end = pairsEnd;
  const stride = pairBytes;
  for (let k = 0; k < steps; k++) {
    for (let pair = pairs; pair < end; pair += stride) {
      const entries = entriesOf(pair);
      const law = draw(pair, plain, twos);
      const slope = slopes(entries, twos, v128.load(law + twos));
      const gradientSquare = f64x2.mul(f64x2.mul(slope, slope), f64x2.mul(unit, sampleSquares(pair)));
      const sum = f64x2.add(v128.load(pair + sourceBytes), gradientSquare);
      v128.store(pair + sourceBytes, sum);
      const scale = f64x2.div(scaledRate, f64x2.sqrt(f64x2.add(least, sum)));
      const shrink = f64x2.sub(f64x2.splat(1), f64x2.mul(scale, f64x2.splat(ridge)));
      apply(entries, coordinates, state, f64x2.mul(scale, slope), shrink);
    }
  }
}
