import { describe, expect, it } from 'vitest';
import { createMoments, followed } from '../../../src/core/loss/loss.ts';
import { createLoss } from '../../../src/core/loss/loss-spec.ts';
import { rootStream } from '../../../src/core/math/random.ts';
import { Averages, drawSample, randomLaw } from './sample.ts';

const HIDDEN = 3;
const SECOND = [0.8, -0.5, 0.3];
const own = createLoss(
  { kind: 'two-layer', hidden: HIDDEN, activation: 'relu', classLabels: [1, 0], secondLayer: SECOND },
  2,
);
const SAMPLES = 20_000;

const laws = [
  ['regular', randomLaw(HIDDEN, HIDDEN, 1, rootStream(3))],
  ['singular', randomLaw(HIDDEN, 1, 0.6, rootStream(4))],
  ['of no variance', randomLaw(HIDDEN, 0, 1, rootStream(5))],
] as const;

describe('moments of two layers', () => {
  it.each(laws)('are those of samples, also E ∂f/∂c and H by Stein’s identity: %s', (name, law) => {
    const { loss, learnedSlope } = followed(own);
    const moments = createMoments(HIDDEN, 0, HIDDEN);
    const [r, normals, gradient, slope] = [0, 1, 2, 3].map(() => new Float64Array(HIDDEN));
    for (const i of [0, 1]) {
      loss.moments(i, law.mean, law.covariance, moments);
      const expected = [moments.risk, ...moments.gradient, ...moments.learnedGradient, ...moments.gradientSquare];
      for (let a = 0; a < HIDDEN; a++) {
        for (let b = 0; b < HIDDEN; b++) {
          let product = 0;
          for (let k = 0; k < HIDDEN; k++) product += moments.hessian[a * HIDDEN + k] * law.covariance[k * HIDDEN + b];
          expected.push(product);
        }
      }
      expected.push(loss.classificationError(i, law.mean, law.covariance));
      const averages = new Averages(expected.length);
      const draws = rootStream(7).child(name, i);
      for (let s = 0; s < SAMPLES; s++) {
        drawSample(law, draws, normals, r);
        loss.gradient(i, r, new Float64Array(0), gradient);
        learnedSlope?.(i, r, slope);
        const squares = Array.from(gradient, (g) => Array.from(gradient, (h) => g * h)).flat();
        const steins = Array.from(gradient, (g) => Array.from(r, (value, b) => g * (value - law.mean[b]))).flat();
        const sum = SECOND.reduce((total, c, k) => total + c * Math.max(0, r[k]), 0);
        const wrong = i === 0 ? -sum : sum;
        const missed = wrong > 0 ? 1 : wrong === 0 ? 0.5 : 0;
        const value = loss.value(i, r, new Float64Array(0));
        averages.add(Float64Array.of(value, ...gradient, ...slope, ...squares, ...steins, missed));
      }
      expected.forEach((value, k) => {
        // of P(s < 0), whose estimate is not there: exact along one normal, over points of the others
        const points = k === expected.length - 1 ? 1e-3 : 0;
        const allowed = 5 * averages.standardError(k) + 2 * moments.errorEstimate + points + 1e-9;
        expect(Math.abs(averages.mean(k) - value), `entry ${k} of class ${i}`).toBeLessThan(allowed);
      });
    }
  });

  it('are those at the second layer that is followed, and at its start until it moves', () => {
    const { loss, values } = followed(own);
    const [, law] = laws[0];
    const [first, second] = [createMoments(HIDDEN, 0, HIDDEN), createMoments(HIDDEN, 0, HIDDEN)];
    own.moments(0, law.mean, law.covariance, first);
    loss.moments(0, law.mean, law.covariance, second);
    expect(second).toEqual(first);
    const h = 1e-4;
    values[1] += h;
    loss.moments(0, law.mean, law.covariance, second);
    // ∂R/∂c = E ∂f/∂c to the error of the points, beside h of a second derivative below 1
    const slope = (second.risk - first.risk) / h;
    expect(Math.abs(slope - first.learnedGradient[1])).toBeLessThan(first.errorEstimate + h);
  });

  it('have the slope ∂R/∂m = g', () => {
    const [, law] = laws[0];
    const [above, below, here] = [0, 1, 2].map(() => createMoments(HIDDEN, 0, HIDDEN));
    const h = 1e-4;
    own.moments(1, law.mean, law.covariance, here);
    for (let a = 0; a < HIDDEN; a++) {
      const shifted = (by: number) => law.mean.map((value, k) => (k === a ? value + by : value));
      own.moments(1, shifted(h), law.covariance, above);
      own.moments(1, shifted(-h), law.covariance, below);
      expect(Math.abs((above.risk - below.risk) / (2 * h) - here.gradient[a])).toBeLessThan(2e-3);
    }
  });
});
