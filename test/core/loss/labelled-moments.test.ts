/** Moments by quadrature against closed forms, brute force and sampling: every registered loss and losses with kinks. */
import { describe, expect, it } from 'vitest';
import { bernoulliLabels } from '../../../src/core/labels/teacher-bernoulli.ts';
import { signLabels } from '../../../src/core/labels/teacher-sign.ts';
import { createLabelAverage, type BinaryLabels } from '../../../src/core/labels/labels.ts';
import {
  createLabelledMoments,
  momentsOf,
  type LabelledFunction,
  type LabelledMoments,
  type PairLaw,
} from '../../../src/core/loss/labelled-moments.ts';
import { createLoss } from '../../../src/core/loss/loss-spec.ts';
import { gaussLegendre } from '../../../src/core/math/gauss-legendre.ts';
import { normalDensity } from '../../../src/core/math/normal.ts';
import { createScalarMoments } from '../../../src/core/math/scalar-moments.ts';
import { softplusMoments } from '../../../src/core/math/softplus-moments.ts';
import { registered, subjects } from './labelled-subjects.ts';
import { law, sampledMoments, teachers } from './sampled-moments.ts';

const VARIANCES = [1e-11, 1e-8, 1e-5, 1e-3, 0.03, 0.3, 1, 10, 100, 1000];
const MEANS = [-3, -0.999, 0, 0.25, 1, 1.7];
const inOrder = ({ risk, gradient, curvature, gradientSquare }: LabelledMoments) => [
  risk,
  gradient,
  curvature,
  gradientSquare,
];
const ofClass = (m: number, B: number): PairLaw => ({
  mean: m,
  variance: B,
  teacherMean: 0,
  teacherVariance: 0,
  covariance: 0,
});

describe.each(subjects)('the moments of $name by quadrature', ({ loss, closed }) => {
  const moments = momentsOf(loss, null);
  const out = createLabelledMoments();

  it('are the closed forms to 1e-10 for B from 1e-11 to 1e3, and their error is covered by the estimate', () => {
    for (const B of VARIANCES) {
      for (const m of MEANS) {
        for (const label of [0, 1]) {
          moments(label, ofClass(m, B), out);
          closed(label, m, B).forEach((value, k) => {
            const error = Math.abs(inOrder(out)[k] - value);
            const where = `entry ${k} at m = ${m}, B = ${B}, label ${label}`;
            // of large moments relative: Q of a square is 4000, H of a kink 1e5
            const size = Math.max(1, Math.abs(value));
            expect(error, where).toBeLessThanOrEqual(1e-10 * size);
            // the closed forms themselves have rounding, of differences of terms as large as B
            expect(error, where).toBeLessThanOrEqual(out.errorEstimate + 4e-14 * size + 4e-16 * B);
          });
        }
      }
    }
  });

  it('have the derivatives by m and B that differences of the closed forms give', () => {
    for (const [m, B] of [
      [0.3, 0.5],
      [-1.2, 4],
    ]) {
      const h = 1e-4;
      moments(0, ofClass(m, B), out);
      const slope = (dm: number, dB: number) =>
        closed(0, m + dm, B + dB).map((value, k) => (value - closed(0, m - dm, B - dB)[k]) / (2 * h));
      const { byMean, byVariance } = out;
      const [expectedByMean, expectedByVariance] = [slope(h, 0), slope(0, h)];
      // h² of a third derivative of order 1
      [out.gradient, byMean.gradient, byMean.curvature, byMean.square].forEach((value, k) =>
        expect(value).toBeCloseTo(expectedByMean[k], 6),
      );
      [0.5 * out.curvature, byVariance.gradient, byVariance.curvature, byVariance.square].forEach((value, k) =>
        expect(value).toBeCloseTo(expectedByVariance[k], 6),
      );
    }
  });

  it('below B = 1e-11 are those at it, and are not numbers where the law is none', () => {
    moments(0, ofClass(0.3, 1e-11), out);
    const floor = inOrder(out);
    moments(0, ofClass(0.3, 0), out);
    expect(inOrder(out)).toEqual(floor);
    moments(0, ofClass(NaN, 1), out);
    expect(inOrder(out)).toEqual([NaN, NaN, NaN, NaN]);
  });
});

