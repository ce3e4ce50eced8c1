/** The fast kernel: (T1) in WebAssembly with strict SIMD, the same bits on every machine. */
import { streamOf } from '../math/random.ts';
import { acquireInstance, type KernelExports, releaseInstance } from './instance.ts';
import { type KernelProblem, type KernelRun, type SgdKernel, type StepRates } from './kernel.ts';
import { type KernelRandom } from './oracle.ts';

/** Arrays of an instance, in the order of `addressOf` in assembly/index.ts. */
const arrays = [
  'priors',
  'deviations',
  'means',
  'parameters',
  'teacher',
  'rates',
  'laneKeys',
  'restKey',
  'classKey',
  'labelKey',
  'block',
] as const;

/** Numbers of the losses in assembly/gradient.ts. */
const lossNumber: Record<KernelProblem['loss'], number> = {
  logistic: 0,
  'binary-least-squares': 1,
  softmax: 2,
  'one-hot-least-squares': 3,
  'teacher-least-squares': 4,
};

/** Steps per call at most: as many rates as the instance has room for. */
const MAX_STEPS = 4096;
/** Coordinates are padded to a multiple of this; normals are drawn for the padding, too. */
const PADDING = 32;
/** Normals that an instance makes at once. */
const BLOCK = 512;
const LANES = 8;
const LANES_PER_GENERATOR = 4;
const LANE_WORDS = 3;

/** The WebAssembly kernel; its module is compiled at the first run. */
export function createWasmKernel(): SgdKernel {
  return { name: 'wasm', start: startRun };
}

function view(instance: KernelExports, array: (typeof arrays)[number], length: number): Float64Array<ArrayBuffer> {
  return new Float64Array(instance.memory.buffer, instance.addressOf(arrays.indexOf(array)), length);
}

function words(instance: KernelExports, array: (typeof arrays)[number], length: number): Uint32Array<ArrayBuffer> {
  return new Uint32Array(instance.memory.buffer, instance.addressOf(arrays.indexOf(array)), length);
}

/** Writes the rows of a matrix with d columns into an array whose rows are padded. */
function writeRows(instance: KernelExports, array: (typeof arrays)[number], matrix: Float64Array, dimension: number) {
  const row = padded(dimension);
  const rows = matrix.length / dimension;
  const into = view(instance, array, rows * row);
  for (let k = 0; k < rows; k++) into.set(matrix.subarray(k * dimension, (k + 1) * dimension), k * row);
}

const padded = (dimension: number): number => PADDING * Math.ceil(dimension / PADDING);

/** Seeds the generators from named streams of the run's key. */
function writeKeys(instance: KernelExports, key: Uint32Array): void {
  const root = streamOf(key);
  const samples = root.child('samples');
  const laneKeys = words(instance, 'laneKeys', LANES * LANE_WORDS);
  for (let lane = 0; lane < LANES; lane++) {
    const laneKey = samples.child('lane', lane).key;
    const generator = Math.floor(lane / LANES_PER_GENERATOR);
    for (let word = 0; word < LANE_WORDS; word++) {
      const vector = generator * LANE_WORDS + word;
      laneKeys[vector * LANES_PER_GENERATOR + (lane % LANES_PER_GENERATOR)] = laneKey[word];
    }
  }
  words(instance, 'restKey', 4).set(samples.child('rest').key);
  words(instance, 'classKey', 4).set(root.child('classes').key);
  words(instance, 'labelKey', 4).set(root.child('labels').key);
}

/** Puts a problem into an instance. */
function load(instance: KernelExports, problem: KernelProblem): void {
  const { dimension, classes, outputs, batchSize, ridge, labelNoise } = problem;
  if (!instance.configure(dimension, classes, outputs, lossNumber[problem.loss], batchSize, ridge, labelNoise)) {
    throw new RangeError(
      `SGD with d = ${dimension}, ${classes} classes and ${outputs} outputs does not fit into memory (at most 4 GiB)`,
    );
  }
  view(instance, 'priors', classes).set(problem.priors);
  writeRows(instance, 'deviations', problem.deviations, dimension);
  writeRows(instance, 'means', problem.means, dimension);
  writeRows(instance, 'parameters', problem.start, dimension);
  if (problem.loss === 'teacher-least-squares') writeRows(instance, 'teacher', problem.teacher, dimension);
  writeKeys(instance, problem.key);
  instance.start();
}

function startRun(problem: KernelProblem): KernelRun {
  const instance = acquireInstance();
  load(instance, problem);
  const { dimension, outputs } = problem;
  let disposed = false;

  /** One call into the instance. */
  function advanceSome(steps: number, done: number, rates: StepRates): void {
    if (rates.kind === 'given') {
      view(instance, 'rates', steps).set(rates.rates.subarray(done, done + steps));
      instance.advanceGiven(steps);
    } else {
      instance.advanceAdagrad(steps, rates.rate, rates.offset);
    }
  }

  return {
    advance(steps, rates) {
      for (let done = 0; done < steps; done += MAX_STEPS) advanceSome(Math.min(MAX_STEPS, steps - done), done, rates);
    },
    parameters(out) {
      instance.settle();
      const row = padded(dimension);
      const parameters = view(instance, 'parameters', outputs * row);
      for (let o = 0; o < outputs; o++) out.set(parameters.subarray(o * row, o * row + dimension), o * dimension);
    },
    gradientSquareSum: () => instance.gradientSquareSum(),
    dispose() {
      if (!disposed) releaseInstance(instance);
      disposed = true;
    },
  };
}

/**
 * What a run of the WebAssembly kernel with this key draws in dimension d, for the oracle to draw the same: classes,
 * samples and label noise, each in the kernel's order.
 */
export function wasmRandom(dimension: number): (key: Uint32Array) => KernelRandom {
  return (key) => {
    const instance = acquireInstance();
    load(instance, {
      dimension,
      classes: 1,
      outputs: 1,
      priors: Float64Array.of(1),
      deviations: new Float64Array(dimension),
      means: new Float64Array(dimension),
      loss: 'logistic',
      teacher: new Float64Array(0),
      labelNoise: 0,
      batchSize: 1,
      ridge: 0,
      start: new Float64Array(dimension),
      key,
    });
    const row = padded(dimension);
    const normals = new Float64Array(row);
    return {
      classUniform: () => instance.drawUniform(),
      sampleNormals(out) {
        for (let done = 0; done < row; done += BLOCK) {
          const count = Math.min(BLOCK, row - done);
          instance.drawNormals(count);
          const block = instance.addressOf(arrays.indexOf('block'));
          normals.set(new Float32Array(instance.memory.buffer, block, count), done);
        }
        out.set(normals.subarray(0, dimension));
      },
      labelNormal: () => instance.drawLabel(),
    };
  };
}
