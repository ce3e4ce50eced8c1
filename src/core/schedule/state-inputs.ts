/**
 * The quantities that learning-rate rules may look at (RateInputs), from a state over directions. The theory calls it
 * with (x̄, S), a simulation with (X, none): the same rule, the same formulas (docs/learning-rates.md).
 */
import { type GaussianMoments } from '../loss/loss.ts';
import { squared } from '../math/elementary.ts';
import { type Directions } from '../model/directions.ts';
import { packed } from '../model/overlaps.ts';
import { type RateInputs } from './schedule.ts';

export interface RateConstants {
  /** d; 1 in the limit d → ∞, whose nodes carry the scaling. */
  readonly dimension: number;
  /** 1/d, the weight of what is of first order in 1/d; 0 in the limit. */
  readonly inverseDimension: number;
  /** p_i, C. */
  readonly priors: Float64Array;
  /** ℓ. */
  readonly outputs: number;
  readonly batchSize: number;
  readonly ridge: number;
  /** c_{i,n} = w_n (λ_{i,n} + μ_{i,n}²), C×N; without the means in the limit. */
  readonly noisePower: Float64Array;
}

/** A state with its moments (T2), one per class, already evaluated at the state. */
export interface RateState {
  readonly t: number;
  readonly accumulated: number;
  readonly moments: readonly GaussianMoments[];
  /** x̄ or X, ℓ×N row-major. */
  readonly parameters: Float64Array;
  /** S, packed ℓ(ℓ+1)/2 × N; null for none. */
  readonly noise: Float64Array | null;
}

/** Inputs that are handed from state to state: no object is made on the way. */
export interface BoundRateInputs extends RateInputs {
  /** The inputs at a state, until the next call. */
  at(state: RateState): RateInputs;
}

/** c_{i,n} = w_n (λ_{i,n} + μ_{i,n}²), C×N, of nodes with their means per direction. */
export function noisePowerOf({ nodes, weight, eigenvalues, means }: Directions): Float64Array {
  return eigenvalues.map((value, k) => weight[k % nodes] * (value + squared(means[k])));
}

/** Binds the sums over directions that do not depend on the state. */
export function createRateInputs(directions: Directions, constants: RateConstants): BoundRateInputs {
  const { dimension, inverseDimension, priors, outputs, batchSize, ridge, noisePower } = constants;
  const classes = priors.length;
  const power = traces(directions, noisePower, classes);
  const coupling = hessianTraces(directions, noisePower, classes);
  const meanCoupling = inverseDimension > 0 ? meanHessianTraces(directions, classes) : null;
  let state: RateState | null = null;
  const current = (): RateState => {
    if (!state) throw new Error('the inputs of a learning-rate rule are bound to no state yet');
    return state;
  };

  function gradientPower(): number {
    const { moments } = current();
    let sum = 0;
    for (let j = 0; j < classes; j++) sum += priors[j] * power[j] * trace(moments[j].gradientSquare, outputs);
    return sum / (dimension * batchSize);
  }

  /** The samples' part of E⟨Δ, ∇²F Δ⟩/d to leading order, with the means' part of ∇²F, of order 1/d. */
  function samplesCurvature(): number {
    const { moments } = current();
    let sum = 0;
    for (let i = 0; i < classes; i++) {
      for (let j = 0; j < classes; j++) {
        const product = traceOfProduct(moments[i].hessian, moments[j].gradientSquare);
        const k = i * classes + j;
        sum += priors[i] * priors[j] * product * (coupling[k] / dimension);
        if (meanCoupling) sum += priors[i] * priors[j] * product * meanCoupling[k] * inverseDimension;
      }
    }
    return sum / batchSize + ridge * gradientPower();
  }

  /** ⟨∇F, ∇²F ∇F⟩/d less the same of ∇R over b, which the samples' part holds already: what is left as b grows. */
  function meanCurvature(): number {
    if (inverseDimension === 0 || (batchSize === 1 && ridge === 0)) return 0;
    const whole = curvatureAlong(directions, constants, current(), ridge);
    const ofRisk = ridge === 0 ? whole : curvatureAlong(directions, constants, current(), 0);
    return (whole - ofRisk / batchSize) * inverseDimension;
  }

  return {
    at(next) {
      state = next;
      return this;
    },
    get t() {
      return current().t;
    },
    get accumulated() {
      return current().accumulated;
    },
    risk: () => current().moments.reduce((sum, { risk }, i) => sum + priors[i] * risk, 0),
    gradientPower,
    descent: () => squaredGradient(directions, constants, current()),
    stepCurvature: () => 0.5 * (samplesCurvature() + meanCurvature()),
  };
}

