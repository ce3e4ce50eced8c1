/** What the limit d → ∞ of a description is made of, and which descriptions have none (T7). */
import { labelsKind } from '../../labels/labels-spec.ts';
import { labelsOf, type LossDescription } from '../../loss/loss-spec.ts';
import { arrangementKind } from '../../model/arrangement/arrangement-kinds.ts';
import { powerAt, type ArrangementLimit, type LimitPiece, type Power } from '../../model/limit.ts';
import { type ModelSpec } from '../../model/model.ts';
import { profileKind } from '../../model/profile/profile-kinds.ts';
import { spectrumKind } from '../../model/spectrum/spectrum-spec.ts';
import { reason, type Reason } from '../../../refusal/refusal.ts';

/** Integrals over u that converge more slowly than this power are refused. */
const SLOWEST = 0.1;

/** A part of (0, 1] over which every λ_i and the energy e are powers of u. */
export interface LimitPart extends LimitPiece {
  readonly start: number;
  /** e(u). */
  readonly energy: Power;
}

export interface LimitModel {
  /** In order; none of them empty. A part's place is its spectral group where there are groups by construction. */
  readonly parts: readonly LimitPart[];
  readonly arrangement: ArrangementLimit;
  /** Factor of the means. */
  readonly scale: number;
}

/** The dimension does not matter. */
type LimitSpec = Pick<ModelSpec, 'priors' | 'spectrum' | 'means'>;

/** Null where the description is of one dimension alone. */
export function limitModel({ spectrum, means, priors }: LimitSpec): LimitModel | null {
  const pieces = spectrumKind(spectrum).limit(spectrum, priors.length);
  const arrangement = arrangementKind(means.arrangement).limit;
  if (!pieces || !arrangement || !means.profile) return null;
  const energies = profileKind(means.profile).limit(means.profile, pieces);
  const parts = pieces.map(({ end, eigenvalues }, k) => ({
    start: k > 0 ? pieces[k - 1].end : 0,
    end,
    eigenvalues,
    energy: energies[k],
  }));
  return { parts, arrangement, scale: means.scale };
}

/** Whether every λ_i is one number over the part: then it is a block, whose basis may be rotated. */
export const isBlock = ({ eigenvalues }: LimitPart): boolean => moving(eigenvalues).length === 0;

/** Largest exponent at u met in means and in eigenvalues that are not negligible: how sharply they vary. */
export const steepest = ({ eigenvalues, energy }: LimitPart, u: number, negligible: number): number =>
  moving(eigenvalues)
    .filter((power) => powerAt(power, u) > negligible)
    .reduce((most, { exponent }) => Math.max(most, Math.abs(exponent)), Math.abs(energy.exponent));

const moving = (eigenvalues: readonly Power[]): readonly Power[] =>
  eigenvalues.filter(({ factor, exponent }) => factor !== 0 && exponent !== 0);

/** Smallest exponent of an eigenvalue that is not zero. */
export const lowestExponent = ({ eigenvalues }: LimitPart): number =>
  Math.min(...eigenvalues.filter(({ factor }) => factor !== 0).map(({ exponent }) => exponent));

/**
 * How fast averages over (0, c] may stand for what is there, as a power of c. With λ → 0 it is the change of
 * e^{−λτ} over (0, c], weighted with the energy u^β or with the noise u^{min α}; with λ → ∞ it is all of it.
 * Infinity for blocks, where averages are exact.
 */
export function convergence(part: LimitPart): number {
  const powers = moving(part.eigenvalues);
  if (powers.length === 0) return Infinity;
  const lowest = lowestExponent(part);
  const weight = part.energy.factor === 0 ? lowest : Math.min(lowest, part.energy.exponent);
  return 1 + weight + (lowest < 0 ? 0 : Math.min(...powers.map(({ exponent }) => exponent)));
}

/**
 * Why the theory of a description cannot be that of d → ∞: nothing where it can.
 * @param rule whether the solver has implicit steps for the loss and the learning-rate rule, and whether rates are a
 *   ratio to the noise of the gradients.
 */
export function limitRefusals(
  model: LimitSpec,
  described: LossDescription,
  { implicitSteps, byNoise }: { implicitSteps: boolean; byNoise: boolean },
): Reason[] {
  const { spectrum, means, priors } = model;
  const labels = labelsOf(described);
  const { teacher, teacherVariance } = labelsKind(labels.kind);
  const refusals: Reason[] = [];
  const given = (what: 'spectrum' | 'means' | 'teacher') => refusals.push(reason('limit-custom', { what }));
  const pieces = spectrumKind(spectrum).limit(spectrum, priors.length);
  if (!pieces) given('spectrum');
  if (!arrangementKind(means.arrangement).limit) given('means');
  if (teacher && teacherVariance?.(labels) === null) given('teacher');
  const energies = pieces && means.profile ? profileKind(means.profile).limit(means.profile, pieces) : [];
  const exponent = energies.length > 0 ? energies[0].exponent : 0;
  if (exponent <= -1) refusals.push(reason('limit-energy', { exponent }));
  if (refusals.length > 0) return refusals;
  const parts = limitModel(model)?.parts ?? [];
  const slowest = Math.min(...parts.map(convergence));
  if (slowest < SLOWEST) {
    refusals.push(reason('limit-slow', { exponent: Number(slowest.toPrecision(3)), slowest: SLOWEST }));
  }
  if (byNoise && parts.every(({ eigenvalues }) => eigenvalues.every(({ factor }) => factor === 0))) {
    refusals.push(reason('limit-noise', {}));
  }
  if (!implicitSteps && parts.some((part) => lowestExponent(part) < 0)) {
    refusals.push(reason('limit-unbounded', {}));
  }
  return refusals;
}
