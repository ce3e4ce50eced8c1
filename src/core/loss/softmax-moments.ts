/**
 * Gaussian moments of softmax cross-entropy for three classes and more, r ~ N(m, B).
 *
 * Seen from class i only the differences u_j = r_j − r_i matter: p_j = e^{u_j} / (1 + Σ_k e^{u_k}) and the loss is
 * log(1 + Σ_k e^{u_k}). With P_j = E p_j and M_jk = E p_j p_k over the rivals j, k ≠ i every moment (T2) is a sum
 * without cancellation (∇f has the entries p_j and −Σ_k p_k).
 *
 * What moves all rivals alike is integrated exactly: split Cov u = c 11ᵀ + Σ with the largest c that leaves Σ
 * positive semi-definite, so that u = √c ζ 1 + w. With ω = log Σ_j e^{w_j} and q = softmax(w) the loss is
 * softplus(ω + √c ζ) and p_j = q_j σ(ω + √c ζ): given w these are the moments of the logistic loss. The rest, w, has
 * C − 2 dimensions; it is summed over grids in up to four of them, over randomised quasi-Monte Carlo points in more.
 * The points never change and the root of Cov w is smooth, so that the moments are smooth in (m, B); the spread between
 * sets of points tells the error.
 */
import { choleskySemidefinite } from '../math/cholesky.ts';
import { squared } from '../math/elementary.ts';
import { gaussianGrid, gaussianPoints, type GaussianPoints } from '../math/gaussian-points.ts';
import { rootStream } from '../math/random.ts';
import { createLogisticTable } from './logistic-table.ts';
import { type GaussianMoments } from './loss.ts';
import { createFastAccumulator, createPlainAccumulator, type SetAccumulator } from './softmax-accumulator.ts';

/** Independent sets of quasi-Monte Carlo points, and antithetic pairs in each up to a dimension. */
const SETS = 8;
const PAIRS = [
  { dimension: 8, pairs: 64 },
  { dimension: 30, pairs: 512 },
];
/** The interlaced grids of few dimensions: step of each, where it ends, and whether they lie in cell centres alone. */
const GRIDS = [
  { step: 0.25, radius: 6.5, centred: false },
  { step: 0.7, radius: 6.5, centred: false },
  { step: 1, radius: 5, centred: true },
  { step: 1.4, radius: 4.6, centred: true },
];
/**
 * Variance that is added to the differences, as a part of their mean variance. A singular covariance then has a root
 * that is smooth in it and free of rounding, which it amplifies by the square root of this; the error is of this size.
 */
const REGULAR = 1e-10;
/** The same as a part of the outputs' mean variance, of which differences keep the rounding. */
const ROUNDING = 1e-14;
/** Standard errors in an error estimate: few sets tell their spread only roughly, and two may agree by chance. */
const SAFETY = 3;
const SAFETY_OF_TWO = 6;

const pointSets = new Map<number, readonly GaussianPoints[]>();

/** The sets of points that the losses use in one dimension, made on first use. */
export function pointSet(dimension: number): readonly GaussianPoints[] {
  let sets = pointSets.get(dimension);
  if (!sets) {
    sets = dimension <= GRIDS.length ? interlacedGrids(dimension) : independentSets(dimension);
    pointSets.set(dimension, sets);
  }
  return sets;
}

/**
 * Grids whose union is finer: in one and two dimensions 2 and 4, a grid of half the step. In three and four 2, a grid
 * and the centres of its cells, which is the densest lattice there (of its dual).
 * @param dimension 1 to 4.
 * @param step of each, by default the one that the losses use; with another, grids end where weights are negligible.
 */
export function interlacedGrids(dimension: number, step?: number): readonly GaussianPoints[] {
  const own = GRIDS[dimension - 1];
  const radius = step === undefined ? own.radius : undefined;
  const offsets: (0 | 0.5)[] = [0, 0.5];
  const corners = own.centred
    ? offsets.map((offset) => new Array<0 | 0.5>(dimension).fill(offset))
    : offsets.flatMap((first) => (dimension === 1 ? [[first]] : offsets.map((second) => [first, second])));
  return corners.map((corner) => gaussianGrid(step ?? own.step, corner, radius));
}

