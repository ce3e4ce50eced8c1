/**
 * What (T16) has in each direction by itself: the matrix over its deviations (δz, δ(z zᵀ)) by which they decay and turn, and
 * the part of the noise that other directions do not share. With A = Σ_i p_i λ_i H_i + δ and
 * F = Σ_i p_i (μ_i g_i + λ_i H*_i x*),
 *
 *   δz_f′ = Σ_e (L_fe − β_f A [e = 0]) δz_e,
 *   δ(z_f z_h)′ = Σ_e (L_fe − β_f A [e = 0]) δ(z_e z_h) − β_f F δz_h + the same with f and h exchanged.
 */
import { type LinearMap } from '../../update/update.ts';
import { packed, packedSize } from '../../model/overlaps.ts';
import { type Problem, type StateShape } from '../equations/problem.ts';
import { productBlock, type Deviations } from './deviations.ts';

export interface LocalTerms {
  /** −A and −F times the rate that is factored out, N each; filled in by who knows the moments. */
  readonly decay: Float64Array;
  readonly force: Float64Array;
  /** Coefficients of a sample's r and of its square along each block of deviations: E of ∂(block)/∂G and its products. */
  readonly along: readonly Float64Array[];
  /** Those with x: λ times it is K. */
  readonly withX: readonly Float64Array[];
  /** Coefficient in front of (λ + μ²)/d: β_f β_h for products, 0 for fields. */
  readonly square: readonly number[];
  /** Noise of a pair of blocks p >= q per direction and unit of λ Q, packed. */
  readonly noiseFactor: readonly Float64Array[];
  /** That noise summed over the classes, packed likewise. */
  readonly noise: readonly Float64Array[];
  /** The matrix of each direction, blocks × blocks of N or null where 0. */
  readonly matrix: readonly (Float64Array | null)[];
  /** Writes what follows from the state and β; clears `decay`, `force` and `noise`. */
  begin(push: ArrayLike<number>, y: Float64Array): void;
  /** Writes the matrix, once `decay` and `force` are complete. */
  finish(flow: LinearMap): void;
}

export function createLocalTerms({ update }: Problem, shape: StateShape, deviations: Deviations): LocalTerms {
  const { nodes, noiseAt } = shape;
  const { fields, blocks } = deviations;
  const rows = (count: number) => Array.from({ length: count }, () => new Float64Array(nodes));
  const pairs = Array.from({ length: fields }, (_, f) => Array.from({ length: f + 1 }, (_e, h) => [f, h] as const));
  const products = pairs.flat();
  const [decay, force] = rows(2);
  const [along, withX] = [rows(blocks), rows(blocks)];
  const square = new Array<number>(blocks).fill(0);
  const [noiseFactor, noise] = [rows(packedSize(blocks)), rows(packedSize(blocks))];
  const matrix = new Array<Float64Array | null>(blocks * blocks).fill(null);
  const beta = new Float64Array(fields);

  /** E z_f z_h at a node. */
  const second = (y: Float64Array, f: number, h: number, n: number): number =>
    y[f * nodes + n] * y[h * nodes + n] + y[noiseAt + packed(Math.max(f, h), Math.min(f, h)) * nodes + n];

  function writeFactors(y: Float64Array): void {
    for (let n = 0; n < nodes; n++) {
      for (let f = 0; f < fields; f++) {
        along[f][n] = beta[f];
        withX[f][n] = beta[f] * y[n];
        for (let h = 0; h <= f; h++) noiseFactor[packed(f, h)][n] = beta[f] * beta[h];
      }
      for (const [f, h] of products) {
        const block = productBlock(deviations, f, h);
        along[block][n] = beta[f] * y[h * nodes + n] + beta[h] * y[f * nodes + n];
        withX[block][n] = beta[f] * second(y, h, 0, n) + beta[h] * second(y, f, 0, n);
        for (let e = 0; e < fields; e++) noiseFactor[packed(block, e)][n] = beta[e] * along[block][n];
        for (const [e, g] of products) {
          const other = productBlock(deviations, e, g);
          if (other > block) continue;
          noiseFactor[packed(block, other)][n] =
            beta[f] * beta[e] * second(y, h, g, n) +
            beta[f] * beta[g] * second(y, h, e, n) +
            (beta[h] * beta[e] * second(y, f, g, n) + beta[h] * beta[g] * second(y, f, e, n));
        }
      }
    }
  }

  const rowOf = (p: number, e: number): Float64Array => (matrix[p * blocks + e] ??= new Float64Array(nodes));

  /** Adds half of what moves δ(z_f z_h): that of the factor f. */
  function addFactor(flow: LinearMap, f: number, h: number): void {
    const block = productBlock(deviations, f, h);
    for (let e = 0; e < fields; e++) {
      const constant = flow.matrix[f * fields + e];
      if (constant === 0 && !(e === 0 && beta[f] !== 0)) continue;
      const row = rowOf(block, productBlock(deviations, e, h));
      for (let n = 0; n < nodes; n++) row[n] += constant + (e === 0 ? beta[f] * decay[n] : 0);
    }
    if (beta[f] === 0) return;
    const turn = rowOf(block, h);
    for (let n = 0; n < nodes; n++) turn[n] += beta[f] * force[n];
  }

  return {
    decay,
    force,
    along,
    withX,
    square,
    noiseFactor,
    noise,
    matrix,
    begin(push, y) {
      for (let f = 0; f < update.fields.length; f++) beta[f] = push[f];
      for (const [f, h] of products) square[productBlock(deviations, f, h)] = beta[f] * beta[h];
      for (const values of [decay, force, ...noise]) values.fill(0);
      writeFactors(y);
    },
    finish(flow) {
      for (const values of matrix) values?.fill(0);
      for (let f = 0; f < fields; f++) {
        for (let e = 0; e < fields; e++) {
          const constant = flow.matrix[f * fields + e];
          if (constant === 0 && !(e === 0 && beta[f] !== 0)) continue;
          const row = rowOf(f, e);
          for (let n = 0; n < nodes; n++) row[n] += constant + (e === 0 ? beta[f] * decay[n] : 0);
        }
        for (let h = 0; h <= f; h++) {
          addFactor(flow, f, h);
          addFactor(flow, h, f);
        }
      }
    },
  };
}
