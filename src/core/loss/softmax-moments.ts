/**
 * Gaussian moments of the softmax probabilities p = softmax(r), r ~ N(m, B), in C − 1 dimensions.
 *
 * Seen from class i only the differences u_j = r_j − r_i matter: p_j = e^{u_j} / (1 + Σ_k e^{u_k}) and the loss is
 * log(1 + Σ_k e^{u_k}). With P_j = E p_j and M_jk = E p_j p_k over the rivals j, k ≠ i every moment (T2) is a sum
 * without cancellation (∇f has the entries p_j and −Σ_k p_k). The points are fixed, so the moments are smooth in
 * (m, B); several independent scramblings tell the error.
 */
import { choleskySemidefinite } from '../math/cholesky.ts';
import { FAST_EXP_LIMIT, fastExp } from '../math/fast-exp.ts';
import { GROUP, gaussianPoints, type GaussianPoints } from '../math/gaussian-points.ts';
import { rootStream } from '../math/random.ts';
import { type GaussianMoments } from './loss.ts';

/** Independent scramblings, and antithetic pairs in each. */
export const SCRAMBLINGS = 4;
export const PAIRS = 128;
/** Variance of r_j − r_i, as a part of that of the outputs, which is rounding alone. */
const ROUNDING = 1e-14;
/** Standard errors in an error estimate: few scramblings tell their spread only roughly. */
const SAFETY = 2;

const pointSets = new Map<string, GaussianPoints[]>();

