/** Drift and noise of (T6) over all directions, at one state X. */
import { type Loss, createMoments, type GaussianMoments } from '../../loss/loss.ts';
import { choleskySemidefinite } from '../../math/cholesky.ts';
import { type Directions } from '../../model/directions.ts';
import { createOutputLaw, outputLaw } from '../../model/overlaps.ts';
import { type Sampler } from '../sampler.ts';
import { createGradientNoise, gradientNoise } from './gradient-noise.ts';

/** An output is taken to depend on those before it where this part of its variance is all that is its own. */
const DEPENDENT = 1e-12;

export interface Field {
  /** Moments (T2) per class at the state of the last `drift`. */
  readonly moments: readonly GaussianMoments[];
  /** ∇R(X) into `out`; X and `out` are ℓ×d row-major. */
  drift(parameters: Float64Array, out: Float64Array): void;
  /** A draw of N(0, Cov(∇Ψ | X)) for one sample into `out`, at the state of the last `drift`. */
  noise(parameters: Float64Array, out: Float64Array): void;
}

/** @param directions all d of them. */
export function createField(directions: Directions, priors: Float64Array, loss: Loss, sampler: Sampler): Field {
  const { nodes: dimension, eigenvalues, means, teacher } = directions;
  const { outputs, teacherOutputs } = loss;
  const classes = priors.length;
  const joint = outputs + teacherOutputs;
  const law = createOutputLaw(classes, joint);
  const moments = Array.from({ length: classes }, () => createMoments(outputs, teacherOutputs));
  const draw = gradientNoise(loss, sampler);
  const sample = createGradientNoise(loss);
  const root = new Float64Array(joint * joint);
  const squareRoot = new Float64Array(outputs * outputs);
  const alongMean = new Float64Array(outputs);
  // coefficients of K_i y_o per output a, joint×ℓ, y being the rows of X and then those of the teacher
  const alongRows = new Float64Array(joint * outputs);
  const stein = new Float64Array(outputs * joint);
  const isotropic = new Float64Array(outputs * dimension);
  const between = new Float64Array(classes);
  const spread = eigenvalues.map(Math.sqrt);

  /** out_a += alongMean_a μ_i + λ_i Σ_o alongRows_{o,a} y_o. */
  function add(i: number, parameters: Float64Array, out: Float64Array): void {
    const first = i * dimension;
    for (let a = 0; a < outputs; a++) {
      const to = a * dimension;
      const factor = alongMean[a];
      for (let rho = 0; rho < dimension; rho++) out[to + rho] += factor * means[first + rho];
      for (let o = 0; o < joint; o++) {
        const coefficient = alongRows[o * outputs + a];
        if (coefficient === 0) continue;
        const rows = o < outputs ? parameters : teacher;
        const from = (o < outputs ? o : o - outputs) * dimension;
        for (let rho = 0; rho < dimension; rho++) {
          out[to + rho] += coefficient * eigenvalues[first + rho] * rows[from + rho];
        }
      }
    }
  }

  function drift(parameters: Float64Array, out: Float64Array): void {
    outputLaw(directions, outputs, parameters, null, law);
    out.fill(0);
    for (let i = 0; i < classes; i++) {
      loss.moments(i, law.mean[i], law.covariance[i], moments[i]);
      for (let a = 0; a < outputs; a++) {
        alongMean[a] = priors[i] * moments[i].gradient[a];
        for (let o = 0; o < joint; o++) alongRows[o * outputs + a] = priors[i] * derivative(moments[i], a, o);
      }
      add(i, parameters, out);
    }
  }

  /** E ∂²f/∂r_a∂(r, r*)_o. */
  function derivative({ hessian, crossHessian }: GaussianMoments, a: number, o: number): number {
    return o < outputs ? hessian[a * outputs + o] : crossHessian[a * teacherOutputs + o - outputs];
  }

  /** N(0, diag p − p pᵀ): the noise of which class a sample has. */
  function drawBetween(): void {
    let total = 0;
    for (let i = 0; i < classes; i++) {
      between[i] = Math.sqrt(priors[i]) * sampler.normal();
      total += between[i];
    }
    for (let i = 0; i < classes; i++) between[i] -= priors[i] * total;
  }

  /** Independent part of class i, √p_i K_i^{1/2} z ⊗ Q_i^{1/2}, before it is made orthogonal to what ζ sees. */
  function drawIsotropic(i: number): void {
    const { gradientSquare } = moments[i];
    let trace = 0;
    for (let a = 0; a < outputs; a++) trace += gradientSquare[a * outputs + a];
    choleskySemidefinite(gradientSquare, outputs, 1e-14 * trace, squareRoot);
    sampler.fill(isotropic);
    const scale = Math.sqrt(priors[i]);
    // from the last output on, so that rows still to be read are not overwritten
    for (let a = outputs - 1; a >= 0; a--) {
      const to = a * dimension;
      for (let rho = 0; rho < dimension; rho++) {
        let sum = 0;
        for (let c = 0; c <= a; c++) sum += squareRoot[a * outputs + c] * isotropic[c * dimension + rho];
        isotropic[to + rho] = scale * spread[i * dimension + rho] * sum;
      }
    }
  }

  /**
   * alongRows for class i. With K^{1/2} y_o = Σ_j L_{oj} u_j: the coefficients of K^{1/2} u_j are those of the draw
   * minus what `isotropic` has along u_j. K^{1/2} U = K Y L^{−T} turns them into coefficients of K y_o.
   */
  function turnToRows(i: number, parameters: Float64Array): void {
    const scale = Math.sqrt(priors[i]);
    for (let a = 0; a < outputs; a++) {
      // forward: what `isotropic` has along u_j
      for (let j = 0; j < joint; j++) {
        if (root[j * joint + j] === 0) {
          alongRows[j * outputs + a] = 0;
          continue;
        }
        const rows = j < outputs ? parameters : teacher;
        let sum = rowDot(rows, (j < outputs ? j : j - outputs) * dimension, isotropic, a * dimension, dimension);
        for (let k = 0; k < j; k++) sum -= root[j * joint + k] * alongRows[k * outputs + a];
        alongRows[j * outputs + a] = sum / root[j * joint + j];
      }
      // backward: L^{−T}
      for (let j = joint - 1; j >= 0; j--) {
        if (root[j * joint + j] === 0) continue;
        const drawn = scale * sample.product[a * joint + j] + between[i] * stein[a * joint + j];
        let sum = drawn - alongRows[j * outputs + a];
        for (let k = j + 1; k < joint; k++) sum -= root[k * joint + j] * alongRows[k * outputs + a];
        alongRows[j * outputs + a] = sum / root[j * joint + j];
      }
    }
  }

  function noise(parameters: Float64Array, out: Float64Array): void {
    out.fill(0);
    drawBetween();
    for (let i = 0; i < classes; i++) {
      const covariance = law.covariance[i];
      let largest = 0;
      for (let o = 0; o < joint; o++) largest = Math.max(largest, covariance[o * joint + o]);
      choleskySemidefinite(covariance, joint, DEPENDENT * largest, root);
      draw(i, law.mean[i], root, moments[i].gradient, sample);
      // E ∇f ⊗ ζ = E ∂²f · L
      for (let a = 0; a < outputs; a++) {
        for (let j = 0; j < joint; j++) {
          let sum = 0;
          for (let o = j; o < joint; o++) sum += derivative(moments[i], a, o) * root[o * joint + j];
          stein[a * joint + j] = sum;
        }
        alongMean[a] = Math.sqrt(priors[i]) * sample.gradient[a] + between[i] * moments[i].gradient[a];
      }
      drawIsotropic(i);
      turnToRows(i, parameters);
      add(i, parameters, out);
      for (let k = 0; k < out.length; k++) out[k] += isotropic[k];
    }
  }

  return { moments, drift, noise };
}

function rowDot(u: Float64Array, from: number, v: Float64Array, start: number, count: number): number {
  let sum = 0;
  for (let rho = 0; rho < count; rho++) sum += u[from + rho] * v[start + rho];
  return sum;
}
