/** Moments by quadrature against closed forms, brute force and sampling: every registered loss and losses with kinks. */
import { describe, expect, it } from 'vitest';
import { Sampler } from '../../../src/core/engines/sampler.ts';
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
import { normalCdf, normalDensity } from '../../../src/core/math/normal.ts';
import { rootStream } from '../../../src/core/math/random.ts';
import { createScalarMoments } from '../../../src/core/math/scalar-moments.ts';
import { softplusMoments } from '../../../src/core/math/softplus-moments.ts';

/** y = ±1 of a label. */
const sign = (label: number): number => (label === 0 ? 1 : -1);
const step = (u: number): number => (u > 0 ? 1 : u < 0 ? 0 : 0.5);
const none = new Float64Array(0);

function registered(kind: 'logistic' | 'binary-least-squares'): LabelledFunction {
  const loss = createLoss({ kind }, 2);
  const [r, out] = [new Float64Array(1), new Float64Array(1)];
  return {
    value: (label, output) => loss.value(label, Float64Array.of(output), none),
    slope(label, output) {
      r[0] = output;
      loss.gradient(label, r, none, out);
      return out[0];
    },
    curvature(label, output) {
      r[0] = output;
      loss.hessian(label, r, none, out);
      return out[0];
    },
  };
}

/** R, g, H, Q under N(m, B), of the label. */
type Closed = (label: number, m: number, B: number) => readonly [number, number, number, number];

interface Subject {
  readonly name: string;
  readonly loss: LabelledFunction;
  readonly closed: Closed;
}

const WIDTH = 0.7;
const subjects: readonly Subject[] = [
  {
    name: 'logistic',
    loss: registered('logistic'),
    closed(label, m, B) {
      const out = createScalarMoments();
      softplusMoments(-sign(label) * m, B, out);
      return [out.risk, -sign(label) * out.gradient, out.curvature, out.gradientSquare];
    },
  },
  {
    name: 'least squares',
    loss: registered('binary-least-squares'),
    closed(label, m, B) {
      const g = m - sign(label);
      return [0.5 * (B + g * g), g, 1, B + g * g];
    },
  },
  {
    name: 'hinge',
    loss: {
      value: (label, r) => Math.max(0, 1 - sign(label) * r),
      slope: (label, r) => -sign(label) * step(1 - sign(label) * r),
      curvature: () => 0,
      kinks: (label) => [sign(label)],
    },
    closed(label, m, B) {
      const [mu, s] = [1 - sign(label) * m, Math.sqrt(B)];
      const [cdf, density] = [normalCdf(mu / s), normalDensity(mu / s)];
      return [mu * cdf + s * density, -sign(label) * cdf, density / s, cdf];
    },
  },
  {
    name: 'squared hinge',
    loss: {
      value: (label, r) => Math.max(0, 1 - sign(label) * r) ** 2,
      slope: (label, r) => -2 * sign(label) * Math.max(0, 1 - sign(label) * r),
      curvature: (label, r) => 2 * step(1 - sign(label) * r),
      kinks: (label) => [sign(label)],
    },
    closed(label, m, B) {
      const [mu, s] = [1 - sign(label) * m, Math.sqrt(B)];
      const [cdf, density] = [normalCdf(mu / s), normalDensity(mu / s)];
      const risk = (mu * mu + B) * cdf + mu * s * density;
      return [risk, -2 * sign(label) * (mu * cdf + s * density), 2 * cdf, 4 * risk];
    },
  },
  {
    name: 'Huber',
    loss: {
      value(label, r) {
        const u = Math.abs(r - sign(label));
        return u <= WIDTH ? 0.5 * u * u : WIDTH * u - 0.5 * WIDTH * WIDTH;
      },
      slope: (label, r) => Math.max(-WIDTH, Math.min(WIDTH, r - sign(label))),
      curvature: (label, r) => step(WIDTH - Math.abs(r - sign(label))),
      kinks: (label) => [sign(label) - WIDTH, sign(label) + WIDTH],
    },
    closed(label, given, B) {
      const [m, s] = [given - sign(label), Math.sqrt(B)];
      const [a, b] = [(-WIDTH - m) / s, (WIDTH - m) / s];
      const [low, high, da, db] = [normalCdf(a), normalCdf(-b), normalDensity(a), normalDensity(b)];
      const inside = m >= 0 ? normalCdf(-a) - high : normalCdf(b) - low;
      // b·φ(b) at infinity is 0
      const ends = (a === -Infinity ? 0 : a * da) - (b === Infinity ? 0 : b * db);
      const square = m * m * inside + 2 * m * s * (da - db) + B * (inside + ends);
      const outside = m * high + s * db - (m * low - s * da);
      return [
        0.5 * square + WIDTH * outside - 0.5 * WIDTH * WIDTH * (low + high),
        m * inside + s * (da - db) + WIDTH * (high - low),
        inside,
        square + WIDTH * WIDTH * (low + high),
      ];
    },
  },
  {
    name: '|r|',
    loss: { value: (_, r) => Math.abs(r), slope: (_, r) => Math.sign(r), curvature: () => 0, kinks: () => [0] },
    closed(_, m, B) {
      const s = Math.sqrt(B);
      const [cdf, density] = [normalCdf(m / s), normalDensity(m / s)];
      const g = normalCdf(m / s) - normalCdf(-m / s);
      return [m * g + 2 * s * density, cdf < 0 ? NaN : g, (2 * density) / s, 1];
    },
  },
];

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

