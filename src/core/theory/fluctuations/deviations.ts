/**
 * What fluctuates, and where it is among the rows of C: blocks of N rows, one for each field of the update (δz_f) and one for
 * each pair of fields (δ(z_f z_h), packed), laid out as z̄ and S are in the state, then δG where a rule accumulates. For plain
 * SGD these are δx and δq.
 */
import { packed, packedSize } from '../../model/overlaps.ts';
import { type Problem, type StateShape } from '../equations/problem.ts';

export interface Deviations {
  /** N. */
  readonly nodes: number;
  /** k. */
  readonly fields: number;
  /** Blocks, k + k(k+1)/2. */
  readonly blocks: number;
  /** Row of δG; −1 where nothing is accumulated. */
  readonly accumulatedAt: number;
  readonly rows: number;
}

export function deviationsOf({ nodes, fields, accumulatedAt }: StateShape): Deviations {
  const blocks = fields + packedSize(fields);
  const accumulates = accumulatedAt >= 0;
  const rows = blocks * nodes;
  return { nodes, fields, blocks, accumulatedAt: accumulates ? rows : -1, rows: accumulates ? rows + 1 : rows };
}

/** Block of δ(z_f z_h). */
export const productBlock = ({ fields }: Pick<Deviations, 'fields'>, f: number, h: number): number =>
  fields + packed(Math.max(f, h), Math.min(f, h));

/** A vector over deviations that vanishes outside of consecutive rows. */
export interface PartVector {
  /** Row of its first entry. */
  readonly from: number;
  readonly values: Float64Array;
}

/** The laws of a linear function of the fields: m_i, B_i and, with a teacher, q_i of one class. */
export interface LawVectors {
  readonly m: PartVector;
  readonly b: PartVector;
  readonly q: PartVector | null;
}

/** The laws of a multiple of one field as vectors over deviations, per class: of x itself, or of an average. */
export function lawVectors({ priors, directions, loss }: Problem, deviations: Deviations, field = 0): LawVectors[] {
  const { nodes, eigenvalues, means, teacher } = directions;
  return Array.from(priors, (_, i) => {
    const lambda = eigenvalues.subarray(i * nodes, (i + 1) * nodes);
    const ofField = (values: Float64Array): PartVector => ({ from: field * nodes, values });
    return {
      m: ofField(means.subarray(i * nodes, (i + 1) * nodes)),
      b: { from: productBlock(deviations, field, field) * nodes, values: lambda },
      q: loss.teacherOutputs > 0 ? ofField(lambda.map((value, n) => value * teacher[n])) : null,
    };
  });
}
