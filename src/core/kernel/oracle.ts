/**
 * The readable kernel: (T1) as it stands, in plain TypeScript, for every loss, every update and every rule. The WebAssembly kernel is
 * held against it, so its source of normals can be replaced.
 */
import { completeTarget } from '../labels/target.ts';
import { squared } from '../math/elementary.ts';
import { streamOf } from '../math/random.ts';
import { createLinearMap, type GradientShape } from '../update/update.ts';
import { createDiagonalPair } from './diagonal-pair.ts';
import { type KernelProblem, type KernelRun, type SgdKernel, type StepRates } from './kernel.ts';

/** What a run draws: classes by uniforms, samples and label noise by standard normals. */
export interface KernelRandom {
  /** Uniform in (0, 1), for the class of the next sample. */
  classUniform(): number;
  /** Fills the first d entries with the standard normals of the next sample. */
  sampleNormals(out: Float64Array): void;
  /** Standard normal noise of one response. */
  labelNormal(): number;
  /** Uniform in (0, 1), for a binary label. */
  labelUniform(): number;
}

/** Named streams of a run: `classes`, `samples`, `labels`. */
function streamRandom(key: Uint32Array): KernelRandom {
  const run = streamOf(key);
  const [classes, samples, labels] = ['classes', 'samples', 'labels'].map((name) => run.child(name));
  return {
    classUniform: () => classes.uniform(),
    sampleNormals(out) {
      for (let rho = 0; rho < out.length; rho++) out[rho] = samples.normal();
    },
    labelNormal: () => labels.normal(),
    labelUniform: () => labels.uniform(),
  };
}

/** The oracle over a source of randomness. */
export function createOracle(random: (key: Uint32Array) => KernelRandom = streamRandom): SgdKernel {
  return {
    name: 'typescript',
    pace: 5e5,
    takes: () => true,
    start: (problem) => startSampled(problem, drawnSamples(problem, random(problem.key))),
  };
}

export const oracleKernel: SgdKernel = createOracle();

/** What a step reads of its next sample. The arrays are the source's, and may be used again for the one after. */
export interface Sample {
  classIndex: number;
  /** a, d. */
  row: Float64Array;
  /** What the labels tell beside the class, ℓ*. */
  target: Float64Array;
}

/** Samples that are drawn anew, one after the other. */
function drawnSamples(problem: KernelProblem, random: KernelRandom): () => Sample {
  const { dimension, deviations, means, teacher, loss, priors } = problem;
  const { labels } = loss;
  const seesNoise = loss.seesNoise === true;
  const responses = teacher.length / dimension;
  const draws = { uniform: () => random.labelUniform(), normal: () => random.labelNormal() };
  const row = new Float64Array(dimension);
  const target = new Float64Array(responses * (seesNoise ? 2 : 1));
  const sample: Sample = { classIndex: 0, row, target };
  return () => {
    const classIndex = drawClass(priors, random.classUniform());
    random.sampleNormals(row);
    const start = classIndex * dimension;
    for (let rho = 0; rho < dimension; rho++) row[rho] = means[start + rho] + deviations[start + rho] * row[rho];
    for (let o = 0; o < responses; o++) target[o] = dot(teacher, o * dimension, row);
    if (responses > 0) completeTarget(target, responses, labels, seesNoise, draws);
    sample.classIndex = classIndex;
    return sample;
  };
}

/** What a run needs beside its samples. */
export type SampledProblem = Pick<
  KernelProblem,
  'dimension' | 'outputs' | 'batchSize' | 'ridge' | 'loss' | 'learned' | 'diagonal' | 'update' | 'start'
>;

