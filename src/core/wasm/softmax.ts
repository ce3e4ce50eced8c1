/** The sums of the softmax moments in WebAssembly, the same bits on every machine (assembly/softmax.ts). */
import { type GaussianPoints } from '../math/gaussian-points.ts';
import { createInstance, type KernelExports } from './instance.ts';

/** Arrays in the instance's memory for one number of rivals. */
export interface SoftmaxSums {
  /** e^{shift_j}, n: to be filled in. */
  readonly scale: Float64Array;
  /** n×dimension as in softmax-accumulator.ts: to be filled in. */
  readonly root: Float64Array;
  /** The table's pieces (logistic-table.ts): to be filled in between `project` and `sum`. */
  readonly pieces: Float64Array;
  /** Smallest and largest ω of the last `project`. */
  readonly range: Float64Array;
  /** [E f, P_j…, M_jk for k <= j…] of the last `sum`. */
  readonly out: Float64Array;
  /** ω and q of every point of set s. */
  project(s: number): void;
  /** The sums over the set that was projected last, into `out`. */
  sum(): void;
}

/** Instance for all softmax sums, which are computed one at a time; undefined before the first. */
let shared: KernelExports | null | undefined;
/** By number of rivals; the point sets that they were made for. */
const made = new Map<number, { sets: readonly GaussianPoints[]; sums: SoftmaxSums }>();

/**
 * Sums for n rivals over sets of points; one object for all that ask for the same, overwritten by each.
 * @param sets all of the same size; the first ones given for an n are kept in the instance for good.
 * @param tableSize numbers in the table's pieces.
 * @returns null where WebAssembly is not allowed (a page whose policy forbids it), or for other sets than the first.
 */
export function softmaxSums(n: number, sets: readonly GaussianPoints[], tableSize: number): SoftmaxSums | null {
  const known = made.get(n);
  if (known) return known.sets === sets ? known.sums : null;
  if (shared === undefined) shared = instanceOrNull();
  if (!shared) return null;
  const sums = createSums(shared, n, sets, tableSize);
  made.set(n, { sets, sums });
  return sums;
}

function instanceOrNull(): KernelExports | null {
  try {
    return createInstance();
  } catch {
    return null;
  }
}

function createSums(
  instance: KernelExports,
  n: number,
  sets: readonly GaussianPoints[],
  tableSize: number,
): SoftmaxSums {
  const { dimension } = sets[0];
  const most = sets.reduce((count, { pairs }) => Math.max(count, pairs), 0);
  const outputs = 1 + n + (n * (n + 1)) / 2;
  const array = (length: number): number => {
    const at = instance.allocate(8 * length);
    if (at === 0) throw new RangeError('no memory for the softmax moments');
    return at;
  };
  const place = (numbers: Float64Array): number => {
    const at = array(numbers.length);
    new Float64Array(instance.memory.buffer, at, numbers.length).set(numbers);
    return at;
  };
  const points = sets.map(({ z, weights, pairs }) => ({ z: place(z), weights: place(weights), pairs }));
  const [scale, root, pieces, range, out] = [n, n * dimension, tableSize, 2, outputs].map(array);
  const [q, omega, inverse] = [2 * most * n, 2 * most, 2 * most].map(array);

  // growing the memory for another n detaches views
  let buffer = instance.memory.buffer;
  let views = makeViews();
  function makeViews() {
    const view = (at: number, length: number) => new Float64Array(buffer, at, length);
    return {
      scale: view(scale, n),
      root: view(root, n * dimension),
      pieces: view(pieces, tableSize),
      range: view(range, 2),
      out: view(out, outputs),
    };
  }
  function current() {
    if (buffer !== instance.memory.buffer) {
      buffer = instance.memory.buffer;
      views = makeViews();
    }
    return views;
  }

  let last = points[0];
  return {
    get scale() {
      return current().scale;
    },
    get root() {
      return current().root;
    },
    get pieces() {
      return current().pieces;
    },
    get range() {
      return current().range;
    },
    get out() {
      return current().out;
    },
    project(s) {
      last = points[s];
      instance.projectSoftmax(n, dimension, last.pairs, last.z, root, scale, q, omega, inverse, range);
    },
    sum() {
      instance.sumSoftmax(n, last.pairs, last.weights, pieces, q, omega, inverse, out);
    },
  };
}
