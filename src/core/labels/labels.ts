/**
 * The interface of labels: what a loss is told of a sample beside the model's outputs. A class label is the class that the
 * sample was drawn from. Those of a teacher follow from its responses r* = X*ᵀa: a response itself, or a binary label.
 */
import { type z } from 'zod';
import { pow } from '../math/elementary.ts';
import { type RelativeRefusal } from '../../refusal/refusal.ts';

/**
 * What a loss is given: of `class` the index of the sample's class; of `binary` a label 0 or 1, of which 0 stands for
 * y = 1 (or +1) and 1 for y = 0 (or −1), as the two classes do. Of `response` it is the teacher's responses with their
 * noise, ℓ*.
 */
export type LabelType = 'class' | 'binary' | 'response';

/** Labels of a description, ready for theory and simulation. */
export interface Labels {
  readonly kind: string;
  readonly gives: LabelType;
  /** ℓ*; 0 without a teacher, 1 for binary labels. */
  readonly teacherOutputs: number;
  /** Standard deviation σ of the Gaussian noise that is added to a response; 0 elsewhere. */
  readonly noise: number;
  /** Heavy-tailed noise that is added to a response instead; null elsewhere. The risk is without it. */
  readonly tails: Tails | null;
  /** The law of binary labels given the response; null for other types. */
  readonly binary: BinaryLabels | null;
}

/** Noise `scale` · t with Student's t of `degrees` ν > 0. */
export interface Tails {
  readonly degrees: number;
  readonly scale: number;
}

/** ȳ(s) = P(y = 1 | r* = s), and what Gaussian moments need of it. */
export interface BinaryLabels {
  /** ȳ(s). At a jump it is the mean of both sides. */
  probability(response: number): number;
  /**
   * E ȳ(s) under s ~ N(mean, variance) with its derivatives by the mean; of a jump they are those of the density, (T10).
   * @param variance > 0.
   */
  average(mean: number, variance: number, out: LabelAverage): void;
}

/** E ȳ = E P(y = 1), and its first three derivatives by the mean of the response. */
export interface LabelAverage {
  value: number;
  slope: number;
  second: number;
  third: number;
}

export const createLabelAverage = (): LabelAverage => ({ value: 0, slope: 0, second: 0, third: 0 });

/** The label (as of `LabelType` binary) of a response, from a uniform number in (0, 1). */
export const binaryLabel = (binary: BinaryLabels, response: number, uniform: number): number =>
  uniform < binary.probability(response) ? 0 : 1;

/** Student's t of ν degrees from uniform numbers in (0, 1), by R. W. Bailey's polar method (Math. Comp. 62, 1994). */
export function studentT(degrees: number, uniform: () => number): number {
  for (;;) {
    const [u, v] = [2 * uniform() - 1, 2 * uniform() - 1];
    const square = u * u + v * v;
    if (square > 0 && square < 1) {
      return u * Math.sqrt((degrees * (pow(square, -2 / degrees) - 1)) / square);
    }
  }
}

/** A registered kind of labels: its description in the study format, and what is made of it. */
export interface LabelsKind<Spec extends { kind: string } = { kind: string }> {
  readonly kind: Spec['kind'];
  /** Plain name for people, for example "Class". */
  readonly label: string;
  readonly schema: z.ZodObject;
  readonly gives: LabelType;
  /** A description to start from. */
  template(): Spec;
  create(spec: Spec): Labels;
  /** What is wrong beside the schema, at paths relative to the description. */
  check?(spec: Spec, dimension: number): RelativeRefusal[];
  /** X*, ℓ*×d row-major; only where there are responses. */
  teacher?(spec: Spec, dimension: number): Float64Array;
  /** d · Var x*_ρ of independent entries, as d → ∞; null where X* is of one dimension alone. With `teacher` only. */
  teacherVariance?(spec: Spec): number | null;
}
