/**
 * Gaussian moments of two layers, r ~ N(m, B), s = Σ_k c_k relu(r_k), f = log(1 + e^s) − y s. With h = σ(s) − y every
 * moment is an expectation over r_k > 0, or over r_k > 0 and r_l > 0, of a function without jumps,
 *
 *   g_k = c_k E h 1_k,  Q_kl = c_k c_l E h² 1_k 1_l,  E ∂f/∂c_k = E h r_k 1_k,
 *   H_kl = c_k c_l E σ′(s) 1_k 1_l + δ_kl c_k p_k E[h | r_k = 0],   p_k the density of r_k at 0.
 *
 * Each is a sum over quasi-Monte Carlo points of the normal law that is cut there: with the units k and l first in
 * Cholesky's order, their normals are drawn beyond the cut and weighed by its probability (A. Genz, J. Comput. Graph.
 * Stat. 1, 1992). So the sums are smooth in (m, B) as indicators over fixed points are not.
 */
import { choleskySemidefinite } from '../math/cholesky.ts';
import { exp, log1p } from '../math/elementary.ts';
import { FAST_EXP_LIMIT, fastExp } from '../math/fast-exp.ts';
import { fastNormalCdf, normalDensity, normalQuantile } from '../math/normal.ts';
import { rootStream } from '../math/random.ts';
import { sobolPoints } from '../math/sobol.ts';
import { type GaussianMoments } from './loss.ts';

/** Independent sets of points, whose spread tells the error, and points in each. */
const SETS = 2;
const POINTS = 512;
/** Standard errors in an error estimate of two sets. */
const SAFETY = 3;
/** Pivots of Cholesky's factor below this part of the trace are 0. */
const SINGULAR = 1e-14;

/** Uniform points of one set and their normal quantiles, ℓ×POINTS. */
interface Points {
  readonly uniform: Float64Array;
  readonly normal: Float64Array;
}

const known = new Map<number, readonly Points[]>();

function pointsOf(dimension: number): readonly Points[] {
  let sets = known.get(dimension);
  if (!sets) {
    const root = rootStream(0).child('two-layer', dimension);
    sets = Array.from({ length: SETS }, (_, part) => {
      const uniform = sobolPoints(dimension, POINTS, root.child('scrambling', part));
      return { uniform, normal: uniform.map(normalQuantile) };
    });
    known.set(dimension, sets);
  }
  return sets;
}

/** σ(s). */
function sigmoid(s: number): number {
  const e = s < FAST_EXP_LIMIT && s > -FAST_EXP_LIMIT ? fastExp(-Math.abs(s)) : exp(-Math.abs(s));
  return (s >= 0 ? 1 : e) / (1 + e);
}

/** Probability beyond the cut r > 0 of r ~ N(mean, deviation²), one half at r = 0 for sure. */
const share = (mean: number, deviation: number): number =>
  deviation > 0 ? fastNormalCdf(mean / deviation) : mean > 0 ? 1 : mean < 0 ? 0 : 0.5;

/** x such that r = mean + deviation x is beyond the cut, at the level u of what is beyond. */
const beyond = (u: number, probability: number, deviation: number): number =>
  deviation > 0 && probability > 1e-300 ? -normalQuantile(Math.max(1e-300, u * probability)) : 0;

/** A point of an interval whose ends may be infinite. */
const between = (from: number, to: number): number =>
  from === -Infinity ? Math.min(to - 1, 0) : to === Infinity ? Math.max(from + 1, 0) : (from + to) / 2;

export interface TwoLayerMoments {
  write(classIndex: number, mean: Float64Array, covariance: Float64Array, out: GaussianMoments): void;
  /** P(s has the wrong sign); s = 0, where no unit is on, counts one half. */
  error(classIndex: number, mean: Float64Array, covariance: Float64Array): number;
}

/**
 * @param labels y_i, 0 or 1.
 * @param second c, read at every call.
 */
