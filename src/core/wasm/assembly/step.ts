/**
 * The steps of (T1). With one sample per step the update waits until the next sample is projected, so that the
 * parameters pass through the processor once per step; with a batch its gradient is summed first.
 */
import { lossGradient, OF_HOST, PHASE_RETRIEVAL_ABSOLUTE, SOFTMAX } from './gradient';
import { CLASS, probability, RESPONSE, responseNoise } from './labels';
import { BLOCK, block, fillNormals, normal, samples } from './normals';
import {
  IGNORE,
  MAKE_AND_PROJECT,
  NOTHING,
  PROJECT,
  SHRINK_AND_UPDATE,
  squares,
  SUM_BYTES,
  setTile,
  setSample,
  setUpdate,
  sweep,
  UPDATE,
} from './passes';
import * as problem from './problem';
import { uniform } from './sfc32';
import { shapeGradient } from './shape';

/** Whether an update by `sample`, `coefficients` and `keep` waits. */
let pending: bool = false;
let keep: f64 = 1.0;
let sample: usize = 0;
let spare: usize = 0;
/** What is left of the mean row of the start (softmax). */
let common: f64 = 1.0;
/** d⁻² Σ_j ‖∇Ψ_j‖². */
let gradientSquares: f64 = 0;

export function begin(): void {
  pending = false;
  sample = problem.sample;
  spare = problem.spareSample;
  gradientSquares = 0;
  common = 1;
}

/** Factor of the mean row of the start in the mean row of a field now. */
export function commonFactor(field: i32): f64 {
  return problem.fields > 0 ? load<f64>(problem.commons + ((<usize>field) << 3)) : common;
}

export function gradientSquareSum(): f64 {
  return gradientSquares;
}

/** Class of the next sample by the cumulated priors, as in oracle.ts. */
function drawClass(): i32 {
  const u = uniform(problem.classState);
  const last = problem.classes - 1;
  let sum = 0.0;
  for (let i = 0; i < last; i++) {
    sum += load<f64>(problem.priors + (<usize>i << 3));
    if (u < sum) return i;
  }
  return last;
}

// @ts-ignore: decorator
@inline
function sumLanes(at: usize): f64 {
  return load<f64>(at) + load<f64>(at, 8);
}

/** r of the sums of all outputs, into `out`. */
function collect(out: usize): void {
  for (let o = 0; o < problem.rows; o++) {
    store<f64>(out + ((<usize>o) << 3), sumLanes(problem.sums + (<usize>o) * SUM_BYTES));
  }
}

/** A tile of a tiled matrix, by its first row. */
// @ts-ignore: decorator
@inline
function tileAt(matrix: usize, first: i32): usize {
  return matrix + (<usize>first) * problem.rowBytes;
}

// @ts-ignore: decorator
@inline
function sumsAt(row: i32): usize {
  return problem.sums + (<usize>row) * SUM_BYTES;
}

// @ts-ignore: decorator
@inline
function coefficientsAt(row: i32): usize {
  return problem.coefficients + ((<usize>row) << 3);
}

/** One pass over all of a tiled matrix with `sample` as the new sample or that of the update. */
function sweepWhole(matrix: usize, mode: i32, task: i32): void {
  setSample(sample, 0, 0);
  for (let tile = 0; tile < problem.tiles; tile++) {
    const first = problem.firstRow(tile);
    setTile(tileAt(matrix, first), sumsAt(first));
    setUpdate(sample, coefficientsAt(first), matrix == problem.parameters ? keep : 1.0);
    sweep(problem.firstRow(tile + 1) - first, mode, task, 0, problem.padded);
  }
}

