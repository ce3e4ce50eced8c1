/**
 * Models as functions of u = ρ/d in (0, 1]: the one source of the arrays at finite d, of their compression and of the
 * limit d → ∞ (T7). There μ_{i,ρ} = M_i(u)/√d with ⟨M_i M_j⟩ = scale² ⟨A_i A_j⟩(u) e(u), ⟨·⟩ averaging over the
 * directions around u.
 */
import { expm1, log, pow } from '../math/elementary.ts';

/** factor · u^exponent. */
export interface Power {
  readonly factor: number;
  readonly exponent: number;
}

/** The same number everywhere. */
export const constantPower = (factor: number): Power => ({ factor, exponent: 0 });

/** Value at u > 0. */
export function powerAt({ factor, exponent }: Power, u: number): number {
  return exponent === 0 ? factor : factor * pow(u, exponent);
}

/** Mean over a ≤ u ≤ b, for 0 ≤ a < b and an exponent > −1. */
export function powerMean({ factor, exponent }: Power, a: number, b: number): number {
  if (exponent === 0) return factor;
  const degree = exponent + 1;
  const mean = pow(b, exponent) / degree;
  // expm1: b^degree − a^degree cancels for a near b, and for a degree near 0
  return factor * mean * (a === 0 ? 1 : -expm1(degree * log(a / b)) / (1 - a / b));
}

/** A part of (0, 1] over which every λ_i is a power. */
export interface LimitPiece {
  /** It begins at the end of the one before. */
  readonly end: number;
  /** λ_i(u), C. */
  readonly eigenvalues: readonly Power[];
}

/**
 * Directions at which pieces end at dimension d: those before `ends[k]`, 0-based, and in no piece before are of piece k.
 * The last piece ends at d.
 */
export function pieceEnds(pieces: readonly LimitPiece[], dimension: number): number[] {
  let start = 0;
  return pieces.map(({ end }, k) => {
    start = k === pieces.length - 1 ? dimension : Math.max(start, Math.min(dimension, Math.round(dimension * end)));
    return start;
  });
}

export interface ArrangementLimit {
  /** ⟨A_i A_j⟩ around u. */
  correlation(i: number, j: number, u: number): number;
  /** Largest angular frequency in u for C classes; 0 without oscillation. */
  frequency(classes: number): number;
}
