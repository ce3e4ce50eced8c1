/**
 * The learning rate up to which the second moment of SGD's error stays bounded, at finite d and batch size b, where the
 * loss has the same Hessian h everywhere (least squares: h = 1). A step multiplies the error e = X − X° by 1 − (γ/d) H,
 * H = δ + (h/b) Σ_j a_j a_jᵀ, and Σ = E e eᵀ goes to
 *   Σ − (γ/d)(E[H] Σ + Σ E[H]) + (γ/d)² E[H Σ H].
 * Both maps keep positive matrices positive. With 𝒯 Σ = E[H] Σ + Σ E[H] and ℬ Σ = E[H Σ H] it is stable exactly where
 * (γ/d) ρ(𝒯⁻¹ℬ) < 1. I. Isserlis's formula holds with C = Σ_i p_i (K_i + μ_i μ_iᵀ) and T_i = tr K_i Σ + μ_iᵀΣ μ_i.
 *   E[H Σ H] = δ²Σ + δh(CΣ + ΣC) + h²(1 − 1/b) C Σ C
 *            + (h²/b) Σ_i p_i [T_i (K_i + μ_i μ_iᵀ) + 2 K_iΣK_i + 2 (K_iΣμ_i μ_iᵀ + μ_i μ_iᵀΣK_i)].
 * For one class of covariance v and no mean this is 2 b d / (v (b + d + 1)). (T5) holds the term of T_i K_i, λ and μ²
 * on the diagonal alone, and so its threshold leaves out what is of order 1/d and b/d.
 */
import { squared } from '../../math/elementary.ts';
import { largestEigenvalue } from '../../math/largest-eigenvalue.ts';
import { symmetricEigen } from '../../math/symmetric-eigen.ts';
import { type Problem } from '../equations/problem.ts';
import { averageOver } from './least-squares.ts';

export interface SecondMoment {
  /** γ; Infinity where there is nothing to feed. */
  readonly threshold: number;
  /** Whether Σ was kept whole; else the entries between directions that carry means were left out, of order 1/d. */
  readonly whole: boolean;
}

/** Directions with means up to which their Σ is kept whole: iterations cost their cube. */
const MOST_CARRIERS = 64;
/** Power iterations before a Krylov space is built. */
const POWER_STEPS = 100;
/** Rates of decay below this part of the largest are rounding. */
const ROUNDING = 1e-12;

/** @param curvature h > 0. */
export function secondMomentThreshold(problem: Problem, curvature: number): SecondMoment {
  const { directions, dimension, priors } = problem;
  const { nodes, means } = directions;
  const carriers = [...Array(nodes).keys()].filter((n) => priors.some((_, i) => means[i * nodes + n] !== 0));
  const whole = carriers.length <= MOST_CARRIERS;
  const map = createMap(problem, curvature, carriers, whole);
  const radius = spectralRadius(map.start(), map.apply);
  // the mean of the error grows from here on, and with it the second moment
  const mean = 2 / (problem.ridge + curvature * largestSecondMoment(problem));
  const threshold = radius > 0 ? Math.min(1 / radius, mean) : Infinity;
  return { threshold: threshold * dimension, whole };
}

/** Largest eigenvalue of C = Σ_i p_i (K_i + μ_i μ_iᵀ), on the problem's nodes. */
export function largestSecondMoment({ directions, priors }: Problem): number {
  const { nodes, eigenvalues, means } = directions;
  const average = averageOver(priors, eigenvalues, nodes);
  const classes = priors.length;
  const multiply = (vector: Float64Array, out: Float64Array): void => {
    for (let n = 0; n < nodes; n++) out[n] = average[n] * vector[n];
    for (let i = 0; i < classes; i++) {
      let sum = 0;
      for (let n = 0; n < nodes; n++) sum += means[i * nodes + n] * vector[n];
      sum *= priors[i];
      for (let n = 0; n < nodes; n++) out[n] += sum * means[i * nodes + n];
    }
  };
  // a start with a part in every direction, whatever the symmetry of the means
  const start = Float64Array.from({ length: nodes }, (_, n) => {
    let size = 1e-3 * (1 + (((n + 1) * Math.SQRT2) % 1));
    for (let i = 0; i < classes; i++) size += priors[i] * Math.abs(means[i * nodes + n]) * (1 + 0.1 * i);
    return size + average[n];
  });
  const largest = average.reduce((most, value) => Math.max(most, value), 0);
  return Math.max(largest, largestEigenvalue(start, multiply));
}

