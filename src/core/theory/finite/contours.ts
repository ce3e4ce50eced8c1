/**
 * Parabolas around the spectrum of −K̂ for inverse Laplace transforms, one per octave of time (J. A. C. Weideman & L. N.
 * Trefethen, Math. Comp. 76 (2007) 1341), with κ of (M3) on them.
 */
import { exponential, multiplied, type Complex } from './complex.ts';
import { kappasAlong, type Spectrum } from './resolvent.ts';

/** Nodes of the upper half of a contour: with times within a factor 2, errors of some 1e-10 of the largest value. */
export const CONTOUR_NODES = 16;

export interface Contour {
  readonly points: readonly Complex[];
  readonly kappas: readonly Complex[];
  /** (2/2πi) ds: Re Σ weight e^{sτ} F(s) is the transform of F at τ, both halves counted. */
  readonly weights: readonly Complex[];
}

/** Of the octave that ends at `longest`, to the right of all that is at or left of `shift`. */
function contourOf(spectrum: Spectrum | null, longest: number, shift: number): Contour {
  // as of the paper's table for times within a factor of 2
  const step = Math.sqrt(17) / CONTOUR_NODES;
  const mu = (Math.PI * CONTOUR_NODES) / (4 * Math.sqrt(17) * longest);
  const at = Array.from({ length: CONTOUR_NODES }, (_, k) => (k + 0.5) * step);
  const points = at.map((u) => ({ re: shift + mu * (1 - u * u), im: 2 * mu * u }));
  // ds/du = 2μ(i − u), and 1/i of it is 2μ(1 + iu)
  const weights = at.map((u) => ({ re: (2 * mu * step) / Math.PI, im: (2 * mu * step * u) / Math.PI }));
  return { points, kappas: spectrum ? kappasAlong(spectrum, shift + mu, points) : points, weights };
}

/**
 * Contours that are made when first asked for; each with what `prepare` makes of it.
 * @param spectrum of a typical data set; null for a spectrum that is known, where κ is s itself.
 */
export function createContours<Prepared>(
  spectrum: Spectrum | null,
  shift: number,
  prepare: (contour: Contour) => Prepared,
): (tau: number) => Contour & { readonly prepared: Prepared } {
  const known = new Map<number, Contour & { readonly prepared: Prepared }>();
  return (tau) => {
    let longest = 1;
    while (longest < tau) longest *= 2;
    while (longest >= 2 * tau) longest *= 0.5;
    let found = known.get(longest);
    if (!found) {
      const contour = contourOf(spectrum, longest, shift);
      known.set(longest, (found = { ...contour, prepared: prepare(contour) }));
    }
    return found;
  };
}

/** weight e^{sτ} at every node. */
export const grownWeights = ({ points, weights }: Contour, tau: number): Complex[] =>
  points.map(({ re, im }, k) => multiplied(weights[k], exponential({ re: re * tau, im: im * tau })));
