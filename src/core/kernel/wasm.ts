/** The fast kernel: (T1), or another update's step, in WebAssembly with strict SIMD, the same bits on every machine. */
import { streamOf } from '../math/random.ts';
import { createLinearMap, plainUpdate } from '../update/update.ts';
import {
  acquireInstance,
  answerSlopes,
  type KernelExports,
  releaseInstance,
  type SlopeOfHost,
} from '../wasm/instance.ts';
import { padRows, paddedLength, tileRows, untileRows } from './tiles.ts';
import {
  COMPILED_LABELS,
  compiledLoss,
  type CompiledRates,
  type KernelProblem,
  type KernelRun,
  type SgdKernel,
} from './kernel.ts';
import { type Labels } from '../labels/labels.ts';
import { type KernelRandom } from './oracle.ts';
import { writeLaneKeys } from './seeding.ts';

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
  'maps',
  'companions',
  'commons',
] as const;

/** Steps per call at most: as many rates as the instance has room for. */
const MAX_STEPS = 4096;
/** Normals that an instance makes at once. */
const BLOCK = 512;
/** Three words of each of eight lanes. */
const LANE_KEY_WORDS = 24;

/** The WebAssembly kernel; its module is compiled at the first run. */
export function createWasmKernel(): SgdKernel {
  return {
    name: 'wasm',
    pace: 1e7,
    takes: (loss, rates, { plain, shape }) =>
      // of softmax the last row is not kept, and the sign of it is not minus the sum of the others
      !(loss.kind === 'softmax' && shape?.kind === 'sign') &&
      compiledLoss(loss) >= 0 &&
      COMPILED_LABELS.includes(loss.labels.kind) &&
      (rates === 'given' || (plain && rates === 'adagrad-norm')),
    start: startRun,
  };
}

function view(instance: KernelExports, array: (typeof arrays)[number], length: number): Float64Array<ArrayBuffer> {
  return new Float64Array(instance.memory.buffer, instance.addressOf(arrays.indexOf(array)), length);
}

function words(instance: KernelExports, array: (typeof arrays)[number], length: number): Uint32Array<ArrayBuffer> {
  return new Uint32Array(instance.memory.buffer, instance.addressOf(arrays.indexOf(array)), length);
}

/**
 * Rows of X that the instance keeps. Softmax does without the last: its gradients sum to zero over the outputs, and it
 * does not see what all rows have in common, so that X less its mean row is followed.
 */
const rowsKept = ({ loss, outputs }: KernelProblem): number => (loss.kind === 'softmax' ? outputs - 1 : outputs);

/** Mean row of X at t = 0 where the instance does not follow it (softmax), else null. */
function meanRow({ loss, outputs, dimension, start }: KernelProblem): Float64Array | null {
  if (loss.kind !== 'softmax') return null;
  const mean = new Float64Array(dimension);
  for (let k = 0; k < start.length; k++) mean[k % dimension] += start[k] / outputs;
  return mean;
}

/** From what the instance keeps to X: the last row is minus the sum of the others, and all have the mean row back. */
function restoreRows(out: Float64Array, mean: Float64Array, factor: number, outputs: number): void {
  const dimension = mean.length;
  const last = (outputs - 1) * dimension;
  for (let k = 0; k < dimension; k++) {
    const shift = factor * mean[k];
    let sum = 0;
    for (let at = k; at < last; at += dimension) {
      sum += out[at];
      out[at] += shift;
    }
    out[last + k] = shift - sum;
  }
}

/** Seeds the generators from named streams of the run's key. */
function writeKeys(instance: KernelExports, key: Uint32Array): void {
  const root = streamOf(key);
  const samples = root.child('samples');
  writeLaneKeys(words(instance, 'laneKeys', LANE_KEY_WORDS), samples);
  words(instance, 'restKey', 4).set(samples.child('rest').key);
  words(instance, 'classKey', 4).set(root.child('classes').key);
  words(instance, 'labelKey', 4).set(root.child('labels').key);
}

