/**
 * The learning rate beyond which SGD noise feeds itself. With H_i = h I constant the noise equation (T5) is linear,
 *   dS_n/dt = −2γ (h λ̄_n + δ) S_n + (γ²/(d b)) Σ_i p_i c_{i,n} (h² B_i[S] + …),   B_i[S] = Σ_m λ_{i,m} S_m,
 * its off-diagonal part is non-negative, and so it is stable exactly where the fixed-point map of the B_i,
 *   B_j ← γ Σ_i A_{ji} B_i,   A_{ji} = (h²/(2 d b)) p_i Σ_n λ_{j,n} c_{i,n} / (h λ̄_n + δ),
 * contracts: γ < 1/ρ(A). For identity covariance and one class this is (L3)'s γ (1 + ‖μ‖²/d) < 2.
 *
 * Any other loss has H_i and Q_i of its own at every state. Where the noise is small around a state, with x̄ and the
 * decay by H_i held there, δQ_i = (∂Q_i/∂B_i) δB_i and the same holds with
 *   A_{ji} = (1/(2 d b)) p_i (∂Q_i/∂B_i) Σ_n λ_{j,n} c_{i,n} / (Σ_k p_k H_k λ_{k,n} + δ).
 */
import { type Setup } from '../../experiment.ts';
import { createScalarMoments } from '../../loss/scalar.ts';
import { fieldOf } from '../../observables/layout.ts';
import { reduceDirections } from '../directions.ts';
import { createProblem, type Problem } from '../problem.ts';

export interface Stability {
  /** γ; Infinity where there is no noise to feed (all covariances zero). */
  readonly threshold: number;
  /**
   * 'exact' for least squares: constant rates above diverge, rates below do not. 'linearised' for other losses at a
   * state: small noise around it grows above and dies out below. 'curvature' for other losses without a state, or with
   * several outputs: the threshold of a loss of the largest curvature everywhere. Below that noise cannot feed itself;
   * above either may be, but a loss with bounded gradient settles at a raised risk instead of diverging.
   */
  readonly kind: 'exact' | 'linearised' | 'curvature';
}

/** Largest stable constant learning rate of a setup. */
export function stabilityThreshold(setup: Setup): Stability {
  const problem = createProblem(setup, reduceDirections(setup, 1e-8), 'ode');
  const exact = setup.loss.leastSquares;
  const radius = spectralRadius(noiseGain(problem), problem.priors.length);
  return { threshold: radius > 0 ? 1 / radius : Infinity, kind: exact ? 'exact' : 'curvature' };
}

/**
 * Largest constant learning rate at which noise around a state does not feed itself.
 * @param row observables of that state as the theory records them, usually its last row: m_i and B_i are read.
 * @returns 'linearised' for losses of one output; as `stabilityThreshold` for least squares, whose equation is linear
 * already, and for losses of several outputs, of whose ∂Q/∂B no closed form is known.
 */
export function stabilityAt(setup: Setup, row: Float64Array): Stability {
  const { scalar, outputs } = setup.loss;
  if (setup.loss.leastSquares || !scalar || outputs !== 1) return stabilityThreshold(setup);
  const problem = createProblem(setup, reduceDirections(setup, 1e-8), 'ode');
  const [means, variances] = ['overlap', 'variance'].map((key) => fieldOf(setup.layout, key).offset);
  const moments = Array.from(problem.priors, (_, i) => {
    const out = createScalarMoments();
    scalar.scalarMoments(i, row[means + i], row[variances + i], out);
    return out;
  });
  const gain = noiseGain(
    problem,
    moments.map(({ curvature }) => curvature),
    // where the gradient is at its largest already, more noise makes it smaller: that feeds nothing
    moments.map(({ gradientSquareByVariance }) => Math.max(0, gradientSquareByVariance)),
  );
  const radius = spectralRadius(gain, problem.priors.length);
  return { threshold: radius > 0 ? 1 / radius : Infinity, kind: 'linearised' };
}

/**
 * A, C×C row-major, entries >= 0.
 * @param curvature H_i, by default the loss's largest.
 * @param slope ∂Q_i/∂B_i, by default that of least squares of this curvature.
 */
export function noiseGain(
  { directions, priors, noisePower, ridge, dimension, batchSize, loss }: Problem,
  curvature: readonly number[] = Array.from(priors, () => loss.maxCurvature),
  slope: readonly number[] = curvature.map((h) => h * h),
): Float64Array {
  const { nodes, eigenvalues } = directions;
  const classes = priors.length;
  const gain = new Float64Array(classes * classes);
  for (let n = 0; n < nodes; n++) {
    let decay = ridge;
    for (let i = 0; i < classes; i++) decay += curvature[i] * priors[i] * eigenvalues[i * nodes + n];
    // without decay there is no covariance either: noise in clean directions is not felt
    if (decay <= 0) continue;
    for (let j = 0; j < classes; j++) {
      for (let i = 0; i < classes; i++) {
        gain[j * classes + i] += (priors[i] * eigenvalues[j * nodes + n] * noisePower[i * nodes + n]) / decay;
      }
    }
  }
  return gain.map((value, k) => (value * slope[k % classes]) / (2 * dimension * batchSize));
}

/** Largest eigenvalue of a non-negative matrix, by power iteration on A + tI, which is aperiodic. */
function spectralRadius(matrix: Float64Array, n: number): number {
  const shift = matrix.reduce((most, value) => Math.max(most, value), 0);
  if (shift === 0) return 0;
  let vector = new Float64Array(n).fill(1);
  let radius = 0;
  for (let iteration = 0; iteration < 10_000; iteration++) {
    const next = vector.map((value, r) => {
      let sum = shift * value;
      for (let c = 0; c < n; c++) sum += matrix[r * n + c] * vector[c];
      return sum;
    });
    const size = next.reduce((most, value) => Math.max(most, value), 0);
    vector = next.map((value) => value / size);
    if (Math.abs(size - radius) <= 1e-15 * size) return size - shift;
    radius = size;
  }
  return radius - shift;
}
