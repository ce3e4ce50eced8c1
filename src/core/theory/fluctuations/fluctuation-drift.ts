/**
 * Fluctuations of runs around the theory, (T16). C is the covariance of the deviations of a run's fields z_f from z̄_f
 * and of their products from z̄_f z̄_h + S_fh, by nodes, along the mean solution. For plain SGD they are those of x and
 * x². At a node both are averaged over its directions. With the weights of problem.ts they are √w δz and w δ(zzᵀ), and
 * (T16) keeps its form in them, c_n in the place of λ + μ².
 *
 * C′ = J C + C Jᵀ + N, where J is a matrix in each direction (local-terms.ts) and a few outer products, and N the same.
 * With the vectors E_k = M_i, K_i, K*_i, τ_i, … all outer products together are Σ_k E_k W_kᵀ + W_k E_kᵀ. What a rule
 * accumulates is one more row: a sample adds f′² P_i/d to it as it adds f′² τ to x², and every drift answers to the
 * rate that it makes.
 */
import { createLabelledMoments } from '../../loss/labelled-moments.ts';
import { createGradientPowers } from '../../loss/loss.ts';
import { createLinearMap } from '../../update/update.ts';
import { rateSlopesAt, type RateSlopes } from '../jacobian/rate-slopes.ts';
import { type Coupling } from '../equations/coupling.ts';
import { type TheoryDrift } from '../equations/drift.ts';
import { type Problem, type StateShape } from '../equations/problem.ts';
import { createCovarianceWriter, type OuterPair } from './covariance-writers.ts';
import { lawVectors, type Deviations, type LawVectors } from './deviations.ts';
import { createLocalTerms } from './local-terms.ts';
import { packedRows, times } from './packed-covariance.ts';

/** A drift of the mean state with C behind it. */
export interface FluctuationDrift extends TheoryDrift {
  /** Place of C in the state, packed. */
  readonly covarianceAt: number;
}

/** Vectors of one class over all deviations, and their partners W. */
interface ClassVectors extends LawVectors {
  /** M, K, τ and, with a teacher, K*. */
  readonly own: readonly Float64Array[];
  readonly partner: readonly Float64Array[];
}

const [M, K, TAU, STAR] = [0, 1, 2, 3];

const NO_SLOPES: RateSlopes = { byTime: 0, byAccumulated: 0, byRisk: 0, byPower: 0 };

/**
 * (T13) with (T16), for one output.
 * @param discrete whether SGD's own steps are meant: without them the terms in τ are left out of N, and C is that of
 * homogenised SGD.
 */
