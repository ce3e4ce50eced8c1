/** Moments of losses that see a response, by two integrals, against closed forms and brute force. */
import { absoluteMoments } from '../../../src/core/loss/absolute-moments.ts';
import { describe, expect, it } from 'vitest';
import { createLabelledMoments, type LabelledMoments, type PairLaw } from '../../../src/core/loss/labelled-moments.ts';
import { createLoss } from '../../../src/core/loss/loss-spec.ts';
import { responseMoments } from '../../../src/core/loss/response-moments.ts';
import { rowsOf, type ResponseFunction } from '../../../src/core/loss/response-rows.ts';
import { gaussHermite } from '../../../src/core/math/gauss-hermite.ts';
import { normalCdf, normalDensity } from '../../../src/core/math/normal.ts';
import { rootsOf } from '../../../src/core/math/roots.ts';

/** R, g, H, H*, Q. */
type Closed = (law: PairLaw) => readonly [number, number, number, number, number];

interface Subject {
  readonly name: string;
  readonly loss: ResponseFunction;
  readonly closed: Closed;
  /** m and m*. */
  readonly means: readonly [number, number];
}

const quartic: ResponseFunction = {
  value: (s, r) => 0.25 * (r * r - s * s) ** 2,
  slope: (s, r) => r * (r * r - s * s),
  curvature: (s, r) => 3 * r * r - s * s,
};
const absolute: ResponseFunction = {
  value: (s, r) => 0.5 * (Math.abs(r) - Math.abs(s)) ** 2,
  slope: (s, r) => r - Math.sign(r) * Math.abs(s),
  curvature: () => 1,
  switches: [(_, r) => r, (s) => s],
};
const WIDTH = 0.5;
const residual = (s: number, r: number): number => r - Math.tanh(s);
const huber: ResponseFunction = {
  value(s, r) {
    const u = Math.abs(residual(s, r));
    return u <= WIDTH ? 0.5 * u * u : WIDTH * u - 0.5 * WIDTH * WIDTH;
  },
  slope: (s, r) => Math.max(-WIDTH, Math.min(WIDTH, residual(s, r))),
  curvature: (s, r) => (Math.abs(residual(s, r)) < WIDTH ? 1 : 0),
  switches: [(s, r) => residual(s, r) - WIDTH, (s, r) => residual(s, r) + WIDTH],
};

const subjects: readonly Subject[] = [
  {
    name: 'the quartic loss',
    loss: quartic,
    means: [0.4, -0.3],
    // polynomials of degree 6 at most: seven nodes are exact
    closed({ mean, variance, teacherMean, teacherVariance, covariance }) {
      const { nodes, weights } = gaussHermite(7);
      const root = Math.sqrt(teacherVariance);
      const rest = Math.sqrt(Math.max(0, variance - covariance ** 2 / teacherVariance));
      const sums: [number, number, number, number, number] = [0, 0, 0, 0, 0];
      nodes.forEach((z, i) =>
        nodes.forEach((w, j) => {
          const [s, r] = [teacherMean + root * z, mean + (covariance / root) * z + rest * w];
          const slope = quartic.slope(s, r);
          [quartic.value(s, r), slope, quartic.curvature(s, r), -2 * r * s, slope * slope].forEach(
            (value, k) => (sums[k] += weights[i] * weights[j] * value),
          );
        }),
      );
      return sums;
    },
  },
  {
    name: 'the absolute loss',
    loss: absolute,
    means: [0, 0],
    closed({ variance: B, teacherVariance: C, covariance }) {
      const c = covariance / Math.sqrt(B * C);
      const sine = Math.sqrt(1 - c * c);
      const product = (2 / Math.PI) * Math.sqrt(B * C) * (sine + c * Math.asin(c));
      const square = B + C - 2 * product;
      return [0.5 * square, 0, 1 - (2 / Math.PI) * Math.sqrt(C / B) * sine, -(2 / Math.PI) * Math.asin(c), square];
    },
  },
];

const law = (correlation: number, B: number, [mean, teacherMean] = [0.4, -0.3], C = 1.3): PairLaw => ({
  mean,
  variance: B,
  teacherMean,
  teacherVariance: C,
  covariance: correlation * Math.sqrt(B * C),
});
const inOrder = ({ risk, gradient, curvature, cross, gradientSquare }: LabelledMoments) => [
  risk,
  gradient,
  curvature,
  cross,
  gradientSquare,
];
const VARIANCES = [1e-11, 1e-8, 1e-4, 0.02, 0.3, 1.3, 30, 1000];
const CORRELATIONS = [0, 0.5, -0.9, 1 - 1e-6];