/** Independent sets of quasi-Monte Carlo points; as many as the losses use, or more for a check. */
export function independentSets(
  dimension: number,
  pairs = PAIRS.find((each) => dimension <= each.dimension)?.pairs ?? 0,
  parts = SETS,
): readonly GaussianPoints[] {
  const root = rootStream(0).child('softmax', dimension);
  return Array.from({ length: parts }, (_, part) =>
    gaussianPoints(dimension, pairs, root.child('scrambling', part), { part, parts }),
  );
}

export type SoftmaxMoments = (
  classIndex: number,
  mean: Float64Array,
  covariance: Float64Array,
  out: GaussianMoments,
) => void;

/**
 * The moments (T2) of softmax cross-entropy for one number of classes. Not reentrant: it owns its buffers.
 * @param classes C, 3 to 32.
 * @param points sets of points of equal weight in C − 2 dimensions; by default those of the losses, summed by the fast kernel.
 */
export function createSoftmaxMoments(classes: number, points?: readonly GaussianPoints[]): SoftmaxMoments {
  const n = classes - 1;
  const rest = createSplit(classes);
  const table = createLogisticTable();
  let accumulate: SetAccumulator | null = null;
  let sums: Float64Array[] = [];

  return (classIndex, mean, covariance, out) => {
    if (!accumulate) {
      const sets = points ?? pointSet(n - 1);
      accumulate = (points ? createPlainAccumulator : createFastAccumulator)(n, sets);
      sums = sets.map(() => new Float64Array(1 + n + (n * (n + 1)) / 2));
    }
    table.reset(rest.update(classIndex, mean, covariance));
    accumulate(rest.shift, rest.root, table, sums);
    out.errorEstimate = (sums.length === 2 ? SAFETY_OF_TWO : SAFETY) * average(sums);
    write(classes, classIndex, sums[0], out);
  };
}

/** The common variance c, and mean and root of the rest w. */
interface Split {
  readonly shift: Float64Array;
  /** n×(n − 1), row-major, row j zero after entry j. */
  readonly root: Float64Array;
  /** Sets shift and root; returns c. */
  update(classIndex: number, mean: Float64Array, covariance: Float64Array): number;
}

/**
 * With A = Cov u = L Lᵀ and the unit vector q ∝ L⁻¹1, u − E u = L z = √c 1 (qᵀz) + L (I − q qᵀ) z. This c = 1/‖L⁻¹1‖²
 * is the largest there is. The root of the rest is L times an orthonormal basis of the complement of q whose k-th
 * vector has no entries before the k-th. With T_k = Σ_{l>=k} q_l² it is √(T_{k+1}/T_k) there and −q_k q_l/√(T_k
 * T_{k+1}) after it. The last of them, (q_n, −q_{n−1})/√T_{n−1}, goes smoothly through q_n = 0.
 */
