/** Weighted points for expectations over z ~ N(0, I): grids in few dimensions, quasi-Monte Carlo in many. */
import { chiSquareQuantile } from './chi-square.ts';
import { choleskySemidefinite } from './cholesky.ts';
import { exp, squared } from './elementary.ts';
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
const lengthOf = (point: ArrayLike<number>): number => {
  let sum = 0;
  for (let a = 0; a < point.length; a++) sum += squared(point[a]);
  return Math.sqrt(sum);
};

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
  const radius = points.reduce((most, point) => Math.max(most, lengthOf(point)), 0);
  return { dimension, pairs, z, weights: allWeights, radius };
}

/** Rounds of setting lengths and second moments in turn: both are then right to a percent or better. */
const ROUNDS = 6;

/**
 * Points of equal weight in four dimensions and more: a scrambling of the Sobol sequence whose points are moved to
 * lengths that follow the law of ‖z‖, made white, and turned by a random rotation. White means that their second
 * moments are the identity. E h(m + L z) is then exact for cubic h, and to second order in the covariance L Lᵀ it does
 * not depend on which root L is. Over rotations the mean of h over such points is the mean over spheres of the right
 * radii: sets have no error in common, so that their spread tells it. White points alone would: making few points white
 * shortens the long ones.
 * @param pairs a multiple of GROUP, well above `dimension`.
 * @param part which of `parts` sets of the same size this is: their lengths are those of one finer set.
 */
export function gaussianPoints(
  dimension: number,
  pairs: number,
  stream: Stream,
  { part, parts } = { part: 0, parts: 1 },
): GaussianPoints {
  const normals = sobolPoints(dimension, pairs, stream).map(normalQuantile);
  const lengths = Float64Array.from({ length: pairs }, (_, k) =>
    Math.sqrt(chiSquareQuantile((k + (part + 0.5) / parts) / pairs, dimension)),
  );
  for (let round = 0; round < ROUNDS; round++) {
    setLengths(normals, lengths);
    whiten(normals, dimension, pairs);
  }
  const rows = randomRotation(dimension, stream);
  const points = Array.from({ length: pairs }, (_, k) =>
    rows.map((row) => row.reduce((sum, entry, a) => sum + entry * normals[a * pairs + k], 0)),
  );
  return arrange(points, new Array<number>(pairs).fill(1));
}

/** Gives the points (dimension×pairs row-major) these lengths (ascending) in the order that theirs have. */
function setLengths(points: Float64Array, lengths: Float64Array): void {
  const pairs = lengths.length;
  const own = new Float64Array(pairs);
  for (let at = 0; at < points.length; at++) own[at % pairs] += squared(points[at]);
  const order = Array.from(own.keys()).sort((k, l) => own[k] - own[l]);
  const factors = new Float64Array(pairs);
  order.forEach((k, rank) => (factors[k] = lengths[rank] / Math.sqrt(own[k])));
  for (let at = 0; at < points.length; at++) points[at] *= factors[at % pairs];
}

/** Makes the second moments of the points (dimension×pairs row-major) the identity. */
function whiten(points: Float64Array, dimension: number, pairs: number): void {
  const row = (a: number) => points.subarray(a * pairs, (a + 1) * pairs);
  const second = new Float64Array(dimension * dimension);
  for (let a = 0; a < dimension; a++) {
    for (let b = 0; b <= a; b++) {
      const [left, right] = [row(a), row(b)];
      let sum = 0;
      for (let k = 0; k < pairs; k++) sum += left[k] * right[k];
      second[a * dimension + b] = sum / pairs;
    }
  }
  choleskySemidefinite(second, dimension, 0, second);
  for (let a = 0; a < dimension; a++) {
    const target = row(a);
    for (let b = 0; b < a; b++) {
      const [factor, white] = [second[a * dimension + b], row(b)];
      for (let k = 0; k < pairs; k++) target[k] -= factor * white[k];
    }
    for (let k = 0; k < pairs; k++) target[k] /= second[a * dimension + a];
  }
}

/** Rows of a rotation drawn uniformly: Gram and Schmidt's method on normal vectors, twice for orthogonality. */
function randomRotation(dimension: number, stream: Stream): Float64Array[] {
  const rows: Float64Array[] = [];
  while (rows.length < dimension) {
    const next = Float64Array.from({ length: dimension }, () => stream.normal());
    for (const other of [...rows, ...rows]) {
      const along = next.reduce((sum, entry, a) => sum + entry * other[a], 0);
      other.forEach((entry, a) => (next[a] -= along * entry));
    }
    const length = lengthOf(next);
    rows.push(next.map((entry) => entry / length));
  }
  return rows;
}

/** Beyond this radius the weights of a grid in one and two dimensions are below 1e-9 of the largest. */
const GRID_RADIUS = 6.5;

/**
 * The trapezoid rule on a cubic grid, exponentially accurate for smooth h.
 * @param step distance of neighbours.
 * @param offsets one per dimension, in steps: 0 for a grid through the origin, 0.5 for the one between its points.
 * @param radius where the grid ends; a smaller one has fewer points and is less exact.
 */
export function gaussianGrid(step: number, offsets: readonly (0 | 0.5)[], radius = GRID_RADIUS): GaussianPoints {
  const reach = Math.ceil(radius / step);
  let points: number[][] = [[]];
  for (const offset of offsets) {
    const line = Array.from({ length: 2 * reach + 1 }, (_, k) => (k - reach + offset) * step);
    points = points.flatMap((point) => line.map((x) => [...point, x]).filter((next) => lengthOf(next) <= radius));
  }
  // One of each pair ±z; the origin is its own partner and counts once.
  const half = points.filter((point) => (point.find((x) => x !== 0) ?? 1) > 0);
  const weights = half.map((point) => {
    const square = point.reduce((sum, x) => sum + x * x, 0);
    return (square === 0 ? 0.5 : 1) * exp(-0.5 * square);
  });
  return arrange(half, correctLengths(half, weights));
}

/**
 * Weights times the polynomial of degree 2 in s = ‖z‖² that makes the moments of s of degree 0, 1 and 2 those of χ²,
 * which the grid's end takes a part of. It is Σ_j π_j(s) E π_j over the polynomials that are orthonormal under the
 * weights.
 */
function correctLengths(points: readonly (readonly number[])[], weights: readonly number[]): number[] {
  const dimension = points[0].length;
  const squares = points.map((point) => point.reduce((sum, x) => sum + x * x, 0));
  const exact = [1, dimension, dimension * (dimension + 2)];
  const factors = new Array<number>(points.length).fill(0);
  const basis: { values: number[]; expected: number }[] = [];
  for (let degree = 0; degree < exact.length; degree++) {
    let values = squares.map((square) => [1, square, square * square][degree]);
    let expected = exact[degree];
    for (const lower of basis) {
      const along = values.reduce((sum, value, k) => sum + weights[k] * value * lower.values[k], 0);
      values = values.map((value, k) => value - along * lower.values[k]);
      expected -= along * lower.expected;
    }
    const length = Math.sqrt(values.reduce((sum, value, k) => sum + weights[k] * value * value, 0));
    basis.push({ values: values.map((value) => value / length), expected: expected / length });
  }
  for (const { values, expected } of basis) values.forEach((value, k) => (factors[k] += value * expected));
  return weights.map((weight, k) => weight * factors[k]);
}
