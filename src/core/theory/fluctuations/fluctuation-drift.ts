/**
 * Fluctuations of runs around the theory, (T16): the covariance C of δx and δq, by nodes, along the mean solution. δx_n is
 * the deviation of a run's x from x̄ and δq_n that of x² from x̄² + S, both averaged over the directions of node n; with the
 * weights of problem.ts they are √w δx and w δq, and (T16) keeps its form in them, c_n in the place of λ + μ².
 *
 * C′ = J C + C Jᵀ + N, where J is a diagonal (with 2×2 blocks) and a few outer products, and N the same: with the vectors
 * E_k = M_i, K_i, K*_i, τ_i, … all outer products together are Σ_k E_k W_kᵀ + W_k E_kᵀ.
 */
import { createLabelledMoments } from '../../loss/labelled-moments.ts';
import { createGradientPowers } from '../../loss/loss.ts';
import { rateSlopesAt } from '../jacobian/rate-slopes.ts';
import { type Coupling } from '../equations/coupling.ts';
import { type TheoryDrift } from '../equations/drift.ts';
import { type Problem, type StateShape } from '../equations/problem.ts';
import { packedRows, rowAt, times, type HalfVector } from './packed-covariance.ts';

/** A drift of the mean state with C behind it. */
export interface FluctuationDrift extends TheoryDrift {
  /** Place of C in the state, packed over 2N rows. */
  readonly covarianceAt: number;
}

/** Vectors of one class over all deviations, 2N, and their partners W. */
interface ClassVectors {
  readonly m: HalfVector;
  readonly b: HalfVector;
  readonly q: HalfVector | null;
  /** M, K, τ and, with a teacher, K*. */
  readonly own: readonly Float64Array[];
  readonly partner: readonly Float64Array[];
}

const [M, K, TAU, STAR] = [0, 1, 2, 3];

/** The laws m_i, B_i and q_i as vectors over deviations. */
export function lawVectors({
  priors,
  directions,
  loss,
}: Problem): { m: HalfVector; b: HalfVector; q: HalfVector | null }[] {
  const { nodes, eigenvalues, means, teacher } = directions;
  return Array.from(priors, (_, i) => {
    const lambda = eigenvalues.subarray(i * nodes, (i + 1) * nodes);
    return {
      m: { ofX: true, values: means.subarray(i * nodes, (i + 1) * nodes) },
      b: { ofX: false, values: lambda },
      q: loss.teacherOutputs > 0 ? { ofX: true, values: lambda.map((value, n) => value * teacher[n]) } : null,
    };
  });
}

/**
 * (T4)–(T5) with (T16), for plain SGD with one output and a learning rate without memory.
 * @param discrete whether SGD's own steps are meant: without them the terms in τ are left out of N, and C is that of
 * homogenised SGD.
 */