function createSplit(classes: number): Split {
  const n = classes - 1;
  const shift = new Float64Array(n);
  const root = new Float64Array(n * (n - 1));
  const factor = new Float64Array(n * n);
  const q = new Float64Array(n);
  /** T_k. */
  const tail = new Float64Array(n + 1);

  /** Covariance of the differences into `factor`; returns what is added to its diagonal. */
  function differences(i: number, mean: Float64Array, covariance: Float64Array): number {
    let own = 0;
    let outputs = covariance[i * classes + i];
    for (let a = 0; a < n; a++) {
      const j = a < i ? a : a + 1;
      shift[a] = mean[j] - mean[i];
      outputs += covariance[j * classes + j];
      const cross = covariance[i * classes + i] - covariance[j * classes + i];
      for (let b = 0; b <= a; b++) {
        const k = b < i ? b : b + 1;
        factor[a * n + b] = covariance[j * classes + k] - covariance[i * classes + k] + cross;
      }
      own += factor[a * n + a];
    }
    const added = REGULAR * Math.max(0, own / n) + ROUNDING * (outputs / classes);
    for (let a = 0; a < n; a++) factor[a * n + a] += added;
    return added;
  }

  /** q and its tails; returns c. */
  function commonDirection(): number {
    for (let row = 0; row < n; row++) {
      let value = 1;
      for (let k = 0; k < row; k++) value -= factor[row * n + k] * q[k];
      const pivot = factor[row * n + row];
      // a pivot that rounding has taken away
      q[row] = pivot === 0 ? 0 : value / pivot;
    }
    let square = 0;
    for (let row = 0; row < n; row++) square += q[row] * q[row];
    const length = Math.sqrt(square);
    for (let row = n - 1; row >= 0; row--) {
      q[row] /= length;
      tail[row] = tail[row + 1] + q[row] * q[row];
    }
    return 1 / square;
  }

  function writeRoot(): void {
    for (let j = 0; j < n; j++) {
      /** Σ_{k<l<=j} L_jl q_l. */
      let after = 0;
      for (let k = j; k >= 0; k--) {
        const entry = factor[j * n + k];
        if (k < n - 1) root[j * (n - 1) + k] = rootEntry(entry, after, k, j);
        after += entry * q[k];
      }
    }
  }

  /** Entry k of row j. */
  function rootEntry(entry: number, after: number, k: number, j: number): number {
    if (k === n - 2) {
      const scale = Math.sqrt(tail[k]);
      if (scale === 0) return entry;
      return (q[n - 1] * entry - (j === n - 1 ? q[k] * factor[j * n + j] : 0)) / scale;
    }
    if (tail[k + 1] === 0) return tail[k] === 0 ? entry : j > k ? factor[j * n + k + 1] : 0;
    return Math.sqrt(tail[k + 1] / tail[k]) * entry - (q[k] / Math.sqrt(tail[k] * tail[k + 1])) * after;
  }

  return {
    shift,
    root,
    update(classIndex, mean, covariance) {
      if (differences(classIndex, mean, covariance) === 0) {
        root.fill(0);
        return 0;
      }
      choleskySemidefinite(factor, n, 0, factor);
      const common = commonDirection();
      writeRoot();
      return common;
    },
  };
}

/** The mean over the sets into the first one; returns the largest standard error of an entry. */
function average(sums: readonly Float64Array[]): number {
  const count = sums.length;
  let worst = 0;
  const [first] = sums;
  for (let at = 0; at < first.length; at++) {
    let mean = 0;
    for (const sum of sums) mean += sum[at];
    mean /= count;
    let square = 0;
    for (const sum of sums) square += squared(sum[at] - mean);
    worst = Math.max(worst, square);
    first[at] = mean;
  }
  return Math.sqrt(worst / (count * Math.max(1, count - 1)));
}

/** g, H and Q from P and M of the rivals; the row and column of class i follow from p_i = 1 − Σ p_j. */
function write(classes: number, i: number, sums: Float64Array, out: GaussianMoments): void {
  const n = classes - 1;
  const { gradient, hessian, gradientSquare } = out;
  out.risk = sums[0];
  let total = 0;
  let totalSquare = 0;
  for (let a = 0; a < n; a++) {
    const j = a < i ? a : a + 1;
    const probability = sums[1 + a];
    gradient[j] = probability;
    total += probability;
    let rowSum = 0;
    for (let b = 0; b < n; b++) {
      const k = b < i ? b : b + 1;
      const product = sums[1 + n + (a >= b ? (a * (a + 1)) / 2 + b : (b * (b + 1)) / 2 + a)];
      rowSum += product;
      gradientSquare[j * classes + k] = product;
      hessian[j * classes + k] = (a === b ? probability : 0) - product;
    }
    gradientSquare[j * classes + i] = gradientSquare[i * classes + j] = -rowSum;
    hessian[j * classes + i] = hessian[i * classes + j] = rowSum - probability;
    totalSquare += rowSum;
  }
  gradient[i] = -total;
  gradientSquare[i * classes + i] = totalSquare;
  hessian[i * classes + i] = total - totalSquare;
}