/** Runs a problem on samples from wherever they come: new ones, or rows that are read. */
export function startSampled(problem: SampledProblem, nextSample: () => Sample): KernelRun {
  const { dimension, outputs, batchSize, ridge, loss, learned, update } = problem;
  /** The fields of the update, X first. */
  const state = update.start.map((factor) => problem.start.map((value) => factor * value));
  const [parameters] = state;
  const { diagonal } = problem;
  const pair = diagonal ? createDiagonalPair(diagonal, dimension, parameters.length) : null;
  const map = createLinearMap(state.length);
  const before = new Float64Array(state.length);
  let taken = 0;
  const output = new Float64Array(outputs);
  const gradient = new Float64Array(outputs);
  /** Σ over the batch of a ⊗ ∇f, ℓ×d. */
  const batch = new Float64Array(outputs * dimension);
  /** Σ over the batch of ∂f/∂c, and one sample's. */
  const learnedBatch = new Float64Array(learned?.values.length ?? 0);
  const learnedSlope = new Float64Array(learnedBatch.length);
  let gradientSquares = 0;

  /** Adds one sample's gradient at the current parameters to the batch. */
  function addSample(): void {
    const { classIndex, row, target } = nextSample();
    for (let o = 0; o < outputs; o++) output[o] = dot(parameters, o * dimension, row);
    loss.gradient(classIndex, output, target, gradient);
    if (learned) {
      learned.slope(classIndex, output, learnedSlope);
      for (let k = 0; k < learnedBatch.length; k++) learnedBatch[k] += learnedSlope[k];
    }
    for (let o = 0; o < outputs; o++) {
      const slope = gradient[o];
      const at = o * dimension;
      for (let rho = 0; rho < dimension; rho++) batch[at + rho] += slope * row[rho];
    }
  }

  function step(rates: StepRates, k: number): void {
    batch.fill(0);
    learnedBatch.fill(0);
    for (let b = 0; b < batchSize; b++) addSample();
    let square = 0;
    for (let k = 0; k < batch.length; k++) square += batch[k] * batch[k];
    gradientSquares += square / squared(batchSize * dimension);
    const rate = rateOf(rates, k, gradientSquares);
    if (update.shape) shapeBatch(update.shape, Math.sqrt(square) / batchSize);
    if (pair) {
      for (let k = 0; k < batch.length; k++) batch[k] /= batchSize;
      pair.move(parameters, batch, rate);
    } else if (update.plain) {
      const scale = rate / dimension;
      for (let k = 0; k < batch.length; k++) {
        parameters[k] -= scale * (batch[k] / batchSize + ridge * parameters[k]);
      }
    } else moveFields(rate);
    if (learned)
      for (let k = 0; k < learnedBatch.length; k++)
        learned.values[k] -= (rate / (dimension * batchSize)) * learnedBatch[k];
    taken++;
  }

  /** Puts the data gradient in its shape, for a batch whose mean gradient has this norm. */
  function shapeBatch(shape: GradientShape, norm: number): void {
    const factor = shape.kind === 'clip' ? Math.min(1, (shape.threshold * Math.sqrt(dimension)) / norm) : 1;
    for (let k = 0; k < batch.length; k++) {
      batch[k] = shape.kind === 'sign' ? batchSize * Math.sign(batch[k]) : factor * batch[k];
    }
  }

  /** Z ← M Z − b G, entry by entry. */
  function moveFields(rate: number): void {
    update.step(taken, rate, map);
    const { matrix, push } = map;
    for (let k = 0; k < batch.length; k++) {
      const gradient = batch[k] / batchSize + ridge * parameters[k];
      for (let f = 0; f < before.length; f++) before[f] = state[f][k];
      for (let f = 0; f < before.length; f++) {
        let value = -push[f] * gradient;
        for (let h = 0; h < before.length; h++) value += matrix[f * before.length + h] * before[h];
        state[f][k] = value;
      }
    }
  }

  return {
    advance(steps, rates) {
      for (let k = 0; k < steps; k++) step(rates, k);
    },
    parameters: (out, field = 0) => out.set(state[field]),
    gradientSquareSum: () => gradientSquares,
    ...(pair && { effectiveScale: pair.effectiveScale }),
    dispose: () => {},
  };
}

/** γ of step k of the stretch. */
function rateOf(rates: StepRates, k: number, accumulated: number): number {
  switch (rates.kind) {
    case 'given':
      return rates.rates[k];
    case 'adagrad-norm':
      return rates.rate / Math.sqrt(rates.offset * rates.offset + accumulated);
    case 'accumulated':
      return rates.rate(k, accumulated);
  }
}

/** Class of a uniform number by the cumulated priors. */
function drawClass(priors: Float64Array, uniform: number): number {
  let sum = 0;
  for (let i = 0; i < priors.length - 1; i++) {
    sum += priors[i];
    if (uniform < sum) return i;
  }
  return priors.length - 1;
}

function dot(matrix: Float64Array, start: number, vector: Float64Array): number {
  let sum = 0;
  for (let rho = 0; rho < vector.length; rho++) sum += matrix[start + rho] * vector[rho];
  return sum;
}
