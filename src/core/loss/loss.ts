/**
 * The interface of a loss (theory.md section 2): value, gradient, Hessian at a point, and Gaussian moments (T2).
 * ℓ is the number of model outputs, ℓ* the number of teacher outputs (0 for a loss without a teacher).
 */
import { type z } from 'zod';
import { type ScalarLoss } from './scalar-moments.ts';
import { type RelativeRefusal } from '../../refusal/refusal.ts';

/** Gaussian moments (T2) of one class, written into buffers that the caller owns. All dimensionless. */
export interface GaussianMoments {
  /** R_i = E f_i. */
  risk: number;
  /** g_i = E ∇f_i, ℓ. */
  readonly gradient: Float64Array;
  /** H_i = E ∇²f_i, ℓ×ℓ, row-major. */
  readonly hessian: Float64Array;
  /** H*_i = E ∂²f_i/∂r∂r*, ℓ×ℓ*, row-major; empty without a teacher. */
  readonly crossHessian: Float64Array;
  /** Q_i = E ∇f_i ∇f_iᵀ, ℓ×ℓ, row-major. */
  readonly gradientSquare: Float64Array;
  /** Estimated absolute error of the worst entry above; 0 where the moments are in closed form. */
  errorEstimate: number;
}

export interface Loss {
  readonly kind: string;
  /** ℓ. */
  readonly outputs: number;
  /** ℓ*; 0 without a teacher. */
  readonly teacherOutputs: number;
  /** Standard deviation σ of the label noise of a teacher; 0 elsewhere. */
  readonly labelNoise: number;
  /** Whether f_i(r) = ½‖r − target‖², the target being a label or r* + σε: then (T4) and (T5) are linear. */
  readonly leastSquares: boolean;
  /** Upper bound of the curvature ∇²f (largest eigenvalue over all r), for stability statements. */
  readonly maxCurvature: number;
  /** For ℓ = 1: the moments with their derivatives in (m, B), for solvers that need a Jacobian. */
  readonly scalar?: ScalarLoss;
  /**
   * f_i(r).
   * @param output r, ℓ.
   * @param target response X*ᵀa + σε of a teacher, ℓ*; ignored (may be empty) elsewhere.
   */
  value(classIndex: number, output: Float64Array, target: Float64Array): number;
  /** ∇f_i(r) into `out` (ℓ). */
  gradient(classIndex: number, output: Float64Array, target: Float64Array, out: Float64Array): void;
  /** ∇²f_i(r) into `out` (ℓ×ℓ, row-major). */
  hessian(classIndex: number, output: Float64Array, target: Float64Array, out: Float64Array): void;
  /**
   * Gaussian moments (T2) under r ~ N(mean, covariance); with a teacher under the joint law of (r, r*).
   * @param mean ℓ + ℓ*.
   * @param covariance (ℓ + ℓ*)², row-major, positive semi-definite up to rounding; singular and zero are normal.
   */
  moments(classIndex: number, mean: Float64Array, covariance: Float64Array, out: GaussianMoments): void;
  /**
   * Probability that class i is not predicted under r ~ N(mean, covariance): by the sign of r for ℓ = 1 (ties count
   * one half), by argmax for ℓ = C. NaN for a loss that does not classify.
   */
  classificationError(classIndex: number, mean: Float64Array, covariance: Float64Array): number;
}

/** A registered loss: its description in the study format, what it fits, and how it is made. */
export interface LossKind<Spec extends { kind: string } = { kind: string }> {
  readonly kind: Spec['kind'];
  /** Plain name for people, for example "Logistic". */
  readonly label: string;
  readonly schema: z.ZodObject;
  /** A description to start from, for C classes. */
  template(classes: number): Spec;
  /** Smallest and largest number of classes C it is defined for. */
  readonly classes: readonly [number, number];
  /** Whether predictions are classes (so that a classification error exists). */
  readonly classifies: boolean;
  /** ℓ for C classes. */
  outputs(spec: Spec, classes: number): number;
  /** ℓ*. */
  teacherOutputs(spec: Spec): number;
  create(spec: Spec, classes: number): Loss;
  /** What is wrong beside the schema and the number of classes. */
  check?(spec: Spec, dimension: number): RelativeRefusal[];
  /** X*, ℓ*×d row-major; only where there are teacher outputs. */
  teacher?(spec: Spec, dimension: number): Float64Array;
  /** d · Var x*_ρ of independent entries, as d → ∞; null where X* is of one dimension alone. With `teacher` only. */
  teacherVariance?(spec: Spec): number | null;
}

/** Buffers for the moments of a loss with ℓ outputs and ℓ* teacher outputs. */
export function createMoments(outputs: number, teacherOutputs: number): GaussianMoments {
  return {
    risk: 0,
    gradient: new Float64Array(outputs),
    hessian: new Float64Array(outputs * outputs),
    crossHessian: new Float64Array(outputs * teacherOutputs),
    gradientSquare: new Float64Array(outputs * outputs),
    errorEstimate: 0,
  };
}
