import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { softplusMoments } from '../../../src/core/math/softplus-moments.ts';
import { createLogisticTable } from '../../../src/core/loss/logistic-table.ts';
import { createScalarMoments, type ScalarMoments } from '../../../src/core/math/scalar-moments.ts';

const fixture = JSON.parse(
  readFileSync(new URL('../../fixtures/gaussian-moments/data.json', import.meta.url), 'utf8'),
) as { cases: { mean: number; variance: number; moments: number[] }[] };
const names = ['risk', 'gradient', 'curvature', 'third', 'fourth', 'gradientSquare'] as const;

function at(mean: number, variance: number): ScalarMoments {
  const out = createScalarMoments();
  softplusMoments(mean, variance, out);
  return out;
}

describe('Gaussian moments of the logistic loss', () => {
  it('agree with 30-digit integrals to 1e-13 for every variance from 0 to 1e6', () => {
    for (const { mean, variance, moments } of fixture.cases) {
      const ours = at(mean, variance);
      names.forEach((name, k) => {
        // Rounding is relative to the sums, which are of the size of the risk: |m| + √B.
        const scale = 1 + Math.abs(mean) + Math.sqrt(variance);
        expect(Math.abs(ours[name] - moments[k]), `${name} at (${mean}, ${variance})`).toBeLessThan(1e-13 * scale);
      });
    }
  });

  it('keep 7 digits of a risk as small as e^−100 while the variance is at most 16', () => {
    const small = fixture.cases.filter(({ mean, variance }) => mean <= -12 && variance <= 16);
    expect(small.length).toBeGreaterThan(20);
    for (const { mean, variance, moments } of small) {
      const ours = at(mean, variance);
      for (const k of [0, 1, 5]) {
        expect(Math.abs(ours[names[k]] / moments[k] - 1), `${names[k]} at (${mean}, ${variance})`).toBeLessThan(1e-7);
      }
    }
  });

  it.each([1e-300, 0.125, 0.5, 16])('do not jump at variance %d, where the rule changes', (variance) => {
    for (const mean of [-60, -20, -3, 0, 0.7, 5, 44, 90]) {
      const below = at(mean, variance * (1 - 1e-15));
      const above = at(mean, variance * (1 + 1e-15));
      for (const name of names) {
        expect(Math.abs(above[name] - below[name])).toBeLessThan(1e-13 * (1 + Math.abs(mean)));
      }
    }
  });

  it.each([
    [-1.3, 0.05],
    [0.4, 0.3],
    [-2, 5],
    [3, 14],
    [-5, 60],
    [12, 900],
  ])('satisfy ∂_m E h = E h′ and ∂_B E h = ½ E h″ at (%f, %f)', (mean, variance) => {
    const out = at(mean, variance);
    const h = 1e-4 * Math.sqrt(variance);
    const k = 1e-4 * variance;
    const slope = (name: keyof ScalarMoments) =>
      (at(mean + h, variance)[name] - at(mean - h, variance)[name]) / (2 * h);
    const growth = (name: keyof ScalarMoments) =>
      (at(mean, variance + k)[name] - at(mean, variance - k)[name]) / (2 * k);
    // Central differences: h² of the third derivative, and rounding over h.
    expect(slope('risk')).toBeCloseTo(out.gradient, 7);
    expect(slope('gradient')).toBeCloseTo(out.curvature, 7);
    expect(slope('curvature')).toBeCloseTo(out.third, 7);
    expect(slope('third')).toBeCloseTo(out.fourth, 7);
    expect(slope('gradientSquare')).toBeCloseTo(out.gradientSquareByMean, 7);
    expect(growth('risk')).toBeCloseTo(0.5 * out.curvature, 7);
    expect(growth('gradient')).toBeCloseTo(0.5 * out.third, 7);
    expect(growth('curvature')).toBeCloseTo(0.5 * out.fourth, 7);
    expect(growth('gradientSquare')).toBeCloseTo(out.gradientSquareByVariance, 7);
  });

  it('treat a variance below 0 as 0 and answer NaN to what is not finite', () => {
    expect(at(0.3, -1e-18)).toEqual(at(0.3, 0));
    for (const [mean, variance] of [
      [NaN, 1],
      [0, NaN],
      [Infinity, 1],
      [0, Infinity],
    ]) {
      expect(Object.values(at(mean, variance)).every(Number.isNaN)).toBe(true);
    }
  });
});

describe('the table of logistic moments', () => {
  it.each([0, 0.01, 0.7, 30])('agrees with the moments themselves at variance %f', (variance) => {
    const table = createLogisticTable();
    table.reset(3);
    table.evaluate(0.1);
    table.reset(variance);
    for (let mean = -70; mean < 70; mean += 0.317) {
      const exact = at(mean, variance);
      table.evaluate(mean);
      // Quintic pieces of length 1/4: (1/4)⁶/46080 of the sixth derivative, about 1e-8.
      expect(Math.abs(table.risk - exact.risk)).toBeLessThan(2e-8);
      expect(Math.abs(table.gradient - exact.gradient)).toBeLessThan(2e-8);
      expect(Math.abs(table.gradientSquare - exact.gradientSquare)).toBeLessThan(2e-8);
    }
  });
});