/** Makes and projects the coordinates of one block of the next sample, after the update that waits. */
function advanceBlock(offset: usize, count: i32, mode: i32, from: usize, into: usize, classIndex: i32): void {
  const inClass = (<usize>classIndex) * problem.rowBytes + offset;
  fillNormals(samples, block, count);
  setSample(into + offset, problem.deviations + inClass, problem.means + inClass);
  let task = MAKE_AND_PROJECT;
  for (let tile = 0; tile < problem.tiles; tile++) {
    const first = problem.firstRow(tile);
    const n = problem.firstRow(tile + 1) - first;
    setTile(tileAt(problem.parameters, first) + (<usize>n) * offset, sumsAt(first));
    setUpdate(from + offset, coefficientsAt(first), keep);
    sweep(n, mode, task, block, count);
    task = PROJECT;
  }
}

function clearSums(): void {
  for (let o = 0; o < problem.rows; o++) v128.store(problem.sums + (<usize>o) * SUM_BYTES, f64x2.splat(0));
}

/** Draws the next sample into `into`, after the update by `from` that may wait, and sets `output`; returns its class. */
function drawSample(mode: i32, from: usize, into: usize): i32 {
  const classIndex = drawClass();
  clearSums();
  v128.store(squares, f64x2.splat(0));
  for (let done = 0; done < problem.padded; done += BLOCK) {
    advanceBlock((<usize>done) << 3, min(problem.padded - done, BLOCK), mode, from, into, classIndex);
  }
  collect(problem.output);
  return classIndex;
}

/** What the teacher tells of `sample`: X*ᵀa + σε into `target`, or its binary label, which is returned. */
function answerOfTeacher(classIndex: i32): i32 {
  clearSums();
  sweepWhole(problem.teacher, NOTHING, PROJECT);
  collect(problem.target);
  if (problem.labels != RESPONSE) {
    const positive = probability(problem.labels, problem.labelParameter, load<f64>(problem.target));
    return uniform(problem.labelState) < positive ? 0 : 1;
  }
  // of a loss that sees the noise by itself it goes behind the response
  if (problem.loss == PHASE_RETRIEVAL_ABSOLUTE || problem.loss == OF_HOST) {
    store<f64>(problem.target, problem.labelParameter * responseNoise(problem.labelDegrees, problem.labelState), 8);
    return classIndex;
  }
  for (let o = 0; o < problem.outputs; o++) {
    const entry = problem.target + ((<usize>o) << 3);
    store<f64>(entry, load<f64>(entry) + problem.labelParameter * responseNoise(problem.labelDegrees, problem.labelState));
  }
  return classIndex;
}

/** Draws a sample into `into`, which becomes `sample`, and sets `slope` to its ∇f. */
function drawGradient(mode: i32, into: usize): void {
  const classIndex = drawSample(mode, sample, into);
  spare = into == sample ? spare : sample;
  sample = into;
  const label = problem.labels == CLASS ? classIndex : answerOfTeacher(classIndex);
  lossGradient(problem.loss, label, problem.output, problem.target, problem.outputs, problem.slope);
}

function slopeSquare(): f64 {
  let sum = 0.0;
  for (let o = 0; o < problem.outputs; o++) {
    const entry = load<f64>(problem.slope + ((<usize>o) << 3));
    sum += entry * entry;
  }
  return sum;
}

function setCoefficients(factor: f64): void {
  for (let o = 0; o < problem.outputs; o++) {
    const at = (<usize>o) << 3;
    store<f64>(problem.coefficients + at, factor * load<f64>(problem.slope + at));
  }
}

// @ts-ignore: decorator
@inline
function updateMode(): i32 {
  return problem.ridge == 0 ? UPDATE : SHRINK_AND_UPDATE;
}

/** The gradient of the next sample; its update waits. */
function gradientOfOne(): f64 {
  // a single tile row can take the new sample where the old one was
  drawGradient(pending ? updateMode() : NOTHING, problem.rows > 1 ? spare : sample);
  return sumLanes(squares) * slopeSquare();
}

