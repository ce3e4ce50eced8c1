import { describe, expect, it } from 'vitest';
import { createMoments, type GaussianMoments } from '../../../src/core/loss/loss.ts';
import { createLoss } from '../../../src/core/loss/registry.ts';
import { createSoftmaxMoments, interlacedGrids, scrambledSets } from '../../../src/core/loss/softmax-moments.ts';
import { rootStream } from '../../../src/core/math/random.ts';
import { randomLaw } from './sample.ts';

function worstDifference(a: GaussianMoments, b: GaussianMoments): number {
  let worst = Math.abs(a.risk - b.risk);
  for (const key of ['gradient', 'hessian', 'gradientSquare'] as const) {
    a[key].forEach((value, k) => (worst = Math.max(worst, Math.abs(value - b[key][k]))));
  }
  return worst;
}

/** A rule far finer than the one in use: 0.05-spaced grids, or 4 × 2 × 131072 points. */
const fineRule = (classes: number) => {
  if (classes === 3) return interlacedGrids(1, 0.05);
  return classes === 4 ? interlacedGrids(2, 0.2) : scrambledSets(classes - 2, 1 << 17, 4);
};

describe('softmax', () => {
  it('of two classes is the logistic loss of the difference of its outputs', () => {
    const [softmax, logistic] = [createLoss({ kind: 'softmax' }, 2), createLoss({ kind: 'logistic' }, 2)];
    const [two, one] = [createMoments(2, 0), createMoments(1, 0)];
    const mean = Float64Array.of(0.3, -0.9);
    const covariance = Float64Array.of(2, 0.4, 0.4, 1);
    for (const i of [0, 1]) {
      softmax.moments(i, mean, covariance, two);
      // Logistic: r = r_1 − r_2 ~ N(1.2, 2 + 1 − 0.8).
      logistic.moments(i, Float64Array.of(1.2), Float64Array.of(2.2), one);
      expect(two.risk).toBeCloseTo(one.risk, 14);
      expect(two.gradient[0]).toBeCloseTo(one.gradient[0], 14);
      expect(two.hessian[1]).toBeCloseTo(-one.hessian[0], 14);
      expect(two.gradientSquare[3]).toBeCloseTo(one.gradientSquare[0], 14);
      expect(softmax.classificationError(i, mean, covariance)).toBeCloseTo(
        logistic.classificationError(i, Float64Array.of(1.2), Float64Array.of(2.2)),
        14,
      );
    }
  });

  it.each([2, 3, 4, 5, 10, 32])(
    'has risk log C, p = 1/C and the argmax of the first class at X = 0, C = %i',
    (classes) => {
      const loss = createLoss({ kind: 'softmax' }, classes);
      const moments = createMoments(classes, 0);
      const [mean, covariance] = [new Float64Array(classes), new Float64Array(classes ** 2)];
      loss.moments(1, mean, covariance, moments);
      // The table of logistic moments interpolates to 1e-8.
      expect(moments.risk).toBeCloseTo(Math.log(classes), 7);
      expect(moments.gradient[0]).toBeCloseTo(1 / classes, 7);
      expect(moments.gradient[1]).toBeCloseTo(1 / classes - 1, 7);
      expect(moments.hessian[0]).toBeCloseTo((1 - 1 / classes) / classes, 7);
      expect(loss.classificationError(0, mean, covariance)).toBe(0);
      expect(loss.classificationError(1, mean, covariance)).toBe(1);
    },
  );

  it.each([3, 4, 5, 10])('states an error that covers the true one, C = %i', (classes) => {
    const moments = createSoftmaxMoments(classes);
    const fine = createSoftmaxMoments(classes, fineRule(classes));
    const [ours, exact] = [createMoments(classes, 0), createMoments(classes, 0)];
    const stream = rootStream(21).child('laws', classes);
    for (const scale of [0.1, 1, 4, 20]) {
      const law = randomLaw(classes, classes, scale, stream);
      moments(1, law.mean, law.covariance, ours);
      fine(1, law.mean, law.covariance, exact);
      // Four scramblings know their spread to a factor of about two: hence three times the estimate.
      expect(worstDifference(ours, exact)).toBeLessThan(3 * (ours.errorEstimate + exact.errorEstimate) + 1e-9);
      expect(ours.errorEstimate).toBeLessThan(0.02 * Math.max(1, Math.sqrt(scale)));
    }
  });

  it.each([3, 4])('is exact to 1e-8 at moderate covariances, C = %i', (classes) => {
    const moments = createSoftmaxMoments(classes);
    const fine = createSoftmaxMoments(classes, fineRule(classes));
    const [ours, exact] = [createMoments(classes, 0), createMoments(classes, 0)];
    const stream = rootStream(22).child('laws', classes);
    for (let trial = 0; trial < 5; trial++) {
      const law = randomLaw(classes, classes, 1, stream);
      moments(0, law.mean, law.covariance, ours);
      fine(0, law.mean, law.covariance, exact);
      expect(worstDifference(ours, exact)).toBeLessThan(1e-8);
    }
  });

  it('does not change when all outputs move together', () => {
    const moments = createSoftmaxMoments(5);
    const [still, moved] = [createMoments(5, 0), createMoments(5, 0)];
    const law = randomLaw(5, 5, 1, rootStream(23));
    moments(2, law.mean, law.covariance, still);
    moments(
      2,
      law.mean.map((m) => m + 3),
      law.covariance.map((b) => b + 7),
      moved,
    );
    // Taking the common part out of B costs some digits of it.
    expect(worstDifference(still, moved)).toBeLessThan(1e-11);
  });

  it('agrees with itself across the switch to exponentials that cannot overflow', () => {
    const moments = createSoftmaxMoments(5);
    const [below, above] = [createMoments(5, 0), createMoments(5, 0)];
    const law = randomLaw(5, 5, 1, rootStream(24));
    let jump = 0;
    for (let size = 280; size < 300; size += 0.25) {
      // The rivals' means reach the limit together with their spread; steps of 1e-9 straddle it once.
      const mean = (shift: number) => Float64Array.from(law.mean, (m, k) => (k === 0 ? m - shift : m));
      moments(1, mean(size), law.covariance, below);
      moments(1, mean(size + 1e-9), law.covariance, above);
      jump = Math.max(jump, worstDifference(below, above));
    }
    expect(jump).toBeLessThan(1e-8);
    moments(
      1,
      law.mean.map((m) => 1e4 * m),
      law.covariance.map((b) => 1e8 * b),
      above,
    );
    expect(above.risk).toBeGreaterThan(0);
    expect([above.risk, ...above.gradient, ...above.hessian].every(Number.isFinite)).toBe(true);
  });

  it('gives NaN, not a hang or a number, for a mean that is not finite', () => {
    const moments = createMoments(4, 0);
    createSoftmaxMoments(4)(0, Float64Array.of(NaN, 0, 0, 0), randomLaw(4, 4, 1, rootStream(1)).covariance, moments);
    expect(moments.risk).toBeNaN();
  });

  it('follows a covariance that grows from nothing smoothly', () => {
    const moments = createSoftmaxMoments(6);
    const out = createMoments(6, 0);
    const law = randomLaw(6, 6, 1, rootStream(25));
    const risk = (t: number) => {
      moments(
        0,
        law.mean.map((m) => t * m),
        law.covariance.map((b) => t * t * b),
        out,
      );
      return out.risk;
    };
    // A smooth function of t: third differences are h³ times its third derivative, of order 10.
    const h = 0.01;
    for (let t = 0; t < 1; t += h) {
      const third = risk(t + 3 * h) - 3 * risk(t + 2 * h) + 3 * risk(t + h) - risk(t);
      expect(Math.abs(third)).toBeLessThan(10 * h ** 3);
    }
  });
});
