/** The interface of a spectrum: eigenvalues λ_{i,ρ} of the class covariances K_i (theory.md section 1). */
import { type z } from 'zod';
import { type LimitPiece } from '../limit.ts';
import { type RelativeRefusal } from '../../../refusal/refusal.ts';

/** A run of neighbouring directions that share their eigenvalues in every class. */
export interface SpectralBlock {
  /** First direction (0-based) and the one after the last. */
  readonly start: number;
  readonly end: number;
  /** λ_i of the block, C. */
  readonly eigenvalues: readonly number[];
}

export interface SpectrumKind<Spec extends { kind: string } = { kind: string }> {
  readonly kind: Spec['kind'];
  /** Plain name for people. */
  readonly label: string;
  readonly schema: z.ZodObject;
  /** A description to start from, for C classes; it must pass the checks. */
  template(classes: number, dimension: number): Spec;
  /** λ_{i,ρ} with the description's numbers, in TeX. */
  tex(spec: Spec): string;
  /** Fills in what may be left out, for C classes. */
  complete(spec: Spec, classes: number): Spec;
  /** What is wrong beside the number of classes and the dimension. */
  check(spec: Spec, classes: number, dimension: number): RelativeRefusal[];
  /** Blocks in order, where the directions fall into few of them by construction; null elsewhere. */
  blocks(spec: Spec, classes: number, dimension: number): readonly SpectralBlock[] | null;
  /** λ_i(u) as d → ∞, a piece per block where there are blocks; null where the description is of one dimension alone. */
  limit(spec: Spec, classes: number): readonly LimitPiece[] | null;
  /** λ_{i,ρ} into `out`, C×d row-major. */
  eigenvalues(spec: Spec, classes: number, dimension: number, out: Float64Array): void;
}

/** Eigenvalues of blocks, for the kinds that have them. */
export function fillBlocks(
  blocks: readonly SpectralBlock[],
  classes: number,
  dimension: number,
  out: Float64Array,
): void {
  for (const block of blocks) {
    for (let i = 0; i < classes; i++) {
      out.fill(block.eigenvalues[i], i * dimension + block.start, i * dimension + block.end);
    }
  }
}

/** The refusal of a list that must have one entry per class. */
export function onePerClass(list: readonly unknown[] | undefined, classes: number, key: string): RelativeRefusal[] {
  if (list === undefined || list.length === classes) return [];
  return [{ path: [key], code: 'entry-per-class', allowed: { classes }, found: String(list.length) }];
}