/** The gradient of a batch, summed up in `batchGradient`. */
function gradientOfBatch(): f64 {
  for (let s = 0; s < problem.batchSize; s++) {
    drawGradient(NOTHING, sample);
    setCoefficients(-1.0 / <f64>problem.batchSize);
    sweepWhole(problem.batchGradient, UPDATE, IGNORE);
  }
  let square = squareOf(problem.batchGradient, (<usize>problem.rows) * problem.rowBytes);
  if (problem.loss == SOFTMAX) {
    // the row that is not kept is minus the sum of the others
    sumOfRows(problem.batchGradient, spare);
    square += squareOf(spare, problem.rowBytes);
  }
  return square;
}

function squareOf(at: usize, bytes: usize): f64 {
  let square = f64x2.splat(0);
  for (const end = at + bytes; at < end; at += 16) {
    const entry = v128.load(at);
    square = f64x2.add(square, f64x2.mul(entry, entry));
  }
  return f64x2.extract_lane(square, 0) + f64x2.extract_lane(square, 1);
}

/** The sum of the rows of a tiled matrix, as a vector. */
function sumOfRows(matrix: usize, out: usize): void {
  memory.fill(out, 0, problem.rowBytes);
  for (let tile = 0; tile < problem.tiles; tile++) {
    const first = problem.firstRow(tile);
    const n = problem.firstRow(tile + 1) - first;
    let from = tileAt(matrix, first);
    for (let to = out; to < out + problem.rowBytes; to += 16) {
      let sum = v128.load(to);
      for (let k = 0; k < n; k++) {
        sum = f64x2.add(sum, v128.load(from));
        from += 16;
      }
      v128.store(to, sum);
    }
  }
}

/** X ← keep · X − scale · batch gradient, which is cleared. */
function finishBatch(scale: f64): void {
  const factor = f64x2.splat(keep);
  const coefficient = f64x2.splat(scale);
  const bytes = (<usize>problem.rows) * problem.rowBytes;
  for (let at: usize = 0; at < bytes; at += 16) {
    const x = f64x2.mul(factor, v128.load(problem.parameters + at));
    v128.store(problem.parameters + at, f64x2.sub(x, f64x2.mul(coefficient, v128.load(problem.batchGradient + at))));
    v128.store(problem.batchGradient + at, f64x2.splat(0));
  }
}

/** A field of the update, as X is kept. */
// @ts-ignore: decorator
@inline
function fieldAt(field: i32): usize {
  if (field == 0) return problem.parameters;
  return problem.companions + (<usize>(field - 1)) * (<usize>problem.rows) * problem.rowBytes;
}

// @ts-ignore: decorator
@inline
function entryOf(map: usize, entry: i32): v128 {
  return v128.load64_splat(map + ((<usize>entry) << 3));
}

/** Batch gradient + δ X at a place; clears the batch gradient there. */
// @ts-ignore: decorator
@inline
function takeGradient(at: usize, x: v128, ridge: v128): v128 {
  const gradient = f64x2.add(v128.load(problem.batchGradient + at), f64x2.mul(ridge, x));
  v128.store(problem.batchGradient + at, f64x2.splat(0));
  return gradient;
}

/** Z ← M Z − b (batch gradient + δ X) for all fields, by the map at an address; clears the batch gradient. */
function finishMapped(map: usize): void {
  if (problem.fields == 2) finishTwo(map);
  else finishAny(map);
  moveCommons(map);
}

/** The same for two fields, whose map fits into registers. */
function finishTwo(map: usize): void {
  const ridge = f64x2.splat(problem.ridge);
  const xx = entryOf(map, 0);
  const xv = entryOf(map, 1);
  const vx = entryOf(map, 2);
  const vv = entryOf(map, 3);
  const bx = entryOf(map, 4);
  const bv = entryOf(map, 5);
  const first = problem.parameters;
  const second = problem.companions;
  const bytes = (<usize>problem.rows) * problem.rowBytes;
  for (let at: usize = 0; at < bytes; at += 16) {
    const x = v128.load(first + at);
    const v = v128.load(second + at);
    const gradient = takeGradient(at, x, ridge);
    const toX = f64x2.add(f64x2.mul(xx, x), f64x2.mul(xv, v));
    const toV = f64x2.add(f64x2.mul(vx, x), f64x2.mul(vv, v));
    v128.store(first + at, f64x2.sub(toX, f64x2.mul(bx, gradient)));
    v128.store(second + at, f64x2.sub(toV, f64x2.mul(bv, gradient)));
  }
}