export function createTwoLayerMoments(
  hidden: number,
  labels: readonly number[],
  second: Float64Array,
): TwoLayerMoments {
  const factor = new Float64Array(hidden * hidden);
  const ordered = new Float64Array(hidden * hidden);
  const order = new Int32Array(hidden);
  /** m and c in that order, and the normals. */
  const centre = new Float64Array(hidden);
  const weight = new Float64Array(hidden);
  const x = new Float64Array(hidden);
  /** Along the first normal: r at 0, and where units are cut. */
  const base = new Float64Array(hidden);
  const cuts = new Float64Array(hidden);
  /** R, then g, Q and H (packed pairs), ∂c, of one set. */
  const pairs = (hidden * (hidden + 1)) / 2;
  const size = 1 + 2 * hidden + 2 * pairs;
  const sums = Array.from({ length: SETS }, () => new Float64Array(size));

  /** Cholesky's factor of B with the units k, l first (−1 for none). */
  function arrange(k: number, l: number, mean: Float64Array, covariance: Float64Array): void {
    let at = 0;
    if (k >= 0) order[at++] = k;
    if (l >= 0 && l !== k) order[at++] = l;
    for (let j = 0; j < hidden; j++) if (j !== k && j !== l) order[at++] = j;
    for (let a = 0; a < hidden; a++) {
      centre[a] = mean[order[a]];
      weight[a] = second[order[a]];
      for (let b = 0; b <= a; b++) ordered[a * hidden + b] = covariance[order[a] * hidden + order[b]];
    }
    let trace = 0;
    for (let a = 0; a < hidden; a++) trace += ordered[a * (hidden + 1)];
    choleskySemidefinite(ordered, hidden, SINGULAR * trace, factor);
  }

  /** s at the normals x. */
  function total(): number {
    let s = 0;
    for (let a = 0, row = 0; a < hidden; a++, row += hidden) {
      let r = centre[a];
      for (let b = 0; b <= a; b++) r += factor[row + b] * x[b];
      if (r > 0) s += weight[a] * r;
    }
    return s;
  }

  const fill = ({ normal }: Points, from: number, j: number): void => {
    for (let a = from; a < hidden; a++) x[a] = normal[a * POINTS + j];
  };

  /** Adds what is over all r: E f. */
  function addRisk(points: Points, label: number, out: Float64Array): void {
    let sum = 0;
    for (let j = 0; j < POINTS; j++) {
      fill(points, 0, j);
      const s = total();
      sum += Math.max(s, 0) + log1p(exp(-Math.abs(s))) - label * s;
    }
    out[0] = sum / POINTS;
  }

  /** What is over r_k > 0, and at r_k = 0. */
  function addUnit(k: number, points: Points, label: number, out: Float64Array): void {
    const deviation = factor[0];
    const probability = share(centre[0], deviation);
    const density = deviation > 0 ? normalDensity(centre[0] / deviation) / deviation : 0;
    let [slope, square, bend, learned, jump] = [0, 0, 0, 0, 0];
    for (let j = 0; j < POINTS; j++) {
      fill(points, 1, j);
      x[0] = beyond(points.uniform[j], probability, deviation);
      const on = sigmoid(total());
      const h = on - label;
      slope += h;
      square += h * h;
      bend += on * (1 - on);
      learned += h * Math.max(0, centre[0] + deviation * x[0]);
      if (density > 0) {
        x[0] = -centre[0] / deviation;
        jump += sigmoid(total()) - label;
      }
    }
    const c = second[k];
    const mass = probability / POINTS;
    const pair = (k * (k + 1)) / 2 + k;
    out[1 + k] = c * mass * slope;
    out[1 + hidden + k] = mass * learned;
    out[1 + 2 * hidden + pair] = c * c * mass * square;
    out[1 + 2 * hidden + pairs + pair] = c * c * mass * bend + (c * density * jump) / POINTS;
  }

  /** What is over r_k > 0 and r_l > 0, l < k. */
  function addPair(k: number, l: number, points: Points, label: number, out: Float64Array): void {
    const [deviation, slope, rest] = [factor[0], factor[hidden], factor[hidden + 1]];
    const probability = share(centre[0], deviation);
    let [square, bend] = [0, 0];
    for (let j = 0; j < POINTS && probability > 0; j++) {
      fill(points, 2, j);
      x[0] = beyond(points.uniform[j], probability, deviation);
      const part = share(centre[1] + slope * x[0], rest);
      if (part === 0) continue;
      x[1] = beyond(points.uniform[POINTS + j], part, rest);
      const on = sigmoid(total());
      square += part * (on - label) * (on - label);
      bend += part * on * (1 - on);
    }
    const scale = (second[k] * second[l] * probability) / POINTS;
    const pair = (k * (k + 1)) / 2 + l;
    out[1 + 2 * hidden + pair] = scale * square;
    out[1 + 2 * hidden + pairs + pair] = scale * bend;
  }

  /**
   * P(sign·s > 0) over the first normal, the others given: s is linear between the cuts of the units, so that nothing is
   * counted. s = 0, where no unit is on, counts one half.
   */
  function probabilityAlong(sign: number): number {
    let count = 0;
    for (let a = 0, row = 0; a < hidden; a++, row += hidden) {
      let r = centre[a];
      for (let b = 1; b <= a; b++) r += factor[row + b] * x[b];
      base[a] = r;
      if (factor[row] !== 0) cuts[count++] = -r / factor[row];
    }
    const sorted = cuts.subarray(0, count).sort();
    let [sum, from, below] = [0, -Infinity, 0];
    for (let i = 0; i <= count; i++) {
      const to = i < count ? sorted[i] : Infinity;
      const above = i < count ? fastNormalCdf(to) : 1;
      const inside = between(from, to);
      let [level, slope] = [0, 0];
      for (let a = 0; a < hidden; a++) {
        const own = factor[a * hidden];
        if (base[a] + own * inside <= 0) continue;
        level += sign * weight[a] * base[a];
        slope += sign * weight[a] * own;
      }
      const root = -level / slope;
      if (level === 0 && slope === 0) sum += (above - below) / 2;
      else if (root > from && root < to) {
        const at = fastNormalCdf(root);
        sum += slope > 0 ? above - at : at - below;
      } else if (level + slope * inside > 0) sum += above - below;
      [from, below] = [to, above];
    }
    return sum;
  }

  function write(out: GaussianMoments): void {
    const average = (at: number): number => sums.reduce((sum, each) => sum + each[at], 0) / SETS;
    let worst = 0;
    for (let at = 0; at < size; at++) worst = Math.max(worst, Math.abs(sums[0][at] - sums[1][at]));
    out.errorEstimate = (SAFETY * worst) / 2;
    out.risk = average(0);
    for (let k = 0; k < hidden; k++) {
      out.gradient[k] = average(1 + k);
      out.learnedGradient[k] = average(1 + hidden + k);
      for (let l = 0; l <= k; l++) {
        const at = 1 + 2 * hidden + (k * (k + 1)) / 2 + l;
        out.gradientSquare[k * hidden + l] = out.gradientSquare[l * hidden + k] = average(at);
        out.hessian[k * hidden + l] = out.hessian[l * hidden + k] = average(at + pairs);
      }
    }
  }

  return {
    write(classIndex, mean, covariance, out) {
      const sets = pointsOf(hidden);
      const label = labels[classIndex];
      arrange(-1, -1, mean, covariance);
      sets.forEach((points, p) => addRisk(points, label, sums[p]));
      for (let k = 0; k < hidden; k++) {
        arrange(k, -1, mean, covariance);
        sets.forEach((points, p) => addUnit(k, points, label, sums[p]));
        for (let l = 0; l < k; l++) {
          arrange(k, l, mean, covariance);
          sets.forEach((points, p) => addPair(k, l, points, label, sums[p]));
        }
      }
      write(out);
    },
    error(classIndex, mean, covariance) {
      arrange(-1, -1, mean, covariance);
      const wrong = labels[classIndex] === 1 ? -1 : 1;
      let sum = 0;
      for (const points of pointsOf(hidden)) {
        for (let j = 0; j < POINTS; j++) {
          fill(points, 1, j);
          sum += probabilityAlong(wrong);
        }
      }
      return sum / (SETS * POINTS);
    },
  };
}
