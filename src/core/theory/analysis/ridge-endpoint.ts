/** Ridge regression on n samples of one class without a mean, (E1)–(E2), and its limit without a ridge. */
import { type Directions } from '../../model/directions.ts';
import { degreesOfFreedom, realKappa, type Spectrum } from '../finite/resolvent.ts';
import { type EndState } from './endpoint-state.ts';

/** df₂ = Σ λ²/(λ+κ)². */
function degreesOfVariance({ eigenvalues, weights }: Spectrum, kappa: number): number {
  return eigenvalues.reduce((sum, lambda, n) => {
    const kept = lambda > 0 ? lambda / (lambda + kappa) : 0;
    return sum + weights[n] * kept * kept;
  }, 0);
}

/**
 * The minimiser of (1/2n) Σ (a_jᵀX − y_j)² + (δ/2)‖X‖² on a typical data set; without a ridge the shortest one. Risk and
 * variance are infinite at n = rank K without a ridge.
 * @param ridge δ >= 0.
 * @param noise σ².
 */
export function ridgeEndpoint(directions: Directions, samples: number, ridge: number, noise: number): EndState {
  const { nodes, eigenvalues, weight, teacher } = directions;
  const spectrum: Spectrum = { eigenvalues, weights: weight, samples };
  const rank = degreesOfFreedom(spectrum, 0);
  const kappa = realKappa(spectrum, ridge);
  let bias = 0;
  for (let n = 0; n < nodes; n++) {
    const left = kappa > 0 ? kappa / (eigenvalues[n] + kappa) : eigenvalues[n] > 0 ? 0 : 1;
    bias += weight[n] * eigenvalues[n] * teacher[n] * teacher[n] * left * left;
  }
  const risk = (0.5 * (bias + noise)) / (1 - degreesOfVariance(spectrum, kappa) / samples);
  const mean = new Float64Array(nodes);
  const variance = new Float64Array(nodes);
  for (let n = 0; n < nodes; n++) {
    const lambda = eigenvalues[n];
    if (lambda === 0) continue;
    mean[n] = (lambda / (lambda + kappa)) * teacher[n];
    variance[n] = (2 * risk * lambda) / (samples * (lambda + kappa) * (lambda + kappa));
  }
  const factor = ridge / kappa;
  const train = ridge > 0 ? factor * factor * risk : 0.5 * noise * Math.max(0, 1 - rank / samples);
  return { mean, variance, train };
}
