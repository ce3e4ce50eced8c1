import { describe, expect, it } from 'vitest';
import { rungeKutta } from '../../../../src/core/theory/integrator/runge-kutta.ts';
import { type Drift, type StepperKind } from '../../../../src/core/theory/integrator/stepper.ts';
import { dop853 } from '../../../../src/core/theory/integrator/tables/dop853.ts';

/** A nonlinear, non-autonomous system with a known solution: (e^{sin t}, e^{cos t} − shift). */
const drift: Drift = {
  size: 2,
  evaluate(t, y, out) {
    const wave = Math.exp(Math.sin(t));
    out[0] = Math.cos(t) * y[0] + 0.5 * (y[0] * y[0] - wave * wave);
    out[1] = -Math.sin(t) * y[1] + Math.sin(y[0] - wave);
  },
};
const exact = (t: number) => [Math.exp(Math.sin(t)), Math.exp(Math.cos(t))];

/** Largest error over [0, 1] at step ends and in between. */
function errors(kind: StepperKind, steps: number): { ends: number; between: number } {
  const stepper = kind.create(2, () => 0);
  let y: Float64Array = Float64Array.from(exact(0));
  let next: Float64Array = new Float64Array(2);
  const middle = new Float64Array(2);
  const h = 1 / steps;
  const result = { ends: 0, between: 0 };
  const off = (state: Float64Array, t: number) => Math.max(...exact(t).map((value, k) => Math.abs(value - state[k])));
  for (let k = 0; k < steps; k++) {
    stepper.step(drift, k * h, h, y, next);
    for (const theta of [0.15, 0.4, 0.75, 0.9]) {
      stepper.interpolate(drift, theta, middle);
      result.between = Math.max(result.between, off(middle, (k + theta) * h));
    }
    stepper.accept();
    [y, next] = [next, y];
    result.ends = Math.max(result.ends, off(y, (k + 1) * h));
  }
  return result;
}

/** The explicit methods that the theory uses. */
const steppers = [rungeKutta(dop853)];

describe('explicit steppers', () => {
  // step counts keep both errors above rounding and in the asymptotic regime
  const [coarse, fine] = [5, 8];

  it.each(steppers)('$name converges at its stated order', (kind) => {
    const observed = Math.log(errors(kind, coarse).ends / errors(kind, fine).ends) / Math.log(fine / coarse);
    expect(observed).toBeGreaterThan(kind.order - 0.4);
    expect(observed).toBeLessThan(kind.order + 1.2);
  });

  it.each(steppers)('$name interpolates at its stated order', (kind) => {
    const observed = Math.log(errors(kind, coarse).between / errors(kind, fine).between) / Math.log(fine / coarse);
    // one step is enough for an interpolant of local order q + 1: global errors of the ends may hide below it
    expect(observed).toBeGreaterThan(kind.denseOrder - 0.4);
    expect(observed).toBeLessThan(kind.order + 1.2);
  });

  it.each(steppers)('$name interpolates its own end points', (kind) => {
    const stepper = kind.create(2, () => 0);
    const y = Float64Array.from(exact(0.3));
    const next = new Float64Array(2);
    const at = new Float64Array(2);
    stepper.step(drift, 0.3, 0.2, y, next);
    stepper.interpolate(drift, 0, at);
    expect(Math.hypot(at[0] - y[0], at[1] - y[1])).toBeLessThan(1e-15);
    stepper.interpolate(drift, 1, at);
    // a sum of 13 stages against a sum of 8
    expect(Math.hypot(at[0] - next[0], at[1] - next[1])).toBeLessThan(1e-14);
  });

  it.each(steppers)('$name estimates an error that has the size of the true one', (kind) => {
    const y = Float64Array.from(exact(0));
    const next = new Float64Array(2);
    const h = kind.order > 6 ? 0.4 : 0.1;
    const estimate = kind.create(2, (error) => Math.hypot(error[0], error[1])).step(drift, 0, h, y, next);
    const truth = Math.hypot(next[0] - exact(h)[0], next[1] - exact(h)[1]);
    // an estimate of a lower order is larger than the error, but not by orders of magnitude per order
    expect(estimate).toBeGreaterThan(0.1 * truth);
    expect(estimate).toBeLessThan(1e4 * truth);
  });
});