describe.each(subjects)('the moments of $name', ({ loss, closed, means }) => {
  it('are the closed forms to 1e-10 for B from 1e-11 to 1e3 and correlations up to 1 − 1e-6, and say their error', () => {
    const [moments, out] = [responseMoments(rowsOf(loss), 0), createLabelledMoments()];
    for (const B of VARIANCES) {
      for (const correlation of CORRELATIONS) {
        const given = law(correlation, B, [...means]);
        moments(0, given, out);
        closed(given).forEach((value, k) => {
          const error = Math.abs(inOrder(out)[k] - value);
          const where = `entry ${k} at B = ${B}, correlation ${correlation}`;
          // of large moments relative: Q of the quartic loss is 1e10, H of the kink 2e5
          const size = Math.max(1, Math.abs(value));
          expect(error, where).toBeLessThanOrEqual(1e-10 * size);
          // the closed forms have rounding of their own
          expect(error, where).toBeLessThanOrEqual(out.errorEstimate + 4e-14 * size);
        });
      }
    }
  });

  it('have a noise in the response that makes it broader, and nothing else', () => {
    const [noisy, broad] = [createLabelledMoments(), createLabelledMoments()];
    const given = law(0.5, 0.6, [...means]);
    responseMoments(rowsOf(loss), 0.7)(0, given, noisy);
    responseMoments(rowsOf(loss), 0)(0, { ...given, teacherVariance: given.teacherVariance + 0.49 }, broad);
    inOrder(noisy).forEach((value, k) => expect(value).toBeCloseTo(inOrder(broad)[k], 13));
    expect(noisy.gradientSquare).not.toBeCloseTo(closed(given)[4], 2);
  });

  it.each([
    ['r narrower', law(0.6, 0.4)],
    ['r* narrower', law(0.6, 4, [0.2, 0.5], 0.7)],
  ])('have the derivatives that differences of themselves give, %s', (_name, given) => {
    const moments = responseMoments(rowsOf(loss), 0);
    const [out, above, below] = [0, 1, 2].map(createLabelledMoments);
    moments(0, given, out);
    const h = 1e-4;
    const slope = (key: keyof PairLaw, of: (each: LabelledMoments) => number) => {
      moments(0, { ...given, [key]: given[key] + h }, above);
      moments(0, { ...given, [key]: given[key] - h }, below);
      return (of(above) - of(below)) / (2 * h);
    };
    const close = (value: number, key: keyof PairLaw, of: (each: LabelledMoments) => number, what: string) =>
      // h² of a third derivative, relative to what it is of
      expect(Math.abs(value - slope(key, of)), `${what} by ${key}`).toBeLessThan(1e-5 * (1 + Math.abs(value)));
    const cases = [
      ['mean', out.gradient, out.byMean],
      ['variance', 0.5 * out.curvature, out.byVariance],
      ['covariance', out.cross, out.byCovariance],
    ] as const;
    for (const [key, byRisk, slopes] of cases) {
      close(byRisk, key, ({ risk }) => risk, 'R');
      close(slopes.gradient, key, ({ gradient }) => gradient, 'g');
      close(slopes.curvature, key, ({ curvature }) => curvature, 'H');
      close(slopes.cross, key, ({ cross }) => cross, 'H*');
      close(slopes.square, key, ({ gradientSquare }) => gradientSquare, 'Q');
    }
    close(out.squareByTeacherMean, 'teacherMean', ({ gradientSquare }) => gradientSquare, 'Q');
    close(out.squareByTeacherMeanTwice, 'teacherMean', ({ squareByTeacherMean }) => squareByTeacherMean, '∂Q');
  });
});

