/**
 * Least squares of one output on the data of run 0, conditional on them. In the eigenbasis of K̂ = (1/n) Σ a_j a_jᵀ
 * every direction decays by itself and the noise of batches is one equation for f, solved by its Laplace transform as
 * that of a typical data set is. Full batches are the steps themselves.
 */
import { type Condition } from '../../../refusal/codes/description.ts';
import { dataStream, drawDataSet, rowAt, type DataSet } from '../../data/data-set.ts';
import { type FiniteData } from '../../data/data-spec.ts';
import { expm1, pow, squared } from '../../math/elementary.ts';
import { everyDirection } from '../../model/directions.ts';
import { type ShouldStop } from '../../experiment/outcome.ts';
import { type Subject } from '../../experiment/schema.ts';
import { type Setup } from '../../experiment/setup.ts';
import { labelsOf, outputsOf } from '../../loss/loss-spec.ts';
import { type Loss } from '../../loss/loss.ts';
import { rateAt } from '../../schedule/schedule.ts';
import { multiplied, quotient, type Complex } from './complex.ts';
import { covarianceEigen, type Eigen } from './covariance-eigen.ts';
import { createContours, grownWeights } from './contours.ts';
import { type FinitePath } from './record.ts';
import { because, passesRefusal } from './refusals.ts';

/** Most directions whose covariance is diagonalised. */
const MOST_DIRECTIONS = 2000;

/** What is not solved for drawn data; null where it is. */
export function thisDataRefusal(subject: Subject): Condition | null {
  const { model, loss } = subject;
  const refused = passesRefusal(subject);
  if (refused) return refused;
  const responses = loss.kind === 'teacher-least-squares';
  const classes = loss.kind === 'binary-least-squares' && labelsOf(subject).kind === 'class';
  if (!responses && !classes) return because('loss');
  if (outputsOf(subject, model.priors.length).outputs > 1) return because('outputs');
  return model.dimension > MOST_DIRECTIONS ? { code: 'above-directions', allowed: { most: MOST_DIRECTIONS } } : null;
}

/** K̂, d×d, c = Aᵀy/n, and yᵀy/n. */
function sumsOf({ samples, rows, classes, targets }: DataSet, dimension: number, loss: Loss) {
  const covariance = new Float64Array(dimension * dimension);
  const pull = new Float64Array(dimension);
  let square = 0;
  const zero = new Float64Array(1);
  const slope = new Float64Array(1);
  for (let j = 0; j < samples; j++) {
    const row = rowAt(rows, j, dimension);
    // y_j: minus the slope of ½ (r − y)² at r = 0
    loss.gradient(classes[j], zero, rowAt(targets, j, targets.length / samples), slope);
    const target = -slope[0];
    square += (target * target) / samples;
    for (let a = 0; a < dimension; a++) {
      pull[a] += (row[a] * target) / samples;
      const part = row[a] / samples;
      const out = rowAt(covariance, a, dimension);
      for (let b = 0; b <= a; b++) out[b] += part * row[b];
    }
  }
  for (let a = 0; a < dimension; a++)
    for (let b = 0; b < a; b++) covariance[b * dimension + a] = covariance[a * dimension + b];
  return { covariance, pull, square };
}

/** Eigenvalues below this part of the largest are those of directions that the data do not show. */
const UNSEEN = 1e-13;

/** The path along the data of run 0; null where it was stopped. */
export function thisDataPath(setup: Setup, data: FiniteData, shouldStop: ShouldStop): FinitePath | null {
  const { experiment, mixture, loss, schedule, teacher, groups } = setup;
  const { dimension } = mixture;
  const set = drawDataSet(setup, data.samples, dataStream(data, 0));
  const { covariance, pull, square } = sumsOf(set, dimension, loss);
  const eigen = covarianceEigen(covariance, dimension, shouldStop);
  if (!eigen) return null;
  const full = data.sampling === 'full-batch';
  const rate = rateAt(schedule, 0);
  const own = inOwnBasis(eigen, pull);
  const state = full
    ? alongSteps(own, square, rate, dimension)
    : alongFlow(own, square, rate, rate / (dimension * experiment.optimizer.batchSize));
  const directions = everyDirection(mixture, teacher, groups.of);
  const means = new Float64Array(dimension);
  const spreads = new Float64Array(dimension);
  return {
    directions,
    method: 'eigenvectors of the data',
    stateAt(t, mean, variance) {
      const train = state(t, means, spreads);
      mean.fill(0);
      variance.fill(0);
      for (let k = 0; k < dimension; k++) {
        const vector = rowAt(eigen.vectors, k, dimension);
        for (let rho = 0; rho < dimension; rho++) {
          mean[rho] += vector[rho] * means[k];
          variance[rho] += vector[rho] * vector[rho] * spreads[k];
        }
      }
      return train;
    },
  };
}