/** Gauss–Legendre panels in z: narrow around where the sign of r* changes, cut at kinks. */
function panelEnds(given: PairLaw, loss: LabelledFunction): number[] {
  const { mean, variance, teacherMean, covariance } = given;
  const root = Math.sqrt(variance);
  const crossing = (-teacherMean * root) / covariance;
  const wide = Array.from({ length: 401 }, (_, k) => -10 + 0.05 * k);
  const narrow = Array.from({ length: 81 }, (_, k) => crossing + 5e-4 * (k - 40));
  const kinks = [0, 1].flatMap((label) => loss.kinks?.(label) ?? []).map((kink) => (kink - mean) / root);
  return [...wide, ...narrow, ...kinks].filter((z) => Math.abs(z) <= 10).sort((x, y) => x - y);
}

/** R, g, E f′(r − m), H* and Q, given r first averaged over the label. */
function bruteForce(given: PairLaw, loss: LabelledFunction, binary: BinaryLabels): number[] {
  const { mean, variance, teacherMean, teacherVariance, covariance } = given;
  const [average, sums] = [createLabelAverage(), [0, 0, 0, 0, 0]];
  const root = Math.sqrt(variance);
  const conditional = teacherVariance - (covariance * covariance) / variance;
  const { nodes, weights } = gaussLegendre(12);
  const ends = panelEnds(given, loss);
  for (let k = 1; k < ends.length; k++) {
    const width = ends[k] - ends[k - 1];
    if (width === 0) continue;
    for (let j = 0; j < nodes.length; j++) {
      const z = ends[k - 1] + width * nodes[j];
      const r = mean + root * z;
      binary.average(teacherMean + (covariance / root) * z, conditional, average);
      const weight = width * weights[j] * normalDensity(z);
      const [first, second] = [loss.slope(0, r), loss.slope(1, r)];
      const slope = second + average.value * (first - second);
      const other = loss.value(1, r);
      sums[0] += weight * (other + average.value * (loss.value(0, r) - other));
      sums[1] += weight * slope;
      sums[2] += weight * slope * root * z;
      sums[3] += weight * average.slope * (first - second);
      sums[4] += weight * (second * second + average.value * (first * first - second * second));
    }
  }
  return sums;
}

describe.each(teachers)('labels of a teacher, $name', ({ binary }) => {
  it.each([-0.5, 0.8, 1 - 1e-6])(
    'agree with (T10) and with brute force at correlation %d, logistic loss',
    (correlation) => {
      const [loss, out] = [registered('logistic'), createLabelledMoments()];
      for (const B of [0.04, 2.5]) {
        const given = law(correlation, B);
        momentsOf(loss, binary)(0, given, out);
        const average = createLabelAverage();
        binary.average(given.teacherMean, given.teacherVariance, average);
        const softplus = createScalarMoments();
        softplusMoments(given.mean, B, softplus);
        // f = A(r) − y r with A = softplus: one-dimensional but for the cross term in Q
        expect(out.gradient).toBeCloseTo(softplus.gradient - average.value, 11);
        expect(out.curvature).toBeCloseTo(softplus.curvature, 11);
        expect(out.cross).toBeCloseTo(-average.slope, 11);
        const cross = given.mean * average.value + given.covariance * average.slope;
        expect(out.risk).toBeCloseTo(softplus.risk - cross, 11);
        expect(out.gradientSquare).toBeCloseTo(bruteForce(given, loss, binary)[4], 11);
        expect(out.errorEstimate).toBeLessThan(1e-10);
      }
    },
  );

  it.each(subjects)('agree with brute force, $name, also where r almost tells them', ({ loss }) => {
    const [moments, out] = [momentsOf(loss, binary), createLabelledMoments()];
    for (const B of [1e-3, 0.04, 2.5, 100]) {
      for (const correlation of [-0.5, 1 - 1e-6]) {
        const given = law(correlation, B);
        moments(0, given, out);
        const { risk, gradient, curvature, cross, gradientSquare } = out;
        const expected = bruteForce(given, loss, binary);
        // (T9): E f′(r − m) = H B + H* q
        const found = [risk, gradient, curvature * B + cross * given.covariance, cross, gradientSquare];
        found.forEach((value, k) => {
          const where = `entry ${k} at B = ${B}, correlation ${correlation}`;
          // of large moments relative: those with r are as large as B
          const size = Math.max(1, Math.abs(expected[k]), k === 2 ? B : 0);
          expect(Math.abs(value - expected[k]), where).toBeLessThanOrEqual(1e-10 * size);
        });
        expect(out.errorEstimate).toBeLessThanOrEqual(1e-10 * Math.max(1, Math.abs(curvature), gradientSquare));
      }
    }
  });

  it('are of no influence where the teacher sees nothing of a class: H* = 0, and y has one probability', () => {
    const [loss, out, clean] = [registered('logistic'), createLabelledMoments(), createLabelledMoments()];
    momentsOf(loss, binary)(0, { ...law(0, 1), teacherVariance: 0 }, out);
    expect([out.cross, out.byCovariance.gradient, out.byCovariance.square]).toEqual([0, 0, 0]);
    const probability = binary.probability(-0.2);
    const risks = [0, 1].map((label) => {
      momentsOf(loss, null)(label, ofClass(0.3, 1), clean);
      return clean.risk;
    });
    expect(out.risk).toBeCloseTo(probability * risks[0] + (1 - probability) * risks[1], 13);
  });

  it.each(subjects)('of $name have derivatives by m, B and q that differences of themselves give', ({ loss }) => {
    const moments = momentsOf(loss, binary);
    const [out, above, below] = [0, 1, 2].map(createLabelledMoments);
    const given = law(0.6, 0.8);
    moments(0, given, out);
    const h = 1e-4;
    const cases = [
      ['mean', out.gradient, out.byMean],
      ['variance', 0.5 * out.curvature, out.byVariance],
      ['covariance', out.cross, out.byCovariance],
    ] as const;
    for (const [key, byRisk, slopes] of cases) {
      moments(0, { ...given, [key]: given[key] + h }, above);
      moments(0, { ...given, [key]: given[key] - h }, below);
      const slope = (of: (each: LabelledMoments) => number) => (of(above) - of(below)) / (2 * h);
      expect(byRisk, `R by ${key}`).toBeCloseTo(
        slope((each) => each.risk),
        5,
      );
      expect(slopes.gradient, `g by ${key}`).toBeCloseTo(
        slope((each) => each.gradient),
        5,
      );
      expect(slopes.curvature, `H by ${key}`).toBeCloseTo(
        slope((each) => each.curvature),
        5,
      );
      expect(slopes.cross, `H* by ${key}`).toBeCloseTo(
        slope((each) => each.cross),
        5,
      );
      expect(slopes.square, `Q by ${key}`).toBeCloseTo(
        slope((each) => each.gradientSquare),
        5,
      );
    }
  });
});

