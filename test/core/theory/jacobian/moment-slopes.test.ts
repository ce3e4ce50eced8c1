/** Slopes of the moments by m and B, against differences of the moments by B itself, and Monte Carlo. */
import { describe, expect, it } from 'vitest';
import { createMoments, type Loss } from '../../../../src/core/loss/loss.ts';
import { createLoss } from '../../../../src/core/loss/loss-spec.ts';
import { rootStream } from '../../../../src/core/math/random.ts';
import { packed } from '../../../../src/core/model/overlaps.ts';
import { createMomentSlopes } from '../../../../src/core/theory/jacobian/moment-slopes.ts';

/** A well-conditioned law of n outputs. */
function law(n: number): { mean: Float64Array; covariance: Float64Array } {
  const mean = Float64Array.from({ length: n }, (_, a) => Math.sin(3 * a + 1));
  const covariance = new Float64Array(n * n);
  for (let a = 0; a < n; a++)
    for (let b = 0; b < n; b++) covariance[a * n + b] = (a === b ? 1.2 : 0) + 0.3 * Math.cos(a - b);
  return { mean, covariance };
}

/** R, g, H and Q in the slopes' order. */
function vectorOf(loss: Loss, i: number, mean: Float64Array, covariance: Float64Array): number[] {
  const n = loss.outputs;
  const moments = createMoments(n, 0);
  loss.moments(i, mean, covariance, moments);
  const entries = (matrix: Float64Array) =>
    Array.from({ length: n }, (_, a) => [...matrix.subarray(a * n, a * n + a + 1)]).flat();
  return [moments.risk, ...moments.gradient, ...entries(moments.hessian), ...entries(moments.gradientSquare)];
}

describe('createMomentSlopes', () => {
  it.each([
    ['logistic', 2, 1e-7],
    ['binary-least-squares', 2, 1e-7],
    ['softmax', 2, 1e-5],
    ['softmax', 3, 1e-5],
    ['softmax', 4, 1e-5],
    ['softmax', 7, 1e-5],
    ['one-hot-least-squares', 5, 1e-5],
  ] as const)('gives what differences in m and B give: %s, C = %d', (kind, classes, tolerance) => {
    const loss = createLoss({ kind }, classes);
    const n = loss.outputs;
    const { mean, covariance } = law(n);
    const slopes = createMomentSlopes(loss);
    slopes.update(1, mean, covariance);
    expect([...slopes.values]).toEqual(vectorOf(loss, 1, mean, covariance));
    const h = 1e-4;
    const slope = new Float64Array(slopes.size);
    const pairs = (n * (n + 1)) / 2;
    const held = (byMean: number, byCovariance: number, beside: (step: number) => number[]) => {
      const unit = (length: number, at: number) => Float64Array.from({ length }, (_, k) => (k === at ? 1 : 0));
      slopes.change(unit(n, byMean), unit(pairs, byCovariance), slope);
      const [high, low] = [beside(h), beside(-h)];
      const worst = high.reduce((most, value, k) => Math.max(most, Math.abs((value - low[k]) / (2 * h) - slope[k])), 0);
      expect(worst).toBeLessThan(tolerance);
    };
    for (let a = 0; a < n; a++) {
      held(a, -1, (step) => {
        const shifted = mean.slice();
        shifted[a] += step;
        return vectorOf(loss, 1, shifted, covariance);
      });
      for (let b = 0; b <= a; b++) {
        held(-1, packed(a, b), (step) => {
          const changed = covariance.slice();
          changed[a * n + b] += step;
          if (a !== b) changed[b * n + a] += step;
          return vectorOf(loss, 1, mean, changed);
        });
      }
    }
  });

  it('is that of samples for ten classes, in directions of no variance too', () => {
    const loss = createLoss({ kind: 'softmax' }, 10);
    const mean = Float64Array.from({ length: 10 }, (_, a) => Math.sin(3 * a + 1));
    const slopes = createMomentSlopes(loss);
    const random = rootStream(11);
    const zero = new Float64Array(0);
    const gradient = new Float64Array(10);
    // B = u uᵀ, changed by s v vᵀ
    const u = Array.from({ length: 10 }, (_, a) => Math.cos(2 * a));
    const v = Array.from({ length: 10 }, (_, a) => Math.sin(5 * a));
    const covariance = Float64Array.from({ length: 100 }, (_, k) => u[Math.floor(k / 10)] * u[k % 10]);
    slopes.update(3, mean, covariance);
    const square = Float64Array.from({ length: 55 });
    for (let c = 0; c < 10; c++) for (let d = 0; d <= c; d++) square[packed(c, d)] = v[c] * v[d];
    const change = new Float64Array(slopes.size);
    slopes.change(new Float64Array(10), square, change);
    const predicted = (a: number, b: number): number => change[slopes.squareAt + packed(a, b)];
    // the second difference along v, over samples of u ζ: ½ d²/dε² Q(m + u ζ + ε v)
    const count = 40_000;
    const step = 0.02;
    const values = Array.from({ length: 3 }, () => ({ sum: 0, square: 0 }));
    const entries = [
      [0, 0],
      [3, 1],
      [7, 3],
    ] as const;
    for (let sample = 0; sample < count; sample++) {
      const zeta = random.normal();
      const products = [-1, 0, 1].map((sign) => {
        const output = mean.map((value, a) => value + u[a] * zeta + sign * step * v[a]);
        loss.gradient(3, output, zero, gradient);
        return entries.map(([a, b]) => gradient[a] * gradient[b]);
      });
      values.forEach((each, k) => {
        const value = (products[0][k] - 2 * products[1][k] + products[2][k]) / (2 * step * step);
        each.sum += value;
        each.square += value * value;
      });
    }
    values.forEach(({ sum, square }, k) => {
      const average = sum / count;
      const error = Math.sqrt((square / count - average * average) / count);
      expect(Math.abs(average - predicted(entries[k][0], entries[k][1]))).toBeLessThan(
        4 * error + 2e-3 * Math.sqrt(square / count),
      );
    });
  });
});
