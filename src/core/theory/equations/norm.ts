/**
 * The error norm of the theory's state. Observables are inner products with x̄ and sums of S. So errors are measured in
 * the norms that bound those: the 2-norm of x̄ and the 1-norm of S, each relative to the whole and not per entry. Each
 * field of an update has errors of its own, by what they do to x.
 */
import { squared } from '../../math/elementary.ts';
import { createAccumulatedRate, type Schedule } from '../../schedule/schedule.ts';
import { packed } from '../../model/overlaps.ts';
import { type ErrorNorm } from '../integrator/stepper.ts';
import { type Problem, type StateShape } from './problem.ts';

/**
 * Weight of ‖x̄‖ in the scale of its errors. Where clean directions make ‖x̄‖ large, m_i is not as large, and an error
 * relative to ‖x̄‖ alone would show up in the risk several times the tolerance.
 */
const RELATIVE = 0.5;

/**
 * Scale of G's errors: γ / (2 |∂γ/∂G|), b_0² + G for AdaGrad-Norm, at most 1 + G. With a small b_0 the rate feels changes
 * of a small G.
 */
function createAccumulatedScale(schedule: Schedule): (accumulated: number) => number {
  const { rate, slope } = createAccumulatedRate(schedule);
  return (accumulated) => Math.min(1 + accumulated, 0.5 * Math.abs(rate(0, accumulated) / slope(0, accumulated)));
}

/** Norm in which 1 is the tolerance, relative to the state and absolute on the scale where m_i and B_i are 1. */
export function stateNorm(problem: Problem, shape: StateShape, tolerance: number): ErrorNorm {
  const { nodes, outputs, noiseAt, noiseRows, accumulatedAt, learnedAt } = shape;
  const { eigenvalues, means } = problem.directions;
  const classes = problem.priors.length;
  const { weights } = problem.update;
  const accumulatedScale = createAccumulatedScale(problem.schedule);
  // directions count by their part in ‖X‖² and in B_i
  const sensitivity = new Float64Array(nodes).fill(1);
  let energy = 1;
  for (let i = 0; i < classes; i++) {
    let sum = 0;
    for (let n = 0; n < nodes; n++) {
      sensitivity[n] = Math.max(sensitivity[n], eigenvalues[i * nodes + n]);
      sum += squared(means[i * nodes + n]);
    }
    energy = Math.max(energy, sum);
  }
  const floor = 1 / Math.sqrt(energy);

  /** Square of the error of a field's mean. */
  function meanError(field: number, error: Float64Array, before: Float64Array, after: Float64Array): number {
    let errorSquare = 0;
    let beforeSquare = 0;
    let afterSquare = 0;
    for (let a = 0; a < outputs; a++) {
      const row = (field * outputs + a) * nodes;
      for (let n = 0; n < nodes; n++) {
        const s = sensitivity[n];
        errorSquare += s * error[row + n] * error[row + n];
        beforeSquare += s * before[row + n] * before[row + n];
        afterSquare += s * after[row + n] * after[row + n];
      }
    }
    const weight = weights[field];
    return (
      (squared(weight) * errorSquare) /
      squared(floor + RELATIVE * weight * Math.sqrt(Math.max(beforeSquare, afterSquare)))
    );
  }

  /** Square of the error of two fields' covariance. */
  function noiseError(
    [field, other]: readonly [number, number],
    error: Float64Array,
    before: Float64Array,
    after: Float64Array,
  ): number {
    let errorSum = 0;
    let beforeSum = 0;
    let afterSum = 0;
    for (let a = 0; a < outputs; a++) {
      for (let b = 0; b < (field === other ? a + 1 : outputs); b++) {
        const row = noiseAt + packed(field * outputs + a, other * outputs + b) * nodes;
        for (let n = 0; n < nodes; n++) {
          const s = sensitivity[n];
          errorSum += s * Math.abs(error[row + n]);
          beforeSum += s * Math.abs(before[row + n]);
          afterSum += s * Math.abs(after[row + n]);
        }
      }
    }
    const weight = weights[field] * weights[other];
    return squared((weight * errorSum) / (1 + weight * Math.max(beforeSum, afterSum)));
  }

  const pairs = weights.flatMap((_, f) => Array.from({ length: f + 1 }, (_entry, h) => [f, h] as const));
  return (error, before, after) => {
    let total = 0;
    for (let f = 0; f < weights.length; f++) total += meanError(f, error, before, after);
    if (noiseRows > 0) for (const pair of pairs) total += noiseError(pair, error, before, after);
    for (let k = learnedAt; k < shape.size; k++) {
      total += squared(error[k] / (1 + Math.max(Math.abs(before[k]), Math.abs(after[k]))));
    }
    if (accumulatedAt >= 0) {
      total += squared(error[accumulatedAt] / accumulatedScale(Math.max(before[accumulatedAt], after[accumulatedAt])));
    }
    return Math.sqrt(total) / tolerance;
  };
}

/** ‖X‖² of a state: Σ x̄² + tr S. */
export function squaredNorm(shape: StateShape, y: Float64Array): number {
  const { nodes, outputs, noiseAt, noiseRows } = shape;
  let sum = 0;
  for (let k = 0; k < outputs * nodes; k++) sum += y[k] * y[k];
  for (let a = 0; a < (noiseRows > 0 ? outputs : 0); a++) {
    const row = noiseAt + ((a * (a + 1)) / 2 + a) * nodes;
    for (let n = 0; n < nodes; n++) sum += y[row + n];
  }
  return sum;
}