/** The number that compiled labels have: σ or the scale of a response, P(y = 1 | r* → −∞) = η of a binary label. */
const labelParameter = ({ noise, tails, binary }: Labels): number =>
  binary?.probability(-Infinity) ?? tails?.scale ?? noise;

/** Shapes of the data gradient, as in assembly/problem.ts. */
const SHAPES = ['sign', 'clip'] as const;

/** f′ of a loss of one output, by its gradient. */
function slopeOf(loss: KernelProblem['loss']): SlopeOfHost {
  const [output, slope] = [new Float64Array(1), new Float64Array(1)];
  const { gives } = loss.labels;
  const target = new Float64Array(gives === 'class' ? 0 : 2);
  return (label, r, response, noise) => {
    output[0] = r;
    if (gives !== 'class') {
      target[0] = gives === 'binary' ? label : response;
      target[1] = gives === 'binary' ? response : noise;
    }
    loss.gradient(label, output, target, slope);
    return slope[0];
  };
}

/** Puts a problem into an instance. */
function load(instance: KernelExports, problem: KernelProblem): void {
  const { dimension, classes, outputs, batchSize, ridge, update } = problem;
  const { shape } = update;
  const { labels } = problem.loss;
  const fields = update.plain ? 0 : update.fields.length;
  const rows = rowsKept(problem);
  if (
    !instance.configure(
      dimension,
      classes,
      outputs,
      compiledLoss(problem.loss),
      batchSize,
      ridge,
      COMPILED_LABELS.indexOf(labels.kind),
      labelParameter(labels),
      fields,
      labels.tails?.degrees ?? 0,
      shape ? 1 + SHAPES.indexOf(shape.kind) : 0,
      shape?.kind === 'clip' ? shape.threshold : 0,
    )
  ) {
    throw new RangeError(
      `SGD with d = ${dimension}, ${classes} classes and ${outputs} outputs does not fit into memory (at most 4 GiB)`,
    );
  }
  if (problem.loss.compiled === 'of-host') answerSlopes(instance, slopeOf(problem.loss));
  view(instance, 'priors', classes).set(problem.priors);
  const length = paddedLength(dimension);
  padRows(problem.deviations, dimension, view(instance, 'deviations', classes * length));
  padRows(problem.means, dimension, view(instance, 'means', classes * length));
  const mean = meanRow(problem);
  const start = mean ? problem.start.map((entry, k) => entry - mean[k % dimension]) : problem.start;
  tileRows(start, rows, dimension, view(instance, 'parameters', rows * length));
  if (problem.teacher.length > 0) {
    tileRows(problem.teacher, rows, dimension, view(instance, 'teacher', rows * length));
  }
  writeCompanions(instance, problem, start, rows);
  writeKeys(instance, problem.key);
  instance.start();
}

/** The fields beside X, which may start where X does: at `start` as it is kept. */
function writeCompanions(
  instance: KernelExports,
  { update, dimension }: KernelProblem,
  start: Float64Array,
  rows: number,
): void {
  const entries = rows * paddedLength(dimension);
  if (update.plain) return;
  const companions = view(instance, 'companions', (update.fields.length - 1) * entries);
  update.start.slice(1).forEach((factor, k) => {
    const own = start.map((value) => factor * value);
    tileRows(own, rows, dimension, companions.subarray(k * entries, (k + 1) * entries));
  });
  view(instance, 'commons', update.fields.length).set(update.start);
}

