/**
 * The interface of an SGD kernel: the inner loop of (T1), or of another update's step, in the eigenbasis that the
 * covariances share. The TypeScript kernel takes every loss, every update and every rule, and is the oracle of the WebAssembly kernel, which must follow it to
 * rounding for the same normals.
 */
import { type Labels } from '../labels/labels.ts';
import { type LearningLoss, type Loss } from '../loss/loss.ts';
import { type Update } from '../update/update.ts';

/** Losses whose gradient is compiled, in the order of their numbers in assembly/gradient.ts. */
export const COMPILED_LOSSES: readonly string[] = [
  'logistic',
  'binary-least-squares',
  'softmax',
  'one-hot-least-squares',
  'teacher-least-squares',
  'phase-retrieval-quartic',
  'phase-retrieval-absolute',
  'of-host',
];

/** The place of a loss among them; −1 where it is not compiled. */
export const compiledLoss = ({ kind, compiled }: Pick<Loss, 'kind' | 'compiled'>): number =>
  COMPILED_LOSSES.indexOf(compiled ?? kind);

/** Kinds of labels that are compiled, in the order of their numbers in assembly/labels.ts. */
export const COMPILED_LABELS: readonly string[] = ['class', 'teacher-response', 'teacher-sign', 'teacher-bernoulli'];
/** What a kernel wants of an update. */
export type KernelUpdate = Pick<Update, 'fields' | 'plain' | 'shape' | 'start' | 'step'>;

/** What one run of SGD needs. Matrices are row-major. The kernel copies what it keeps. */
export interface KernelProblem {
  /** d. */
  readonly dimension: number;
  /** C. */
  readonly classes: number;
  /** ℓ. */
  readonly outputs: number;
  /** p_i, C. */
  readonly priors: Float64Array;
  /** Square roots of the eigenvalues λ_{i,ρ}, C×d. */
  readonly deviations: Float64Array;
  /** Means μ_{i,ρ}, C×d. */
  readonly means: Float64Array;
  /** By its kind and that of its labels where it is compiled, by its gradient elsewhere. */
  readonly loss: Pick<Loss, 'kind' | 'gradient' | 'seesNoise' | 'compiled'> & { readonly labels: Labels };
  /** The loss's own parameters c, which the kernel moves where the loss reads them; absent or null of a loss without. */
  readonly learned?: { readonly values: Float64Array; readonly slope: LearningLoss['learnedSlope'] } | null;
  /** α₀ where X = u² − v² is a diagonal network; absent or null where it is X that steps move. */
  readonly diagonal?: number | null;
  /** Teacher x*_{o,ρ}, ℓ*×d (ℓ* = ℓ where the loss is compiled); empty without a teacher. */
  readonly teacher: Float64Array;
  /** b. */
  readonly batchSize: number;
  /** δ. */
  readonly ridge: number;
  /** The step; the kernel counts steps from 0. */
  readonly update: KernelUpdate;
  /** X at t = 0, transposed: ℓ×d. */
  readonly start: Float64Array;
  /** 128-bit key of the run's named stream (math/random.ts). */
  readonly key: Uint32Array;
}

/** Learning rate of the next steps: one γ_k per step, or the AdaGrad-Norm rule η / sqrt(b_0² + d⁻² Σ_{j≤k} ‖∇Ψ_j‖²). */
export type CompiledRates =
  | { readonly kind: 'given'; readonly rates: Float64Array }
  | { readonly kind: 'adagrad-norm'; readonly rate: number; readonly offset: number };

/** The same, or any rule of the step (0 is the next one) and of d⁻² Σ_{j≤k} ‖∇Ψ_j‖², that step's gradient included. */
export type StepRates =
  CompiledRates | { readonly kind: 'accumulated'; readonly rate: (step: number, accumulated: number) => number };

export interface KernelRun {
  /** Takes `steps` steps. With given rates, `rates.length >= steps`. */
  advance(steps: number, rates: StepRates): void;
  /**
   * Copies a field of the update, transposed (ℓ×d), into `out`: X where none is named. May contain infinities or NaN
   * after a divergence.
   */
  parameters(out: Float64Array, field?: number): void;
  /** d⁻² Σ_j ‖∇Ψ_j‖²_F over all steps so far, the data gradient alone (batch-averaged), for AdaGrad-Norm. */
  gradientSquareSum(): number;
  /** Effective scale of a diagonal network. */
  effectiveScale?(): number;
  /** Gives memory back; the run is not used afterwards. */
  dispose(): void;
}

export interface SgdKernel {
  readonly name: string;
  /** Coordinates that it updates in some 20 ms. */
  readonly pace: number;
  /** Whether it can run a loss with its labels by an update at rates of a kind. */
  takes(loss: KernelProblem['loss'], rates: StepRates['kind'], update: Pick<Update, 'plain' | 'shape'>): boolean;
  start(problem: KernelProblem): KernelRun;
}