interface PositiveMap {
  start(): Float64Array;
  /** 𝒯⁻¹ℬ. */
  apply(this: void, from: Float64Array, out: Float64Array): void;
}

/**
 * 𝒯⁻¹ℬ on what symmetry leaves of Σ: s × s entries among the nodes with means, s of them on the diagonal where not kept
 * whole. Then comes one number for the other directions of each node, N.
 */
function createMap(
  { directions, weight, priors, ridge, batchSize }: Problem,
  curvature: number,
  carriers: readonly number[],
  whole: boolean,
): PositiveMap {
  const { nodes, eigenvalues, means } = directions;
  const classes = priors.length;
  const s = carriers.length;
  const average = averageOver(priors, eigenvalues, nodes);
  const rest = weight.slice();
  for (const n of carriers) rest[n] = Math.max(0, rest[n] - 1);
  // of the carriers: λ_i and μ_i, C × s
  const lambda = Float64Array.from(
    { length: classes * s },
    (_, k) => eigenvalues[Math.floor(k / s) * nodes + carriers[k % s]],
  );
  const mu = Float64Array.from({ length: classes * s }, (_, k) => means[Math.floor(k / s) * nodes + carriers[k % s]]);
  const block = whole ? wholeBlock() : diagonalBlock();
  const traces = new Float64Array(classes);
  const h2 = curvature * curvature;

  /** C on the carriers, s×s. */
  function secondMoment(): Float64Array {
    const matrix = new Float64Array(s * s);
    for (let a = 0; a < s; a++) {
      matrix[a * s + a] = average[carriers[a]];
      for (let b = 0; b < s; b++) {
        for (let i = 0; i < classes; i++) matrix[a * s + b] += priors[i] * mu[i * s + a] * mu[i * s + b];
      }
    }
    return matrix;
  }

  function wholeBlock() {
    const C = secondMoment();
    const values = new Float64Array(s);
    const vectors = new Float64Array(s * s);
    symmetricEigen(
      C.map((value, k) => curvature * value + (k % (s + 1) === 0 ? ridge : 0)),
      s,
      values,
      vectors,
    );
    const most = values.reduce((largest, value) => Math.max(largest, value), 0);
    const [work, other] = [new Float64Array(s * s), new Float64Array(s * s)];
    const image = new Float64Array(s);
    return {
      size: s * s,
      start(out: Float64Array) {
        for (let a = 0; a < s; a++) out[a * s + a] = 1;
      },
      /** What of T_i the carriers hold. */
      trace(from: Float64Array, i: number) {
        let sum = 0;
        for (let a = 0; a < s; a++) {
          sum += lambda[i * s + a] * from[a * s + a];
          for (let b = 0; b < s; b++) sum += mu[i * s + a] * mu[i * s + b] * from[a * s + b];
        }
        return sum;
      },
      apply(from: Float64Array, out: Float64Array) {
        multiply(C, from, work, s);
        multiply(work, C, other, s);
        for (let a = 0; a < s; a++) {
          for (let b = 0; b < s; b++) {
            const k = a * s + b;
            out[k] = ridge * ridge * from[k] + ridge * curvature * (work[k] + work[b * s + a]);
            out[k] += h2 * (1 - 1 / batchSize) * other[k];
          }
        }
        for (let i = 0; i < classes; i++) {
          const factor = (h2 * priors[i]) / batchSize;
          const at = i * s;
          for (let a = 0; a < s; a++) {
            image[a] = 0;
            for (let b = 0; b < s; b++) image[a] += from[a * s + b] * mu[at + b];
          }
          for (let a = 0; a < s; a++) {
            out[a * s + a] += factor * traces[i] * lambda[at + a];
            for (let b = 0; b < s; b++) {
              out[a * s + b] +=
                factor *
                (traces[i] * mu[at + a] * mu[at + b] +
                  2 * lambda[at + a] * from[a * s + b] * lambda[at + b] +
                  2 * (lambda[at + a] * image[a] * mu[at + b] + mu[at + a] * image[b] * lambda[at + b]));
            }
          }
        }
        // 𝒯⁻¹ in the eigenbasis of E[H]
        multiplyTransposed(vectors, out, work, s);
        multiply(work, vectors, other, s);
        for (let a = 0; a < s; a++) {
          for (let b = 0; b < s; b++) {
            const rate = values[a] + values[b];
            other[a * s + b] = rate > ROUNDING * most ? other[a * s + b] / rate : 0;
          }
        }
        multiply(vectors, other, work, s);
        multiplyByTransposed(work, vectors, out, s);
      },
    };
  }

  function diagonalBlock() {
    const own = Float64Array.from(carriers, (n, a) => {
      let sum = average[n];
      for (let i = 0; i < classes; i++) sum += priors[i] * squared(mu[i * s + a]);
      return sum;
    });
    return {
      size: s,
      start(out: Float64Array) {
        out.fill(1, 0, s);
      },
      trace(from: Float64Array, i: number) {
        let sum = 0;
        for (let a = 0; a < s; a++) sum += (lambda[i * s + a] + squared(mu[i * s + a])) * from[a];
        return sum;
      },
      apply(from: Float64Array, out: Float64Array) {
        for (let a = 0; a < s; a++) {
          let sum = ridge * ridge * from[a] + 2 * ridge * curvature * own[a] * from[a];
          sum += h2 * (1 - 1 / batchSize) * own[a] * own[a] * from[a];
          for (let i = 0; i < classes; i++) {
            const [l, m2] = [lambda[i * s + a], squared(mu[i * s + a])];
            const fourth = traces[i] * (l + m2) + 2 * l * l * from[a] + 4 * l * m2 * from[a];
            sum += ((h2 * priors[i]) / batchSize) * fourth;
          }
          const decay = ridge + curvature * own[a];
          out[a] = decay > 0 ? sum / (2 * decay) : 0;
        }
      },
    };
  }

  return {
    start() {
      const vector = new Float64Array(block.size + nodes);
      block.start(vector);
      for (let n = 0; n < nodes; n++) if (rest[n] > 0) vector[block.size + n] = 1;
      return vector;
    },
    apply(from, out) {
      for (let i = 0; i < classes; i++) {
        traces[i] = block.trace(from, i);
        for (let n = 0; n < nodes; n++) traces[i] += rest[n] * eigenvalues[i * nodes + n] * from[block.size + n];
      }
      block.apply(from, out);
      for (let n = 0; n < nodes; n++) {
        const value = from[block.size + n];
        const decay = ridge + curvature * average[n];
        if (!(rest[n] > 0 && decay > 0)) {
          out[block.size + n] = 0;
          continue;
        }
        let sum = ridge * ridge * value + 2 * ridge * curvature * average[n] * value;
        sum += h2 * (1 - 1 / batchSize) * average[n] * average[n] * value;
        for (let i = 0; i < classes; i++) {
          const l = eigenvalues[i * nodes + n];
          sum += ((h2 * priors[i]) / batchSize) * (traces[i] * l + 2 * l * l * value);
        }
        out[block.size + n] = sum / (2 * decay);
      }
    },
  };
}

