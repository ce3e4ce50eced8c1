/** κ(s) of Silverstein's equation (M3) on contours of inverse Laplace transforms. */
import { multiplied, quotient, type Complex } from './complex.ts';

/** A spectrum as weighted eigenvalues, and the number of samples that shows it. */
export interface Spectrum {
  readonly eigenvalues: Float64Array;
  /** Directions of each eigenvalue. */
  readonly weights: Float64Array;
  /** n. */
  readonly samples: number;
}

const MOST_ROUNDS = 30;

/** Σ w λ/(λ+κ), df₁ of (E1), at a real κ >= 0; clean directions have no part in it. */
export function degreesOfFreedom({ eigenvalues, weights }: Spectrum, kappa: number): number {
  let sum = 0;
  for (let k = 0; k < eigenvalues.length; k++) {
    if (eigenvalues[k] > 0) sum += (weights[k] * eigenvalues[k]) / (eigenvalues[k] + kappa);
  }
  return sum;
}

/** κ at a real s >= 0: the root of κ (1 − df₁(κ)/n) = s, by bisection in [s, s + tr K/n]; 0 at s = 0 where n >= rank K. */
export function realKappa(spectrum: Spectrum, s: number): number {
  const { eigenvalues, weights, samples } = spectrum;
  if (s === 0 && degreesOfFreedom(spectrum, 0) <= samples) return 0;
  const trace = eigenvalues.reduce((sum, value, k) => sum + weights[k] * value, 0);
  let low = s;
  let high = s + trace / samples;
  for (;;) {
    const middle = 0.5 * (low + high);
    if (middle === low || middle === high) return middle;
    if (middle * (1 - degreesOfFreedom(spectrum, middle) / samples) < s) low = middle;
    else high = middle;
  }
}

/** Newton's iteration from the root at a point nearby; null where it does not settle above the real axis. */
function newton({ eigenvalues, weights, samples }: Spectrum, s: Complex, from: Complex): Complex | null {
  let { re, im } = from;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    let fRe = re - s.re;
    let fIm = im - s.im;
    let slopeRe = 1;
    let slopeIm = 0;
    for (let k = 0; k < eigenvalues.length; k++) {
      const lambda = eigenvalues[k];
      const a = lambda + re;
      const square = a * a + im * im;
      if (lambda === 0 || square === 0) continue;
      const share = (weights[k] * lambda) / (samples * square);
      // κ/(λ+κ), and λ/(λ+κ)², its derivative
      fRe -= share * (re * a + im * im);
      fIm -= share * lambda * im;
      slopeRe -= (share * lambda * (a * a - im * im)) / square;
      slopeIm += (share * lambda * 2 * a * im) / square;
    }
    const step = quotient({ re: fRe, im: fIm }, { re: slopeRe, im: slopeIm });
    re -= step.re;
    im -= step.im;
    if (Math.abs(step.re) + Math.abs(step.im) < 1e-14 * (Math.abs(re) + Math.abs(im)))
      return im >= 0 ? { re, im } : null;
  }
  return null;
}

/**
 * κ along points of the upper half plane that begin near the real axis, by continuation from `start` on it.
 * @throws RangeError where no step is short enough: the branch is lost.
 */
export function kappasAlong(spectrum: Spectrum, start: number, points: readonly Complex[]): Complex[] {
  let at: Complex = { re: start, im: 0 };
  let kappa: Complex = { re: realKappa(spectrum, start), im: 0 };
  return points.map((point) => {
    let way = 0;
    let step = 0.25;
    const from = at;
    while (way < 1) {
      const next = Math.min(1, way + step);
      const whole = { re: point.re - from.re, im: point.im - from.im };
      const part = multiplied({ re: next, im: 0 }, whole);
      const s = { re: from.re + part.re, im: from.im + part.im };
      const found = newton(spectrum, s, kappa);
      if (found) {
        way = next;
        kappa = found;
      } else if ((step *= 0.5) < 1e-6)
        throw new RangeError(`no root of Silverstein's equation near ${s.re} + ${s.im}i`);
    }
    at = point;
    return kappa;
  });
}
