/**
 * The interface of a loss with its labels (theory.md section 2), by value, gradient, Hessian at a point, and Gaussian
 * moments (T2). ℓ is the number of model outputs, ℓ* the number of teacher outputs (0 for labels without a teacher).
 */
import { type z } from 'zod';
import { type Labels, type LabelType } from '../labels/labels.ts';
import { type RelativeRefusal } from '../../refusal/refusal.ts';
import { type LabelledMoments } from './labelled-moments.ts';
import { type SlopeShape } from './slope-shape.ts';

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
  /** E ∂f_i/∂c of a loss that learns parameters c of its own; empty elsewhere. */
  readonly learnedGradient: Float64Array;
  /** Estimated absolute error of the worst entry above; 0 where the moments are in closed form. */
  errorEstimate: number;
}

/** Third and fourth moments of f′ of one output under a law, of which one step of SGD is known beyond its variance. */
export interface GradientPowers {
  /** T = E f′³. */
  cube: number;
  /** ∂T/∂m. */
  cubeByMean: number;
  /** ∂T/∂m*; 0 without a teacher. */
  cubeByTeacherMean: number;
  /** U = E f′⁴. */
  fourth: number;
}

/**
 * Parameters c of a loss itself, which learn beside X by the same step, c ← c − (γ/d) ∂f/∂c. They are few: their own noise
 * is of relative order 1/d, and in the theory they move as by gradient flow (F3).
 */
export interface LearnedParameters {
  /** c at t = 0. */
  readonly start: readonly number[];
  /** The loss at a c that is read from `values` whenever the loss is. */
  at(values: Float64Array): LearningLoss;
}

export interface Loss {
  readonly kind: string;
  readonly labels: Labels;
  /** ℓ. */
  readonly outputs: number;
  /** ℓ*; 0 without a teacher. */
  readonly teacherOutputs: number;
  /** Whether f_i(r) = ½‖r − target‖², the target being given by the class or r* + σε: then (T4) and (T5) are linear. */
  readonly leastSquares: boolean;
  /** Whether ∇²f = I whatever the label, also where the label is no linear function of Gaussian variables. */
  readonly quadratic?: boolean;
  /** Upper bound of the curvature ∇²f (largest eigenvalue over all r), for stability statements; Infinity for none. */
  readonly maxCurvature: number;
  /** Whether f(−r) = f(r) whatever the labels: then X = 0 on average stays so, and nothing is learned from it. */
  readonly even?: boolean;
  /** Whether the target is in two parts, 2ℓ* numbers: X*ᵀa and then σε instead of their sum; a binary label and then X*ᵀa. */
  readonly seesNoise?: boolean;
  /** Whether f′ grows faster than |r|: then no learning rate is small enough for every r. */
  readonly steep?: boolean;
  /** Accuracy that its moments allow a theory, where that is coarser than what is asked for. */
  readonly momentAccuracy?: number;
  /** Parameters of its own that learn; absent of a loss without. As it stands it is the loss at their start. */
  readonly learned?: LearnedParameters;
  /** Its name among the compiled losses (kernel/kernel.ts), where that is not its kind. */
  readonly compiled?: string;
  /**
   * For ℓ = 1: the moments with their derivatives in (m, B), and q with a teacher of one response, for solvers that need a
   * Jacobian; arguments as those of `moments`. Negative variances (rounding) count as 0.
   */
  slopes?(classIndex: number, mean: Float64Array, covariance: Float64Array, out: LabelledMoments): void;
  /**
   * For ℓ = 1: what fluctuations need (T16), the moments with their slopes, and those of powers of f′; arguments as those
   * of `moments`. Absent where it is not known.
   */
  fluctuations?(
    classIndex: number,
    mean: Float64Array,
    covariance: Float64Array,
    out: LabelledMoments,
    powers: GradientPowers,
  ): void;
  /**
   * For ℓ = 1: the moments of what a step makes of f′ (slope-shape.ts), with R that of f. Absent where they are not known.
   */
  reshaped?(shape: SlopeShape): Pick<Loss, 'moments' | 'slopes'>;
  /**
   * f_i(r).
   * @param output r, ℓ.
   * @param target what the labels tell beside the class, ℓ*: responses X*ᵀa + σε, or the binary label; 2ℓ* where the
   * loss sees the noise by itself. Ignored (may be empty) without a teacher.
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
   * Probability that the label is not predicted under the same law, of samples of class i: by the sign of r for ℓ = 1
   * (ties count one half), by argmax for ℓ = C. NaN for a loss that does not classify.
   */
  classificationError(classIndex: number, mean: Float64Array, covariance: Float64Array): number;
}

