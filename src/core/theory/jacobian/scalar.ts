/**
 * The exact Jacobian for one output. Directions couple through m_i, B_i, with a teacher q_i, and the learning rate alone, so
 * that it is diagonal plus one column per coupling quantity.
 */
import { createLabelledMoments, type LabelledMoments, type LabelledSlopes } from '../../loss/labelled-moments.ts';
import { type Coupling } from '../equations/coupling.ts';
import { lowRankSystem } from '../integrator/low-rank.ts';
import { type Problem, type StateShape } from '../equations/problem.ts';
import { type Jacobian, type JacobianKind } from './jacobian.ts';
import { type RateSlopes } from './rate-slopes.ts';

export const scalarJacobian: JacobianKind = {
  covers: ({ loss }) => loss.slopes !== undefined && loss.outputs === 1,
  stepCost: () => 1,
  create: createScalarJacobian,
};

function createScalarJacobian(problem: Problem, shape: StateShape, coupling: Coupling): Jacobian {
  const { slopes: momentsOf } = problem.loss;
  if (!momentsOf) throw new RangeError(`no Jacobian for the loss ${problem.loss.kind}`);
  const { priors, ridge, dimension, batchSize, noise, noisePower, power } = problem;
  const { eigenvalues, teacher } = problem.directions;
  const { nodes, noiseRows, noiseAt, accumulatedAt, size } = shape;
  const classes = priors.length;
  const columns = couplingColumns(problem);
  const firstVariance = columns.means.count;
  const firstCovariance = firstVariance + columns.variances.count;
  const rank = firstCovariance + columns.covariances.count + (accumulatedAt >= 0 ? 1 : 0);
  const system = lowRankSystem(size, rank);
  const jacobianDiagonal = new Float64Array(size);
  const byRate = new Float64Array(size);
  const moments = Array.from({ length: classes }, createLabelledMoments);
  const noiseScale = 1 / (dimension * batchSize);
  writeMeanSums(problem, columns, system.right);
  columns.covariances.owner.forEach((i, q) => system.right[firstCovariance + q].set(teacherRow(problem, i)));
  if (accumulatedAt >= 0) system.right[rank - 1][accumulatedAt] = 1;

  /** Column of P for a quantity q of class i, from the derivatives of the moments by q. */
  function addColumn(i: number, factor: number, by: LabelledSlopes, rate: number, y: Float64Array, out: Float64Array) {
    const at = i * nodes;
    const { means } = problem.directions;
    const g = -rate * priors[i] * factor * by.gradient;
    const h = -rate * priors[i] * factor * by.curvature;
    const q = (noise ? rate * rate * noiseScale : 0) * priors[i] * factor * by.square;
    for (let n = 0; n < nodes; n++) out[n] += g * means[at + n] + h * eigenvalues[at + n] * y[n];
    if (teacher.length > 0) {
      const cross = -rate * priors[i] * factor * by.cross;
      for (let n = 0; n < nodes; n++) out[n] += cross * eigenvalues[at + n] * teacher[n];
    }
    if (noiseRows > 0) {
      for (let n = 0; n < nodes; n++) {
        out[noiseAt + n] += 2 * h * eigenvalues[at + n] * y[noiseAt + n] + q * noisePower[at + n];
      }
    }
    if (accumulatedAt >= 0) out[accumulatedAt] += noiseScale * priors[i] * power[i] * factor * by.square;
  }

  /** ∂f/∂γ, and the diagonal of J. */
  function writeRateSlope(rate: number, y: Float64Array): void {
    const { means } = problem.directions;
    byRate.fill(0);
    jacobianDiagonal.fill(-rate * ridge, 0, nodes);
    for (let n = 0; n < nodes; n++) byRate[n] = -ridge * y[n];
    for (let i = 0; i < classes; i++) {
      const at = i * nodes;
      const g = priors[i] * moments[i].gradient;
      const h = priors[i] * moments[i].curvature;
      for (let n = 0; n < nodes; n++) {
        byRate[n] -= g * means[at + n] + h * eigenvalues[at + n] * y[n];
        jacobianDiagonal[n] -= rate * h * eigenvalues[at + n];
      }
      if (teacher.length > 0) {
        const cross = priors[i] * moments[i].cross;
        for (let n = 0; n < nodes; n++) byRate[n] -= cross * eigenvalues[at + n] * teacher[n];
      }
    }
    if (noiseRows === 0) return;
    const unit = rate > 0 ? 1 / rate : 0;
    for (let n = 0; n < nodes; n++) {
      jacobianDiagonal[noiseAt + n] = 2 * jacobianDiagonal[n];
      byRate[noiseAt + n] = unit * jacobianDiagonal[noiseAt + n] * y[noiseAt + n];
    }
    if (!noise) return;
    for (let i = 0; i < classes; i++) {
      const q = 2 * rate * noiseScale * priors[i] * moments[i].gradientSquare;
      for (let n = 0; n < nodes; n++) byRate[noiseAt + n] += q * noisePower[i * nodes + n];
    }
  }

  function writeColumns(rate: number, rateSlopes: RateSlopes, y: Float64Array): void {
    const slopes = couplingSlopes(problem, moments, rateSlopes);
    for (const column of system.left) column.fill(0);
    for (let i = 0; i < classes; i++) {
      const m = moments[i];
      const mean = system.left[columns.means.of[i]];
      const meanFactor = columns.means.factor[i];
      addColumn(i, meanFactor, m.byMean, rate, y, mean);
      addRate(mean, meanFactor * slopes.byMean[i]);
      const variance = system.left[firstVariance + columns.variances.of[i]];
      const varianceFactor = columns.variances.factor[i];
      addColumn(i, varianceFactor, m.byVariance, rate, y, variance);
      addRate(variance, varianceFactor * slopes.byVariance[i]);
      if (columns.covariances.count === 0) continue;
      const covariance = system.left[firstCovariance + columns.covariances.of[i]];
      const covarianceFactor = columns.covariances.factor[i];
      addColumn(i, covarianceFactor, m.byCovariance, rate, y, covariance);
      addRate(covariance, covarianceFactor * slopes.byCovariance[i]);
    }
    if (accumulatedAt >= 0) addRate(system.left[rank - 1], rateSlopes.byAccumulated);
  }

  function addRate(column: Float64Array, factor: number): void {
    if (factor !== 0) for (let n = 0; n < size; n++) column[n] += factor * byRate[n];
  }

  return {
    byRate,
    linearise({ y, rate, rateSlopes }) {
      for (let i = 0; i < classes; i++) {
        momentsOf(i, coupling.law.mean[i], coupling.law.covariance[i], moments[i]);
      }
      writeRateSlope(rate, y);
      writeColumns(rate, rateSlopes, y);
      writeVarianceSums(problem, shape, columns, y, system.right);
    },
    factor(shift) {
      for (let n = 0; n < size; n++) system.diagonal[n] = shift - jacobianDiagonal[n];
      system.factor();
    },
    solve: system.solve,
  };
}

