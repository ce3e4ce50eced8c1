/** Least squares of any kind (H = I): minimisers and limits in closed form. */
import { squared } from '../../math/elementary.ts';
import { type Loss } from '../../loss/loss.ts';
import { createFactors, factorInPlace, solveInPlace } from '../integrator/dense-matrix.ts';
import { type Problem } from '../equations/problem.ts';

/**
 * Eigenvalues below this part of the largest count as this: clean directions then cost next to nothing (1e-10 in the
 * risk), and the system for the residuals below keeps six digits at the worst.
 */
const FLOOR = 1e-10;

/**
 * The minimiser of Σ p_i R_i + (δ/2)‖X‖². It follows from Λ = diag λ̄, D = Λ + δ and the mean residuals g_i = E ∇f_i
 * (per output).
 *   x̄ = D⁻¹(Λ x* − Σ_j p_j μ_j g_j),   g_i + Σ_j μ_iᵀD⁻¹μ_j p_j g_j = −y_i + μ_iᵀ(D⁻¹Λ − 1) x*,
 * a system of rank C. Here y_i is the label where there is no teacher.
 * @returns x̄ in the problem's variables, ℓ×N row-major.
 */
export function leastSquaresMinimiser(problem: Problem): Float64Array {
  const { directions, priors, ridge, loss } = problem;
  const { nodes, means, eigenvalues, teacher } = directions;
  const classes = priors.length;
  const average = averageOver(priors, eigenvalues, nodes);
  const largest = average.reduce((most, value) => Math.max(most, value), 0);
  const decay = average.map((value) => Math.max(value + ridge, FLOOR * (largest || 1)));
  const factors = createFactors(classes);
  for (let i = 0; i < classes; i++) {
    for (let j = 0; j < classes; j++) {
      let sum = 0;
      for (let n = 0; n < nodes; n++) sum += (means[i * nodes + n] * means[j * nodes + n]) / decay[n];
      factors.matrix[i * classes + j] = (i === j ? 1 : 0) + sum * priors[j];
    }
  }
  factorInPlace(factors);
  const targets = labelTargets(loss, classes);
  const result = new Float64Array(loss.outputs * nodes);
  const residual = new Float64Array(classes);
  for (let a = 0; a < loss.outputs; a++) {
    const truth = (n: number) => (teacher.length > 0 ? teacher[a * nodes + n] : 0);
    for (let i = 0; i < classes; i++) {
      residual[i] = -targets[i * loss.outputs + a];
      for (let n = 0; n < nodes; n++) residual[i] += means[i * nodes + n] * (average[n] / decay[n] - 1) * truth(n);
    }
    solveInPlace(factors, residual);
    for (let n = 0; n < nodes; n++) {
      let value = average[n] * truth(n);
      for (let i = 0; i < classes; i++) value -= priors[i] * means[i * nodes + n] * residual[i];
      result[a * nodes + n] = value / decay[n];
    }
  }
  return result;
}

/**
 * R_i of least squares at X, ½ tr Q_i = ½ Σ_a [(Σ_n μ_{i,n} Δ_{n,a} − y_{i,a})² + Σ_n λ_{i,n} Δ_{n,a}²] + ½ ℓ σ² with
 * Δ = X − X*. Differences direction by direction keep what those of the laws of r and r* lose near X*.
 * @param x X in the problem's variables, ℓ×N row-major.
 */
export function leastSquaresRisks({ directions, priors, loss }: Problem, x: Float64Array): Float64Array {
  const { nodes, means, eigenvalues, teacher } = directions;
  const targets = labelTargets(loss, priors.length);
  return Float64Array.from(priors, (_, i) => {
    let square = loss.outputs * squared(loss.labels.noise);
    for (let a = 0; a < loss.outputs; a++) {
      let mean = -targets[i * loss.outputs + a];
      for (let n = 0; n < nodes; n++) {
        const gap = x[a * nodes + n] - (teacher.length > 0 ? teacher[a * nodes + n] : 0);
        mean += means[i * nodes + n] * gap;
        square += eigenvalues[i * nodes + n] * gap * gap;
      }
      square += mean * mean;
    }
    return 0.5 * square;
  });
}

/** y_{i,a}: minus the gradient at r = 0; zero with a teacher, whose target is random. */
function labelTargets(loss: Loss, classes: number): Float64Array {
  const targets = new Float64Array(classes * loss.outputs);
  if (loss.teacherOutputs > 0) return targets;
  const zero = new Float64Array(loss.outputs);
  const gradient = new Float64Array(loss.outputs);
  for (let i = 0; i < classes; i++) {
    loss.gradient(i, zero, zero, gradient);
    for (let a = 0; a < loss.outputs; a++) targets[i * loss.outputs + a] = -gradient[a];
  }
  return targets;
}

/** λ̄_n. */
export function averageOver(priors: Float64Array, eigenvalues: Float64Array, nodes: number): Float64Array {
  const average = new Float64Array(nodes);
  for (let i = 0; i < priors.length; i++) {
    for (let n = 0; n < nodes; n++) average[n] += priors[i] * eigenvalues[i * nodes + n];
  }
  return average;
}