function startRun(problem: KernelProblem): KernelRun {
  const instance = acquireInstance();
  load(instance, problem);
  const { dimension, outputs } = problem;
  const rows = rowsKept(problem);
  const mean = meanRow(problem);
  const mapped = problem.update.plain ? null : createMaps(problem.update);
  let disposed = false;
  let taken = 0;

  /** One call into the instance. */
  function advanceSome(steps: number, done: number, rates: CompiledRates): void {
    if (mapped) {
      if (rates.kind !== 'given') throw new RangeError('the WebAssembly kernel takes plain SGD alone at such rates');
      const maps = mapped(taken, rates.rates.subarray(done, done + steps));
      view(instance, 'maps', maps.length).set(maps);
      instance.advanceMapped(steps);
      taken += steps;
    } else if (rates.kind === 'given') {
      view(instance, 'rates', steps).set(rates.rates.subarray(done, done + steps));
      instance.advanceGiven(steps);
    } else {
      instance.advanceAdagrad(steps, rates.rate, rates.offset);
    }
  }

  return {
    advance(steps, rates) {
      if (rates.kind === 'accumulated') throw new RangeError('the WebAssembly kernel takes no rule but AdaGrad-Norm');
      for (let done = 0; done < steps; done += MAX_STEPS) advanceSome(Math.min(MAX_STEPS, steps - done), done, rates);
    },
    parameters(out, field = 0) {
      instance.settle();
      const entries = rows * paddedLength(dimension);
      const from =
        field === 0
          ? view(instance, 'parameters', entries)
          : view(instance, 'companions', field * entries).subarray((field - 1) * entries);
      untileRows(from, rows, dimension, out);
      if (mean) restoreRows(out, mean, instance.commonFactor(field), outputs);
    },
    gradientSquareSum: () => instance.gradientSquareSum(),
    dispose() {
      if (!disposed) releaseInstance(instance);
      disposed = true;
    },
  };
}

/** M and b of steps from step `first` on, one after the other, for an update that is not plain. */
function createMaps({ fields, step }: KernelProblem['update']): (first: number, rates: Float64Array) => Float64Array {
  const k = fields.length;
  const map = createLinearMap(k);
  return (first, rates) => {
    const maps = new Float64Array(rates.length * k * (k + 1));
    rates.forEach((rate, n) => {
      step(first + n, rate, map);
      maps.set(map.matrix, n * k * (k + 1));
      maps.set(map.push, n * k * (k + 1) + k * k);
    });
    return maps;
  };
}

const CLASS: Labels = { kind: 'class', gives: 'class', teacherOutputs: 0, noise: 0, tails: null, binary: null };

/** An instance seeded as for a run with this key in dimension d. */
function seededInstance(dimension: number, key: Uint32Array): KernelExports {
  const instance = acquireInstance();
  load(instance, {
    dimension,
    classes: 1,
    outputs: 1,
    priors: Float64Array.of(1),
    deviations: new Float64Array(dimension),
    means: new Float64Array(dimension),
    loss: { kind: 'logistic', gradient: () => undefined, labels: CLASS },
    teacher: new Float64Array(0),
    batchSize: 1,
    ridge: 0,
    update: plainUpdate(dimension),
    start: new Float64Array(dimension),
    key,
  });
  return instance;
}

/**
 * The normals of a run with this key, block by block, as its samples use them up (padding included).
 * @returns a function that gives the next BLOCK normals in an array that it uses again.
 */
export function wasmBlocks(key: Uint32Array): () => Float32Array {
  const instance = seededInstance(1, key);
  const block = new Float32Array(instance.memory.buffer, instance.addressOf(arrays.indexOf('block')), BLOCK);
  return () => {
    instance.drawNormals(BLOCK);
    return block;
  };
}

/**
 * What a run of the WebAssembly kernel with this key draws in dimension d, for the oracle to draw the same: classes,
 * samples and label noise, each in the kernel's order.
 */
export function wasmRandom(dimension: number): (key: Uint32Array) => KernelRandom {
  return (key) => {
    const instance = seededInstance(dimension, key);
    const row = paddedLength(dimension);
    const normals = new Float64Array(row);
    const block = new Float32Array(instance.memory.buffer, instance.addressOf(arrays.indexOf('block')), BLOCK);
    return {
      classUniform: () => instance.drawUniform(),
      sampleNormals(out) {
        for (let done = 0; done < row; done += BLOCK) {
          const count = Math.min(BLOCK, row - done);
          instance.drawNormals(count);
          normals.set(block.subarray(0, count), done);
        }
        out.set(normals.subarray(0, dimension));
      },
      labelNormal: () => instance.drawLabel(),
      labelUniform: () => instance.drawLabelUniform(),
    };
  };
}