/** Of a map that keeps positive what is: its largest eigenvalue, by power iteration where that is quick. */
function spectralRadius(start: Float64Array, apply: PositiveMap['apply']): number {
  let vector: Float64Array = start;
  let next: Float64Array = new Float64Array(start.length);
  let radius = 0;
  for (let step = 0; step < POWER_STEPS; step++) {
    apply(vector, next);
    const [before, after] = [norm(vector), norm(next)];
    if (!(after > 0)) return 0;
    const ratio = after / before;
    for (let k = 0; k < next.length; k++) next[k] /= after;
    [vector, next] = [next, vector];
    if (step > 0 && Math.abs(ratio - radius) <= 1e-13 * ratio) return ratio;
    radius = ratio;
  }
  return largestEigenvalue(vector, apply);
}

const norm = (vector: Float64Array): number => Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));

/** out = A B. */
function multiply(a: Float64Array, b: Float64Array, out: Float64Array, n: number): void {
  out.fill(0);
  for (let r = 0; r < n; r++) {
    for (let k = 0; k < n; k++) {
      const factor = a[r * n + k];
      if (factor === 0) continue;
      for (let c = 0; c < n; c++) out[r * n + c] += factor * b[k * n + c];
    }
  }
}

/** out = Aᵀ B. */
function multiplyTransposed(a: Float64Array, b: Float64Array, out: Float64Array, n: number): void {
  out.fill(0);
  for (let k = 0; k < n; k++) {
    for (let r = 0; r < n; r++) {
      const factor = a[k * n + r];
      if (factor === 0) continue;
      for (let c = 0; c < n; c++) out[r * n + c] += factor * b[k * n + c];
    }
  }
}

/** out = A Bᵀ. */
function multiplyByTransposed(a: Float64Array, b: Float64Array, out: Float64Array, n: number): void {
  for (let r = 0; r < n; r++) {
    for (let c = 0; c < n; c++) {
      let sum = 0;
      for (let k = 0; k < n; k++) sum += a[r * n + k] * b[c * n + k];
      out[r * n + c] = sum;
    }
  }
}
