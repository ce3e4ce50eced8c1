/** Hard labels, one class, identity: error and risk fall like t^{−1/3}, and the noise across the teacher settles. */
import { describe, expect, it } from 'vitest';
import { fieldOf } from '../../../src/core/observables/row-layout.ts';
import { setupOf } from './solving.ts';
import { curveKind } from '../../../src/core/theory/curves/curve-kind.ts';

describe('the one-third law of hard labels', () => {
  it('has local exponents within 1e-3 of 1/3 at t = 10⁷, and ‖X_⊥‖² = 0.21994 at γ = 1', async () => {
    // from a vector beside x*, so that the span is two directions and nothing is random
    const dimension = 100_000;
    const along = (...entries: number[]) => [Array.from({ length: dimension }, (_, k) => entries[k] ?? 0)];
    const setup = setupOf({
      model: {
        dimension,
        priors: [1],
        spectrum: { kind: 'identity' },
        means: { arrangement: { kind: 'gaussian', seed: 1 }, profile: { kind: 'flat' }, scale: 0 },
      },
      labels: { kind: 'teacher-sign', teacher: { kind: 'custom', vectors: along(1) } },
      loss: { kind: 'logistic' },
      optimizer: {
        schedule: { kind: 'constant', rate: 1 },
        start: { kind: 'custom', vectors: along(0.05, Math.sqrt(0.05)) },
      },
      horizon: 1.1e7,
      grid: { kind: 'log', first: 1, points: 8 },
    });
    const times = [1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1.1e7];
    const rows: Float64Array[] = [];
    await curveKind('ode').solve(
      { ...setup, steps: Float64Array.from(times, (t) => t * dimension) },
      { tolerance: 1e-9, onRow: (_point, row) => void rows.push(row.slice()), shouldStop: () => false },
    );
    const of = (key: string) => rows.map((row) => row[fieldOf(setup.layout, key).offset]);
    const [error, risk, norm, overlap] = ['error', 'risk', 'norm', 'teacher_overlap'].map(of);
    // an independent solution of the same equations by ten more digits of quadrature
    const expected = [0.271082, 0.087419, 0.027897, 0.011934, 0.005439, 0.002514, 0.001166, 0.000541];
    expected.forEach((value, k) => expect(Math.abs(error[k] / value - 1), `error at ${times[k]}`).toBeLessThan(1e-3));
    const exponent = (values: number[]) => -Math.log(values[8] / values[7]) / Math.log(1.1);
    expect(Math.abs(exponent(error) - 1 / 3)).toBeLessThan(1e-3);
    expect(Math.abs(exponent(risk) - 1 / 3)).toBeLessThan(1e-3);
    // to the digits that are left of ‖X‖² = ρ² + q with ρ² near 2e4, and what d = 10⁵ is off by
    expect(norm[7] - overlap[7] ** 2).toBeCloseTo(0.21994, 4);
  });
});
