/**
 * Moments (T9) of the loss ½ (|r| − |r*| − σε)² of phase retrieval. Given r* everything is in closed form, with the mean and
 * the variance v of r there: E sign r = 2Φ(μ/√v) − 1, and a density φ(μ/√v)/√v of r at the kink. One integral over r*
 * is left, cut at r* = 0 and around where the conditional mean of r passes its kink; of means 0 there is none. The noise is in
 * R and Q alone.
 */
import { asin } from '../math/arcsine.ts';
import { createPanels } from '../math/gaussian-panels.ts';
import { normalCdf, normalDensity } from '../math/normal.ts';
import { LEAST_RATIO, LEAST_VARIANCE, transitionCuts, type MomentsOf } from './labelled-moments.ts';

/** E of |s||r|, |s| sign r, sign s sign r, sign s |r|, |s|δ, sign s δ, |s|δ′, sign s δ′ and |s|δ″; δ is the density of r at 0. */
const PRODUCTS = 9;

/** @param noise σ. */
export function absoluteMoments(noise: number): MomentsOf {
  const panels = createPanels(PRODUCTS);
  const [above, below] = [0, 1].map(() => new Float64Array(PRODUCTS));
  const sums = new Float64Array(PRODUCTS);
  const law = { mean: 0, along: 0, rest: 0, teacherMean: 0, teacherRoot: 0 };

  /** What is averaged over r* = m* + √B* z. */
  function write(z: number, out: Float64Array): void {
    const response = law.teacherMean + law.teacherRoot * z;
    const size = Math.abs(response);
    const sign = Math.sign(response);
    const mean = law.mean + law.along * z;
    const x = mean / law.rest;
    const density = normalDensity(x) / law.rest;
    const turn = 2 * normalCdf(x) - 1;
    const slope = (-x / law.rest) * density;
    out[0] = size * (mean * turn + 2 * law.rest * law.rest * density);
    out[1] = size * turn;
    out[2] = sign * turn;
    out[3] = sign * (mean * turn + 2 * law.rest * law.rest * density);
    out[4] = size * density;
    out[5] = sign * density;
    out[6] = size * slope;
    out[7] = sign * slope;
    out[8] = (size * (x * x - 1) * density) / (law.rest * law.rest);
  }

  return (_label, { mean, variance: given, teacherMean, teacherVariance, covariance }, out) => {
    const { byMean, byVariance, byCovariance } = out;
    const variance = Math.max(given, LEAST_VARIANCE);
    // of a response that is certain nothing depends on q
    const random = teacherVariance > 0;
    law.teacherMean = teacherMean;
    law.teacherRoot = random ? Math.sqrt(teacherVariance) : 0;
    law.mean = mean;
    law.along = random ? covariance / law.teacherRoot : 0;
    law.rest = Math.sqrt(Math.max(variance - law.along * law.along, LEAST_RATIO * variance));
    const exact = random && mean === 0 && teacherMean === 0;
    if (exact) centredProducts(variance, teacherVariance, law.along / Math.sqrt(variance), sums);
    else {
      panels.integrate(
        (z, values, sizes) => {
          write(z, above);
          write(-z, below);
          for (let k = 0; k < PRODUCTS; k++) {
            values[k] = above[k] + below[k];
            if (sizes) sizes[k] = Math.abs(above[k]) + Math.abs(below[k]);
          }
        },
        random ? [-teacherMean / law.teacherRoot, ...transitionCuts(mean, law.along, law.rest * law.rest)] : [],
      );
      sums.set(panels.sums);
    }
    const [product, sized, signs, , dense, signedDense, sloped, signedSloped, bent] = sums;
    const signedSize = sums[3];
    // the law of r where r* = 0, times the density there: what |r*|″ = 2δ(r*) leaves
    const kink = random ? kinkOfResponse() : { density: 0, size: 0 };
    const clean = variance + mean * mean + Math.max(0, teacherVariance) + teacherMean * teacherMean - 2 * product;
    out.gradientSquare = Math.max(0, clean) + noise * noise;
    out.risk = 0.5 * out.gradientSquare;
    out.gradient = mean - sized;
    out.curvature = byMean.gradient = 1 - 2 * dense;
    out.cross = random ? -signs : 0;
    byMean.curvature = -2 * sloped;
    byMean.cross = byCovariance.gradient = random ? -2 * signedDense : 0;
    byMean.square = 2 * (mean - sized);
    byVariance.gradient = 0.5 * byMean.curvature;
    byVariance.curvature = -bent;
    byVariance.square = 1 - 2 * dense;
    byCovariance.curvature = random ? -2 * signedSloped : 0;
    byVariance.cross = 0.5 * byCovariance.curvature;
    byCovariance.cross = -4 * kink.density;
    byCovariance.square = random ? -2 * signs : 0;
    out.squareByTeacherMean = random ? 2 * (teacherMean - signedSize) : 0;
    out.squareByTeacherMeanTwice = random ? 2 - 4 * kink.size : 0;
    out.errorEstimate = exact
      ? 0
      : 2 * Math.max(panels.errors[0], panels.errors[1], panels.errors[2], panels.errors[4]);
  };

  /** E δ(r*) δ(r) and E δ(r*) |r|. */
  function kinkOfResponse(): { density: number; size: number } {
    const z = -law.teacherMean / law.teacherRoot;
    const there = normalDensity(z) / law.teacherRoot;
    const mean = law.mean + law.along * z;
    const x = mean / law.rest;
    const density = normalDensity(x) / law.rest;
    return {
      density: there * density,
      size: there * (mean * (2 * normalCdf(x) - 1) + 2 * law.rest * law.rest * density),
    };
  }
}

/** The same products where r and r* have mean 0, in closed form: c is their correlation. */
function centredProducts(variance: number, teacherVariance: number, c: number, out: Float64Array): void {
  const apart = Math.max(1 - c * c, LEAST_RATIO);
  const angle = asin(c);
  const rest = teacherVariance * apart;
  out.fill(0);
  out[0] = (2 / Math.PI) * Math.sqrt(variance * teacherVariance) * (Math.sqrt(apart) + c * angle);
  out[2] = (2 / Math.PI) * angle;
  out[4] = Math.sqrt(rest / variance) / Math.PI;
  out[7] = -c / (Math.PI * variance * Math.sqrt(apart));
  out[8] = (out[4] * ((c * c) / apart - 1)) / variance;
}
