/**
 * The reduced chain of SGD (docs/reduced-sgd.md) in WebAssembly, the same bits on every machine: one output, no
 * teacher, one sample per step, learning rates that do not look at the state. Several runs of a problem advance
 * together, each with the bits that it has alone.
 */
import { streamOf } from '../math/random.ts';
import { acquireInstance, type KernelExports, releaseInstance } from '../wasm/instance.ts';
import { type CompiledRates } from './kernel.ts';
import { writeLaneKeys } from './seeding.ts';

/** Arrays of an instance, in the order of `reducedAddressOf` in assembly/reduced-chain.ts. */
const arrays = [
  'laneKeys',
  'restKey',
  'wordKeys',
  'slowKey',
  'prior',
  'targets',
  'means',
  'deviations',
  'degrees',
  'rates',
] as const;
type ArrayName = (typeof arrays)[number];

/** What the gradient subtracts from the link of r, by loss: the label of each of the two classes. */
const losses = {
  logistic: { number: 0, targets: [1, 0] },
  'binary-least-squares': { number: 1, targets: [1, -1] },
} as const;

/** Steps per call at most: as many rates as the instance has room for. */
const MAX_STEPS = 4096;

/** Numbers from one entry of a run to the next, and from the state of an entry to its sample and to its square. */
const ENTRY_STEP = 8;
const SAMPLE = 2;
const SQUARE = 4;

/**
 * What all runs of a setup have in common. Entries of the state are first `coordinates` coordinates of X, then norms of
 * what is orthogonal to them in their blocks. Matrices are row-major. The runs copy what they keep.
 */
export interface ReducedProblem {
  /** d, which learning rates are divided by. */
  readonly dimension: number;
  readonly loss: keyof typeof losses;
  /** δ. */
  readonly ridge: number;
  /** p_1. */
  readonly prior: number;
  readonly coordinates: number;
  /** Mean of the sample along every entry, 2×entries; 0 for norms. */
  readonly means: Float64Array;
  /** Standard deviation of the sample along every entry, 2×entries. */
  readonly deviations: Float64Array;
  /** Degrees of freedom of the sample orthogonal to a norm's direction, >= 1; 0 for coordinates. One per entry. */
  readonly degrees: Float64Array;
}

/** What a run has of its own. */
export interface ReducedStart {
  /** State at t = 0, one number per entry. */
  readonly state: Float64Array;
  /** 128-bit key of the run's named stream (math/random.ts). */
  readonly key: Uint32Array;
}

/** Runs that advance together; they have numbers from 0. */
export interface ReducedRuns {
  /** As KernelRun.advance, of all runs. */
  advance(steps: number, rates: CompiledRates): void;
  /** Copies the state of a run into `out`. */
  read(run: number, out: Float64Array): void;
  /** d⁻² Σ_j ‖∇Ψ_j‖² of a run's steps by AdaGrad-Norm. */
  gradientSquareSum(run: number): number;
  /** Gives memory back; the runs are not used afterwards. */
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

function view(instance: KernelExports, array: ArrayName, length: number): Float64Array<ArrayBuffer> {
  return new Float64Array(instance.memory.buffer, instance.reducedAddressOf(arrays.indexOf(array)), length);
}

function words(instance: KernelExports, array: ArrayName, length: number): Uint32Array<ArrayBuffer> {
  return new Uint32Array(instance.memory.buffer, instance.reducedAddressOf(arrays.indexOf(array)), length);
}

/** The entries of a run, in steps of ENTRY_STEP. */
function entriesOf(instance: KernelExports, run: number, entries: number): Float64Array<ArrayBuffer> {
  return new Float64Array(instance.memory.buffer, instance.reducedRun(run), ENTRY_STEP * (entries - 1) + SQUARE + 1);
}

/** One number of every entry. */
function copyEntries(from: Float64Array, offset: number, out: Float64Array): void {
  for (let entry = 0; entry < out.length; entry++) out[entry] = from[ENTRY_STEP * entry + offset];
}

/** Seeds the generators of a run from named streams of its key. */
function seed(instance: KernelExports, run: number, key: Uint32Array): void {
  const root = streamOf(key);
  const normals = root.child('normals');
  writeLaneKeys(words(instance, 'laneKeys', 24), normals);
  words(instance, 'restKey', 4).set(normals.child('rest').key);
  writeLaneKeys(words(instance, 'wordKeys', 12), root.child('words'));
  words(instance, 'slowKey', 4).set(root.child('slow').key);
  instance.seedReduced(run);
}

/** An instance with a problem and runs in it, at their start. */
function load(problem: ReducedProblem, starts: readonly ReducedStart[]): KernelExports {
  const { dimension, ridge, coordinates, means, deviations, degrees } = problem;
  const entries = degrees.length;
  const { number, targets } = losses[problem.loss];
  const instance = acquireInstance();
  if (!instance.configureReduced(dimension, number, ridge, coordinates, entries, starts.length)) {
    throw new RangeError(`reduced SGD with ${entries} entries does not fit into memory (at most 4 GiB)`);
  }
  view(instance, 'prior', 1)[0] = problem.prior;
  view(instance, 'targets', targets.length).set(targets);
  view(instance, 'means', means.length).set(means);
  view(instance, 'deviations', deviations.length).set(deviations);
  view(instance, 'degrees', entries).set(degrees);
  instance.startReduced();
  starts.forEach(({ state, key }, run) => {
    const into = entriesOf(instance, run, entries);
    state.forEach((value, entry) => (into[ENTRY_STEP * entry] = value));
    seed(instance, run, key);
  });
  return instance;
}

/** Starts runs of a problem. */
export function startReducedChains(problem: ReducedProblem, starts: readonly ReducedStart[]): ReducedRuns {
  const instance = load(problem, starts);
  const entries = problem.degrees.length;
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
    read: (run, out) => copyEntries(entriesOf(instance, run, entries), 0, out),
    gradientSquareSum: (run) => instance.reducedGradientSquareSum(run),
    dispose() {
      if (!disposed) releaseInstance(instance);
      disposed = true;
    },
  };
}

/** What a run of this problem draws, step by step, in objects that are used again; for tests. */
export function reducedDraws(problem: ReducedProblem, key: Uint32Array): () => ReducedDraw {
  const sample = new Float64Array(problem.degrees.length);
  const squares = new Float64Array(problem.degrees.length);
  const instance = load(problem, [{ state: sample, key }]);
  const entries = entriesOf(instance, 0, problem.degrees.length);
  return () => {
    const classIndex = instance.drawReduced(0);
    copyEntries(entries, SAMPLE, sample);
    copyEntries(entries, SQUARE, squares);
    return { classIndex, sample, squares };
  };
}
