/**
 * How strongly SGD noise feeds itself around a state. With x̄, H_i and the decay A_n = Σ_k p_k λ_{k,n} H_k + δ held there
 * and δQ_i = (∂Q_i/∂B_i)[δB_i], the noise equation (T5) is linear. A noise that neither grows nor decays solves
 *   A_n S_n + S_n A_n = (γ/(d b)) Σ_i p_i c_{i,n} (∂Q_i/∂B_i)[B_i],   B_j = Σ_n λ_{j,n} S_n.
 * It is an eigenvector B = γ 𝒜[B] of a linear map of C symmetric ℓ×ℓ matrices. The smallest such γ is 1 over 𝒜's
 * largest eigenvalue.
 */
import { largestEigenvalue } from '../../math/largest-eigenvalue.ts';
import { packed, packedSize } from '../../model/overlaps.ts';
import { createRotation, eigenbasis } from '../../math/packed-matrices.ts';
import { type MomentSlopes } from '../jacobian/moment-slopes.ts';
import { type Problem } from '../equations/problem.ts';
import { averageOver } from './least-squares.ts';

/**
 * 𝒜's largest eigenvalue; 0 where noise feeds nothing.
 * @param slopes of each class, at the state.
 */
export function noiseFeedback(problem: Problem, slopes: readonly MomentSlopes[]): number {
  const { outputs } = problem.loss;
  const pairs = packedSize(outputs);
  const hessians = slopes.map(({ values, hessianAt, squareAt }) => values.slice(hessianAt, squareAt));
  const shared = hessians.every((hessian) => hessian.every((value, k) => value === hessians[0][k]));
  const respond = shared ? commonResponse(problem, hessians[0]) : separateResponse(problem, hessians);
  const still = new Float64Array(outputs);
  const moments = new Float64Array(slopes[0].size);
  const source = new Float64Array(slopes.length * pairs);
  const start = new Float64Array(slopes.length * pairs);
  // no symmetry between outputs, which the map might keep
  for (let i = 0; i < slopes.length; i++) {
    for (let a = 0; a < outputs; a++) start[i * pairs + packed(a, a)] = 1 + (((a + 1) * Math.SQRT2) % 1);
  }
  return largestEigenvalue(start, (variance, out) => {
    slopes.forEach((slope, i) => {
      slope.change(still, variance.subarray(i * pairs, (i + 1) * pairs), moments);
      source.set(moments.subarray(slope.squareAt), i * pairs);
    });
    respond(source, out);
  });
}

/** The B_j that sources F_i keep up: Σ_n λ_{j,n} S_n with A_n S_n + S_n A_n = Σ_i p_i c_{i,n} F_i/(d b). */
type Response = (source: Float64Array, out: Float64Array) => void;

/** A part of the largest, below which a rate of decay is rounding. */
const ROUNDING = 1e-12;

/** 1/(rate of decay); 0 where nothing decays: noise in clean directions, and of outputs that move together, is not felt. */
const inverseRate = (rate: number, largest: number): number => (rate > ROUNDING * largest ? 1 / rate : 0);

/** Where all H_i are the same, as at X = 0 for most losses, so are the eigenvectors of the A_n: sums over n come first. */
function commonResponse(problem: Problem, hessian: Float64Array): Response {
  const { directions, priors, noisePower, ridge, dimension, batchSize, loss } = problem;
  const { nodes, eigenvalues } = directions;
  const { outputs } = loss;
  const pairs = packedSize(outputs);
  const classes = priors.length;
  const { rates, vectors } = eigenbasis(hessian, outputs);
  const largest = rates.reduce((most, value) => Math.max(most, value), 0);
  const average = averageOver(priors, eigenvalues, nodes);
  const gains = new Map<number, Float64Array>();
  /** G_{ji} = p_i/(d b) Σ_n λ_{j,n} c_{i,n} / (λ̄_n sum + 2δ) for a sum of two eigenvalues of H. */
  function gainOf(sum: number): Float64Array {
    const key = Math.round(sum / (ROUNDING * largest || 1));
    const known = gains.get(key);
    if (known) return known;
    const gain = new Float64Array(classes * classes);
    for (let n = 0; n < nodes; n++) {
      const response =
        inverseRate(average[n] * sum + 2 * ridge, average[n] * largest + ridge) / (dimension * batchSize);
      for (let j = 0; response > 0 && j < classes; j++) {
        const factor = response * eigenvalues[j * nodes + n];
        for (let i = 0; i < classes; i++) gain[j * classes + i] += factor * priors[i] * noisePower[i * nodes + n];
      }
    }
    gains.set(key, gain);
    return gain;
  }
  const entryGains: Float64Array[] = [];
  for (let a = 0; a < outputs; a++) for (let b = 0; b <= a; b++) entryGains.push(gainOf(rates[a] + rates[b]));
  const rotated = new Float64Array(classes * pairs);
  const rotate = createRotation(outputs);
  return (source, out) => {
    for (let i = 0; i < classes; i++) {
      rotate.toBasis(
        source.subarray(i * pairs, (i + 1) * pairs),
        vectors,
        rotated.subarray(i * pairs, (i + 1) * pairs),
      );
    }
    for (let j = 0; j < classes; j++) {
      const own = out.subarray(j * pairs, (j + 1) * pairs);
      for (let k = 0; k < pairs; k++) {
        const gain = entryGains[k];
        let sum = 0;
        for (let i = 0; i < classes; i++) sum += gain[j * classes + i] * rotated[i * pairs + k];
        own[k] = sum;
      }
      rotate.fromBasis(own, vectors, own);
    }
  };
}

function separateResponse(problem: Problem, hessians: readonly Float64Array[]): Response {
  const { directions, priors, noisePower, ridge, dimension, batchSize, loss } = problem;
  const { nodes, eigenvalues } = directions;
  const { outputs } = loss;
  const pairs = packedSize(outputs);
  const classes = priors.length;
  const decay = new Float64Array(pairs);
  const bases = Array.from({ length: nodes }, (_, n) => {
    decay.fill(0);
    for (let a = 0; a < outputs; a++) decay[packed(a, a)] = ridge;
    for (let i = 0; i < classes; i++) {
      const factor = priors[i] * eigenvalues[i * nodes + n];
      for (let k = 0; k < decay.length; k++) decay[k] += factor * hessians[i][k];
    }
    return eigenbasis(decay, outputs);
  });
  const noise = new Float64Array(pairs);
  const rotate = createRotation(outputs);
  return (source, out) => {
    out.fill(0);
    for (let n = 0; n < nodes; n++) {
      const { rates, vectors } = bases[n];
      const largest = rates.reduce((most, value) => Math.max(most, value), 0);
      noise.fill(0);
      for (let i = 0; i < classes; i++) {
        const factor = (priors[i] * noisePower[i * nodes + n]) / (dimension * batchSize);
        for (let k = 0; k < pairs; k++) noise[k] += factor * source[i * pairs + k];
      }
      rotate.toBasis(noise, vectors, noise);
      for (let a = 0, k = 0; a < outputs; a++) {
        for (let b = 0; b <= a; b++, k++) noise[k] *= inverseRate(rates[a] + rates[b], largest);
      }
      rotate.fromBasis(noise, vectors, noise);
      for (let j = 0; j < classes; j++) {
        const lambda = eigenvalues[j * nodes + n];
        for (let k = 0; k < pairs; k++) out[j * pairs + k] += lambda * noise[k];
      }
    }
  };
}
