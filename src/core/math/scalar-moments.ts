/**
 * Gaussian moments of a function f of one variable r ~ N(m, B), as (T2) has them of a loss of one output. With them
 * comes what their derivatives need:
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
  /** Estimated absolute error of R, g, H and Q; 0 where they are in closed form. */
  errorEstimate: number;
}

/** A buffer for moments. */
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
    errorEstimate: 0,
  };
}
