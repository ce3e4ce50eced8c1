/** The interface of an arrangement A_{i,ρ} of the class means (theory.md section 1). */
import { type z } from 'zod';
import { type ArrangementLimit } from '../limit.ts';
import { type RelativeRefusal } from '../../../refusal/refusal.ts';

/** A_{i,ρ} of a class i from 0 on. */
export type Coefficient = (classIndex: number, rho: number, dimension: number) => number;

export interface ArrangementKind<Spec extends { kind: string } = { kind: string }> {
  readonly kind: Spec['kind'];
  readonly label: string;
  readonly schema: z.ZodObject;
  /** A description to start from. */
  template(classes: number, dimension: number): Spec;
  /** A_{i,ρ} in TeX (not asked for where not profiled). */
  readonly tex: string;
  /** Whether the means are A √e with an energy profile e (false: they are given whole). */
  readonly profiled: boolean;
  /** A_i where it is the same number in every direction (so that blocks of directions can be merged); else null. */
  readonly constant: readonly number[] | null;
  /** A_{i,ρ} at a real ρ in [1, d], where it is a smooth function (`alongDirections` makes the arrays of it); else null. */
  readonly coefficient: Coefficient | null;
  /** As d → ∞; null where the means are of one dimension alone. */
  readonly limit: ArrangementLimit | null;
  check(spec: Spec, classes: number, dimension: number): RelativeRefusal[];
  /** A_{i,ρ} (or the means themselves, where not profiled) into `out`, C×d row-major. */
  coefficients(spec: Spec, classes: number, dimension: number, out: Float64Array): void;
}

/** An arrangement by a smooth function of ρ. */
export function alongDirections(coefficient: Coefficient) {
  return {
    coefficient,
    coefficients(_spec: unknown, classes: number, dimension: number, out: Float64Array): void {
      for (let i = 0; i < classes; i++) {
        for (let rho = 1; rho <= dimension; rho++) out[i * dimension + rho - 1] = coefficient(i, rho, dimension);
      }
    },
  };
}
