/** The one problem that an instance holds: its numbers, and where its arrays are in memory. */
import { LANE_STATE_BYTES } from './normals';
import { MAX_ROWS, SUM_BYTES } from './passes';
import { STATE_BYTES } from './sfc32';
import { SOFTMAX } from './gradient';
import { CLASS } from './labels';

/** Steps whose learning rates fit in memory at once. */
export const RATES: i32 = 4096;
/** Coordinates are padded with zeros to a multiple of this. */
const PADDING: i32 = 32;
const PAGE: u64 = 65536;
/** A line of the cache. */
const ALIGNMENT: u64 = 64;

export let dimension: i32 = 0;
export let classes: i32 = 0;
export let outputs: i32 = 0;
/**
 * Rows of X that are kept: ℓ, and one less for softmax. There the gradients sum to zero over the outputs and the loss
 * does not see what all rows have in common. So X less its mean row is followed, and the last row is minus the
 * sum of the others. The mean row only shrinks with the ridge: by `commonFactor` of step.ts.
 */
export let rows: i32 = 0;
/** The rows come in this many tiles (passes.ts), of sizes that differ by one at most. */
export let tiles: i32 = 0;
export let loss: i32 = 0;
export let batchSize: i32 = 0;
export let ridge: f64 = 0;
/** Kind of labels (labels.ts), and the number that goes with it. */
export let labels: i32 = 0;
export let labelParameter: f64 = 0;
/** Degrees of Student's t of a response's noise; 0 where it is Gaussian. */
export let labelDegrees: f64 = 0;
export const SIGN: i32 = 1;
export const CLIP: i32 = 2;
/** What is made of the data gradient, of those or 0, and the norm over √d that it is clipped at. */
export let shape: i32 = 0;
export let threshold: f64 = 0;
/** k, fields per direction, X and its companions, of steps by maps; 0 for plain SGD. */
export let fields: i32 = 0;

/** d with padding, and the bytes of one row of d f64. */
export let padded: i32 = 0;
export let rowBytes: usize = 0;

export let priors: usize = 0;
export let deviations: usize = 0;
export let means: usize = 0;
export let parameters: usize = 0;
export let teacher: usize = 0;
/** The k − 1 fields beside X, each as `parameters`. */
export let companions: usize = 0;
/** Σ of a batch's ∇f ⊗ a, as `parameters`; batch sizes above 1 and steps by maps only. */
export let batchGradient: usize = 0;
/** The sample, and a second place for when one is still needed while the next is made. */
export let sample: usize = 0;
export let spareSample: usize = 0;
export let rates: usize = 0;
/** Of each of the next steps M (k×k, row-major) and b (k) of the update. */
export let maps: usize = 0;
/** What is left of the mean row of the start in each field (softmax), f64 × k. */
export let commons: usize = 0;
/** A pair of coordinates of each field, v128 × k. */
export let pair: usize = 0;
/** Keys, to be filled in before `seed`: lanes of the samples, what their table leaves out, classes, label noise. */
export let laneKeys: usize = 0;
export let restKey: usize = 0;
export let classState: usize = 0;
export let labelState: usize = 0;
/** r, X*ᵀa + σε (or one after the other, twice as many), ∇f, coefficients of the update (f64 × outputs), and partial sums. */
export let output: usize = 0;
export let target: usize = 0;
export let slope: usize = 0;
export let coefficients: usize = 0;
export let sums: usize = 0;

/** First row of a tile. */
// @ts-ignore: decorator
@inline
export function firstRow(tile: i32): i32 {
  return (tile * rows) / tiles;
}

/** Takes what is made of noise and gradients. */
export function setShapes(newDegrees: f64, newShape: i32, newThreshold: f64): void {
  labelDegrees = newDegrees;
  shape = newShape;
  threshold = newThreshold;
}

let first: u64 = 0;
let cursor: u64 = 0;

/** Forgets all arrays of the problem before. */
export function startLayout(): void {
  first = (<u64>__heap_base + ALIGNMENT - 1) & ~(ALIGNMENT - 1);
  cursor = first;
}

export function reserve(bytes: u64): usize {
  const at = <usize>cursor;
  cursor += (bytes + ALIGNMENT - 1) & ~(ALIGNMENT - 1);
  return at;
}

/** Gets the memory for what was reserved, all zero; returns its end, or 0 if it cannot be had. */
export function finishLayout(): f64 {
  const pages = (cursor + PAGE - 1) / PAGE;
  if (pages > 65535) return 0;
  const missing = <i32>pages - memory.size();
  if (missing > 0 && memory.grow(missing) < 0) return 0;
  memory.fill(<usize>first, 0, <usize>(cursor - first));
  return <f64>cursor;
}

/**
 * Takes a problem's numbers and lays out its arrays, all zero.
 * @returns the bytes it takes; 0 if they cannot be had.
 */
export function layOut(
  newDimension: i32,
  newClasses: i32,
  newOutputs: i32,
  newLoss: i32,
  newBatchSize: i32,
  newRidge: f64,
  newLabels: i32,
  newLabelParameter: f64,
  newFields: i32,
): f64 {
  dimension = newDimension;
  classes = newClasses;
  outputs = newOutputs;
  loss = newLoss;
  rows = outputs - (loss == SOFTMAX ? 1 : 0);
  tiles = (rows + MAX_ROWS - 1) / MAX_ROWS;
  batchSize = newBatchSize;
  ridge = newRidge;
  labels = newLabels;
  labelParameter = newLabelParameter;
  fields = newFields;
  padded = (dimension + PADDING - 1) & ~(PADDING - 1);
  const row = <u64>padded << 3;
  const few = <u64>outputs << 3;
  startLayout();
  rowBytes = <usize>row;
  priors = reserve(<u64>classes << 3);
  laneKeys = reserve(LANE_STATE_BYTES);
  restKey = reserve(STATE_BYTES);
  classState = reserve(STATE_BYTES);
  labelState = reserve(STATE_BYTES);
  output = reserve(few);
  target = reserve(few << 1);
  slope = reserve(few);
  coefficients = reserve(few);
  sums = reserve((<u64>rows) * SUM_BYTES);
  rates = reserve(<u64>RATES << 3);
  maps = reserve(fields > 0 ? (<u64>(RATES * fields * (fields + 1))) << 3 : 0);
  commons = reserve(<u64>fields << 3);
  pair = reserve(<u64>fields << 4);
  sample = reserve(row);
  spareSample = reserve(row);
  parameters = reserve(row * rows);
  batchGradient = reserve(batchSize > 1 || fields > 0 ? row * rows : 0);
  companions = reserve(row * <u64>(rows * max(fields - 1, 0)));
  teacher = reserve(labels == CLASS ? 0 : row * rows);
  deviations = reserve(row * classes);
  means = reserve(row * classes);
  return finishLayout();
}
