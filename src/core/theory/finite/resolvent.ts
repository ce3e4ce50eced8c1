/** κ(s) of Silverstein's equation (M3) on contours of inverse Laplace transforms. */

/** A spectrum as weighted eigenvalues. */
export interface Spectrum {
  readonly eigenvalues: Float64Array;
  readonly weights: Float64Array;
  /** n. */
  readonly samples: number;
}

export interface Complex {
  readonly re: number;
  readonly im: number;
}

/** κ > 0 at a real s > 0: the root of κ (1 − (1/n) Σ λ/(λ+κ)) = s, by bisection in [s, s + tr K/n]. */
export function realKappa({ eigenvalues, weights, samples }: Spectrum, s: number): number {
  const trace = eigenvalues.reduce((sum, value, k) => sum + weights[k] * value, 0);
  let low = s;
  let high = s + trace / samples;
  for (let round = 0; round < 200 && high - low > 1e-15 * high; round++) {
    const middle = 0.5 * (low + high);
    let shrunk = 0;
    for (let k = 0; k < eigenvalues.length; k++) shrunk += (weights[k] * eigenvalues[k]) / (eigenvalues[k] + middle);
    if (middle * (1 - shrunk / samples) < s) low = middle;
    else high = middle;
  }
  return 0.5 * (low + high);
}

/** Newton's iteration from the root at a point nearby; null where it does not settle above the real axis. */
function newton({ eigenvalues, weights, samples }: Spectrum, s: Complex, from: Complex): Complex | null {
  let { re, im } = from;
  for (let round = 0; round < 30; round++) {
    let fRe = re - s.re;
    let fIm = im - s.im;
    let slopeRe = 1;
    let slopeIm = 0;
    for (let k = 0; k < eigenvalues.length; k++) {
      const lambda = eigenvalues[k];
      const a = lambda + re;
      const square = a * a + im * im;
      const share = (weights[k] * lambda) / (samples * square);
      // κ/(λ+κ), and λ/(λ+κ)², its derivative
      fRe -= share * (re * a + im * im);
      fIm -= share * lambda * im;
      slopeRe -= (share * lambda * (a * a - im * im)) / square;
      slopeIm += (share * lambda * 2 * a * im) / square;
    }
    const size = slopeRe * slopeRe + slopeIm * slopeIm;
    const stepRe = (fRe * slopeRe + fIm * slopeIm) / size;
    const stepIm = (fIm * slopeRe - fRe * slopeIm) / size;
    re -= stepRe;
    im -= stepIm;
    if (Math.abs(stepRe) + Math.abs(stepIm) < 1e-14 * (Math.abs(re) + Math.abs(im))) return im >= 0 ? { re, im } : null;
  }
  return null;
}

/** κ along points of the upper half plane that begin near the real axis, by continuation from `start` on it. */
export function kappasAlong(spectrum: Spectrum, start: number, points: readonly Complex[]): Complex[] {
  let at: Complex = { re: start, im: 0 };
  let kappa: Complex = { re: realKappa(spectrum, start), im: 0 };
  return points.map((point) => {
    let way = 0;
    let step = 0.25;
    const from = at;
    while (way < 1) {
      const next = Math.min(1, way + step);
      const s = { re: from.re + next * (point.re - from.re), im: from.im + next * (point.im - from.im) };
      const found = newton(spectrum, s, kappa);
      if (found) {
        way = next;
        kappa = found;
      } else if ((step *= 0.5) < 1e-6) throw new RangeError(`no root of Silverstein's equation near ${s.re} + ${s.im}i`);
    }
    at = point;
    return kappa;
  });
}
