/**
 * What the signs of samples make of the directions, (T14): given r, sgn a_ρ has a mean of 2Φ(ν) − 1 with ν = μ/√λ, and moves
 * with r by 2φ(ν)√λ in place of λ; its square is 1. So the equations are those of (T4), with these in place of μ and λ where
 * directions are moved, and noise of power Q − D² in place of λQ.
 */
import { normalCdf, normalDensity } from '../../math/normal.ts';
import { type Directions } from '../../model/directions.ts';

/** In place of λ, μ and c where directions are moved, C×N row-major each. */
export interface Drive {
  readonly eigenvalues: Float64Array;
  readonly means: Float64Array;
  readonly noisePower: Float64Array;
}

/** Of every direction by itself. A clean one moves by sgn μ; where there is neither mean nor variance nothing moves. */
export function signDrive({ eigenvalues, means }: Directions): Drive {
  const ratio = (k: number) => means[k] / Math.sqrt(eigenvalues[k]);
  return {
    eigenvalues: eigenvalues.map((lambda, k) => (lambda > 0 ? 2 * normalDensity(ratio(k)) * Math.sqrt(lambda) : 0)),
    means: means.map((mean, k) => (eigenvalues[k] > 0 ? normalCdf(ratio(k)) - normalCdf(-ratio(k)) : Math.sign(mean))),
    noisePower: eigenvalues.map((lambda, k) => (lambda > 0 || means[k] !== 0 ? 1 : 0)),
  };
}
