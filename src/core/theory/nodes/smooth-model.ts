/**
 * Models whose eigenvalues are smooth functions of a real ρ by construction: power laws. So are means that are constant,
 * a power of ρ or a cosine; random and given ones are not.
 */
import { cosPi, pow } from '../../math/elementary.ts';
import { arrangementKind } from '../../model/arrangement/registry.ts';
import { type Mixture } from '../../model/mixture.ts';
import { type ModelSpec } from '../../model/model.ts';

export interface SmoothModel {
  /** λ_i at a real ρ in [1, d]. */
  eigenvalue(classIndex: number, rho: number): number;
  /** μ_i at a real ρ in [1, d]; null where it is no smooth function. */
  readonly mean: ((classIndex: number, rho: number) => number) | null;
  /** Largest exponent of ρ met in eigenvalues and energies: how sharply they vary. */
  readonly exponent: number;
  /** Largest angular frequency in ρ of a mean; 0 without oscillation. */
  readonly frequency: number;
}

/** The smooth functions behind a mixture; null where its eigenvalues are none, or are not those of its arrays. */
export function smoothModel(spec: ModelSpec, mixture: Mixture): SmoothModel | null {
  const { spectrum, means, dimension, priors } = spec;
  const { arrangement, profile } = means;
  // exponents 0 are an identity spectrum, whose directions merge
  if (spectrum.kind !== 'power-law' || spectrum.exponents.every((exponent) => exponent === 0)) return null;
  const profileExponent = profile?.kind === 'power-law' ? profile.exponent : 0;
  const scales = spectrum.scales ?? priors.map(() => 1);
  const constant = arrangementKind(arrangement).constant;
  const smooth =
    (constant || arrangement.kind === 'cosine') &&
    (!profile || profile.kind === 'flat' || profile.kind === 'power-law');
  const coefficient = (i: number, rho: number) =>
    constant ? constant[i] : Math.SQRT2 * cosPi(((i + 1) * (rho - 0.5)) / dimension);
  const model: SmoothModel = {
    eigenvalue: (i, rho) => scales[i] * pow(rho / dimension, spectrum.exponents[i]),
    mean: smooth
      ? (i, rho) => means.scale * coefficient(i, rho) * Math.sqrt(pow(rho / dimension, profileExponent) / dimension)
      : null,
    exponent: Math.max(Math.abs(profileExponent) / 2, ...spectrum.exponents.map(Math.abs)),
    frequency: constant || !smooth ? 0 : (Math.PI * priors.length) / dimension,
  };
  const { eigenvalues, means: rows } = mixture;
  if (!agrees(model.eigenvalue, eigenvalues, mixture)) return null;
  const known = model.mean !== null && agrees(model.mean, rows, mixture);
  return known ? model : { ...model, mean: null, frequency: 0 };
}

/** Whether a function of class and ρ is what the rows of an array say, on a sample of directions. */
function agrees(
  value: (classIndex: number, rho: number) => number,
  rows: Float64Array,
  { dimension, classes }: Mixture,
): boolean {
  const sample = [1, 2, 3, 0.1, 0.4, 0.75, 1].map((at, k) =>
    Math.min(dimension, k < 3 ? at : Math.max(1, Math.round(at * dimension))),
  );
  const close = (a: number, b: number) => Math.abs(a - b) <= 1e-12 * (Math.abs(a) + Math.abs(b)) + 1e-15;
  return sample.every((rho) => {
    for (let i = 0; i < classes; i++) if (!close(value(i, rho), rows[i * dimension + rho - 1])) return false;
    return true;
  });
}
