import { describe, expect, it } from 'vitest';
import { createMoments, type GaussianMoments } from '../../../src/core/loss/loss.ts';
import { createLoss } from '../../../src/core/loss/loss-spec.ts';
import { createSoftmaxMoments, independentSets, interlacedGrids } from '../../../src/core/loss/softmax-moments.ts';
import { normalDensity } from '../../../src/core/math/normal.ts';
import { rootStream } from '../../../src/core/math/random.ts';
import { Averages, drawSample, randomLaw } from './sample.ts';

function worstDifference(a: GaussianMoments, b: GaussianMoments): number {
  let worst = Math.abs(a.risk - b.risk);
  for (const key of ['gradient', 'hessian', 'gradientSquare'] as const) {
    a[key].forEach((value, k) => (worst = Math.max(worst, Math.abs(value - b[key][k]))));
  }
  return worst;
}

/** Steps of grids far finer than those in use, in one dimension and more. */
const FINE_STEPS = [0.05, 0.2, 0.4, 0.8];

/** A rule far finer than the one in use: grids, or 4 × 2 × 131072 points. */
const fineRule = (classes: number) =>
  classes <= 6 ? interlacedGrids(classes - 2, FINE_STEPS[classes - 3]) : independentSets(classes - 2, 1 << 17, 4);

/**
 * E log Σ_j e^{r_j} of independent r_j ~ N(0, σ²), with log S = ∫ (exp(−e^x) − exp(−e^x S)) dx over the whole line:
 * the expectation of the second term is a product of one-dimensional ones.
 */
