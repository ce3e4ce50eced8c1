/** The interface of an arrangement A_{i,ρ} of the class means (theory.md section 1). */
import { type z } from 'zod';
import { type ArrangementLimit } from '../limit.ts';
import { type RelativeRefusal } from '../../../refusal/refusal.ts';

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
  /** As d → ∞; null where the means are of one dimension alone. */
  readonly limit: ArrangementLimit | null;
  check(spec: Spec, classes: number, dimension: number): RelativeRefusal[];
  /** A_{i,ρ} (or the means themselves, where not profiled) into `out`, C×d row-major. */
  coefficients(spec: Spec, classes: number, dimension: number, out: Float64Array): void;
}