it('samples agree with every loss and every teacher within five standard errors', () => {
  const found = sampledMoments(3e5);
  expect(found).toHaveLength(5 * 2 * subjects.length);
  for (const { what, deviations } of found) expect(Math.abs(deviations), what).toBeLessThan(5);
});

describe.each(['teacher-sign', 'teacher-bernoulli'] as const)('closed forms for labels %s', (kind) => {
  const binary = kind === 'teacher-sign' ? signLabels(0.1) : bernoulliLabels(0.1);
  const labels = { kind, flip: 0.1, teacher: { kind: 'gaussian', seed: 1, scale: 1 } } as const;

  it.each(['logistic', 'binary-least-squares'] as const)('of %s are what quadrature says, derivatives too', (name) => {
    const loss = createLoss({ kind: name }, 1, labels);
    const [out, expected] = [createLabelledMoments(), createLabelledMoments()];
    for (const B of [0, 1e-6, 0.3, 20, 1000]) {
      for (const correlation of [-0.4, 0, 0.9, 1 - 1e-6]) {
        const given = law(correlation, B);
        momentsOf(registered(name), binary)(0, given, expected);
        const { variance, covariance: q, teacherVariance } = given;
        loss.slopes?.(
          0,
          Float64Array.of(given.mean, given.teacherMean),
          Float64Array.of(variance, q, q, teacherVariance),
          out,
        );
        const where = `B = ${B}, correlation ${correlation}`;
        const moments = ['risk', 'gradient', 'curvature', 'cross', 'gradientSquare'] as const;
        for (const key of moments) {
          expect(Math.abs(out[key] - expected[key]), `${key} at ${where}`).toBeLessThan(1e-11 * (1 + B));
        }
        // derivatives lose what they are divided by
        if (B < 0.1) continue;
        for (const by of ['byMean', 'byVariance', 'byCovariance'] as const) {
          for (const key of ['gradient', 'curvature', 'cross', 'square'] as const) {
            expect(Math.abs(out[by][key] - expected[by][key]), `${key} ${by} at ${where}`).toBeLessThan(1e-6);
          }
        }
        const further = ['squareByTeacherMean', 'squareByTeacherMeanTwice'] as const;
        for (const key of further) expect(Math.abs(out[key] - expected[key]), `${key} at ${where}`).toBeLessThan(1e-6);
      }
    }
  });
});