const teachers: readonly { readonly name: string; readonly binary: BinaryLabels }[] = [
  { name: 'sign, flips 0.1', binary: signLabels(0.1) },
  { name: 'sign', binary: signLabels(0) },
  { name: 'Bernoulli, flips 0.05', binary: bernoulliLabels(0.05) },
];
const law = (correlation: number, B: number): PairLaw => ({
  mean: 0.3,
  variance: B,
  teacherMean: -0.2,
  teacherVariance: 1.7,
  covariance: correlation * Math.sqrt(1.7 * B),
});

describe.each(teachers)('labels of a teacher, $name', ({ binary }) => {
  /** E Σ_y P(y | r) h(y, r) by a fine midpoint rule of its own: 2e-4 standard deviations, cut at nothing. */
  function bruteForce(given: PairLaw, h: (label: number, r: number) => number): number {
    const { mean, variance, teacherMean, teacherVariance, covariance } = given;
    const average = createLabelAverage();
    const conditional = teacherVariance - (covariance * covariance) / variance;
    let sum = 0;
    const width = 2e-4;
    for (let k = 0; k < 20 / width; k++) {
      const z = -10 + (k + 0.5) * width;
      const r = mean + Math.sqrt(variance) * z;
      binary.average(teacherMean + (covariance / Math.sqrt(variance)) * z, conditional, average);
      sum += width * normalDensity(z) * (average.value * h(0, r) + (1 - average.value) * h(1, r));
    }
    return sum;
  }

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
        // the midpoint rule sees a transition of 1e-3 standard deviations over seven points: exponentially accurate
        expect(out.gradientSquare).toBeCloseTo(
          bruteForce(given, (label, r) => loss.slope(label, r) ** 2),
          10,
        );
        expect(out.errorEstimate).toBeLessThan(1e-10);
      }
    },
  );

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

it('10⁷ samples agree with every loss and every teacher within five standard errors', { timeout: 300_000 }, () => {
  const given = law(0.7, 0.9);
  const sampler = new Sampler(rootStream(3).child('moments').key);
  const seen = teachers.filter(({ name }) => name !== 'sign');
  const cases = seen.flatMap(({ binary }, t) =>
    subjects.map(({ loss, name }) => {
      const out = createLabelledMoments();
      momentsOf(loss, binary)(0, given, out);
      const { variance, teacherVariance, covariance } = given;
      const expected = [
        out.risk,
        out.gradient,
        out.gradientSquare,
        out.curvature * variance + out.cross * covariance,
        out.curvature * covariance + out.cross * teacherVariance,
      ];
      return { t, name, loss, expected, sums: new Float64Array(5), squares: new Float64Array(5) };
    }),
  );
  const along = given.covariance / given.variance;
  const rest = Math.sqrt(given.teacherVariance - along * given.covariance);
  const SAMPLES = 1e7;
  const labels = new Uint8Array(seen.length);
  const values = new Float64Array(5);
  for (let k = 0; k < SAMPLES; k++) {
    const r = Math.sqrt(given.variance) * sampler.normal();
    const s = along * r + rest * sampler.normal();
    const uniform = sampler.uniform();
    for (let t = 0; t < labels.length; t++)
      labels[t] = uniform < seen[t].binary.probability(given.teacherMean + s) ? 0 : 1;
    for (const { t, loss, sums, squares } of cases) {
      const slope = loss.slope(labels[t], given.mean + r);
      values[0] = loss.value(labels[t], given.mean + r);
      values[1] = slope;
      values[2] = slope * slope;
      values[3] = slope * r;
      values[4] = slope * s;
      for (let v = 0; v < 5; v++) {
        sums[v] += values[v];
        squares[v] += values[v] * values[v];
      }
    }
  }
  for (const { t, name, expected, sums, squares } of cases) {
    expected.forEach((value, v) => {
      const mean = sums[v] / SAMPLES;
      const error = Math.sqrt((squares[v] / SAMPLES - mean * mean) / SAMPLES);
      expect(Math.abs(mean - value), `entry ${v} of ${name}, ${seen[t].name}`).toBeLessThan(5 * error + 1e-12);
    });
  }
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
