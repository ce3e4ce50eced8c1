/** Samples of least squares in the mean field, (M4): everything is Gaussian, nothing is drawn. */
import { type SampleMoments } from './mean-field.ts';

/**
 * Residuals r = L(e − Γ ξ r) with L = (1 + Γ)⁻¹, ξ the weight of a sample in a step minus 1.
 * @param target y of the class, or 0 where X is measured from the teacher.
 * @param noise σ² of the responses.
 * @param weightVariance of the weight with which a sample enters a step; 0 for full batches.
 */
export function linearSamples(steps: number, target: number, noise: number, weightVariance: number): SampleMoments {
  const size = steps + 1;
  const at = (t: number, s: number) => t * size + s;
  /** L and E = B + σ² + e eᵀ, rows up to the diagonal and both halves. */
  const inverse = new Float64Array(size * size);
  const raw = new Float64Array(size * size);
  const offsets = new Float64Array(size);
  /** Variance that the draws of samples add, w E r². */
  const added = new Float64Array(size);
  const product = new Float64Array(size);
  const square = new Float64Array(size);
  const curvature = new Float64Array(size);
  const moments = {
    risk: 0,
    gradient: 0,
    curvature,
    square,
    step(t: number, mean: number, covariance: Float64Array, response: Float64Array) {
      offsets[t] = mean - target;
      for (let s = 0; s <= t; s++) {
        raw[at(t, s)] = raw[at(s, t)] = covariance[s] + noise + offsets[t] * offsets[s];
        let entry = s === t ? 1 : 0;
        for (let u = s; u < t; u++) entry -= response[u] * inverse[at(u, s)];
        inverse[at(t, s)] = curvature[s] = entry;
      }
      let gradient = 0;
      for (let s = 0; s <= t; s++) {
        gradient += curvature[s] * offsets[s];
        let sum = 0;
        for (let u = 0; u <= t; u++) sum += curvature[u] * raw[at(u, s)];
        product[s] = sum;
      }
      let own = 0;
      for (let s = 0; s <= t; s++)
        own += product[s] * curvature[s] + curvature[s] * curvature[s] * (s < t ? added[s] : 0);
      added[t] = weightVariance * own;
      for (let other = 0; other <= t; other++) {
        let sum = 0;
        for (let s = 0; s <= other; s++) sum += (product[s] + curvature[s] * added[s]) * inverse[at(other, s)];
        square[other] = sum;
      }
      moments.gradient = gradient;
      moments.risk = 0.5 * own;
    },
  };
  return moments;
}
