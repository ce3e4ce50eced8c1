/**
 * The inner loops of the softmax moments: sums over one set of points. `createAccumulator` is the readable form, which
 * also takes what the fast one (assembly/softmax.ts) leaves: exponents that may overflow, and hosts without WebAssembly.
 */
import { softmaxSums } from '../wasm/softmax.ts';
import { exp, log, squared } from '../math/elementary.ts';
import { FAST_EXP_LIMIT, fastExp } from '../math/fast-exp.ts';
import { GROUP, type GaussianPoints } from '../math/gaussian-points.ts';
import { LOGISTIC_TABLE_SIZE, type LogisticTable } from './logistic-table.ts';

/** A group of pairs ±z is 2·GROUP = 8 points, handled side by side. */
const LANES = 2 * GROUP;

/**
 * Adds up E f, P_j and M_jk of softmax over one set of points, in the frame of softmax-moments.ts, w = shift + root·z.
 * With ω = log Σ_j e^{w_j} and q = softmax(w), f = R(ω), p_j = q_j g(ω), p_j p_k = q_j q_k Q(ω).
 */
export type Accumulator = (
  points: GaussianPoints,
  /** n. */
  shift: Float64Array,
  /** n×points.dimension, row-major; entry l of row j is 0 for l > j. */
  root: Float64Array,
  table: LogisticTable,
  /** [E f, P_j…, M_jk for k <= j…], overwritten. */
  out: Float64Array,
) => void;

/**
 * @param n number of rivals, C − 1.
 */
function createAccumulator(n: number): Accumulator {
  const q = new Float64Array(LANES * n);
  const scale = new Float64Array(n);
  const sum = new Float64Array(LANES);
  const gradient = new Float64Array(LANES);
  const square = new Float64Array(LANES);

  /** Adds the eight points whose q and ω are in `q` and `sum`. */
  function add(weights: Float64Array, first: number, table: LogisticTable, out: Float64Array): void {
    for (let lane = 0; lane < LANES; lane++) {
      const weight = weights[first + (lane % GROUP)];
      table.evaluate(sum[lane]);
      out[0] += weight * table.risk;
      gradient[lane] = weight * table.gradient;
      square[lane] = weight * table.gradientSquare;
    }
    let at = 1 + n;
    for (let row = 0; row < LANES * n; row += LANES) {
      let p0 = q[row];
      let p1 = q[row + 1];
      let p2 = q[row + 2];
      let p3 = q[row + 3];
      let p4 = q[row + 4];
      let p5 = q[row + 5];
      let p6 = q[row + 6];
      let p7 = q[row + 7];
      const low = p0 * gradient[0] + p1 * gradient[1] + (p2 * gradient[2] + p3 * gradient[3]);
      const high = p4 * gradient[4] + p5 * gradient[5] + (p6 * gradient[6] + p7 * gradient[7]);
      out[1 + row / LANES] += low + high;
      p0 *= square[0];
      p1 *= square[1];
      p2 *= square[2];
      p3 *= square[3];
      p4 *= square[4];
      p5 *= square[5];
      p6 *= square[6];
      p7 *= square[7];
      for (let k = 0; k <= row; k += LANES) {
        const left = p0 * q[k] + p1 * q[k + 1] + (p2 * q[k + 2] + p3 * q[k + 3]);
        const right = p4 * q[k + 4] + p5 * q[k + 5] + (p6 * q[k + 6] + p7 * q[k + 7]);
        out[at++] += left + right;
      }
    }
  }

  /** All exponentials are far from overflow: no maximum needs to be taken out. */
  function sumDirectly(points: GaussianPoints, root: Float64Array, table: LogisticTable, out: Float64Array): void {
    const { dimension, pairs, z, weights } = points;
    for (let first = 0; first < pairs; first += GROUP) {
      const start = first * dimension;
      let s0 = 0;
      let s1 = 0;
      let s2 = 0;
      let s3 = 0;
      let s4 = 0;
      let s5 = 0;
      let s6 = 0;
      let s7 = 0;
      for (let j = 0; j < n; j++) {
        let v0 = 0;
        let v1 = 0;
        let v2 = 0;
        let v3 = 0;
        const end = j * dimension + Math.min(j + 1, dimension);
        for (let entry = j * dimension, at = start; entry < end; entry++, at += GROUP) {
          const factor = root[entry];
          v0 += factor * z[at];
          v1 += factor * z[at + 1];
          v2 += factor * z[at + 2];
          v3 += factor * z[at + 3];
        }
        v0 = fastExp(v0);
        v1 = fastExp(v1);
        v2 = fastExp(v2);
        v3 = fastExp(v3);
        const center = scale[j];
        const row = LANES * j;
        s0 += q[row] = center * v0;
        s1 += q[row + 1] = center * v1;
        s2 += q[row + 2] = center * v2;
        s3 += q[row + 3] = center * v3;
        s4 += q[row + 4] = center / v0;
        s5 += q[row + 5] = center / v1;
        s6 += q[row + 6] = center / v2;
        s7 += q[row + 7] = center / v3;
      }
      sum[0] = s0;
      sum[1] = s1;
      sum[2] = s2;
      sum[3] = s3;
      sum[4] = s4;
      sum[5] = s5;
      sum[6] = s6;
      sum[7] = s7;
      s0 = 1 / s0;
      s1 = 1 / s1;
      s2 = 1 / s2;
      s3 = 1 / s3;
      s4 = 1 / s4;
      s5 = 1 / s5;
      s6 = 1 / s6;
      s7 = 1 / s7;
      for (let row = 0; row < LANES * n; row += LANES) {
        q[row] *= s0;
        q[row + 1] *= s1;
        q[row + 2] *= s2;
        q[row + 3] *= s3;
        q[row + 4] *= s4;
        q[row + 5] *= s5;
        q[row + 6] *= s6;
        q[row + 7] *= s7;
      }
      for (let lane = 0; lane < LANES; lane++) sum[lane] = log(sum[lane]);
      add(weights, first, table, out);
    }
  }

  /** The same for any size of w: the largest exponent is taken out of each point. */
  function sumStably(
    points: GaussianPoints,
    shift: Float64Array,
    root: Float64Array,
    table: LogisticTable,
    out: Float64Array,
  ): void {
    const { dimension, pairs, z, weights } = points;
    for (let first = 0; first < pairs; first += GROUP) {
      for (let lane = 0; lane < LANES; lane++) {
        const start = first * dimension + (lane % GROUP);
        const sign = lane < GROUP ? 1 : -1;
        let most = -Infinity;
        for (let j = 0; j < n; j++) {
          let v = 0;
          for (let l = 0; l < dimension; l++) v += root[j * dimension + l] * z[start + GROUP * l];
          q[LANES * j + lane] = shift[j] + sign * v;
          most = Math.max(most, shift[j] + sign * v);
        }
        let total = 0;
        for (let j = 0; j < n; j++) total += q[LANES * j + lane] = exp(q[LANES * j + lane] - most);
        for (let j = 0; j < n; j++) q[LANES * j + lane] /= total;
        sum[lane] = most + log(total);
      }
      add(weights, first, table, out);
    }
  }

  return (points, shift, root, table, out) => {
    out.fill(0);
    if (largestExponent(points, shift, root) < FAST_EXP_LIMIT) {
      for (let j = 0; j < n; j++) scale[j] = exp(shift[j]);
      sumDirectly(points, root, table, out);
    } else sumStably(points, shift, root, table, out);
  };
}