/** T_j = Σ_n c_{j,n} = tr K_j + ‖μ_j‖². */
function traces({ nodes }: Directions, noisePower: Float64Array, classes: number): Float64Array {
  const result = new Float64Array(classes);
  for (let j = 0; j < classes; j++) for (let n = 0; n < nodes; n++) result[j] += noisePower[j * nodes + n];
  return result;
}

/** tr K_i (K_j + μ_j μ_jᵀ) = Σ_n λ_{i,n} c_{j,n}, C×C. */
function hessianTraces({ nodes, eigenvalues }: Directions, noisePower: Float64Array, classes: number): Float64Array {
  const result = new Float64Array(classes * classes);
  for (let i = 0; i < classes; i++) {
    for (let j = 0; j < classes; j++) {
      for (let n = 0; n < nodes; n++) {
        result[i * classes + j] += eigenvalues[i * nodes + n] * noisePower[j * nodes + n];
      }
    }
  }
  return result;
}

/** μ_iᵀ(K_j + μ_j μ_jᵀ)μ_i, C×C. */
function meanHessianTraces({ nodes, weight, eigenvalues, means }: Directions, classes: number): Float64Array {
  const result = new Float64Array(classes * classes);
  for (let i = 0; i < classes; i++) {
    for (let j = 0; j < classes; j++) {
      let overlap = 0;
      let spread = 0;
      for (let n = 0; n < nodes; n++) {
        const mean = means[i * nodes + n];
        overlap += weight[n] * mean * means[j * nodes + n];
        spread += weight[n] * mean * mean * eigenvalues[j * nodes + n];
      }
      result[i * classes + j] = spread + overlap * overlap;
    }
  }
  return result;
}

/** What is called with ∇F at node n, and with A_n = Σ_i p_i λ_{i,n} H_i + δ: ∇F is A_n x_n + c_n on average. */
type GradientVisitor = (n: number, gradient: Float64Array, matrix: Float64Array) => void;

/**
 * Visits A_n x̄_n + c_n, the gradient of R + (δ/2)‖X‖² at each node: c_n = Σ_i p_i (μ_{i,n} g_i + λ_{i,n} H*_i x*_n), as
 * in (T4).
 */
function visitGradient(
  directions: Directions,
  { priors, outputs }: RateConstants,
  { moments, parameters }: RateState,
  ridge: number,
  visit: GradientVisitor,
): void {
  const { nodes, eigenvalues, means, teacher } = directions;
  const teacherOutputs = teacher.length / nodes;
  const matrix = new Float64Array(outputs * outputs);
  const gradient = new Float64Array(outputs);
  for (let n = 0; n < nodes; n++) {
    matrix.fill(0);
    for (let o = 0; o < outputs; o++) matrix[o * outputs + o] = ridge;
    for (let i = 0; i < priors.length; i++) {
      const factor = priors[i] * eigenvalues[i * nodes + n];
      for (let k = 0; k < matrix.length; k++) matrix[k] += factor * moments[i].hessian[k];
    }
    for (let a = 0; a < outputs; a++) {
      let entry = 0;
      for (let b = 0; b < outputs; b++) entry += matrix[a * outputs + b] * parameters[b * nodes + n];
      for (let i = 0; i < priors.length; i++) {
        entry += priors[i] * means[i * nodes + n] * moments[i].gradient[a];
        for (let o = 0; o < teacherOutputs; o++) {
          const cross = moments[i].crossHessian[a * teacherOutputs + o];
          entry += priors[i] * eigenvalues[i * nodes + n] * cross * teacher[o * nodes + n];
        }
      }
      gradient[a] = entry;
    }
    visit(n, gradient, matrix);
  }
}