/** Which column holds a class's quantity, as a multiple of the column's own. */
interface SharedColumns {
  readonly count: number;
  readonly of: readonly number[];
  readonly factor: readonly number[];
  /** Class whose row each column is. */
  readonly owner: readonly number[];
}

/** Columns for the m_i, the B_i and the q_i; classes whose rows are multiples of another's share its column. */
function couplingColumns(problem: Problem) {
  const { directions, priors } = problem;
  const { means, eigenvalues, nodes, teacher } = directions;
  const taught = Float64Array.from([...priors.keys()].flatMap((i) => [...teacherRow(problem, i)]));
  return {
    means: shareRows(means, priors.length, nodes),
    variances: shareRows(eigenvalues, priors.length, nodes),
    covariances: shareRows(taught, teacher.length > 0 ? priors.length : 0, nodes),
  };
}

/** ∂q_i/∂x̄ = λ_i x*, N; empty without a teacher. */
function teacherRow({ directions }: Problem, i: number): Float64Array {
  const { eigenvalues, teacher, nodes } = directions;
  return teacher.map((value, n) => eigenvalues[i * nodes + n] * value);
}

function shareRows(rows: Float64Array, count: number, nodes: number): SharedColumns {
  const of: number[] = [];
  const factor: number[] = [];
  const owner: number[] = [];
  for (let i = 0; i < count; i++) {
    const row = rows.subarray(i * nodes, (i + 1) * nodes);
    let found = -1;
    let ratio = 1;
    for (let q = 0; q < owner.length && found < 0; q++) {
      const other = rows.subarray(owner[q] * nodes, (owner[q] + 1) * nodes);
      const at = other.findIndex((value) => value !== 0);
      ratio = at < 0 ? 0 : row[at] / other[at];
      if (row.every((value, n) => value === ratio * other[n])) found = q;
    }
    if (found < 0) {
      found = owner.length;
      ratio = 1;
      owner.push(i);
    }
    of.push(found);
    factor.push(ratio);
  }
  return { count: owner.length, of, factor, owner };
}

type Columns = ReturnType<typeof couplingColumns>;

/** ∂m_i/∂y: constant. */
function writeMeanSums({ directions }: Problem, { means }: Columns, right: readonly Float64Array[]): void {
  const { nodes } = directions;
  means.owner.forEach((i, q) => right[q].set(directions.means.subarray(i * nodes, (i + 1) * nodes)));
}

/** ∂B_i/∂y: 2 λ x̄ and λ. */
function writeVarianceSums(
  { directions }: Problem,
  { noiseRows, noiseAt, nodes }: StateShape,
  { means, variances }: Columns,
  y: Float64Array,
  right: readonly Float64Array[],
): void {
  for (let q = 0; q < variances.count; q++) {
    const at = variances.owner[q] * nodes;
    const column = right[means.count + q];
    for (let n = 0; n < nodes; n++) column[n] = 2 * directions.eigenvalues[at + n] * y[n];
    if (noiseRows > 0) for (let n = 0; n < nodes; n++) column[noiseAt + n] = directions.eigenvalues[at + n];
  }
}

/** Derivatives of the learning rate by the m_i, the B_i and the q_i, through R and the gradients' power. */
function couplingSlopes(
  { priors, power, dimension, batchSize }: Problem,
  moments: readonly LabelledMoments[],
  { byRisk, byPower }: RateSlopes,
): { byMean: readonly number[]; byVariance: readonly number[]; byCovariance: readonly number[] } {
  const scale = 1 / (dimension * batchSize);
  const slope = (i: number, riskSlope: number, squareSlope: number): number =>
    priors[i] * (byRisk * riskSlope + byPower * scale * power[i] * squareSlope);
  return {
    byMean: moments.map((m, i) => slope(i, m.gradient, m.byMean.square)),
    byVariance: moments.map((m, i) => slope(i, 0.5 * m.curvature, m.byVariance.square)),
    byCovariance: moments.map((m, i) => slope(i, m.cross, m.byCovariance.square)),
  };
}
