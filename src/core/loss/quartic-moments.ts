/**
 * Moments (T9) of the quartic loss ¼ (r² − s²)² of phase retrieval, s = r* + σε. All of them are polynomials of degree six
 * at most in two Gaussian variables, for which a Gauss–Hermite rule of four nodes each is exact, singular laws included.
 */
import { gaussHermite } from '../math/gauss-hermite.ts';
import { type MomentsOf } from './labelled-moments.ts';

const { nodes, weights } = gaussHermite(4);

/** @param noise σ. */
export function quarticMoments(noise: number): MomentsOf {
  return (_label, { mean, variance, teacherMean, teacherVariance, covariance }, out) => {
    const { byMean, byVariance, byCovariance } = out;
    const response = Math.max(0, teacherVariance) + noise * noise;
    const root = Math.sqrt(response);
    // of a response that is certain nothing depends on q
    const along = response > 0 ? covariance / root : 0;
    const rest = Math.sqrt(Math.max(0, variance - along * along));
    let [risk, gradient, curvature, cross, square] = [0, 0, 0, 0, 0];
    let [bySlope, byTwice, byBoth, byResponse, byResponseTwice] = [0, 0, 0, 0, 0];
    for (let i = 0; i < nodes.length; i++) {
      const s = teacherMean + root * nodes[i];
      for (let j = 0; j < nodes.length; j++) {
        const weight = weights[i] * weights[j];
        const r = mean + along * nodes[i] + rest * nodes[j];
        const difference = r * r - s * s;
        const slope = r * difference;
        const bend = 3 * r * r - s * s;
        const mixed = -2 * r * s;
        risk += weight * 0.25 * difference * difference;
        gradient += weight * slope;
        curvature += weight * bend;
        cross += weight * mixed;
        square += weight * slope * slope;
        bySlope += weight * 2 * slope * bend;
        byTwice += weight * 2 * (bend * bend + 6 * r * slope);
        byBoth += weight * 2 * (bend * mixed - 2 * s * slope);
        byResponse += weight * 2 * slope * mixed;
        byResponseTwice += weight * 2 * (mixed * mixed - 2 * r * slope);
      }
    }
    out.risk = risk;
    out.gradient = gradient;
    out.curvature = byMean.gradient = curvature;
    out.cross = response > 0 ? cross : 0;
    out.gradientSquare = square;
    byMean.curvature = 6 * mean;
    byMean.cross = byCovariance.gradient = response > 0 ? -2 * teacherMean : 0;
    byMean.square = bySlope;
    byVariance.gradient = 0.5 * byMean.curvature;
    byVariance.curvature = 3;
    byVariance.square = 0.5 * byTwice;
    byVariance.cross = byCovariance.curvature = 0;
    byCovariance.cross = response > 0 ? -2 : 0;
    byCovariance.square = response > 0 ? byBoth : 0;
    out.squareByTeacherMean = response > 0 ? byResponse : 0;
    out.squareByTeacherMeanTwice = response > 0 ? byResponseTwice : 0;
    out.errorEstimate = 0;
  };
}