export function createFluctuationDrift(
  problem: Problem,
  shape: StateShape,
  coupling: Coupling,
  mean: TheoryDrift,
  discrete: boolean,
): FluctuationDrift {
  const { priors, loss, batchSize: batch, dimension, ridge, noisePower, power, directions } = problem;
  const { fluctuations } = loss;
  if (!fluctuations) throw new RangeError(`no fluctuations of the loss ${loss.kind}`);
  const { nodes, eigenvalues, means, teacher } = directions;
  const { noiseAt } = shape;
  const rows = 2 * nodes;
  const covarianceAt = shape.size;
  const vector = () => new Float64Array(rows);
  const count = loss.teacherOutputs > 0 ? 4 : 3;
  const classes: ClassVectors[] = lawVectors(problem).map((law) => ({
    ...law,
    own: Array.from({ length: count }, vector),
    partner: Array.from({ length: count }, vector),
  }));
  const teaching = classes.filter(({ q }) => q !== null).length > 0;
  /** D of one step, and how the drift answers to the learning rate. */
  const [step, stepPartner, answer, answerPartner] = [vector(), vector(), vector(), vector()];
  const [byMean, byVariance, byTeacher] = [vector(), vector(), vector()];
  const moments = createLabelledMoments();
  const powers = createGradientPowers();
  /** Rates of the diagonal (negative), coupling of δq to δx, and the diagonal of N. */
  const [decay, turn, square, mixed, fourth] = [vector(), ...[0, 1, 2, 3].map(() => new Float64Array(nodes))];
  const ofState = problem.schedule.dependsOn === 'state';
  const pairs: (readonly [Float64Array, Float64Array])[] = [
    ...classes.flatMap(({ own, partner }) => own.map((vector, k) => [vector, partner[k]] as const)),
    [step, stepPartner],
    ...(ofState ? [[answer, answerPartner] as const] : []),
  ];
  let latest = Infinity;

  function clear(): void {
    for (const values of [decay, turn, square, mixed, fourth, step, answer, answerPartner]) values.fill(0);
  }

  /** Adds what one class has in the vectors, in J and in N. */
  function addClass(i: number, rate: number, y: Float64Array, slopesOfRate: { risk: number; power: number }): void {
    const { m, b, q, own, partner } = classes[i];
    const at = i * nodes;
    const prior = priors[i];
    fluctuations?.(i, coupling.law.mean[i], coupling.law.covariance[i], moments, powers);
    const { gradient: g, curvature: h, cross, gradientSquare: Q } = moments;
    const small = rate / batch;
    const weight = (batch / dimension) * prior * small * small;
    for (let n = 0; n < nodes; n++) {
      const lambda = eigenvalues[at + n];
      const mu = means[at + n];
      const x = y[n];
      const second = x * x + y[noiseAt + n];
      own[M][n] = mu;
      own[M][nodes + n] = 2 * x * mu;
      own[K][n] = lambda * x;
      own[K][nodes + n] = 2 * lambda * second;
      own[TAU][nodes + n] = noisePower[at + n] / dimension;
      if (teaching) {
        own[STAR][n] = lambda * teacher[n];
        own[STAR][nodes + n] = 2 * lambda * x * teacher[n];
      }
      const response = teaching ? cross * lambda * teacher[n] : 0;
      decay[n] -= rate * prior * lambda * h;
      turn[n] -= 2 * rate * prior * (mu * g + response);
      square[n] += weight * Q * lambda;
      mixed[n] += 2 * weight * Q * lambda * x;
      fourth[n] += 4 * weight * Q * lambda * second;
    }
    times(y, covarianceAt, m, byMean);
    times(y, covarianceAt, b, byVariance);
    if (q) times(y, covarianceAt, q, byTeacher);
    const drift = -rate * prior;
    const noise = (rate * rate * prior) / batch;
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
        noise * (moments.byMean.square * cm + moments.byVariance.square * cb + moments.byCovariance.square * cq) -
        third * (powers.cube * vm + powers.cubeByMean * vk + powers.cubeByTeacherMean * vs) +
        last * vt;
      if (teaching) {
        partner[STAR][r] =
          drift * (moments.byMean.cross * cm + moments.byVariance.cross * cb + moments.byCovariance.cross * cq) +
          0.5 * weight * moments.squareByTeacherMeanTwice * vs;
      }
      const pull = g * vm + h * vk + cross * vs;
      step[r] -= prior * small * (pull - squares * vt);
      if (ofState) {
        answer[r] += prior * (2 * (rate / batch) * Q * vt - pull);
        const { risk, power: byPower } = slopesOfRate;
        const ofPower = (byPower * power[i]) / (dimension * batch);
        answerPartner[r] +=
          prior *
          ((risk * g + ofPower * moments.byMean.square) * cm +
            (0.5 * risk * h + ofPower * moments.byVariance.square) * cb +
            (risk * cross + ofPower * moments.byCovariance.square) * cq);
      }
    }
  }

  /** The ridge, and what follows from sums over the classes. */
  function finish(rate: number, y: Float64Array): void {
    for (let n = 0; n < nodes; n++) {
      decay[n] -= rate * ridge;
      decay[nodes + n] = 2 * decay[n];
      if (ofState) {
        answer[n] -= ridge * y[n];
        answer[nodes + n] -= 2 * ridge * (y[n] * y[n] + y[noiseAt + n]);
      }
    }
    for (let r = 0; r < rows; r++) stepPartner[r] = (-0.5 * batch * step[r]) / dimension;
  }

  /** Writes C′. */
  function write(y: Float64Array, out: Float64Array): void {
    for (let i = 0; i < rows; i++) {
      const own = rowAt(i);
      const row = covarianceAt + own;
      const rate = decay[i];
      for (let j = 0; j <= i; j++) out[row + j] = (rate + decay[j]) * y[row + j];
      if (i >= nodes) {
        const n = i - nodes;
        const factor = turn[n];
        const upper = covarianceAt + rowAt(n);
        for (let j = 0; j <= n; j++) out[row + j] += factor * y[upper + j];
        for (let j = n + 1; j <= i; j++) out[row + j] += factor * y[covarianceAt + rowAt(j) + n];
        for (let k = 0; k <= n; k++) out[row + nodes + k] += turn[k] * y[row + k];
        out[row + n] += mixed[n];
        out[row + i] += fourth[n];
      } else {
        out[row + i] += square[i];
      }
      for (const [first, second] of pairs) {
        const [a, b] = [first[i], second[i]];
        if (a === 0 && b === 0) continue;
        for (let j = 0; j <= i; j++) out[row + j] += a * second[j] + b * first[j];
      }
    }
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
      clear();
      const slopes = ofState ? rateSlopesAt(problem, shape, coupling, time, latest, y) : { byRisk: 0, byPower: 0 };
      for (let i = 0; i < priors.length; i++) addClass(i, rate, y, { risk: slopes.byRisk, power: slopes.byPower });
      finish(rate, y);
      write(y, out);
    },
    // x² decays twice as fast as x, and C twice as fast as they do
    stiffness: () => 2 * mean.stiffness(),
  };
}
