/**
 * What couples the directions: the law (T3) of the outputs, its moments (T2) and the learning rate, all functions of
 * the state. Everything else in (T4) and (T5) is linear, direction by direction.
 */
import { momentsFor, type GaussianMoments } from '../../loss/loss.ts';
import { createOutputLaw, packed, packedSize, type OutputLaw } from '../../model/overlaps.ts';
import { createRateInputs, type RateState } from '../../schedule/state-inputs.ts';
import { readLearned, type Problem, type StateShape } from './problem.ts';

export interface Coupling {
  readonly law: OutputLaw;
  /** Moments of each class, as of the last `evaluate`. */
  readonly moments: readonly GaussianMoments[];
  /** Largest error estimate of the moments so far. */
  readonly momentError: number;
  /**
   * Law, moments and learning rate at a state.
   * @returns γ; NaN if the law is not finite.
   */
  evaluate(t: number, y: Float64Array): number;
  /** γ at a state whose law and moments are those of the last `evaluate`, at another reading of the time. */
  rate(t: number, y: Float64Array): number;
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

/** Coupling over buffers of its own. */
export function createCoupling(problem: Problem, shape: StateShape): Coupling {
  const { loss, priors, schedule } = problem;
  const classes = priors.length;
  const law = createOutputLaw(classes, loss.outputs + loss.teacherOutputs);
  const moments = Array.from({ length: classes }, () => momentsFor(loss));
  const teacherLaw = createTeacherLaw(problem);
  const write = (classes === 2 && loss.outputs === 1 ? createPairLawWriter : createLawWriter)(problem, shape);
  const inputs = createRateInputs(problem.directions, { ...problem, outputs: shape.outputs });
  const state: Writable<RateState> = { t: 0, accumulated: 0, moments, parameters: new Float64Array(0), noise: null };
  const { noiseAt, noiseRows, nodes, outputs, accumulatedAt } = shape;
  let momentError = 0;

  function rate(t: number, y: Float64Array): number {
    state.t = t;
    state.accumulated = accumulatedAt < 0 ? 0 : y[accumulatedAt];
    if (schedule.dependsOn === 'state') {
      state.parameters = y.subarray(0, outputs * nodes);
      state.noise = noiseRows > 0 ? y.subarray(noiseAt, noiseAt + packedSize(outputs) * nodes) : null;
    }
    return schedule.rate(inputs.at(state));
  }

  return {
    law,
    moments,
    get momentError() {
      return momentError;
    },
    evaluate(t, y) {
      write(y, law);
      teacherLaw(y, law);
      readLearned(problem, shape, y);
      if (!isFinite(law)) return NaN;
      for (let i = 0; i < classes; i++) {
        loss.moments(i, law.mean[i], law.covariance[i], moments[i]);
        if (moments[i].errorEstimate > momentError) momentError = moments[i].errorEstimate;
      }
      return rate(t, y);
    },
    rate,
  };
}

function isFinite({ mean, covariance }: OutputLaw): boolean {
  let sum = 0;
  for (let i = 0; i < mean.length; i++) {
    for (let a = 0; a < mean[i].length; a++) sum += mean[i][a];
    for (let a = 0; a < covariance[i].length; a++) sum += covariance[i][a];
  }
  return Number.isFinite(sum);
}

type LawWriter = (y: Float64Array, out: OutputLaw) => void;

/** Writer of (T3) of the ℓ outputs; diagonals that trial steps push below zero are cut off at zero. */
function createLawWriter(problem: Problem, shape: StateShape): LawWriter {
  const { eigenvalues, means } = problem.directions;
  const { nodes, outputs, noiseRows, noiseAt } = shape;
  const classes = problem.priors.length;
  const joint = outputs + problem.loss.teacherOutputs;
  // x̄_a x̄_b + S_ab, one entry for all classes
  const square = new Float64Array(nodes);
  return (y, out) => {
    for (let a = 0; a < outputs; a++) {
      const xa = a * nodes;
      for (let i = 0; i < classes; i++) out.mean[i][a] = dotRows(means, i * nodes, y, xa, nodes);
      for (let b = 0; b <= a; b++) {
        const xb = b * nodes;
        for (let n = 0; n < nodes; n++) square[n] = y[xa + n] * y[xb + n];
        if (noiseRows > 0) {
          const s = noiseAt + packed(a, b) * nodes;
          for (let n = 0; n < nodes; n++) square[n] += y[s + n];
        }
        for (let i = 0; i < classes; i++) {
          const sum = dotRows(eigenvalues, i * nodes, square, 0, nodes);
          const entry = a === b && sum < 0 ? 0 : sum;
          out.covariance[i][a * joint + b] = entry;
          out.covariance[i][b * joint + a] = entry;
        }
      }
    }
  };
}

/** Σ_n u[uAt + n] v[vAt + n], in four sums that do not wait for each other. */
function dotRows(u: Float64Array, uAt: number, v: Float64Array, vAt: number, count: number): number {
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  let n = 0;
  for (; n + 4 <= count; n += 4) {
    s0 += u[uAt + n] * v[vAt + n];
    s1 += u[uAt + n + 1] * v[vAt + n + 1];
    s2 += u[uAt + n + 2] * v[vAt + n + 2];
    s3 += u[uAt + n + 3] * v[vAt + n + 3];
  }
  for (; n < count; n++) s0 += u[uAt + n] * v[vAt + n];
  return s0 + s1 + (s2 + s3);
}

/** The same for two classes and one output, the common case, in one pass over the nodes. */
function createPairLawWriter({ directions }: Problem, { nodes, noiseRows, noiseAt }: StateShape): LawWriter {
  const { eigenvalues, means } = directions;
  return (y, out) => {
    let m1 = 0;
    let m2 = 0;
    let b1 = 0;
    let b2 = 0;
    for (let n = 0; n < nodes; n++) {
      const x = y[n];
      const square = noiseRows > 0 ? x * x + y[noiseAt + n] : x * x;
      m1 += means[n] * x;
      m2 += means[nodes + n] * x;
      b1 += eigenvalues[n] * square;
      b2 += eigenvalues[nodes + n] * square;
    }
    out.mean[0][0] = m1;
    out.mean[1][0] = m2;
    out.covariance[0][0] = Math.max(0, b1);
    out.covariance[1][0] = Math.max(0, b2);
  };
}

/** Writer of the entries of the law that involve the teacher; those of r* alone never change. */
function createTeacherLaw(problem: Problem): (y: Float64Array, out: OutputLaw) => void {
  const { loss, priors } = problem;
  const { nodes, eigenvalues, means, teacher } = problem.directions;
  const { outputs, teacherOutputs } = loss;
  if (teacherOutputs === 0) return () => undefined;
  const joint = outputs + teacherOutputs;
  const fixedMean = new Float64Array(priors.length * teacherOutputs);
  const fixedCovariance = new Float64Array(priors.length * teacherOutputs * teacherOutputs);
  for (let i = 0; i < priors.length; i++) {
    for (let a = 0; a < teacherOutputs; a++) {
      for (let n = 0; n < nodes; n++)
        fixedMean[i * teacherOutputs + a] += means[i * nodes + n] * teacher[a * nodes + n];
      for (let b = 0; b < teacherOutputs; b++) {
        const k = (i * teacherOutputs + a) * teacherOutputs + b;
        for (let n = 0; n < nodes; n++) {
          fixedCovariance[k] += eigenvalues[i * nodes + n] * teacher[a * nodes + n] * teacher[b * nodes + n];
        }
      }
    }
  }
  return (y, out) => {
    for (let i = 0; i < priors.length; i++) {
      const covariance = out.covariance[i];
      for (let a = 0; a < teacherOutputs; a++) {
        const row = (outputs + a) * joint;
        out.mean[i][outputs + a] = fixedMean[i * teacherOutputs + a];
        for (let b = 0; b < outputs; b++) {
          let sum = 0;
          for (let n = 0; n < nodes; n++) sum += eigenvalues[i * nodes + n] * teacher[a * nodes + n] * y[b * nodes + n];
          covariance[row + b] = sum;
          covariance[b * joint + outputs + a] = sum;
        }
        for (let b = 0; b < teacherOutputs; b++) {
          covariance[row + outputs + b] = fixedCovariance[(i * teacherOutputs + a) * teacherOutputs + b];
        }
      }
    }
  };
}