/**
 * E‖∇F‖² of the objective F = R + (δ/2)‖X‖² over the SGD noise: Σ_n w_n (|A_n x̄_n + c_n|² + tr A_n S_n A_n). Near zero
 * risk the integrator's errors leave variances that are tiny and negative: a square is not.
 */
function squaredGradient(directions: Directions, constants: RateConstants, state: RateState): number {
  const { nodes, weight } = directions;
  const { outputs, ridge } = constants;
  const { noise } = state;
  let total = 0;
  visitGradient(directions, constants, state, ridge, (n, gradient, matrix) => {
    for (let a = 0; a < outputs; a++) {
      total += weight[n] * gradient[a] * gradient[a];
      if (noise) total += weight[n] * Math.max(0, quadraticForm(matrix, a, a, noise, n, nodes, outputs));
    }
  });
  return total;
}

/**
 * E⟨v, ∇²F v⟩ over the SGD noise for v the gradient of R + (ridge/2)‖X‖², with ∇²F = Σ_i p_i (K_i + μ_i μ_iᵀ) ⊗ H_i +
 * δ. Here v_n has the mean A_n x̄_n + c_n and the covariance A_n S_n A_n, which is felt through the K_i alone to
 * leading order.
 */
function curvatureAlong(directions: Directions, constants: RateConstants, state: RateState, ridge: number): number {
  const { nodes, weight, eigenvalues, means } = directions;
  const { priors, outputs } = constants;
  const { moments, noise } = state;
  const classes = priors.length;
  const projections = new Float64Array(classes * outputs);
  let total = 0;
  visitGradient(directions, constants, state, ridge, (n, gradient, matrix) => {
    for (let i = 0; i < classes; i++) {
      const mean = means[i * nodes + n];
      const { hessian } = moments[i];
      for (let a = 0; a < outputs; a++) {
        projections[i * outputs + a] += weight[n] * mean * gradient[a];
        for (let b = 0; b < outputs; b++) {
          const spread = noise ? quadraticForm(matrix, a, b, noise, n, nodes, outputs) : 0;
          const own = eigenvalues[i * nodes + n] * (gradient[a] * gradient[b] + spread);
          total += priors[i] * weight[n] * hessian[a * outputs + b] * own;
        }
      }
    }
    for (let a = 0; a < outputs; a++) {
      const spread = noise ? quadraticForm(matrix, a, a, noise, n, nodes, outputs) : 0;
      total += constants.ridge * weight[n] * (gradient[a] * gradient[a] + spread);
    }
  });
  for (let i = 0; i < classes; i++) {
    for (let a = 0; a < outputs; a++) {
      for (let b = 0; b < outputs; b++) {
        const product = projections[i * outputs + a] * projections[i * outputs + b];
        total += priors[i] * moments[i].hessian[a * outputs + b] * product;
      }
    }
  }
  return total;
}

/** (A S A)_{ab} at node n. */
function quadraticForm(
  matrix: Float64Array,
  a: number,
  b: number,
  noise: Float64Array,
  n: number,
  nodes: number,
  outputs: number,
): number {
  let sum = 0;
  for (let c = 0; c < outputs; c++) {
    for (let e = 0; e < outputs; e++) {
      const entry = noise[packed(Math.max(c, e), Math.min(c, e)) * nodes + n];
      sum += matrix[a * outputs + c] * entry * matrix[b * outputs + e];
    }
  }
  return sum;
}

function trace(matrix: Float64Array, size: number): number {
  let sum = 0;
  for (let k = 0; k < size; k++) sum += matrix[k * size + k];
  return sum;
}

/** tr(A B) of symmetric matrices. */
function traceOfProduct(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k] * b[k];
  return sum;
}
