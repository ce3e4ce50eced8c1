/**
 * Directions as the theory and the observables see them: nodes that stand for one eigendirection each, or for many.
 * A node has eigenvalues, means and teacher entries *per direction*, and a weight, the number of directions that it
 * stands for; every sum Σ_ρ of the theory becomes Σ_n weight_n. With all weights 1 the nodes are the d directions.
 */
import { type Mixture } from './mixture.ts';

export interface Directions {
  /** N. */
  readonly nodes: number;
  /** Directions per node, N; Σ = d. In the limit d → ∞ their share, Σ = 1, with means and teacher times √d. */
  readonly weight: Float64Array;
  /** λ_{i,n}, C×N row-major. */
  readonly eigenvalues: Float64Array;
  /** μ_{i,n}, C×N row-major. */
  readonly means: Float64Array;
  /** x*_{o,n}, ℓ*×N row-major; empty without a teacher. */
  readonly teacher: Float64Array;
  /** Spectral group of each node, N. */
  readonly group: Uint16Array;
  /** X at t = 0 where a theory is conditional on it, ℓ×N row-major; absent elsewhere. */
  readonly start?: Float64Array;
}

/** One node per direction. */
export function everyDirection(mixture: Mixture, teacher: Float64Array, group: Uint16Array): Directions {
  return {
    nodes: mixture.dimension,
    weight: new Float64Array(mixture.dimension).fill(1),
    eigenvalues: mixture.eigenvalues,
    means: mixture.means,
    teacher,
    group,
  };
}

/** Nodes to be filled in: everything is 0. */
export function emptyDirections(nodes: number, classes: number, teacherOutputs: number): Directions {
  return {
    nodes,
    weight: new Float64Array(nodes),
    eigenvalues: new Float64Array(classes * nodes),
    means: new Float64Array(classes * nodes),
    teacher: new Float64Array(teacherOutputs * nodes),
    group: new Uint16Array(nodes),
  };
}