/** Upper bound of |w_j| over all points. */
function largestExponent({ dimension, radius }: GaussianPoints, shift: Float64Array, root: Float64Array): number {
  let reach = 0;
  let farthest = 0;
  for (let j = 0; j < shift.length; j++) {
    let square = 0;
    for (let l = 0; l < dimension; l++) square += squared(root[j * dimension + l]);
    reach = Math.max(reach, square);
    farthest = Math.max(farthest, Math.abs(shift[j]));
  }
  return Math.sqrt(reach) * radius + farthest;
}

/** The sums over several sets, each into its own `out`. */
export type SetAccumulator = (
  shift: Float64Array,
  root: Float64Array,
  table: LogisticTable,
  out: readonly Float64Array[],
) => void;

/** Sums over sets of points by the readable loops. */
export function createPlainAccumulator(n: number, sets: readonly GaussianPoints[]): SetAccumulator {
  const accumulate = createAccumulator(n);
  return (shift, root, table, out) => sets.forEach((points, s) => accumulate(points, shift, root, table, out[s]));
}

/**
 * The same in WebAssembly where it can be had.
 * @param sets the sets of the losses for this n: the first ones given stay in memory.
 */
export function createFastAccumulator(n: number, sets: readonly GaussianPoints[]): SetAccumulator {
  const plain = createPlainAccumulator(n, sets);
  const sums = softmaxSums(n, sets, LOGISTIC_TABLE_SIZE);
  if (!sums) return plain;
  const radius = sets.reduce((most, points) => (points.radius > most.radius ? points : most));
  return (shift, root, table, out) => {
    if (!(largestExponent(radius, shift, root) < FAST_EXP_LIMIT)) return plain(shift, root, table, out);
    const { scale } = sums;
    for (let j = 0; j < n; j++) scale[j] = exp(shift[j]);
    sums.root.set(root);
    for (let s = 0; s < sets.length; s++) {
      sums.project(s);
      const [low, high] = sums.range;
      const ready = table.prepare(low, high);
      if (!ready) return plain(shift, root, table, out);
      sums.pieces.set(table.pieces.subarray(ready[0], ready[1]), ready[0]);
      sums.sum();
      out[s].set(sums.out);
    }
  };
}
