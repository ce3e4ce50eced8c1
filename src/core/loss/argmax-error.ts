/**
 * Probability that the largest of C Gaussian outputs is not that of the true class.
 *
 * With y_j = r_i − r_j the class is predicted where y > 0 in all C − 1 components: an orthant probability. It is
 * integrated one variable at a time along a Cholesky factor whose rows are ordered so that the least likely condition
 * comes first (A. Genz, J. Comput. Graph. Stat. 1 (1992) 141), on fixed scrambled Sobol points. Where the covariance
 * is singular, a row that depends on the variables before it bounds the last of them.
 */
import { squared } from '../math/elementary.ts';
import { fastNormalCdf, normalCdf, normalDensity, normalQuantile } from '../math/normal.ts';
import { rootStream } from '../math/random.ts';
import { MAX_SOBOL_DIMENSION, sobolPoints } from '../math/sobol.ts';

/** Points of the quasi-Monte Carlo sum for up to so many dimensions. */
const POINTS = [
  { dimensions: 3, points: 1024 },
  { dimensions: 8, points: 2048 },
  { dimensions: MAX_SOBOL_DIMENSION, points: 4096 },
];
/** Residual variance, as a part of a row's own, below which the row depends on the variables before it. */
const DEPENDENT = 1e-12;
/** Variance of r_i − r_j, as a part of that of r_i and r_j, which is rounding alone. */
const ROUNDING = 1e-14;
/** The same for a difference of means, of outputs that are equal by symmetry: what sums in another order differ by. */
const MEAN_ROUNDING = 1e-12;

const pointSets = new Map<number, readonly Float64Array[]>();

/** Coordinates of scrambled Sobol points and their reflections 1 − u, one list per dimension. */
function pointSet(dimension: number): readonly Float64Array[] {
  let set = pointSets.get(dimension);
  if (!set) {
    const count = (POINTS.find(({ dimensions }) => dimension <= dimensions)?.points ?? 0) / 2;
    const points = sobolPoints(dimension, count, rootStream(0).child('argmax', dimension));
    set = Array.from({ length: dimension }, (_, c) => {
      const coordinate = points.subarray(c * count, (c + 1) * count);
      return Float64Array.of(...coordinate, ...coordinate.map((u) => 1 - u));
    });
    pointSets.set(dimension, set);
  }
  return set;
}

/** Conditions y = a + L z > 0 after reduction: offsets, lower-triangular rows, and the variable that each row bounds. */
interface Conditions {
  count: number;
  /** Number of independent variables z. */
  variables: number;
  /** a. */
  readonly offset: Float64Array;
  /** n×n row-major; L; row j is a combination of z_0 … z_{bounds[j]}. */
  readonly factor: Float64Array;
  readonly bounds: Int32Array;
}

/**
 * P(class i is not predicted) under r ~ N(mean, covariance) for one number of classes. Ties are shared equally: an output
 * that is surely equal to k others, the largest of all, is predicted once in k + 1 times.
 * Absolute error up to about 4e-3 for one class of many. For the mean over the classes mostly below 2e-5, and up to
 * 6e-4 where B is singular or nearly so. For C = 2 it is rounding alone.
 * @param classes C, 2 to 32.
 */
export function createArgmaxError(
  classes: number,
): (classIndex: number, mean: Float64Array, covariance: Float64Array) => number {
  const most = classes - 1;
  if (most > MAX_SOBOL_DIMENSION) throw new RangeError(`expected at most ${MAX_SOBOL_DIMENSION + 1} classes`);
  const correlation = new Float64Array(most * most);
  const conditions: Conditions = {
    count: 0,
    variables: 0,
    offset: new Float64Array(most),
    factor: new Float64Array(most * most),
    bounds: new Int32Array(most),
  };
  const rivals = new Int32Array(most);

  return (classIndex, mean, covariance) => {
    const at = (a: number, b: number): number => covariance[a * classes + b];
    let count = 0;
    /** Outputs that are surely equal to that of class i, itself included. */
    let tied = 1;
    for (let j = 0; j < classes; j++) {
      if (j === classIndex) continue;
      const gap = mean[classIndex] - mean[j];
      const variance = at(classIndex, classIndex) + at(j, j) - at(classIndex, j) - at(j, classIndex);
      if (Number.isNaN(gap + variance)) return Number.NaN;
      if (variance > ROUNDING * (at(classIndex, classIndex) + at(j, j))) {
        conditions.offset[count] = gap / Math.sqrt(variance);
        rivals[count++] = j;
      } else if (Math.abs(gap) <= MEAN_ROUNDING * (Math.abs(mean[classIndex]) + Math.abs(mean[j]))) tied++;
      else if (gap < 0) return 1;
    }
    for (let row = 0; row < count; row++) {
      for (let column = 0; column < count; column++) {
        const [j, k] = [rivals[row], rivals[column]];
        correlation[row * count + column] =
          at(classIndex, classIndex) - at(classIndex, k) - at(j, classIndex) + at(j, k);
      }
    }
    normalise(correlation, count);
    conditions.count = count;
    if (tied === 1 && count === 1) return normalCdf(-conditions.offset[0]);
    return Math.max(0, Math.min(1, 1 - chance(conditions, correlation) / tied));
  };
}

