import { describe, expect, it } from 'vitest';
import { piController } from '../../../../src/core/theory/integrator/controller.ts';
import { integrate } from '../../../../src/core/theory/integrator/integrate.ts';
import { rungeKutta } from '../../../../src/core/theory/integrator/runge-kutta.ts';
import { type Drift, type ErrorNorm } from '../../../../src/core/theory/integrator/stepper.ts';
import { dop853 } from '../../../../src/core/theory/integrator/tables/dop853.ts';

const norm =
  (tolerance: number): ErrorNorm =>
  (error, before, after) => {
    let most = 0;
    for (let n = 0; n < error.length; n++) {
      most = Math.max(most, Math.abs(error[n]) / (1 + Math.max(Math.abs(before[n]), Math.abs(after[n]))));
    }
    return most / tolerance;
  };

const oscillator: Drift = {
  size: 2,
  evaluate(_t, y, out) {
    out[0] = y[1];
    out[1] = -y[0];
  },
};

function run(drift: Drift, tolerance: number, end: number, y: Float64Array) {
  const stepper = rungeKutta(dop853).create(drift.size, norm(tolerance));
  return integrate({
    drift,
    stepper,
    controller: piController(stepper),
    norm: norm(tolerance),
    start: 0,
    end,
    firstStep: 0,
    longestStep: () => Infinity,
    y,
    onStep: () => true,
  });
}

describe('integrate', () => {
  it.each([1e-6, 1e-9, 1e-11])('keeps ten oscillations within a small multiple of the tolerance %d', (tolerance) => {
    const y = Float64Array.from([1, 0]);
    const result = run(oscillator, tolerance, 20 * Math.PI, y);
    expect(result.status).toBe('reached');
    // errors of the steps add up, and there are up to about 1000 of them
    expect(Math.hypot(y[0] - 1, y[1])).toBeLessThan(300 * tolerance);
  });

  it('ends exactly at the end, also for steps that do not divide it', () => {
    expect(run(oscillator, 1e-8, 0.1 + 0.2, Float64Array.from([1, 0])).t).toBe(0.1 + 0.2);
  });

  it('is stuck, not endless, where the solution blows up in finite time', () => {
    const blowUp: Drift = {
      size: 1,
      evaluate(_t, y, out) {
        out[0] = y[0] * y[0];
      },
    };
    const result = run(blowUp, 1e-8, 2, Float64Array.from([1]));
    expect(result.status).toBe('stuck');
    expect(result.t).toBeCloseTo(1, 6);
  });

  it('rejects steps into states where the drift is not a number', () => {
    const rooted: Drift = {
      size: 1,
      evaluate(_t, y, out) {
        out[0] = 5 * Math.sqrt(1 - y[0] * y[0] * 0.999);
      },
    };
    const y = Float64Array.from([0]);
    const result = run(rooted, 1e-8, 0.31, y);
    expect(result.status).toBe('reached');
    const c = Math.sqrt(0.999);
    expect(y[0]).toBeCloseTo(Math.sin(5 * c * 0.31) / c, 7);
  });
});
