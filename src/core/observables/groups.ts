/**
 * Spectral groups of directions, by λ̄_ρ = Σ_i p_i λ_{i,ρ}: the blocks of a zero-one spectrum, in order; otherwise the
 * distinct values of λ̄ if there are at most 16, else 16 quantile bins, ascending (study-format.md).
 */
import { squared } from '../math/elementary.ts';
import { type BlockModel } from '../model/blocks.ts';
import { averageEigenvalues, type Mixture } from '../model/mixture.ts';
import { type SpectralBlock } from '../model/spectrum/spectrum.ts';

export const MAX_GROUPS = 16;

export interface SpectralGroups {
  /** G. */
  readonly count: number;
  /** Group of each direction, d. */
  readonly of: Uint16Array;
  /** Largest λ̄ of each group, G. */
  readonly upper: Float64Array;
  /** ‖μ_{i,G}‖², C×G row-major. */
  readonly energy: Float64Array;
  /** Number of directions of each group, G. */
  readonly size: Float64Array;
}

/** Groups of a mixture; `zeroOneBlocks` are the blocks of a zero-one spectrum, null for every other spectrum. */
export function spectralGroups(mixture: Mixture, zeroOneBlocks: readonly SpectralBlock[] | null): SpectralGroups {
  const average = averageEigenvalues(mixture);
  const of = zeroOneBlocks ? groupsOfBlocks(zeroOneBlocks, mixture.dimension) : groupsOfValues(average);
  const count = zeroOneBlocks ? zeroOneBlocks.length : of.reduce((most, group) => Math.max(most, group), 0) + 1;
  const upper = new Float64Array(count);
  const size = new Float64Array(count);
  const energy = new Float64Array(mixture.classes * count);
  zeroOneBlocks?.forEach((block, k) => {
    upper[k] = block.eigenvalues.reduce((sum, value, i) => sum + mixture.priors[i] * value, 0);
  });
  for (let rho = 0; rho < mixture.dimension; rho++) {
    const group = of[rho];
    size[group] += 1;
    if (!zeroOneBlocks) upper[group] = Math.max(upper[group], average[rho]);
    for (let i = 0; i < mixture.classes; i++) {
      energy[i * count + group] += squared(mixture.means[i * mixture.dimension + rho]);
    }
  }
  return { count, of, upper, energy, size };
}

/**
 * Groups of a model in closed form, without a look at its directions; `of` is made when it is first asked for.
 * @param spectral the spectrum's blocks in order, empty ones included: one group each.
 */
export function blockGroups(
  model: BlockModel,
  spectral: readonly SpectralBlock[],
  priors: Float64Array,
): SpectralGroups {
  const count = spectral.length;
  const energy = new Float64Array(model.classes * count);
  for (const { group, span, means } of model.blocks) {
    for (let k = 0; k < means.length; k++) energy[Math.floor(k / span) * count + group] += squared(means[k]);
  }
  let of: Uint16Array | null = null;
  return {
    count,
    upper: Float64Array.from(spectral, ({ eigenvalues }) =>
      eigenvalues.reduce((sum, value, i) => sum + priors[i] * value, 0),
    ),
    energy,
    size: Float64Array.from(spectral, ({ start, end }) => end - start),
    get of() {
      return (of ??= groupsOfBlocks(spectral, model.dimension));
    },
  };
}

function groupsOfBlocks(blocks: readonly SpectralBlock[], dimension: number): Uint16Array {
  const of = new Uint16Array(dimension);
  blocks.forEach((block, k) => of.fill(k, block.start, block.end));
  return of;
}

/** Distinct values if few, else quantile bins of equal size; ties are broken by the order of directions. */
function groupsOfValues(average: Float64Array): Uint16Array {
  const of = new Uint16Array(average.length);
  const distinct = distinctValues(average, MAX_GROUPS);
  if (distinct) {
    for (let rho = 0; rho < average.length; rho++) of[rho] = distinct.indexOf(average[rho]);
    return of;
  }
  const order = Uint32Array.from(average.keys()).sort((a, b) => average[a] - average[b] || a - b);
  for (let bin = 0; bin < MAX_GROUPS; bin++) {
    const start = Math.round((average.length * bin) / MAX_GROUPS);
    const end = Math.round((average.length * (bin + 1)) / MAX_GROUPS);
    for (let rank = start; rank < end; rank++) of[order[rank]] = bin;
  }
  return of;
}

/** Sorted distinct values, or null if there are more than `limit`. */
function distinctValues(values: Float64Array, limit: number): number[] | null {
  const seen = new Set<number>();
  for (const value of values) {
    seen.add(value);
    if (seen.size > limit) return null;
  }
  return [...seen].sort((a, b) => a - b);
}
