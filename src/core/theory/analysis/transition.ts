/** The structural phase transition (L5): whether the risk can vanish as d grows is decided by the clean directions. */
import { type Setup } from '../../experiment/setup.ts';
import { labelsOf } from '../../loss/loss-spec.ts';
import { squared } from '../../math/elementary.ts';
import { type Experiment } from '../../experiment/schema.ts';

export type PhaseTransition =
  | {
      readonly kind: 'power-law';
      /** min_i α_i. */
      readonly exponent: number;
      /** β + 1, β being the exponent of μ². */
      readonly critical: number;
      /** Σ_ρ μ_ρ²/λ̄_ρ at this d: it diverges as d → ∞ exactly where the limiting risk is 0. */
      readonly sum: number;
      /** Whether the limiting risk is 0 for d → ∞. */
      readonly vanishes: boolean;
    }
  | {
      readonly kind: 'zero-one';
      /** ‖μ_1‖² in directions whose eigenvalue is 0 in every class. */
      readonly cleanEnergy: number;
      readonly vanishes: boolean;
    };

/** Whether (L5) speaks of a description: the risk vanishes where the means tell the labels, which then are the classes. */
const isOfMeans = (experiment: Experiment): boolean =>
  labelsOf(experiment).kind === 'class' && experiment.model.means.arrangement.kind === 'opposite';

/** min α and β + 1 of power laws with opposite means and class labels; null for others. */
function exponentsOf(experiment: Experiment): { exponent: number; critical: number } | null {
  const { spectrum, means } = experiment.model;
  if (!isOfMeans(experiment) || spectrum.kind !== 'power-law') return null;
  const energy = means.profile?.kind === 'power-law' ? means.profile.exponent : 0;
  return { exponent: Math.min(...spectrum.exponents), critical: energy + 1 };
}

/** min α − (β + 1), for power laws and opposite means: at least 0 where the limiting risk of d → ∞ is 0; else null. */
export function structuralMargin(experiment: Experiment): number | null {
  const exponents = exponentsOf(experiment);
  return exponents && exponents.exponent - exponents.critical;
}

/** What (L5) says about a setup; null where it says nothing: other spectra, arrangements and labels. */
export function phaseTransition({ experiment, mixture, groups }: Setup): PhaseTransition | null {
  const { spectrum, means } = experiment.model;
  if (!isOfMeans(experiment)) return null;
  if (spectrum.kind === 'zero-one') {
    let cleanEnergy = 0;
    // groups are the blocks, and λ̄ = 0 in the (0, …, 0) block alone
    for (let g = 0; g < groups.count; g++) if (groups.upper[g] === 0) cleanEnergy += groups.energy[g];
    return { kind: 'zero-one', cleanEnergy, vanishes: cleanEnergy > 0 };
  }
  const exponents = exponentsOf(experiment);
  if (!exponents) return null;
  const { exponent, critical } = exponents;
  let sum = 0;
  for (let rho = 0; rho < mixture.dimension; rho++) {
    let average = 0;
    for (let i = 0; i < mixture.classes; i++)
      average += mixture.priors[i] * mixture.eigenvalues[i * mixture.dimension + rho];
    sum += squared(mixture.means[rho]) / average;
  }
  return { kind: 'power-law', exponent, critical, sum, vanishes: exponent >= critical && means.scale > 0 };
}