/** The scramblings for one dimension, made on first use. */
function pointSet(dimension: number, pairs: number, scramblings: number): GaussianPoints[] {
  const key = `${dimension}/${pairs}/${scramblings}`;
  let sets = pointSets.get(key);
  if (!sets) {
    const root = rootStream(0).child('softmax', dimension);
    sets = Array.from({ length: scramblings }, (_, s) => gaussianPoints(dimension, pairs, root.child('scrambling', s)));
    pointSets.set(key, sets);
  }
  return sets;
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
 * @param pairs antithetic pairs per scrambling, a multiple of 4 and above C.
 */
export function createSoftmaxMoments(classes: number, pairs = PAIRS, scramblings = SCRAMBLINGS): SoftmaxMoments {
  const n = classes - 1;
  const shift = new Float64Array(n);
  const root = new Float64Array(n * n);
  const size = 1 + n + (n * (n + 1)) / 2;
  const sums = Array.from({ length: scramblings }, () => new Float64Array(size));
  const accumulate = createAccumulator(n);
  let sets: GaussianPoints[] | undefined;

  return (classIndex, mean, covariance, out) => {
    sets ??= pointSet(n, pairs, scramblings);
    differences(classes, classIndex, mean, covariance, shift, root);
    for (let s = 0; s < scramblings; s++) accumulate(sets[s], shift, root, sums[s]);
    out.errorEstimate = SAFETY * average(sums);
    write(classes, classIndex, sums[0], out);
  };
}

/** Mean of u, and a lower-triangular root of its covariance, for the rivals j ≠ i in order. */
function differences(
  classes: number,
  i: number,
  mean: Float64Array,
  covariance: Float64Array,
  shift: Float64Array,
  root: Float64Array,
): void {
  const n = classes - 1;
  let largest = 0;
  for (let a = 0; a < n; a++) {
    const j = a < i ? a : a + 1;
    shift[a] = mean[j] - mean[i];
    largest = Math.max(largest, covariance[j * classes + j]);
    const own = covariance[i * classes + i] - covariance[j * classes + i];
    for (let b = 0; b <= a; b++) {
      const k = b < i ? b : b + 1;
      root[a * n + b] = covariance[j * classes + k] - covariance[i * classes + k] + own;
    }
  }
  largest = Math.max(largest, covariance[i * classes + i]);
  choleskySemidefinite(root, n, ROUNDING * largest, root);
}

/** Means over one set of points: [E f, P_j…, M_jk for k <= j…] into `out`. */
function createAccumulator(
  n: number,
): (points: GaussianPoints, shift: Float64Array, root: Float64Array, out: Float64Array) => void {
  const lanes = 2 * GROUP;
  const p = new Float64Array(lanes * n);
  const factor = new Float64Array(n);

  /** Σ_k p_j p_k over the eight points in `p`, for all k <= j, and Σ p_j. */
  function addProducts(out: Float64Array): void {
    let at = 1 + n;
    for (let j = 0; j < n; j++) {
      const row = lanes * j;
      const p0 = p[row];
      const p1 = p[row + 1];
      const p2 = p[row + 2];
      const p3 = p[row + 3];
      const p4 = p[row + 4];
      const p5 = p[row + 5];
      const p6 = p[row + 6];
      const p7 = p[row + 7];
      out[1 + j] += p0 + p1 + (p2 + p3) + (p4 + p5 + (p6 + p7));
      for (let k = 0; k <= row; k += lanes) {
        const low = p0 * p[k] + p1 * p[k + 1] + (p2 * p[k + 2] + p3 * p[k + 3]);
        const high = p4 * p[k + 4] + p5 * p[k + 5] + (p6 * p[k + 6] + p7 * p[k + 7]);
        out[at++] += low + high;
      }
    }
  }

  /** All exponentials are far from overflow: no maximum needs to be taken out. */
  function sumDirectly({ pairs, z }: GaussianPoints, root: Float64Array, out: Float64Array): void {
    for (let start = 0; start < pairs * n; start += GROUP * n) {
      let s0 = 1;
      let s1 = 1;
      let s2 = 1;
      let s3 = 1;
      let s4 = 1;
      let s5 = 1;
      let s6 = 1;
      let s7 = 1;
      for (let j = 0; j < n; j++) {
        let v0 = 0;
        let v1 = 0;
        let v2 = 0;
        let v3 = 0;
        for (let l = 0, at = start; l <= j; l++, at += GROUP) {
          const entry = root[j * n + l];
          v0 += entry * z[at];
          v1 += entry * z[at + 1];
          v2 += entry * z[at + 2];
          v3 += entry * z[at + 3];
        }
        v0 = fastExp(v0);
        v1 = fastExp(v1);
        v2 = fastExp(v2);
        v3 = fastExp(v3);
        const scale = factor[j];
        const row = lanes * j;
        s0 += p[row] = scale * v0;
        s1 += p[row + 1] = scale * v1;
        s2 += p[row + 2] = scale * v2;
        s3 += p[row + 3] = scale * v3;
        s4 += p[row + 4] = scale / v0;
        s5 += p[row + 5] = scale / v1;
        s6 += p[row + 6] = scale / v2;
        s7 += p[row + 7] = scale / v3;
      }
      out[0] += Math.log(s0 * s1) + Math.log(s2 * s3) + (Math.log(s4 * s5) + Math.log(s6 * s7));
      s0 = 1 / s0;
      s1 = 1 / s1;
      s2 = 1 / s2;
      s3 = 1 / s3;
      s4 = 1 / s4;
      s5 = 1 / s5;
      s6 = 1 / s6;
      s7 = 1 / s7;
      for (let row = 0; row < lanes * n; row += lanes) {
        p[row] *= s0;
        p[row + 1] *= s1;
        p[row + 2] *= s2;
        p[row + 3] *= s3;
        p[row + 4] *= s4;
        p[row + 5] *= s5;
        p[row + 6] *= s6;
        p[row + 7] *= s7;
      }
      addProducts(out);
    }
  }

  /** The same for any size of u: the largest exponent is taken out of each point. */
  function sumStably({ pairs, z }: GaussianPoints, shift: Float64Array, root: Float64Array, out: Float64Array): void {
    for (let start = 0; start < pairs * n; start += GROUP * n) {
      for (let lane = 0; lane < lanes; lane++) {
        const sign = lane < GROUP ? 1 : -1;
        let most = 0;
        for (let j = 0; j < n; j++) {
          let v = 0;
          for (let l = 0; l <= j; l++) v += root[j * n + l] * z[start + GROUP * l + (lane % GROUP)];
          const u = shift[j] + sign * v;
          p[lanes * j + lane] = u;
          most = Math.max(most, u);
        }
        // The loss is most + log(rest + Σ e^{u − most}); log1p keeps it accurate where u is far below 0.
        const rest = Math.exp(-most);
        let others = 0;
        for (let j = 0; j < n; j++) others += p[lanes * j + lane] = Math.exp(p[lanes * j + lane] - most);
        out[0] += most === 0 ? Math.log1p(others) : most + Math.log(rest + others);
        const inverse = 1 / (rest + others);
        for (let j = 0; j < n; j++) p[lanes * j + lane] *= inverse;
      }
      addProducts(out);
    }
  }

  return (points, shift, root, out) => {
    let reach = 0;
    let farthest = 0;
    for (let j = 0; j < n; j++) {
      let square = 0;
      for (let l = 0; l <= j; l++) square += root[j * n + l] ** 2;
      reach = Math.max(reach, square);
      farthest = Math.max(farthest, Math.abs(shift[j]));
    }
    out.fill(0);
    // Two sums are multiplied before a logarithm is taken: e^{2 · 300} stays below the largest number.
    if (Math.sqrt(reach) * points.radius + farthest < FAST_EXP_LIMIT) {
      for (let j = 0; j < n; j++) factor[j] = Math.exp(shift[j]);
      sumDirectly(points, root, out);
    } else sumStably(points, shift, root, out);
    const weight = 1 / (2 * points.pairs);
    for (let at = 0; at < out.length; at++) out[at] *= weight;
  };
}

/** The mean over the scramblings into the first one; returns the largest standard error of an entry. */
function average(sums: readonly Float64Array[]): number {
  const count = sums.length;
  let worst = 0;
  const [first] = sums;
  for (let at = 0; at < first.length; at++) {
    let mean = 0;
    for (const sum of sums) mean += sum[at];
    mean /= count;
    let square = 0;
    for (const sum of sums) square += (sum[at] - mean) ** 2;
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
      const [high, low] = a >= b ? [a, b] : [b, a];
      const product = sums[1 + n + (high * (high + 1)) / 2 + low];
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
