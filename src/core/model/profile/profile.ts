/** The interface of an energy profile e_ρ of the means, μ_{i,ρ} = scale · A_{i,ρ} · √e_ρ (theory.md section 1). */
import { type z } from 'zod';
import { powerAt, type LimitPiece, type Power } from '../limit.ts';
import { type SpectralBlock } from '../spectrum/spectrum.ts';
import { type RelativeRefusal } from '../../../refusal/refusal.ts';

export interface ProfileKind<Spec extends { kind: string } = { kind: string }> {
  readonly kind: Spec['kind'];
  readonly label: string;
  readonly schema: z.ZodObject;
  /** A description to start from, for a number of blocks >= 1. */
  template(blocks: number): Spec;
  /** e_ρ with the description's numbers, in TeX. */
  tex(spec: Spec): string;
  check(spec: Spec, blocks: readonly SpectralBlock[] | null): RelativeRefusal[];
  /** Σ_ρ e_ρ over each block, where it has a closed form; null elsewhere. */
  blockEnergies(spec: Spec, blocks: readonly SpectralBlock[], dimension: number): number[] | null;
  /** e(u) = lim d e_ρ on every piece of the spectrum as d → ∞; of a profile that `alongDirections` writes at every d. */
  limit(spec: Spec, pieces: readonly LimitPiece[]): readonly Power[];
  /** e_ρ into `out`, d. */
  energies(spec: Spec, blocks: readonly SpectralBlock[] | null, dimension: number, out: Float64Array): void;
}

/** A profile that is one power of u over all directions: e_ρ = e(ρ/d)/d. */
export function alongDirections<Spec extends { kind: string }>(
  energy: (spec: Spec) => Power,
): Pick<ProfileKind<Spec>, 'limit' | 'energies'> {
  return {
    limit: (spec, pieces) => pieces.map(() => energy(spec)),
    energies(spec, _blocks, dimension, out) {
      const power = energy(spec);
      for (let rho = 1; rho <= dimension; rho++) out[rho - 1] = powerAt(power, rho / dimension) / dimension;
    },
  };
}
