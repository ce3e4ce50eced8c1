/** Gauss–Legendre quadrature: ∫_a^b h(u) du ≈ (b − a) Σ_k weights[k] h(a + (b − a) nodes[k]). */
import { gaussRule } from './gauss-discrete.ts';

export interface UnitRule {
  /** Ascending, in (0, 1). */
  readonly nodes: Float64Array;
  /** Positive, sum 1. */
  readonly weights: Float64Array;
}

const known = new Map<number, UnitRule>();

/**
 * The m-point rule on (0, 1), exact for polynomials of degree 2m − 1: the limit of `gaussDiscrete` for many points, with
 * β_k = k²/(4k² − 1) on [−1, 1].
 * @param nodes m, 1 to 64.
 * @throws RangeError outside that range.
 */
export function gaussLegendre(nodes: number): UnitRule {
  if (!Number.isInteger(nodes) || nodes < 1 || nodes > 64) throw new RangeError(`expected 1 to 64 nodes, got ${nodes}`);
  const found = known.get(nodes);
  if (found) return found;
  const { zeros, weights } = gaussRule((k) => k / Math.sqrt(4 * k * k - 1), nodes);
  const rule = { nodes: Float64Array.from(zeros, (u) => 0.5 + 0.5 * u), weights: Float64Array.from(weights) };
  known.set(nodes, rule);
  return rule;
}
