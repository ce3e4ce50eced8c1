/** What an instance offers to src/core/kernel/wasm.ts. It holds one problem at a time. */
import { buildLayers, tailArea, tailStart } from './layers';
import { BLOCK, block, fillNormals, normal, samples, seedNormals } from './normals';
import * as problem from './problem';
import { uniform, warmUp } from './sfc32';
import { buildSigmoid, tabulatedSigmoid } from './sigmoid';
import { begin } from './step';

export { advanceAdagrad, advanceGiven, advanceMapped, commonFactor, gradientSquareSum, settle } from './step';
export {
  advanceReducedAdagrad,
  advanceReducedGiven,
  configureReduced,
  drawReduced,
  reducedAddressOf,
  reducedGradientSquareSum,
  reducedRun,
  seedReduced,
  startReduced,
} from './reduced-chain';
export { allocate, projectSoftmax, sumSoftmax } from './softmax';
export { tailArea, tailStart };

/** See problem.ts; also builds the normals' tables. */
export function configure(
  dimension: i32,
  classes: i32,
  outputs: i32,
  loss: i32,
  batchSize: i32,
  ridge: f64,
  labels: i32,
  labelParameter: f64,
  fields: i32,
  labelDegrees: f64,
  shape: i32,
  threshold: f64,
): f64 {
  problem.setShapes(labelDegrees, shape, threshold);
  buildLayers();
  return problem.layOut(dimension, classes, outputs, loss, batchSize, ridge, labels, labelParameter, fields);
}

/** Address of an array of the problem, by its place in the list of wasm.ts. */
export function addressOf(array: i32): usize {
  switch (array) {
    case 0:
      return problem.priors;
    case 1:
      return problem.deviations;
    case 2:
      return problem.means;
    case 3:
      return problem.parameters;
    case 4:
      return problem.teacher;
    case 5:
      return problem.rates;
    case 6:
      return problem.laneKeys;
    case 7:
      return problem.restKey;
    case 8:
      return problem.classState;
    case 9:
      return problem.labelState;
    case 10:
      return block;
    case 11:
      return problem.maps;
    case 12:
      return problem.companions;
    default:
      return problem.commons;
  }
}

/** Starts a run, once keys and arrays are filled in. */
export function start(): void {
  seedNormals(samples, problem.laneKeys, problem.restKey);
  warmUp(problem.classState);
  warmUp(problem.labelState);
  begin();
}

/** Fills the block with the next normals of the samples; `count` as in normals.ts. */
export function drawNormals(count: i32): void {
  fillNormals(samples, block, min(count, BLOCK));
}

/** Fills blocks and throws them away; for benches. */
export function skipNormals(blocks: i32): void {
  for (let k = 0; k < blocks; k++) fillNormals(samples, block, BLOCK);
}

/** Next uniform of the class stream. */
export function drawUniform(): f64 {
  return uniform(problem.classState);
}

/** Next normal of the noise of responses. */
export function drawLabel(): f64 {
  return normal(problem.labelState);
}

/** Next uniform of binary labels. */
export function drawLabelUniform(): f64 {
  return uniform(problem.labelState);
}

/** σ(r) as the reduced chain has it; for tests. */
export function sigmoidOf(r: f64): f64 {
  buildSigmoid();
  return f64x2.extract_lane(tabulatedSigmoid(f64x2.splat(r)), 0);
}