export function createFluctuationDrift(
  problem: Problem,
  shape: StateShape,
  deviations: Deviations,
  coupling: Coupling,
  mean: TheoryDrift,
  discrete: boolean,
): FluctuationDrift {
  const { priors, loss, batchSize: batch, dimension, ridge, noisePower, power, directions, update } = problem;
  const { fluctuations } = loss;
  if (!fluctuations) throw new RangeError(`no fluctuations of the loss ${loss.kind}`);
  const { nodes, eigenvalues, means, teacher } = directions;
  const { rows, blocks, accumulatedAt } = deviations;
  const covarianceAt = shape.size;
  const vector = () => new Float64Array(rows);
  const teaching = loss.teacherOutputs > 0;
  const count = teaching ? 4 : 3;
  const classes: ClassVectors[] = lawVectors(problem, deviations).map((law) => ({
    ...law,
    own: Array.from({ length: count }, vector),
    partner: Array.from({ length: count }, vector),
  }));
  /** D of one step, and how the drift answers to the learning rate. */
  const [step, stepPartner, answer, answerPartner] = [vector(), vector(), vector(), vector()];
  const [byMean, byVariance, byTeacher] = [vector(), vector(), vector()];
  const moments = createLabelledMoments();
  const powers = createGradientPowers();
  const flow = createLinearMap(shape.fields);
  const terms = createLocalTerms(problem, shape, deviations);
  const { decay, force, along, withX, square, noiseFactor, noise } = terms;
  const answers = problem.schedule.dependsOn !== 'time';
  const pairs: OuterPair[] = [
    ...classes.flatMap(({ own, partner }) => own.map((each, k) => [each, partner[k]] as const)),
    [step, stepPartner],
    ...(answers ? [[answer, answerPartner] as const] : []),
  ];
  const write = createCovarianceWriter(deviations, covarianceAt, terms, pairs);
  let latest = Infinity;

  function writeVectors(i: number, rate: number): void {
    const { own } = classes[i];
    const at = i * nodes;
    for (let block = 0; block < blocks; block++) {
      const row = block * nodes;
      const [here, x] = [along[block], withX[block]];
      for (let n = 0; n < nodes; n++) {
        const lambda = eigenvalues[at + n];
        own[M][row + n] = here[n] * means[at + n];
        own[K][row + n] = lambda * x[n];
        if (square[block] !== 0) own[TAU][row + n] = (square[block] * noisePower[at + n]) / dimension;
        if (teaching) own[STAR][row + n] = lambda * here[n] * teacher[n];
      }
    }
    // in units of the rate that is factored out
    if (accumulatedAt >= 0) own[TAU][accumulatedAt] = power[i] / (dimension * rate * rate);
  }

  /** Adds what one class has in the vectors, in J and in N. @param rate factored out of β. */
  function addClass(i: number, rate: number, y: Float64Array, { byRisk, byPower }: RateSlopes): void {
    const { m, b, q, own, partner } = classes[i];
    const at = i * nodes;
    const prior = priors[i];
    fluctuations?.(i, coupling.law.mean[i], coupling.law.covariance[i], moments, powers);
    const { gradient: g, curvature: h, cross, gradientSquare: Q } = moments;
    const small = rate / batch;
    const weight = (batch / dimension) * prior * small * small;
    writeVectors(i, rate);
    for (let n = 0; n < nodes; n++) {
      const lambda = eigenvalues[at + n];
      const response = teaching ? cross * lambda * teacher[n] : 0;
      decay[n] -= rate * prior * lambda * h;
      force[n] -= rate * prior * (means[at + n] * g + response);
    }
    for (let k = 0; k < noise.length; k++) {
      const [factor, out] = [noiseFactor[k], noise[k]];
      for (let n = 0; n < nodes; n++) out[n] += weight * Q * eigenvalues[at + n] * factor[n];
    }
    times(y, covarianceAt, m, byMean);
    times(y, covarianceAt, b, byVariance);
    if (q) times(y, covarianceAt, q, byTeacher);
    const drift = -rate * prior;
    const squared = (rate * rate * prior) / batch;
    const third = discrete ? weight * small : 0;
    const last = discrete ? 0.5 * weight * small * small * powers.fourth : 0;
    const squares = discrete ? small * Q : 0;
    for (let r = 0; r < rows; r++) {
      const [cm, cb, cq] = [byMean[r], byVariance[r], q ? byTeacher[r] : 0];
      const [vm, vk, vt, vs] = [own[M][r], own[K][r], own[TAU][r], teaching ? own[STAR][r] : 0];
      partner[M][r] =
        drift * (moments.byMean.gradient * cm + moments.byVariance.gradient * cb + moments.byCovariance.gradient * cq) +
        weight * (0.5 * Q * vm + moments.byMean.square * vk + moments.squareByTeacherMean * vs);
      partner[K][r] =
        drift *
          (moments.byMean.curvature * cm + moments.byVariance.curvature * cb + moments.byCovariance.curvature * cq) +
        weight * (moments.byVariance.square * vk + moments.byCovariance.square * vs);
      partner[TAU][r] =
        squared * (moments.byMean.square * cm + moments.byVariance.square * cb + moments.byCovariance.square * cq) -
        third * (powers.cube * vm + powers.cubeByMean * vk + powers.cubeByTeacherMean * vs) +
        last * vt;
      if (teaching) {
        partner[STAR][r] =
          drift * (moments.byMean.cross * cm + moments.byVariance.cross * cb + moments.byCovariance.cross * cq) +
          0.5 * weight * moments.squareByTeacherMeanTwice * vs;
      }
      const pull = g * vm + h * vk + cross * vs;
      step[r] -= prior * small * (pull - squares * vt);
      if (!answers) continue;
      answer[r] += prior * (2 * (rate / batch) * Q * vt - pull);
      if (accumulatedAt >= 0) continue;
      const ofPower = (byPower * power[i]) / (dimension * batch);
      answerPartner[r] +=
        prior *
        ((byRisk * g + ofPower * moments.byMean.square) * cm +
          (0.5 * byRisk * h + ofPower * moments.byVariance.square) * cb +
          (byRisk * cross + ofPower * moments.byCovariance.square) * cq);
    }
  }

  /** The ridge, and what follows from sums over the classes. */
  function finish(rate: number, y: Float64Array, { byAccumulated }: RateSlopes): void {
    for (let n = 0; n < nodes; n++) decay[n] -= rate * ridge;
    terms.finish(flow);
    if (answers && ridge > 0) {
      for (let block = 0; block < blocks; block++) {
        for (let n = 0; n < nodes; n++) answer[block * nodes + n] -= ridge * withX[block][n];
      }
    }
    if (accumulatedAt >= 0) {
      // what is added to G does not depend on the rate
      answer[accumulatedAt] = 0;
      times(y, covarianceAt, { from: accumulatedAt, values: Float64Array.of(byAccumulated) }, answerPartner);
    }
    for (let r = 0; r < rows; r++) stepPartner[r] = (-0.5 * batch * step[r]) / dimension;
  }

  return {
    size: shape.size + packedRows(rows),
    covarianceAt,
    readUntil(t) {
      latest = t;
      mean.readUntil(t);
    },
    evaluate(t, y, out) {
      mean.evaluate(t, y, out);
      const time = Math.min(t, latest);
      const rate = coupling.rate(time, y);
      if (!Number.isFinite(rate) || !coupling.law.mean.every((of) => of.every(Number.isFinite))) {
        out.fill(NaN);
        return;
      }
      // where x moves as by plain SGD everything is a multiple of γ, and answers to it
      const factored = update.plainPath ? rate : 1;
      update.flow(time, update.plainPath ? 1 : rate, flow);
      for (const values of [step, answer, answerPartner]) values.fill(0);
      terms.begin(flow.push, y);
      const slopes = answers ? rateSlopesAt(problem, shape, coupling, time, latest, y) : NO_SLOPES;
      for (let i = 0; i < priors.length; i++) addClass(i, factored, y, slopes);
      finish(factored, y, slopes);
      write(y, out);
    },
    // products decay twice as fast as what they are of, and C twice as fast as they do
    stiffness: () => 2 * mean.stiffness(),
  };
}