/** A loss at parameters of its own. */
export interface LearningLoss extends Loss {
  /** ∂f_i/∂c at outputs r into `out`, one entry per parameter. */
  learnedSlope(classIndex: number, output: Float64Array, out: Float64Array): void;
}

/** The law of r and r* at the start of a run, as far as a check needs it: variances under a covariance of trace one. */
export interface StartLaw {
  readonly variance: number;
  readonly teacherVariance: number;
}

/** A registered loss: its description in the study format, what it fits, and how it is made. */
export interface LossKind<Spec extends { kind: string } = { kind: string }> {
  readonly kind: Spec['kind'];
  /** Plain name for people, for example "Logistic". */
  readonly label: string;
  readonly schema: z.ZodObject;
  /** A description to start from, for C classes; where the kind of labels is not said, for any that it takes. */
  template(classes: number): Spec;
  /** The same for labels of a type, where it depends on them. */
  templateFor?(gives: LabelType): Spec;
  /** What it may be told of a sample. */
  readonly takes: readonly LabelType[];
  /** Smallest and largest number of classes C it is defined for where the labels are classes; with a teacher any number is allowed. */
  readonly classes: readonly [number, number];
  /** Whether its values may be below zero. */
  readonly signed?: true;
  /** Whether predictions are classes (so that a classification error exists). */
  readonly classifies: boolean;
  /** Whether it has parameters of its own that learn. */
  readonly learns?: true;
  /** What is wrong with a description beside its schema for C classes, at paths relative to it. */
  checkClasses?(spec: Spec, classes: number): RelativeRefusal[];
  /** Whether responses that it takes are one number. */
  readonly singleResponse?: boolean;
  /** The name of a description's gradient among the compiled ones (kernel/kernel.ts), where that is not the kind. */
  compiledAs?(spec: Spec): string;
  /** The labels of a loss whose description brings them along, at the same keys; a study then gives none. */
  ownLabels?(spec: Spec): { readonly kind: string };
  /** f in TeX, of a loss whose description says it. */
  tex?(spec: Spec): string;
  /** What is wrong with a description beside its schema where it is told labels, at paths relative to it. */
  check?(spec: Spec, labels: Labels, start: StartLaw): RelativeRefusal[];
  /** ℓ for C classes. */
  outputs(spec: Spec, classes: number, labels: Labels): number;
  create(spec: Spec, classes: number, labels: Labels): Loss;
}

/** A buffer for powers. */
export const createGradientPowers = (): GradientPowers => ({
  cube: 0,
  cubeByMean: 0,
  cubeByTeacherMean: 0,
  fourth: 0,
});

/** Numbers that the labels tell a loss beside the class. */
export const targetSize = ({ labels, seesNoise }: Pick<Loss, 'labels' | 'seesNoise'>): number =>
  labels.teacherOutputs * (seesNoise ? 2 : 1);

/** A loss as a process follows it, with the values of its own parameters: those at the start, until they are set. */
export interface FollowedLoss {
  readonly loss: Loss;
  /** c; empty of a loss without parameters of its own. */
  readonly values: Float64Array;
  /** As of LearningLoss; null of a loss without. */
  readonly learnedSlope: LearningLoss['learnedSlope'] | null;
}

/** The loss of a process that has its own c. */
export function followed(loss: Loss): FollowedLoss {
  const { learned } = loss;
  if (!learned) return { loss, values: new Float64Array(0), learnedSlope: null };
  const values = Float64Array.from(learned.start);
  const at = learned.at(values);
  return { loss: { ...at, learned }, values, learnedSlope: at.learnedSlope };
}

/** Buffers for the moments of a loss. */
export const momentsFor = ({
  outputs,
  teacherOutputs,
  learned,
}: Pick<Loss, 'outputs' | 'teacherOutputs' | 'learned'>) =>
  createMoments(outputs, teacherOutputs, learned?.start.length);

/** Buffers for the moments of a loss with ℓ outputs, ℓ* teacher outputs and so many parameters of its own. */
export function createMoments(outputs: number, teacherOutputs: number, learned = 0): GaussianMoments {
  return {
    risk: 0,
    gradient: new Float64Array(outputs),
    hessian: new Float64Array(outputs * outputs),
    crossHessian: new Float64Array(outputs * teacherOutputs),
    gradientSquare: new Float64Array(outputs * outputs),
    learnedGradient: new Float64Array(learned),
    errorEstimate: 0,
  };
}