/** ê and c_k; in directions that the data do not show both are rounding. */
interface OwnBasis {
  readonly values: Float64Array;
  readonly pulls: Float64Array;
}

function inOwnBasis({ values, vectors }: Eigen, pull: Float64Array): OwnBasis {
  const largest = values.reduce((most, value) => Math.max(most, value), 0);
  const seen = values.map((value) => (value > UNSEEN * largest ? value : 0));
  const pulls = seen.map((value, k) => {
    if (value === 0) return 0;
    const vector = rowAt(vectors, k, pull.length);
    return vector.reduce((sum, entry, rho) => sum + entry * pull[rho], 0);
  });
  return { values: seen, pulls };
}

/** min f = ½ (yᵀy/n − Σ c_k²/ê_k), and what direction k adds at the start, ½ c_k²/ê_k. */
function shares({ values, pulls }: OwnBasis, square: number) {
  const own = values.map((value, k) => (value > 0 ? (0.5 * squared(pulls[k])) / value : 0));
  return { least: Math.max(0, 0.5 * square - own.reduce((sum, each) => sum + each, 0)), own };
}

type State = (t: number, means: Float64Array, spreads: Float64Array) => number;

/** x_k = c_k (1 − (1 − ηê)^s)/ê after s full-batch steps of size η = γ/d. */
function alongSteps(basis: OwnBasis, square: number, rate: number, dimension: number): State {
  const { values, pulls } = basis;
  const { least, own } = shares(basis, square);
  return (t, means) => {
    const steps = Math.round(t * dimension);
    let train = least;
    for (let k = 0; k < values.length; k++) {
      const factor = 1 - (rate / dimension) * values[k];
      const left = (factor < 0 && steps % 2 === 1 ? -1 : 1) * pow(Math.abs(factor), steps);
      means[k] = values[k] > 0 ? ((1 - left) * pulls[k]) / values[k] : 0;
      train += own[k] * left * left;
    }
    return train;
  };
}

/** Draws with replacement: mean, noise and f at t, with the gain γ/(d b). */
function alongFlow(basis: OwnBasis, square: number, rate: number, gain: number): State {
  const { values, pulls } = basis;
  const { least, own } = shares(basis, square);
  const trace = values.reduce((sum, value) => sum + value, 0);
  const feedback = (s: number) => 0.5 * gain * values.reduce((sum, e) => sum + (e * e) / (e + s), 0);
  let growth = 0;
  if (0.5 * gain * trace >= 1) {
    growth = trace;
    while (feedback(growth) > 1) growth *= 2;
    let low = 0;
    while (growth - low > 1e-12 * growth) {
      const middle = 0.5 * (low + growth);
      if (feedback(middle) > 1) low = middle;
      else growth = middle;
    }
  }
  const trainAt = (s: Complex): Complex => {
    let flow = quotient({ re: least, im: 0 }, s);
    let fed: Complex = { re: 1, im: 0 };
    for (let k = 0; k < values.length; k++) {
      const there: Complex = { re: s.re + values[k], im: s.im };
      const inverse = quotient({ re: 1, im: 0 }, there);
      flow = { re: flow.re + own[k] * inverse.re, im: flow.im + own[k] * inverse.im };
      const part = 0.5 * gain * values[k] * values[k];
      fed = { re: fed.re - part * inverse.re, im: fed.im - part * inverse.im };
    }
    return quotient(flow, fed);
  };
  const contours = createContours(null, growth, ({ points }) => points.map(trainAt));
  return (t, means, spreads) => {
    for (let k = 0; k < values.length; k++)
      means[k] = values[k] > 0 ? (-expm1(-rate * t * values[k]) * pulls[k]) / values[k] : 0;
    spreads.fill(0);
    const start = own.reduce((sum, each) => sum + each, least);
    if (t === 0 || rate === 0) return start;
    const contour = contours(2 * rate * t);
    const grown = grownWeights(contour, 2 * rate * t).map((each, a) => multiplied(each, contour.prepared[a]));
    for (let k = 0; k < values.length; k++) {
      let noisy = 0;
      for (const [a, { re, im }] of contour.points.entries())
        noisy += quotient(grown[a], { re: re + values[k], im }).re;
      spreads[k] = gain * values[k] * noisy;
    }
    return grown.reduce((total, { re }) => total + re, 0);
  };
}
