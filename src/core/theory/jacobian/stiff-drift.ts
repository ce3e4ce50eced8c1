/**
 * The drift for one output with its exact Jacobian, for Rosenbrock methods. Directions couple through m_i, B_i, with a
 * teacher q_i, and the learning rate alone, so that the Jacobian is diagonal plus one column per coupling quantity.
 */
import { createLabelledMoments, type LabelledMoments, type LabelledSlopes } from '../../loss/labelled-moments.ts';
import { type Coupling } from '../equations/coupling.ts';
import { type TheoryDrift } from '../equations/drift.ts';
import { lowRankSystem } from '../integrator/low-rank.ts';
import { type LinearisedDrift } from '../integrator/rosenbrock.ts';
import { type Problem, type StateShape } from '../equations/problem.ts';
import { hasRateSlopes, rateByAccumulated, rateByState, rateByTime } from './rate-slopes.ts';

export interface StiffDrift extends TheoryDrift, LinearisedDrift {
  /** Cost of an implicit step in explicit ones, as a multiple of that for one output. */
  readonly stepCost: number;
}

/** Whether the Jacobian of a problem is known here. */
export function hasStiffDrift({ loss, schedule }: Pick<Problem, 'loss' | 'schedule'>): boolean {
  return loss.outputs === 1 && loss.slopes !== undefined && hasRateSlopes(schedule);
}

/**
 * @param drift the drift of the same problem and coupling.
 * @throws RangeError where hasStiffDrift is false.
 */
export function createStiffDrift(
  problem: Problem,
  shape: StateShape,
  coupling: Coupling,
  drift: TheoryDrift,
): StiffDrift {
  const { slopes: momentsOf } = problem.loss;
  if (!momentsOf || !hasStiffDrift(problem)) throw new RangeError(`no Jacobian for the loss ${problem.loss.kind}`);
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
  const byTime = new Float64Array(size);
  const moments = Array.from({ length: classes }, createLabelledMoments);
  const noiseScale = 1 / (dimension * batchSize);
  let latest = Infinity;
  let timeSlope = 0;
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

  function writeColumns(t: number, rate: number, y: Float64Array): void {
    const slopes = rateSlopes(problem, coupling, shape, moments, t, y);
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
    if (accumulatedAt >= 0) addRate(system.left[rank - 1], slopes.byAccumulated);
  }

  function addRate(column: Float64Array, factor: number): void {
    if (factor !== 0) for (let n = 0; n < size; n++) column[n] += factor * byRate[n];
  }

  return {
    size,
    stepCost: 1,
    evaluate: drift.evaluate,
    stiffness: drift.stiffness,
    readUntil(t) {
      latest = t;
      drift.readUntil(t);
    },
    linearise(t, y, out) {
      drift.evaluate(t, y, out);
      for (let i = 0; i < classes; i++) {
        momentsOf(i, coupling.law.mean[i], coupling.law.covariance[i], moments[i]);
      }
      const rate = coupling.rate(Math.min(t, latest), y);
      writeRateSlope(rate, y);
      writeColumns(Math.min(t, latest), rate, y);
      writeVarianceSums(problem, shape, columns, y, system.right);
      timeSlope = rateByTime(problem, coupling, t, latest, y);
      if (timeSlope !== 0) for (let n = 0; n < size; n++) byTime[n] = timeSlope * byRate[n];
    },
    timeDerivative: () => (timeSlope !== 0 ? byTime : null),
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

interface RateSlopes {
  readonly byMean: readonly number[];
  readonly byVariance: readonly number[];
  readonly byCovariance: readonly number[];
  readonly byAccumulated: number;
}

/** Derivatives of the learning rate by the coupling quantities. */
function rateSlopes(
  problem: Problem,
  coupling: Coupling,
  shape: StateShape,
  moments: readonly LabelledMoments[],
  t: number,
  y: Float64Array,
): RateSlopes {
  const { priors, power, dimension, batchSize } = problem;
  const none = new Array<number>(priors.length).fill(0);
  const state = rateByState(problem, coupling, t);
  if (!state) {
    const byAccumulated = rateByAccumulated(problem, shape, t, y);
    return { byMean: none, byVariance: none, byCovariance: none, byAccumulated };
  }
  const { byRisk, byPower } = state;
  const scale = 1 / (dimension * batchSize);
  const slope = (i: number, riskSlope: number, squareSlope: number): number =>
    priors[i] * (byRisk * riskSlope + byPower * scale * power[i] * squareSlope);
  return {
    byMean: moments.map((m, i) => slope(i, m.gradient, m.byMean.square)),
    byVariance: moments.map((m, i) => slope(i, 0.5 * m.curvature, m.byVariance.square)),
    byCovariance: moments.map((m, i) => slope(i, m.cross, m.byCovariance.square)),
    byAccumulated: 0,
  };
}