/** R, g, H, H* and Q of Huber(r − tanh s): in closed form given s, and over s by a midpoint rule of 1e-3 deviations. */
function huberByBruteForce({ mean, variance, teacherMean, teacherVariance, covariance }: PairLaw): number[] {
  const along = covariance / teacherVariance;
  const v = variance - along * covariance;
  const root = Math.sqrt(v);
  const sums = [0, 0, 0, 0, 0];
  const width = 1e-3;
  for (let k = 0; k < 20 / width; k++) {
    const z = -10 + (k + 0.5) * width;
    const s = teacherMean + Math.sqrt(teacherVariance) * z;
    const centre = mean + along * (s - teacherMean);
    const m = centre - Math.tanh(s);
    const [a, b] = [(-WIDTH - m) / root, (WIDTH - m) / root];
    const [low, high, da, db] = [normalCdf(a), normalCdf(-b), normalDensity(a), normalDensity(b)];
    const inside = normalCdf(b) - low;
    const square = m * m * inside + 2 * m * root * (da - db) + v * (inside + a * da - b * db);
    const outside = m * high + root * db - (m * low - root * da);
    const g = m * inside + root * (da - db) + WIDTH * (high - low);
    const weight = width * normalDensity(z);
    const values = [
      0.5 * square + WIDTH * outside - 0.5 * WIDTH * WIDTH * (low + high),
      g,
      (centre - mean) * g + v * inside,
      (s - teacherMean) * g,
      square + WIDTH * WIDTH * (low + high),
    ];
    values.forEach((value, j) => (sums[j] += weight * value));
  }
  // (T9): E f′(u − E u) = Cov u · (H, H*)
  const [, , r, t] = sums;
  const determinant = variance * teacherVariance - covariance ** 2;
  sums[2] = (teacherVariance * r - covariance * t) / determinant;
  sums[3] = (variance * t - covariance * r) / determinant;
  return sums;
}

it('a kink on a curve, |r − tanh r*| = k, costs nothing: Huber’s loss agrees with brute force', () => {
  const [moments, out] = [responseMoments(rowsOf(huber), 0), createLabelledMoments()];
  for (const [correlation, B] of [
    [0, 0.04],
    [0.7, 0.5],
    [0.99, 1.2],
    [-0.4, 20],
  ]) {
    const given = law(correlation, B);
    moments(0, given, out);
    huberByBruteForce(given).forEach((value, k) => {
      expect(Math.abs(inOrder(out)[k] - value), `entry ${k} at B = ${B}`).toBeLessThan(1e-11 + out.errorEstimate);
    });
    expect(out.errorEstimate).toBeLessThan(1e-9);
  }
});

it('from X = 0 on, the narrow r is outside: the moments are continuous where B vanishes', () => {
  const [moments, here, near] = [responseMoments(rowsOf(huber), 0), createLabelledMoments(), createLabelledMoments()];
  moments(0, law(0, 0), here);
  moments(0, law(0, 1e-9), near);
  // derivatives by B of order 1, and the rounding of a difference over 3e-6
  inOrder(here).forEach((value, k) => expect(Math.abs(value - inOrder(near)[k])).toBeLessThan(3e-8));
});

it('of means 0 the absolute loss of phase retrieval has in closed form what quadrature gives beside them', () => {
  const moments = absoluteMoments(0.2);
  const numbers = (mean: number, B: number, correlation: number) => {
    const out = createLabelledMoments();
    moments(0, law(correlation, B, [mean, 0]), out);
    const { byMean, byVariance, byCovariance } = out;
    return [
      ...inOrder(out),
      ...[byMean, byVariance, byCovariance].flatMap((by) => [by.gradient, by.curvature, by.cross, by.square]),
      out.squareByTeacherMean,
      out.squareByTeacherMeanTwice,
    ];
  };
  for (const B of [1e-4, 0.3, 1.3, 30]) {
    for (const correlation of [0, 1e-3, -0.5, 0.99]) {
      const beside = numbers(1e-9 * Math.sqrt(B), B, correlation);
      numbers(0, B, correlation).forEach((value, k) => {
        const near = 1e-7 * (1 + 1 / B) * (1 + Math.abs(value));
        expect(Math.abs(value - beside[k]), `${k} at ${B}, ${correlation}`).toBeLessThan(near);
      });
    }
  }
});

it('a response that is certain is one number: r alone is averaged over, and H* is 0', () => {
  const [moments, out] = [responseMoments(rowsOf(absolute), 0), createLabelledMoments()];
  moments(0, { mean: 0.3, variance: 0.5, teacherMean: -1.2, teacherVariance: 0, covariance: 0 }, out);
  const root = Math.sqrt(0.5);
  const product = 0.3 * (2 * normalCdf(0.3 / root) - 1) + 2 * root * normalDensity(0.3 / root);
  expect(out.risk).toBeCloseTo(0.5 * (0.09 + 0.5 + 1.44) - 1.2 * product, 13);
  expect(out.curvature).toBeCloseTo(1 - (2.4 * normalDensity(0.3 / root)) / root, 12);
  expect([out.cross, out.byCovariance.gradient, out.byCovariance.square]).toEqual([0, 0, 0]);
});