function independentRisk(classes: number, deviation: number): number {
  const [low, high] = [-40 - 8 * deviation, 8];
  const transform = (x: number) => {
    let sum = 0;
    for (let z = -9; z <= 9; z += 0.05) sum += 0.05 * normalDensity(z) * Math.exp(-Math.exp(x + deviation * z));
    return sum;
  };
  let risk = 0;
  const step = 0.1;
  for (let x = low; x <= high; x += step) risk += step * (Math.exp(-Math.exp(x)) - transform(x) ** classes);
  return risk;
}

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

  it.each([2, 3, 4, 5, 10, 32])('has risk log C, p = 1/C and a share 1/C of the ties at X = 0, C = %i', (classes) => {
    const loss = createLoss({ kind: 'softmax' }, classes);
    const moments = createMoments(classes, 0);
    const [mean, covariance] = [new Float64Array(classes), new Float64Array(classes ** 2)];
    loss.moments(1, mean, covariance, moments);
    // The table of logistic moments interpolates to 1e-8.
    expect(moments.risk).toBeCloseTo(Math.log(classes), 7);
    expect(moments.gradient[0]).toBeCloseTo(1 / classes, 7);
    expect(moments.gradient[1]).toBeCloseTo(1 / classes - 1, 7);
    expect(moments.hessian[0]).toBeCloseTo((1 - 1 / classes) / classes, 7);
    for (const i of [0, 1]) expect(loss.classificationError(i, mean, covariance)).toBeCloseTo(1 - 1 / classes, 14);
  });

  it.each([3, 4, 5, 6, 7, 10, 12])('states an error that covers the true one, C = %i', (classes) => {
    const moments = createSoftmaxMoments(classes);
    const fine = createSoftmaxMoments(classes, fineRule(classes));
    const [ours, exact] = [createMoments(classes, 0), createMoments(classes, 0)];
    const stream = rootStream(21).child('laws', classes);
    for (const scale of [0.01, 0.1, 1, 4, 20]) {
      const law = randomLaw(classes, classes, scale, stream);
      moments(1, law.mean, law.covariance, ours);
      fine(1, law.mean, law.covariance, exact);
      // 1e-8 of the table of logistic moments
      expect(worstDifference(ours, exact)).toBeLessThan(ours.errorEstimate + exact.errorEstimate + 1e-8);
      // three standard errors, six of two sets: not so many that the estimate says nothing
      expect(ours.errorEstimate).toBeLessThan(0.06 * Math.max(1, Math.sqrt(scale)));
    }
  });

  it.each([
    // by another program: 5.0545 ± 0.0006
    [28, 2, 5.0545],
    [4, 1, NaN],
    ...[12, 16, 28, 32].flatMap((classes) => [0.1, 0.5, 1, 2, 5].map((deviation) => [classes, deviation, NaN])),
  ])(
    'has the risk of a one-dimensional integral for %i independent outputs of deviation %f',
    (classes, deviation, known) => {
      const exact = independentRisk(classes, deviation);
      if (known > 0) expect(Math.abs(exact - known)).toBeLessThan(0.0012);
      const out = createMoments(classes, 0);
      const covariance = new Float64Array(classes * classes);
      for (let a = 0; a < classes; a++) covariance[a * classes + a] = deviation * deviation;
      createSoftmaxMoments(classes)(0, new Float64Array(classes), covariance, out);
      const error = Math.abs(out.risk - exact);
      expect(error).toBeLessThan(out.errorEstimate + 1e-8);
      expect(error / exact).toBeLessThan(1e-3);
    },
  );

  it.each([4, 12, 16, 28, 32])('agrees with samples within the stated error, C = %i', (classes) => {
    const loss = createLoss({ kind: 'softmax' }, classes);
    const out = createMoments(classes, 0);
    const stream = rootStream(26).child('laws', classes);
    const [normals, output, mirrored, gradient, values] = [1, 1, 1, 1, 2].map((n) => new Float64Array(n * classes + 1));
    const [r, s, g] = [output, mirrored, gradient].map((buffer) => buffer.subarray(0, classes));
    for (const deviation of [0.1, 1, 2, 5]) {
      const law = randomLaw(classes, classes, deviation * deviation, stream);
      const i = classes - 1;
      loss.moments(i, law.mean, law.covariance, out);
      const averages = new Averages(1 + 2 * classes);
      for (let sample = 0; sample < 20_000; sample++) {
        drawSample(law, stream, normals, r);
        for (let a = 0; a < classes; a++) s[a] = 2 * law.mean[a] - r[a];
        values.fill(0);
        for (const point of [r, s]) {
          loss.gradient(i, point, normals, g);
          values[0] += 0.5 * loss.value(i, point, normals);
          for (let a = 0; a < classes; a++) {
            values[1 + a] += 0.5 * g[a];
            values[1 + classes + a] += 0.5 * g[a] * g[a];
          }
        }
        averages.add(values);
      }
      const expected = [out.risk, ...out.gradient, ...g.map((_, a) => out.gradientSquare[a * (classes + 1)])];
      expected.forEach((value, k) => {
        // Five standard errors of samples: one false alarm in some 10⁶ entries.
        const allowed = out.errorEstimate + 5 * averages.standardError(k) + 1e-8;
        expect(Math.abs(averages.mean(k) - value), `entry ${k}, deviation ${deviation}`).toBeLessThan(allowed);
      });
      // the estimate is no excuse: the risk is known to a few parts in a thousand, and better where B is moderate
      expect(out.errorEstimate).toBeLessThan((deviation > 2 ? 0.02 : 0.005) * Math.max(1, out.risk));
    }
  });

  it('does not jump where the common direction of the differences loses its last entry', () => {
    // u_1 … u_{n−1} independent and u_n = (1 − s) u_1 + z: with Cov u = L Lᵀ, L⁻¹1 = (1, …, 1, s).
    const classes = 8;
    const moments = createSoftmaxMoments(classes);
    const out = createMoments(classes, 0);
    const last = classes - 1;
    const risk = (s: number) => {
      const covariance = new Float64Array(classes * classes);
      for (let a = 1; a < classes; a++) covariance[a * classes + a] = a < last ? 1 : 1 + (1 - s) ** 2;
      covariance[last * classes + 1] = covariance[classes + last] = 1 - s;
      moments(0, Float64Array.of(0, 1, 0.5, -0.3, 0.2, -1, 0.7, 0.4), covariance, out);
      return out.risk;
    };
    const h = 1e-4;
    for (let s = -5 * h; s < 5 * h; s += h) {
      const second = risk(s + 2 * h) - 2 * risk(s + h) + risk(s);
      // h² times a second derivative of order 1
      expect(Math.abs(second)).toBeLessThan(h * h);
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