function finishAny(map: usize): void {
  const k = problem.fields;
  const ridge = f64x2.splat(problem.ridge);
  const bytes = (<usize>problem.rows) * problem.rowBytes;
  for (let at: usize = 0; at < bytes; at += 16) {
    const gradient = takeGradient(at, v128.load(problem.parameters + at), ridge);
    for (let f = 0; f < k; f++) v128.store(problem.pair + ((<usize>f) << 4), v128.load(fieldAt(f) + at));
    for (let f = 0; f < k; f++) {
      let value = f64x2.neg(f64x2.mul(entryOf(map, k * k + f), gradient));
      for (let h = 0; h < k; h++) {
        value = f64x2.add(value, f64x2.mul(entryOf(map, f * k + h), v128.load(problem.pair + ((<usize>h) << 4))));
      }
      v128.store(fieldAt(f) + at, value);
    }
  }
}

/** The same for the mean row of the start, whose gradient is the ridge's alone. */
function moveCommons(map: usize): void {
  const k = problem.fields;
  const push = map + ((<usize>(k * k)) << 3);
  const gradient = problem.ridge * load<f64>(problem.commons);
  for (let f = 0; f < k; f++) {
    let value = -load<f64>(push + ((<usize>f) << 3)) * gradient;
    for (let h = 0; h < k; h++) {
      value += load<f64>(map + ((<usize>(f * k + h)) << 3)) * load<f64>(problem.commons + ((<usize>h) << 3));
    }
    store<f64>(problem.pair + ((<usize>f) << 3), value);
  }
  memory.copy(problem.commons, problem.pair, (<usize>k) << 3);
}

/** Draws the gradient of the next step and adds its square to the sum. */
function drawStep(): void {
  const square = problem.batchSize > 1 || problem.fields > 0 ? gradientOfBatch() : gradientOfOne();
  gradientSquares += square / <f64>problem.dimension / <f64>problem.dimension;
  if (problem.shape != 0) shapeGradient(square);
}

function takeStep(rate: f64): void {
  const scale = rate / <f64>problem.dimension;
  keep = 1.0 - scale * problem.ridge;
  common *= keep;
  if (problem.batchSize > 1) {
    finishBatch(scale);
  } else {
    setCoefficients(scale);
    pending = true;
  }
}

/** Steps with the learning rates in `rates`. */
export function advanceGiven(steps: i32): void {
  for (let k = 0; k < steps; k++) {
    drawStep();
    takeStep(load<f64>(problem.rates + ((<usize>k) << 3)));
  }
}

/** Steps by the maps in `maps`. */
export function advanceMapped(steps: i32): void {
  const bytes = (<usize>(problem.fields * (problem.fields + 1))) << 3;
  for (let k = 0; k < steps; k++) {
    drawStep();
    finishMapped(problem.maps + (<usize>k) * bytes);
  }
}

/** Steps by AdaGrad-Norm. */
export function advanceAdagrad(steps: i32, rate: f64, offset: f64): void {
  for (let k = 0; k < steps; k++) {
    drawStep();
    takeStep(rate / Math.sqrt(offset * offset + gradientSquares));
  }
}

/** Brings the parameters up to date; what follows has the same bits with it and without. */
export function settle(): void {
  if (!pending) return;
  pending = false;
  sweepWhole(problem.parameters, updateMode(), IGNORE);
}