it('are not numbers where the law is none', () => {
  const out = createLabelledMoments();
  responseMoments(rowsOf(quartic), 0)(0, law(0, NaN), out);
  expect([...inOrder(out), out.errorEstimate]).toEqual([NaN, NaN, NaN, NaN, NaN, NaN]);
});

it('zeros are found where signs change, in pairs between samples, and at jumps', () => {
  const close = (found: readonly number[], expected: readonly number[]) => {
    expect(found).toHaveLength(expected.length);
    found.forEach((zero, k) => expect(zero).toBeCloseTo(expected[k], 14));
  };
  close(
    rootsOf((x) => x * x - 2, -3, 3, 10),
    [-Math.SQRT2, Math.SQRT2],
  );
  close(
    rootsOf((x) => (x - 0.31) * (x - 0.33), -3, 3, 10),
    [0.31, 0.33],
  );
  close(
    rootsOf((x) => (x > 0.7 ? 1 : -1), -3, 3, 10),
    [0.7],
  );
  close(
    rootsOf((x) => x, 0, 2, 4),
    [0],
  );
  close(
    rootsOf((x) => x * x + 1e-3, -3, 3, 11),
    [],
  );
});

describe('phase retrieval', () => {
  const teacher = { kind: 'gaussian', seed: 1, scale: 1, outputs: 1 } as const;

  it.each(['quartic', 'absolute'] as const)(
    'of form %s has the moments that quadrature gives, derivatives too',
    (form) => {
      for (const noise of [0, 0.4]) {
        const loss = createLoss({ kind: 'phase-retrieval', form }, 1, { kind: 'teacher-response', noise, teacher });
        const by = form === 'quartic' ? responseMoments(rowsOf(quartic), noise) : responseMoments(rowsOf(absolute), 0);
        const [out, expected] = [createLabelledMoments(), createLabelledMoments()];
        for (const [B, C, correlation] of [
          [1e-6, 1.3, 0.3],
          [0.3, 1.3, -0.4],
          [0.8, 0.7, 1 - 1e-6],
          [20, 1.3, 0.9],
          [0.5, 0, 0],
        ]) {
          const given = law(correlation, B, [0.4, -0.3], C);
          by(0, given, expected);
          const { mean, variance, teacherMean, teacherVariance, covariance: q } = given;
          loss.slopes?.(0, Float64Array.of(mean, teacherMean), Float64Array.of(variance, q, q, teacherVariance), out);
          const where = `B = ${B}, correlation ${correlation}, noise ${noise}`;
          // of the absolute loss the noise is in Q = 2R alone
          const own = form === 'absolute' ? noise * noise : 0;
          const close = (value: number, wanted: number, what: string, rounding: number) =>
            expect(Math.abs(value - wanted), `${what} at ${where}`).toBeLessThan(rounding * (1 + Math.abs(wanted)));
          close(out.risk, expected.risk + 0.5 * own, 'risk', 1e-10);
          close(out.gradientSquare, expected.gradientSquare + own, 'Q', 1e-10);
          for (const key of ['gradient', 'curvature', 'cross'] as const) close(out[key], expected[key], key, 1e-10);
          // derivatives by quadrature lose what they are divided by
          if (B < 0.1 || correlation > 0.99) continue;
          for (const slopes of ['byMean', 'byVariance', 'byCovariance'] as const) {
            if (C === 0 && slopes === 'byCovariance') continue;
            for (const key of ['gradient', 'curvature', 'cross', 'square'] as const) {
              close(out[slopes][key], expected[slopes][key], `${key} ${slopes}`, 1e-8);
            }
          }
          if (C === 0) continue;
          close(out.squareByTeacherMean, expected.squareByTeacherMean, '∂Q', 1e-8);
          close(out.squareByTeacherMeanTwice, expected.squareByTeacherMeanTwice, '∂²Q', 1e-8);
        }
      }
    },
  );

  it('takes one response', () => {
    const spec = { kind: 'phase-retrieval', form: 'quartic' } as const;
    const labels = { kind: 'teacher-response', noise: 0, teacher: { ...teacher, outputs: 2 } } as const;
    expect(() => createLoss(spec, 1, labels)).toThrow('Phase retrieval loss takes one response, got 2');
  });
});
