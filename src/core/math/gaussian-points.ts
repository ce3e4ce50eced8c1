/** Quasi-Monte Carlo points for expectations over z ~ N(0, I). */
import { choleskySemidefinite } from './cholesky.ts';
import { normalQuantile } from './normal.ts';
import { type Stream } from './random.ts';
import { sobolPoints } from './sobol.ts';

/** Points ±z, z from a scrambled Sobol set, whose mean is 0 and whose second moments are exactly the identity. */
export interface GaussianPoints {
  readonly dimension: number;
  /** Number of z; the set has twice as many points. A multiple of GROUP. */
  readonly pairs: number;
  /** GROUP points z side by side: coordinate l of z number GROUP·g + q is at (g·dimension + l)·GROUP + q. */
  readonly z: Float64Array;
  /** Largest ‖z‖. */
  readonly radius: number;
}

/** Points that lie side by side in memory, so that a loop over coordinates handles them together. */
export const GROUP = 4;

/**
 * Gaussian points from one scrambling of the Sobol sequence. With exact second moments, E h(m + L z) is exact for
 * cubic h, and to second order in the covariance L Lᵀ the estimate does not depend on which root L is.
 * @param pairs a multiple of GROUP, well above `dimension`.
 */
export function gaussianPoints(dimension: number, pairs: number, stream: Stream): GaussianPoints {
  const normals = sobolPoints(dimension, pairs, stream).map(normalQuantile);
  const second = new Float64Array(dimension * dimension);
  for (let a = 0; a < dimension; a++) {
    for (let b = 0; b <= a; b++) {
      let sum = 0;
      for (let k = 0; k < pairs; k++) sum += normals[a * pairs + k] * normals[b * pairs + k];
      second[a * dimension + b] = sum / pairs;
    }
  }
  choleskySemidefinite(second, dimension, 0, second);
  const z = new Float64Array(dimension * pairs);
  const white = new Float64Array(dimension);
  let radius = 0;
  for (let k = 0; k < pairs; k++) {
    let square = 0;
    for (let a = 0; a < dimension; a++) {
      let value = normals[a * pairs + k];
      for (let b = 0; b < a; b++) value -= second[a * dimension + b] * white[b];
      white[a] = value / second[a * dimension + a];
      square += white[a] ** 2;
      z[(Math.floor(k / GROUP) * dimension + a) * GROUP + (k % GROUP)] = white[a];
    }
    radius = Math.max(radius, Math.sqrt(square));
  }
  return { dimension, pairs, z, radius };
}
