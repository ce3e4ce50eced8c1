/** Weighted points for expectations over z ~ N(0, I): quasi-Monte Carlo, and grids in one and two dimensions. */
import { choleskySemidefinite } from './cholesky.ts';
import { exp } from './elementary.ts';
import { normalQuantile } from './normal.ts';
import { type Stream } from './random.ts';
import { sobolPoints } from './sobol.ts';

/** Pairs of points ±z: their mean is 0, and their second moments are the identity. */
export interface GaussianPoints {
  readonly dimension: number;
  /** Number of z; a multiple of GROUP. */
  readonly pairs: number;
  /** GROUP points z side by side: coordinate l of z number GROUP·g + q is at (g·dimension + l)·GROUP + q. */
  readonly z: Float64Array;
  /** Weight of each of the two points of a pair; 2 Σ weights = 1. */
  readonly weights: Float64Array;
  /** Largest ‖z‖. */
  readonly radius: number;
}

/** Points that lie side by side in memory, so that a loop over coordinates handles them together. */
export const GROUP = 4;

/** Euclidean norm. */
const length = (point: readonly number[]): number => Math.sqrt(point.reduce((sum, value) => sum + value * value, 0));

function arrange(points: readonly (readonly number[])[], weights: readonly number[]): GaussianPoints {
  const dimension = points[0].length;
  const pairs = GROUP * Math.ceil(points.length / GROUP);
  const z = new Float64Array(pairs * dimension);
  const allWeights = new Float64Array(pairs);
  const total = 2 * weights.reduce((sum, weight) => sum + weight, 0);
  points.forEach((point, k) => {
    allWeights[k] = weights[k] / total;
    point.forEach((value, l) => (z[(Math.floor(k / GROUP) * dimension + l) * GROUP + (k % GROUP)] = value));
  });
  const radius = points.reduce((most, point) => Math.max(most, length(point)), 0);
  return { dimension, pairs, z, weights: allWeights, radius };
}

/**
 * Points of equal weight from one scrambling of the Sobol sequence, their second moments made exact: E h(m + L z) is
 * exact for cubic h, and to second order in the covariance L Lᵀ it does not depend on which root L is.
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
  const points = Array.from({ length: pairs }, (_, k) => {
    const white: number[] = [];
    for (let a = 0; a < dimension; a++) {
      let value = normals[a * pairs + k];
      for (let b = 0; b < a; b++) value -= second[a * dimension + b] * white[b];
      white.push(value / second[a * dimension + a]);
    }
    return white;
  });
  return arrange(points, new Array<number>(pairs).fill(1));
}

/** Beyond this radius a grid's weights are below 1e-9 of the largest. */
const GRID_RADIUS = 6.5;

/**
 * The trapezoid rule on a square grid in one or two dimensions, exponentially accurate for smooth h.
 * @param step distance of neighbours.
 * @param offsets one per dimension, in steps: 0 for a grid through the origin, 0.5 for the one between its points.
 */
export function gaussianGrid(step: number, offsets: readonly (0 | 0.5)[]): GaussianPoints {
  const reach = Math.ceil(GRID_RADIUS / step);
  const [line, across = [0]] = offsets.map((offset) =>
    Array.from({ length: 2 * reach + 1 }, (_, k) => (k - reach + offset) * step),
  );
  const all = line.flatMap((x) => across.map((y) => [x, y]));
  // One of each pair ±z; the origin is its own partner and counts once.
  const half = all.filter(([x, y]) => length([x, y]) <= GRID_RADIUS && (x > 0 || (x === 0 && y >= 0)));
  const weights = half.map(([x, y]) => (x === 0 && y === 0 ? 0.5 : 1) * exp(-0.5 * (x * x + y * y)));
  const points = half.map((point) => point.slice(0, offsets.length));
  return arrange(points, weights);
}