/** P(all conditions hold). */
function chance(conditions: Conditions, correlation: Float64Array): number {
  if (conditions.count === 0) return 1;
  if (conditions.count === 1) return normalCdf(conditions.offset[0]);
  reduce(correlation, conditions);
  return probability(conditions);
}

/** Covariance to correlation, in place. */
function normalise(matrix: Float64Array, n: number): void {
  for (let row = 0; row < n; row++) {
    for (let column = 0; column < row; column++) {
      const scale = Math.sqrt(matrix[row * n + row] * matrix[column * n + column]);
      matrix[row * n + column] /= scale;
      matrix[column * n + row] = matrix[row * n + column];
    }
  }
  for (let row = 0; row < n; row++) matrix[row * n + row] = 1;
}

function swapRows(matrix: Float64Array, n: number, a: number, b: number): void {
  for (let k = 0; k < n; k++) [matrix[a * n + k], matrix[b * n + k]] = [matrix[b * n + k], matrix[a * n + k]];
}

/** Cholesky factor with the least likely condition first; rows that depend on earlier variables go last. */
function reduce(correlation: Float64Array, conditions: Conditions): void {
  const { count: n, offset, factor, bounds } = conditions;
  const expected = new Float64Array(n);
  const residual = new Float64Array(n).fill(1);
  factor.fill(0);
  bounds.fill(-1);
  const exchange = (a: number, b: number): void => {
    if (a === b) return;
    swapRows(correlation, n, a, b);
    for (let k = 0; k < n; k++) {
      const row = k * n;
      [correlation[row + a], correlation[row + b]] = [correlation[row + b], correlation[row + a]];
    }
    swapRows(factor, n, a, b);
    for (const list of [offset, residual, bounds]) [list[a], list[b]] = [list[b], list[a]];
  };
  let variable = 0;
  for (; variable < n; variable++) {
    let best = -1;
    let least = Infinity;
    for (let row = variable; row < n; row++) {
      if (bounds[row] >= 0) continue;
      let shift = offset[row];
      for (let k = 0; k < variable; k++) shift += factor[row * n + k] * expected[k];
      const margin = shift / Math.sqrt(residual[row]);
      if (margin < least) {
        least = margin;
        best = row;
      }
    }
    if (best < 0) break;
    exchange(variable, best);
    const diagonal = Math.sqrt(residual[variable]);
    factor[variable * n + variable] = diagonal;
    bounds[variable] = variable;
    expected[variable] = normalDensity(least) / Math.max(normalCdf(least), 1e-300);
    for (let row = variable + 1; row < n; row++) {
      if (bounds[row] >= 0) continue;
      let sum = correlation[row * n + variable];
      for (let k = 0; k < variable; k++) sum -= factor[row * n + k] * factor[variable * n + k];
      factor[row * n + variable] = sum / diagonal;
      residual[row] -= squared(factor[row * n + variable]);
      if (residual[row] <= DEPENDENT) bounds[row] = variable;
    }
  }
  conditions.variables = variable;
}

/** P(all conditions hold), the mean over the points of the product of conditional probabilities. */
function probability({ count: n, variables, offset, factor, bounds }: Conditions): number {
  const points = variables > 1 ? pointSet(variables - 1) : [];
  const total = points.length > 0 ? points[0].length : 1;
  const z = new Float64Array(variables);
  let sum = 0;
  for (let point = 0; point < total; point++) {
    let product = 1;
    for (let k = 0; k < variables && product > 0; k++) {
      let lower = -Infinity;
      let upper = Infinity;
      // Row k bounds z_k; of the dependent rows, which follow the others, those that end in z_k.
      for (let row = k; row < n; row = row < variables ? variables : row + 1) {
        if (bounds[row] !== k) continue;
        let shift = offset[row];
        for (let j = 0; j < k; j++) shift += factor[row * n + j] * z[j];
        const slope = factor[row * n + k];
        if (slope > 0) lower = Math.max(lower, -shift / slope);
        else upper = Math.min(upper, -shift / slope);
      }
      const above = fastNormalCdf(-lower);
      const mass = above - (upper === Infinity ? 0 : fastNormalCdf(-upper));
      product *= Math.max(0, mass);
      if (k < points.length) z[k] = -normalQuantile(above - points[k][point] * mass);
    }
    sum += product;
  }
  return sum / total;
}
