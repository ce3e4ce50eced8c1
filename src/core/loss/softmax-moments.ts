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
 * C − 2 dimensions; it is summed over a grid for three and four classes, over fixed scrambled Sobol points for more.
 * The points never change, so that the moments are smooth in (m, B); the spread between sets tells the error.
 */
import { choleskySemidefinite } from '../math/cholesky.ts';
import { squared } from '../math/elementary.ts';
import { gaussianGrid, gaussianPoints, type GaussianPoints } from '../math/gaussian-points.ts';
import { rootStream } from '../math/random.ts';
import { createLogisticTable } from './logistic-table.ts';
import { type GaussianMoments } from './loss.ts';
import { createFastAccumulator, createPlainAccumulator, type SetAccumulator } from './softmax-accumulator.ts';

/** Independent scramblings, and antithetic pairs in each. */
const SCRAMBLINGS = 4;
const PAIRS = 128;
/** Steps of the interlaced grids in one and two dimensions. */
const STEPS = { 1: 0.25, 2: 0.7 };
/** A variance, as a part of that of the outputs, which is rounding alone. */
const ROUNDING = 1e-14;
/** Standard errors in an error estimate: few sets tell their spread only roughly. */
const SAFETY = 2;

const pointSets = new Map<number, readonly GaussianPoints[]>();

/** The sets of points that the losses use in one dimension, made on first use. */
export function pointSet(dimension: number): readonly GaussianPoints[] {
  let sets = pointSets.get(dimension);
  if (!sets) {
    sets = dimension === 1 || dimension === 2 ? interlacedGrids(dimension) : scrambledSets(dimension);
    pointSets.set(dimension, sets);
  }
  return sets;
}

/**
 * The grids, two in one dimension and four in two, whose union is a grid of half the step.
 * @param step of each, by default the one that the losses use.
 */
export function interlacedGrids(dimension: 1 | 2, step = STEPS[dimension]): readonly GaussianPoints[] {
  const offsets = [0, 0.5] as const;
  if (dimension === 1) return offsets.map((offset) => gaussianGrid(step, [offset]));
  return offsets.flatMap((first) => offsets.map((second) => gaussianGrid(step, [first, second])));
}

/** Independent sets of quasi-Monte Carlo points; as many as the losses use, or more for a check. */
export function scrambledSets(dimension: number, pairs = PAIRS, count = SCRAMBLINGS): readonly GaussianPoints[] {
  const root = rootStream(0).child('softmax', dimension);
  return Array.from({ length: count }, (_, s) => gaussianPoints(dimension, pairs, root.child('scrambling', s)));
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
    out.errorEstimate = SAFETY * average(sums);
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

function createSplit(classes: number): Split {
  const n = classes - 1;
  const shift = new Float64Array(n);
  const root = new Float64Array(n * (n - 1));
  const matrix = new Float64Array(n * n);
  const factor = new Float64Array(n * n);
  const solution = new Float64Array(n);

  /** Covariance of the differences into `matrix`; returns the size of its rounding errors. */
  function differences(i: number, mean: Float64Array, covariance: Float64Array): number {
    let largest = covariance[i * classes + i];
    for (let a = 0; a < n; a++) {
      const j = a < i ? a : a + 1;
      shift[a] = mean[j] - mean[i];
      largest = Math.max(largest, covariance[j * classes + j]);
      const own = covariance[i * classes + i] - covariance[j * classes + i];
      for (let b = 0; b <= a; b++) {
        const k = b < i ? b : b + 1;
        matrix[a * n + b] = covariance[j * classes + k] - covariance[i * classes + k] + own;
      }
    }
    return ROUNDING * largest;
  }

  /** The largest c is 1/(1ᵀ A⁻¹ 1) = 1/‖L⁻¹1‖². A pivot that is 0 counts as one of the size of rounding. */
  function commonVariance(tolerance: number): number {
    let square = 0;
    for (let row = 0; row < n; row++) {
      let value = 1;
      for (let k = 0; k < row; k++) value -= factor[row * n + k] * solution[k];
      const pivot = factor[row * n + row];
      solution[row] = pivot > 0 ? value / pivot : 0;
      square += pivot > 0 ? squared(solution[row]) : squared(value) / tolerance;
    }
    return 1 / square;
  }

  /** The n − 1 columns of the factor with a pivot: the rest has one dimension less than the differences. */
  function compress(): void {
    root.fill(0);
    let column = 0;
    for (let k = 0; k < n && column < n - 1; k++) {
      if (factor[k * n + k] === 0) continue;
      for (let row = k; row < n; row++) root[row * (n - 1) + column] = factor[row * n + k];
      column++;
    }
  }

  return {
    shift,
    root,
    update(classIndex, mean, covariance) {
      const tolerance = differences(classIndex, mean, covariance);
      if (tolerance === 0) {
        root.fill(0);
        return 0;
      }
      choleskySemidefinite(matrix, n, tolerance, factor);
      const common = commonVariance(tolerance);
      for (let a = 0; a < n; a++) for (let b = 0; b <= a; b++) matrix[a * n + b] -= common;
      choleskySemidefinite(matrix, n, tolerance, factor);
      compress();
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
