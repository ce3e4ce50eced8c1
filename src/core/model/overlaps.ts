/** Mean and covariance (T3) of the model outputs per class, for theory and simulation alike. */
import { type Directions } from './directions.ts';

/** Index of entry (a, b), a >= b, of a symmetric ℓ×ℓ matrix packed by rows of its lower triangle. */
export const packed = (a: number, b: number): number => (a * (a + 1)) / 2 + b;
/** Entries of a packed symmetric ℓ×ℓ matrix. */
export const packedSize = (outputs: number): number => (outputs * (outputs + 1)) / 2;

/** Joint Gaussian law of (r, r*) per class: n = ℓ + ℓ* entries. */
export interface OutputLaw {
  /** m_i, one array of n per class. */
  readonly mean: readonly Float64Array[];
  /** B_i, one row-major n×n array per class. */
  readonly covariance: readonly Float64Array[];
}

/** Buffers for C classes and n = ℓ + ℓ* joint outputs. */
export function createOutputLaw(classes: number, joint: number): OutputLaw {
  return {
    mean: Array.from({ length: classes }, () => new Float64Array(joint)),
    covariance: Array.from({ length: classes }, () => new Float64Array(joint * joint)),
  };
}

/**
 * (T3): m_i = Σ_ρ μ_{i,ρ} x̄_ρ and B_i = Σ_ρ λ_{i,ρ} (x̄_ρ x̄_ρᵀ + S_ρ), with the teacher as further outputs without
 * noise.
 * @param parameters x̄ (or X itself), ℓ×N row-major.
 * @param noise S, packed ℓ(ℓ+1)/2 × N; null for none (a simulation, or gradient flow).
 */
export function outputLaw(
  directions: Directions,
  outputs: number,
  parameters: Float64Array,
  noise: Float64Array | null,
  out: OutputLaw,
): void {
  const { nodes, weight, eigenvalues, means, teacher } = directions;
  const joint = outputs + teacher.length / nodes;
  const row = (o: number) =>
    o < outputs
      ? parameters.subarray(o * nodes, (o + 1) * nodes)
      : teacher.subarray((o - outputs) * nodes, (o - outputs + 1) * nodes);
  for (let i = 0; i < out.mean.length; i++) {
    const mu = means.subarray(i * nodes, (i + 1) * nodes);
    const lambda = eigenvalues.subarray(i * nodes, (i + 1) * nodes);
    for (let a = 0; a < joint; a++) {
      const first = row(a);
      out.mean[i][a] = weightedDot(weight, mu, first);
      for (let b = 0; b <= a; b++) {
        let sum = tripleDot(weight, lambda, first, row(b));
        if (noise && a < outputs) {
          const k = packed(a, b);
          sum += weightedDot(weight, lambda, noise.subarray(k * nodes, (k + 1) * nodes));
        }
        out.covariance[i][a * joint + b] = sum;
        out.covariance[i][b * joint + a] = sum;
      }
    }
  }
}

/** Σ_n w_n u_n v_n. */
function weightedDot(w: Float64Array, u: Float64Array, v: Float64Array): number {
  let sum = 0;
  for (let n = 0; n < w.length; n++) sum += w[n] * u[n] * v[n];
  return sum;
}

function tripleDot(w: Float64Array, lambda: Float64Array, u: Float64Array, v: Float64Array): number {
  let sum = 0;
  for (let n = 0; n < w.length; n++) sum += w[n] * lambda[n] * u[n] * v[n];
  return sum;
}
