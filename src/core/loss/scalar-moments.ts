/** Gaussian moments of losses of one output, ℓ = 1, with derivatives. */

/**
 * Gaussian moments (T2) of a loss of one output under r ~ N(m, B), with what their derivatives need:
 * ∂_m E h(r) = E h′(r) and ∂_B E h(r) = ½ E h″(r). All dimensionless.
 */
export interface ScalarMoments {
  /** R = E f. */
  risk: number;
  /** g = E f′ = ∂R/∂m. */
  gradient: number;
  /** H = E f″ = ∂g/∂m = 2 ∂R/∂B. */
  curvature: number;
  /** E f‴ = ∂H/∂m = 2 ∂g/∂B. */
  third: number;
  /** E f⁗ = 2 ∂H/∂B. */
  fourth: number;
  /** Q = E f′². */
  gradientSquare: number;
  /** ∂Q/∂m = E (f′²)′. */
  gradientSquareByMean: number;
  /** ∂Q/∂B = ½ E (f′²)″. */
  gradientSquareByVariance: number;
}

/** The part of a loss of one output that exact derivatives of the theory need. */
export interface ScalarLoss {
  /**
   * @param mean m.
   * @param variance B; values below 0 (rounding) count as 0, where the moments are values at the mean.
   * @param out overwritten; all NaN when an argument is not finite.
   */
  scalarMoments(classIndex: number, mean: number, variance: number, out: ScalarMoments): void;
}

/** A buffer for `scalarMoments`. */
export function createScalarMoments(): ScalarMoments {
  return {
    risk: 0,
    gradient: 0,
    curvature: 0,
    third: 0,
    fourth: 0,
    gradientSquare: 0,
    gradientSquareByMean: 0,
    gradientSquareByVariance: 0,
  };
}
