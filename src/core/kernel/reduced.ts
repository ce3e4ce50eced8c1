/**
 * The reduced chain of SGD (docs/reduced-sgd.md) in WebAssembly, the same bits on every machine: one output, no
 * teacher, one sample per step, learning rates that do not look at the state.
 */
import { streamOf } from '../math/random.ts';
import { acquireInstance, type KernelExports, releaseInstance } from './instance.ts';
import { type CompiledRates } from './kernel.ts';
import { writeLaneKeys } from './seeding.ts';

/** Arrays of an instance, in the order of `reducedAddressOf` in assembly/reduced.ts. */
const arrays = [
  'laneKeys',
  'restKey',
  'wordKeys',
  'slowKey',
  'cumulated',
  'targets',
  'means',
  'deviations',
  'state',
  'rates',
  'degrees',
  'sample',
  'squares',
] as const;
type ArrayName = (typeof arrays)[number];

/** What the gradient subtracts from the link of r, by loss: the label of each of the two classes. */
const losses = {
  logistic: { number: 0, targets: [1, 0] },
  'binary-least-squares': { number: 1, targets: [1, -1] },
} as const;

/** Steps per call at most: as many rates as the instance has room for. */
const MAX_STEPS = 4096;

/**
 * What a run needs. Entries of the state are first `coordinates` coordinates of X, then norms of what is orthogonal to
 * them in their blocks. Matrices are row-major. The run copies what it keeps.
 */
export interface ReducedProblem {
  /** d, which learning rates are divided by. */
  readonly dimension: number;
  readonly loss: keyof typeof losses;
  /** δ. */
  readonly ridge: number;
  /** p_1 + … + p_i, 2. */
  readonly cumulated: Float64Array;
  readonly coordinates: number;
  /** Mean of the sample along every entry, 2×entries; 0 for norms. */
  readonly means: Float64Array;
  /** Standard deviation of the sample along every entry, 2×entries. */
  readonly deviations: Float64Array;
  /** Degrees of freedom of the sample orthogonal to a norm's direction, >= 1; 0 for coordinates. One per entry. */
  readonly degrees: Float64Array;
  /** State at t = 0, one number per entry. */
  readonly start: Float64Array;
  /** 128-bit key of the run's named stream (math/random.ts). */
  readonly key: Uint32Array;
}

export interface ReducedRun {
  /** As KernelRun.advance. */
  advance(steps: number, rates: CompiledRates): void;
  /** Copies the state into `out`. */
  read(out: Float64Array): void;
  /** d⁻² Σ_j ‖∇Ψ_j‖² of the steps by AdaGrad-Norm. */
  gradientSquareSum(): number;
  /** Gives memory back; the run is not used afterwards. */
  dispose(): void;
}

/** What one step draws; for tests. */
export interface ReducedDraw {
  readonly classIndex: number;
  /** Sample along every entry. */
  readonly sample: Float64Array;
  /** Squared length of what is orthogonal to a norm's direction; of no meaning for coordinates. */
  readonly squares: Float64Array;
}

/** Rows of a matrix end at a pair of entries. */
const padded = (entries: number): number => entries + (entries % 2);

function view(instance: KernelExports, array: ArrayName, length: number): Float64Array<ArrayBuffer> {
  return new Float64Array(instance.memory.buffer, instance.reducedAddressOf(arrays.indexOf(array)), length);
}

function words(instance: KernelExports, array: ArrayName, length: number): Uint32Array<ArrayBuffer> {
  return new Uint32Array(instance.memory.buffer, instance.reducedAddressOf(arrays.indexOf(array)), length);
}

/** Seeds the generators from named streams of the run's key. */
function writeKeys(instance: KernelExports, key: Uint32Array): void {
  const root = streamOf(key);
  const normals = root.child('normals');
  writeLaneKeys(words(instance, 'laneKeys', 24), normals);
  words(instance, 'restKey', 4).set(normals.child('rest').key);
  writeLaneKeys(words(instance, 'wordKeys', 12), root.child('words'));
  words(instance, 'slowKey', 4).set(root.child('slow').key);
}

/** An instance with a problem in it, at its start. */
function load(problem: ReducedProblem): KernelExports {
  const { dimension, ridge, coordinates, means, deviations, start } = problem;
  const entries = start.length;
  const { number, targets } = losses[problem.loss];
  const classes = targets.length;
  const instance = acquireInstance();
  if (!instance.configureReduced(dimension, classes, number, ridge, coordinates, entries)) {
    throw new RangeError(`reduced SGD with ${entries} entries does not fit into memory (at most 4 GiB)`);
  }
  view(instance, 'cumulated', classes).set(problem.cumulated);
  view(instance, 'targets', classes).set(targets);
  const row = padded(entries);
  for (let i = 0; i < classes; i++) {
    const from = i * entries;
    view(instance, 'means', classes * row).set(means.subarray(from, from + entries), i * row);
    view(instance, 'deviations', classes * row).set(deviations.subarray(from, from + entries), i * row);
  }
  view(instance, 'degrees', entries).set(problem.degrees);
  view(instance, 'state', entries).set(start);
  writeKeys(instance, problem.key);
  instance.startReduced();
  return instance;
}

/** Starts a run. */
export function startReducedChain(problem: ReducedProblem): ReducedRun {
  const instance = load(problem);
  const entries = problem.start.length;
  let disposed = false;

  /** One call into the instance. */
  function advanceSome(steps: number, done: number, rates: CompiledRates): void {
    if (rates.kind === 'given') {
      view(instance, 'rates', steps).set(rates.rates.subarray(done, done + steps));
      instance.advanceReducedGiven(steps);
    } else {
      instance.advanceReducedAdagrad(steps, rates.rate, rates.offset);
    }
  }

  return {
    advance(steps, rates) {
      for (let done = 0; done < steps; done += MAX_STEPS) advanceSome(Math.min(MAX_STEPS, steps - done), done, rates);
    },
    read: (out) => out.set(view(instance, 'state', entries)),
    gradientSquareSum: () => instance.reducedGradientSquareSum(),
    dispose() {
      if (!disposed) releaseInstance(instance);
      disposed = true;
    },
  };
}

/** What a run of this problem draws, step by step, in objects that are used again; for tests. */
export function reducedDraws(problem: ReducedProblem): () => ReducedDraw {
  const instance = load(problem);
  const sample = view(instance, 'sample', problem.start.length);
  const squares = view(instance, 'squares', problem.start.length);
  return () => ({ classIndex: instance.drawReduced(), sample, squares });
}
