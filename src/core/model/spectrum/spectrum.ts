/** The interface of a spectrum: eigenvalues λ_{i,ρ} of the class covariances K_i (theory.md section 1). */
import { type z } from 'zod';
import { pieceEnds, powerAt, type LimitPiece } from '../limit.ts';
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
  /**
   * λ_i(u), a piece per block where there are blocks; null where it is of no such form, or of one dimension alone. With
   * one, `blocks` and `eigenvalues` follow: `inBlocks` or `alongDirections` write all three.
   */
  limit(spec: Spec, classes: number): readonly LimitPiece[] | null;
  /** λ_{i,ρ} into `out`, C×d row-major. */
  eigenvalues(spec: Spec, classes: number, dimension: number, out: Float64Array): void;
}

type OfU<Spec> = (spec: Spec, classes: number) => readonly LimitPiece[];
type Functions<Spec extends { kind: string }> = Pick<SpectrumKind<Spec>, 'limit' | 'blocks' | 'eigenvalues'>;

/** A spectrum of blocks, from λ_i(u) that is one number over every piece. */
export function inBlocks<Spec extends { kind: string }>(limit: OfU<Spec>): Functions<Spec> {
  const blocks = (spec: Spec, classes: number, dimension: number): SpectralBlock[] => {
    const pieces = limit(spec, classes);
    const ends = pieceEnds(pieces, dimension);
    return pieces.map(({ eigenvalues }, k) => ({
      start: k > 0 ? ends[k - 1] : 0,
      end: ends[k],
      eigenvalues: eigenvalues.map(({ factor }) => factor),
    }));
  };
  return {
    limit,
    blocks,
    eigenvalues(spec, classes, dimension, out) {
      for (const { start, end, eigenvalues } of blocks(spec, classes, dimension)) {
        eigenvalues.forEach((value, i) => out.fill(value, i * dimension + start, i * dimension + end));
      }
    },
  };
}

/** A spectrum that varies from direction to direction: λ_{i,ρ} = λ_i(ρ/d). */
export function alongDirections<Spec extends { kind: string }>(limit: OfU<Spec>): Functions<Spec> {
  return {
    limit,
    blocks: () => null,
    eigenvalues(spec, classes, dimension, out) {
      const pieces = limit(spec, classes);
      const ends = pieceEnds(pieces, dimension);
      pieces.forEach(({ eigenvalues }, k) => {
        eigenvalues.forEach((power, i) => {
          for (let rho = (k > 0 ? ends[k - 1] : 0) + 1; rho <= ends[k]; rho++) {
            out[i * dimension + rho - 1] = powerAt(power, rho / dimension);
          }
        });
      });
    },
  };
}

/** The refusal of a list that must have one entry per class. */
export function onePerClass(list: readonly unknown[] | undefined, classes: number, key: string): RelativeRefusal[] {
  if (list === undefined || list.length === classes) return [];
  return [{ path: [key], code: 'entry-per-class', allowed: { classes }, found: String(list.length) }];
}
