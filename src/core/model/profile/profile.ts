/** The interface of an energy profile e_ρ of the means, μ_{i,ρ} = scale · A_{i,ρ} · √e_ρ (theory.md section 1). */
import { type z } from 'zod';
import { type RelativeProblem } from '../../study/strict.ts';
import { type SpectralBlock } from '../spectrum/spectrum.ts';

export interface ProfileKind<Spec> {
  readonly kind: string;
  readonly label: string;
  readonly schema: z.ZodObject;
  check(spec: Spec, blocks: readonly SpectralBlock[] | null): RelativeProblem[];
  /** Σ_ρ e_ρ over each block, where it has a closed form; null elsewhere. */
  blockEnergies(spec: Spec, blocks: readonly SpectralBlock[], dimension: number): number[] | null;
  /** e_ρ into `out`, d. */
  energies(spec: Spec, blocks: readonly SpectralBlock[] | null, dimension: number, out: Float64Array): void;
}
