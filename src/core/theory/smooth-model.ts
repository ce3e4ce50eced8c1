/**
 * Models whose eigenvalues and means are smooth functions of a real ρ by construction: power laws with means that are
 * constant, a power of ρ or a cosine. Random and given means are not.
 */
import { arrangementKind } from '../model/arrangement/registry.ts';
import { type Mixture } from '../model/mixture.ts';
import { type ModelSpec } from '../model/model.ts';

export interface SmoothModel {
  /** λ_i at a real ρ in [1, d]. */
  eigenvalue(classIndex: number, rho: number): number;
  /** μ_i at a real ρ in [1, d]. */
  mean(classIndex: number, rho: number): number;
  /** Largest exponent of ρ met in eigenvalues and energies: how sharply they vary. */
  readonly exponent: number;
  /** Largest angular frequency in ρ of a mean; 0 without oscillation. */
  readonly frequency: number;
}

/** The smooth functions behind a mixture; null where there are none, or where they are not those of its arrays. */
export function smoothModel(spec: ModelSpec, mixture: Mixture): SmoothModel | null {
  const { spectrum, means, dimension, priors } = spec;
  const { arrangement, profile } = means;
  // exponents 0 are an identity spectrum, whose directions merge
  if (spectrum.kind !== 'power-law' || spectrum.exponents.every((exponent) => exponent === 0)) return null;
  if (profile && profile.kind !== 'flat' && profile.kind !== 'power-law') return null;
  const profileExponent = profile?.kind === 'power-law' ? profile.exponent : 0;
  const scales = spectrum.scales ?? priors.map(() => 1);
  const constant = arrangementKind(arrangement).constant;
  if (!constant && arrangement.kind !== 'cosine') return null;
  const coefficient = (i: number, rho: number) =>
    constant ? constant[i] : Math.SQRT2 * Math.cos((Math.PI * (i + 1) * (rho - 0.5)) / dimension);
  const model: SmoothModel = {
    eigenvalue: (i, rho) => scales[i] * Math.pow(rho / dimension, spectrum.exponents[i]),
    mean: (i, rho) =>
      means.scale * coefficient(i, rho) * Math.sqrt(Math.pow(rho / dimension, profileExponent) / dimension),
    exponent: Math.max(Math.abs(profileExponent) / 2, ...spectrum.exponents.map(Math.abs)),
    frequency: constant ? 0 : (Math.PI * priors.length) / dimension,
  };
  return agrees(model, mixture) ? model : null;
}

/** Whether a smooth model is the mixture's, on a sample of directions. */
function agrees(model: SmoothModel, { dimension, classes, eigenvalues, means }: Mixture): boolean {
  const sample = [1, 2, 3, 0.1, 0.4, 0.75, 1].map((at, k) =>
    Math.min(dimension, k < 3 ? at : Math.max(1, Math.round(at * dimension))),
  );
  const close = (a: number, b: number) => Math.abs(a - b) <= 1e-12 * (Math.abs(a) + Math.abs(b)) + 1e-15;
  return sample.every((rho) => {
    for (let i = 0; i < classes; i++) {
      if (!close(model.eigenvalue(i, rho), eigenvalues[i * dimension + rho - 1])) return false;
      if (!close(model.mean(i, rho), means[i * dimension + rho - 1])) return false;
    }
    return true;
  });
}
