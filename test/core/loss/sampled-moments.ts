/** Moments under labels of a teacher beside what samples give: few in a test, 10⁷ in `npm run bench -- moments`. */
import { Sampler } from '../../../src/core/engines/sampler.ts';
import { type BinaryLabels } from '../../../src/core/labels/labels.ts';
import { bernoulliLabels } from '../../../src/core/labels/teacher-bernoulli.ts';
import { signLabels } from '../../../src/core/labels/teacher-sign.ts';
import { createLabelledMoments, momentsOf, type PairLaw } from '../../../src/core/loss/labelled-moments.ts';
import { rootStream } from '../../../src/core/math/random.ts';
import { subjects } from './labelled-subjects.ts';

export const teachers: readonly { readonly name: string; readonly binary: BinaryLabels }[] = [
  { name: 'sign, flips 0.1', binary: signLabels(0.1) },
  { name: 'sign', binary: signLabels(0) },
  { name: 'Bernoulli, flips 0.05', binary: bernoulliLabels(0.05) },
];

/** A law of r and r* with a given correlation and B. */
export const law = (correlation: number, B: number): PairLaw => ({
  mean: 0.3,
  variance: B,
  teacherMean: -0.2,
  teacherVariance: 1.7,
  covariance: correlation * Math.sqrt(1.7 * B),
});

/** A sampled mean less the moment, in standard errors of the mean. */
export interface SampledMoment {
  readonly what: string;
  readonly deviations: number;
}

const NAMES = ['R', 'g', 'Q', 'E f′(r − m)', 'E f′(r* − m*)'];

/** All losses and teachers on the same samples; H and H* are seen through (T9), E f′(u − E u) = Cov u · (H, H*). */
export function sampledMoments(samples: number): SampledMoment[] {
  const given = law(0.7, 0.9);
  const { variance, teacherVariance, covariance } = given;
  const sampler = new Sampler(rootStream(3).child('moments').key);
  // a sign with flips has what one without has
  const seen = teachers.filter(({ name }) => name !== 'sign');
  const cases = seen.flatMap(({ binary, name: teacher }, t) =>
    subjects.map(({ loss, name }) => {
      const out = createLabelledMoments();
      momentsOf(loss, binary)(0, given, out);
      const { risk, gradient, gradientSquare, curvature, cross } = out;
      const expected = [
        risk,
        gradient,
        gradientSquare,
        curvature * variance + cross * covariance,
        curvature * covariance + cross * teacherVariance,
      ];
      return { t, of: `${name}, ${teacher}`, loss, expected, sums: new Float64Array(5), squares: new Float64Array(5) };
    }),
  );
  const along = covariance / variance;
  const rest = Math.sqrt(teacherVariance - along * covariance);
  const labels = new Uint8Array(seen.length);
  const values = new Float64Array(5);
  for (let k = 0; k < samples; k++) {
    const r = Math.sqrt(variance) * sampler.normal();
    const s = along * r + rest * sampler.normal();
    const uniform = sampler.uniform();
    for (let t = 0; t < labels.length; t++) {
      labels[t] = uniform < seen[t].binary.probability(given.teacherMean + s) ? 0 : 1;
    }
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
  return cases.flatMap(({ of, expected, sums, squares }) =>
    expected.map((value, v) => {
      const mean = sums[v] / samples;
      const error = Math.sqrt(Math.max(0, squares[v] / samples - mean * mean) / samples);
      // the square of a sign is always 1: its error is the rounding of the sums
      return { what: `${NAMES[v]} of ${of}`, deviations: (mean - value) / Math.max(error, 1e-12) };
    }),
  );
}
