/**
 * The functions of u behind a model, as functions of a real ρ = d u: what sums over its directions are compressed with.
 * Means that are random or given are not smooth.
 */
import { arrangementKind } from '../../model/arrangement/arrangement-kinds.ts';
import { pieceEnds, powerAt } from '../../model/limit.ts';
import { type ModelSpec } from '../../model/model.ts';
import { profileKind } from '../../model/profile/profile-kinds.ts';
import { spectrumKind } from '../../model/spectrum/spectrum-spec.ts';

export interface SmoothModel {
  /** λ_i at a real ρ in [1, d]. */
  eigenvalue(classIndex: number, rho: number): number;
  /** μ_i at a real ρ in [1, d]; null where it is no smooth function. */
  readonly mean: ((classIndex: number, rho: number) => number) | null;
  /** Largest exponent of ρ met in eigenvalues and energies: how sharply they vary. */
  readonly exponent: number;
  /** Largest angular frequency in ρ of a mean; 0 without oscillation. */
  readonly frequency: number;
  /** Directions after which the functions are other ones, ascending; the last is d. */
  readonly ends: readonly number[];
}

/** Null where eigenvalues are given as numbers, and where they do not vary but by blocks: those directions merge. */
export function smoothModel({ spectrum, means, dimension, priors }: ModelSpec): SmoothModel | null {
  const pieces = spectrumKind(spectrum).limit(spectrum, priors.length);
  if (!pieces || pieces.every(({ eigenvalues }) => eigenvalues.every(({ exponent }) => exponent === 0))) return null;
  const { coefficient, limit } = arrangementKind(means.arrangement);
  const energies = means.profile ? profileKind(means.profile).limit(means.profile, pieces) : null;
  const ends = pieceEnds(pieces, dimension);
  const at = (rho: number): number => (ends.length > 1 ? ends.findIndex((end) => rho <= end) : 0);
  const smooth = coefficient !== null && limit !== null && energies !== null;
  const exponents = [
    ...(energies ?? []).map(({ exponent }) => Math.abs(exponent) / 2),
    ...pieces.flatMap(({ eigenvalues }) => eigenvalues.map(({ exponent }) => Math.abs(exponent))),
  ];
  return {
    eigenvalue: (i, rho) => powerAt(pieces[at(rho)].eigenvalues[i], rho / dimension),
    mean: smooth
      ? (i, rho) =>
          means.scale *
          coefficient(i, rho, dimension) *
          Math.sqrt(powerAt(energies[at(rho)], rho / dimension) / dimension)
      : null,
    exponent: Math.max(...exponents),
    frequency: smooth ? limit.frequency(priors.length) / dimension : 0,
    ends,
  };
}
