/**
 * Models as blocks of directions that share their eigenvalues in every class, each in a rotated basis whose first
 * directions span the block's means and teacher rows (L4). Where a description falls into blocks by construction no
 * array over directions is needed: this is what lets d grow to 10⁹.
 */
import { arrangementKind } from './arrangement/arrangement-kinds.ts';
import { emptyDirections, type Directions } from './directions.ts';
import { type ModelSpec } from './model.ts';
import { profileKind } from './profile/profile-kinds.ts';
import { spectrumKind, type SpectrumSpec } from './spectrum/spectrum-spec.ts';

/** Blocks that are worth treating as such where the description does not name them. */
export const MAX_BLOCKS = 64;

/** Whether it is plain from the description that a spectrum has more than MAX_BLOCKS distinct tuples of eigenvalues. */
export function hasManyTuples(spec: SpectrumSpec, classes: number, dimension: number): boolean {
  const kind = spectrumKind(spec);
  if (dimension <= MAX_BLOCKS || kind.blocks(spec, classes, dimension)) return false;
  const pieces = kind.limit(spec, classes);
  // an eigenvalue that varies with u is another one in every direction
  if (pieces) return pieces.some((piece) => piece.eigenvalues.some(({ factor, exponent }) => factor * exponent !== 0));
  const eigenvalues = new Float64Array(classes * dimension);
  kind.eigenvalues(spec, classes, dimension, eigenvalues);
  const seen = new Set<string>();
  for (let rho = 0; rho < dimension && seen.size <= MAX_BLOCKS; rho++) {
    seen.add(Array.from({ length: classes }, (_, i) => eigenvalues[i * dimension + rho]).join(' '));
  }
  return seen.size > MAX_BLOCKS;
}

export interface ModelBlock {
  /** n_b, >= 1. */
  readonly size: number;
  /** Spectral group. */
  readonly group: number;
  /** λ_i, C. */
  readonly eigenvalues: Float64Array;
  /** k_b, directions of the basis that carry means or teacher rows; the other n_b − k_b have neither. */
  readonly span: number;
  /** μ_i on the basis, C×k_b row-major. */
  readonly means: Float64Array;
  /** x*_o on the basis, ℓ*×k_b row-major. */
  readonly teacher: Float64Array;
}

export interface BlockModel {
  /** d = Σ n_b. */
  readonly dimension: number;
  /** C. */
  readonly classes: number;
  /** ℓ*. */
  readonly teacherOutputs: number;
  readonly blocks: readonly ModelBlock[];
}

/**
 * Blocks of a model without teacher from closed forms: the spectrum has blocks by construction, the means are the same
 * profile times one number per class, and the profile's energy in each block is known. Null where one of them is not
 * so. Empty blocks are left out; their number is their spectral group, as in spectralGroups.
 */
export function closedFormBlocks({ dimension, priors, spectrum, means }: ModelSpec): BlockModel | null {
  const classes = priors.length;
  const spectral = spectrumKind(spectrum).blocks(spectrum, classes, dimension);
  const coefficients = arrangementKind(means.arrangement).constant;
  if (!spectral || !coefficients || !means.profile) return null;
  const energies = profileKind(means.profile).blockEnergies(means.profile, spectral, dimension);
  if (!energies) return null;
  const blocks = spectral.flatMap((block, group) => {
    const size = block.end - block.start;
    if (size === 0) return [];
    const length = means.scale * Math.sqrt(energies[group]);
    const span = length > 0 && coefficients.some((each) => each !== 0) ? 1 : 0;
    return {
      size,
      group,
      eigenvalues: Float64Array.from(block.eigenvalues),
      span,
      means: span === 0 ? new Float64Array(0) : Float64Array.from(coefficients, (each) => each * length),
      teacher: new Float64Array(0),
    };
  });
  return { dimension, classes, teacherOutputs: 0, blocks };
}

/**
 * Blocks behind merged directions (neighbours of one group and the same eigenvalues; a node without mean and teacher
 * stands for the rest of its block).
 */
export function blocksOf(directions: Directions, classes: number): BlockModel {
  const { nodes, weight, eigenvalues, means, teacher, group } = directions;
  const teacherOutputs = teacher.length / nodes;
  const same = (n: number, other: number) =>
    group[n] === group[other] && allZero(classes, (i) => eigenvalues[i * nodes + n] - eigenvalues[i * nodes + other]);
  const carries = (n: number) =>
    !allZero(classes, (i) => means[i * nodes + n]) || !allZero(teacherOutputs, (o) => teacher[o * nodes + n]);
  const blocks: ModelBlock[] = [];
  for (let start = 0; start < nodes;) {
    const carriers: number[] = [];
    let size = 0;
    let end = start;
    for (; end < nodes && same(start, end); end++) {
      size += weight[end];
      if (carries(end)) carriers.push(end);
    }
    const rows = (count: number, values: Float64Array) =>
      Float64Array.from(Array.from({ length: count }, (_, row) => carriers.map((n) => values[row * nodes + n])).flat());
    blocks.push({
      size,
      group: group[start],
      eigenvalues: Float64Array.from({ length: classes }, (_, i) => eigenvalues[i * nodes + start]),
      span: carriers.length,
      means: rows(classes, means),
      teacher: rows(teacherOutputs, teacher),
    });
    start = end;
  }
  const dimension = blocks.reduce((sum, block) => sum + block.size, 0);
  return { dimension, classes, teacherOutputs, blocks };
}

/** Merged directions of blocks: k_b nodes that stand for one direction each, and one for the rest of the block. */
export function blockDirections({ classes, teacherOutputs, blocks }: BlockModel): Directions {
  const nodes = blocks.reduce((sum, { span, size }) => sum + span + (size > span ? 1 : 0), 0);
  const directions = emptyDirections(nodes, classes, teacherOutputs);
  const { weight, eigenvalues, means, teacher, group } = directions;
  weight.fill(1);
  let start = 0;
  for (const block of blocks) {
    const { span, size } = block;
    const end = start + span + (size > span ? 1 : 0);
    if (size > span) weight[end - 1] = size - span;
    group.fill(block.group, start, end);
    for (let i = 0; i < classes; i++) {
      eigenvalues.fill(block.eigenvalues[i], i * nodes + start, i * nodes + end);
      means.set(block.means.subarray(i * span, (i + 1) * span), i * nodes + start);
    }
    for (let o = 0; o < teacherOutputs; o++) {
      teacher.set(block.teacher.subarray(o * span, (o + 1) * span), o * nodes + start);
    }
    start = end;
  }
  return directions;
}

/** Whether the entries 0 … count − 1 are all zero. */
function allZero(count: number, entry: (index: number) => number): boolean {
  for (let index = 0; index < count; index++) if (entry(index) !== 0) return false;
  return true;
}
