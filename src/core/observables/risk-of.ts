/** The risk of states over directions that are not the one a row is of. */
import { createMoments, type Loss } from '../loss/loss.ts';
import { type Directions } from '../model/directions.ts';
import { createOutputLaw, outputLaw } from '../model/overlaps.ts';

/**
 * R = Σ_i p_i E f_i (T2) at the law (T3) of states, one after the other.
 * @returns a function of x̄ or X, ℓ×N row-major, and S, packed ℓ(ℓ+1)/2 × N, or null; NaN where they are not finite.
 */
export function createRiskOf(
  directions: Directions,
  loss: Loss,
  priors: Float64Array,
): (parameters: Float64Array, noise: Float64Array | null) => number {
  const law = createOutputLaw(priors.length, loss.outputs + loss.teacherOutputs);
  const moments = createMoments(loss.outputs, loss.teacherOutputs);
  return (parameters, noise) => {
    outputLaw(directions, loss.outputs, parameters, noise, law);
    let sum = 0;
    for (let i = 0; i < priors.length; i++) {
      if (!law.mean[i].every(Number.isFinite) || !law.covariance[i].every(Number.isFinite)) return NaN;
      loss.moments(i, law.mean[i], law.covariance[i], moments);
      sum += priors[i] * moments.risk;
    }
    return sum;
  };
}
