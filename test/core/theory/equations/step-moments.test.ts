/** Moments of one step whose rate knows its own gradient, and the law of G that they average over. */
import { describe, expect, it } from 'vitest';
import { createMoments } from '../../../../src/core/loss/loss.ts';
import { createLoss, lossSchema } from '../../../../src/core/loss/loss-spec.ts';
import { createSchedule } from '../../../../src/core/schedule/schedule-spec.ts';
import { createAccumulatedLaw } from '../../../../src/core/theory/equations/accumulated-law.ts';
import { createStepMoments } from '../../../../src/core/theory/equations/step-moments.ts';

/** ∫ h(z) φ(z) dz by the trapezoid rule, for h with jumps: good to about 1e-5 of them. */
function average(h: (z: number) => number): number {
  const step = 1e-4;
  let sum = 0;
  for (let k = -90_000; k <= 90_000; k++) sum += h(step * (k + 0.5)) * Math.exp(-0.5 * (step * (k + 0.5)) ** 2);
  return (sum * step) / Math.sqrt(2 * Math.PI);
}

describe('moments of a step with its own share', () => {
  const schedule = createSchedule({ kind: 'adagrad-norm', rate: 2, offset: 0.1 }, 1);
  const rate = (sum: number) => 2 / Math.sqrt(0.01 + sum);
  const unit = 0.3;

  it.each([
    { kind: 'logistic', accumulated: 0 },
    { kind: 'logistic', accumulated: 0.5 },
    { kind: 'binary-least-squares', accumulated: 0 },
    { kind: 'binary-least-squares', accumulated: 0.5 },
  ])('are integrals over one normal variable: $kind, G = $accumulated', ({ kind, accumulated }) => {
    const loss = createLoss(lossSchema.parse({ kind }), 2);
    const [m, b] = [0.4, 1.7];
    const mean = Float64Array.of(m);
    const covariance = Float64Array.of(b);
    const exact = createMoments(1, 0);
    loss.moments(0, mean, covariance, exact);
    const law = createAccumulatedLaw();
    law.update(accumulated, 0);
    const { moments, update, fourth } = createStepMoments(loss, schedule);
    const state = { classIndex: 0, mean, covariance, exact };
    update(0, state, law, unit);
    const slope = new Float64Array(1);
    const f = (z: number) => {
      loss.gradient(0, Float64Array.of(m + Math.sqrt(b) * z), new Float64Array(0), slope);
      return slope[0];
    };
    const phi = (z: number) => f(z) * rate(accumulated + unit * f(z) ** 2);
    // where γ is nearly 1/|f′| φ turns at f′ = 0 over 0.14 deviations
    const accuracy = accumulated === 0 && kind !== 'logistic' ? 2e-3 : 1e-5;
    const near = (value: number, expected: number) => expect(Math.abs(value - expected)).toBeLessThan(accuracy);
    near(moments.gradient[0], average(phi));
    near(
      moments.gradientSquare[0],
      average((z) => phi(z) ** 2),
    );
    near(moments.hessian[0], average((z) => phi(z) * z) / Math.sqrt(b));
    near(moments.rate / 10, average((z) => rate(accumulated + unit * f(z) ** 2)) / 10);
    expect(fourth(state)).toBeCloseTo(
      average((z) => f(z) ** 4),
      6,
    );
  });

  it.each(['softmax', 'one-hot-least-squares'])('are γ times those of the loss as the share goes to 0: %s', (kind) => {
    const classes = 3;
    const loss = createLoss(lossSchema.parse({ kind }), classes);
    const mean = Float64Array.of(0.3, -0.2, 0.1);
    const covariance = Float64Array.of(1, 0.2, 0.1, 0.2, 0.8, 0, 0.1, 0, 0.5);
    const exact = createMoments(classes, 0);
    loss.moments(1, mean, covariance, exact);
    const law = createAccumulatedLaw();
    law.update(0.5, 0);
    const { moments, update } = createStepMoments(loss, schedule);
    update(0, { classIndex: 1, mean, covariance, exact }, law, 1e-9);
    const gamma = rate(0.5);
    for (const key of ['gradient', 'hessian'] as const) {
      moments[key].forEach((value, k) => expect(value / gamma).toBeCloseTo(exact[key][k], 7));
    }
    moments.gradientSquare.forEach((value, k) => expect(value / gamma ** 2).toBeCloseTo(exact.gradientSquare[k], 7));
  });
});

describe('the law of G after few steps', () => {
  const moment = (mean: number, variance: number, power: number) => {
    const law = createAccumulatedLaw();
    law.update(mean, variance);
    let sum = 0;
    for (let j = 0; j < law.count; j++) sum += law.weights[j] * law.values[j] ** power;
    return sum;
  };
  it.each([0.5, 1, 2, 8, 100])('has its mean, variance and mean rate for shape %s', (shape) => {
    const mean = 3e-7;
    const variance = (mean * mean) / shape;
    expect(moment(mean, variance, 1) / mean).toBeCloseTo(1, 12);
    expect(moment(mean, variance, 2) / (mean * mean) / (1 + 1 / shape)).toBeCloseTo(1, 1);
    if (shape < 2) return;
    // E G^{−1/2} of a gamma law, Γ(s − ½) √s / Γ(s): 1.2533, 1.0497 and 1.0038 here
    const expected = { 2: 1.2533, 8: 1.0497, 100: 1.0038 }[shape] as number;
    expect(Math.abs((moment(mean, variance, -0.5) * Math.sqrt(mean)) / expected - 1)).toBeLessThan(0.02);
  });
  it('is one number without variance', () => {
    const law = createAccumulatedLaw();
    law.update(2, 0);
    expect([law.count, law.values[0], law.weights[0]]).toEqual([1, 2, 1]);
    law.update(0, 0);
    expect([law.count, law.values[0]]).toEqual([1, 0]);
  });
});
