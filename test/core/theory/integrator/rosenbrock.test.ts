import { describe, expect, it } from 'vitest';
import { lowRankSystem } from '../../../../src/core/theory/integrator/low-rank.ts';
import { rosenbrock, type LinearisedDrift } from '../../../../src/core/theory/integrator/rosenbrock.ts';
import { rodas5p } from '../../../../src/core/theory/integrator/tables/rodas5p.ts';

/** Nonlinear, non-autonomous, with solution (e^{sin t}, cos t); the second equation relaxes at the given rate. */
function problem(rate: number): LinearisedDrift {
  const system = lowRankSystem(2, 1);
  const byTime = new Float64Array(2);
  const diagonal = new Float64Array(2);
  return {
    size: 2,
    evaluate(t, y, out) {
      const wave = Math.exp(Math.sin(t));
      out[0] = Math.cos(t) * y[0] + 0.5 * (y[0] * y[0] - wave * wave);
      out[1] = -rate * (y[1] - Math.cos(t) + Math.sin(y[0] - wave)) - Math.sin(t);
    },
    linearise(t, y, out) {
      this.evaluate(t, y, out);
      const wave = Math.exp(Math.sin(t));
      const inner = Math.cos(y[0] - wave);
      diagonal.set([Math.cos(t) + y[0], -rate]);
      system.left[0].set([0, -rate * inner]);
      system.right[0].set([1, 0]);
      byTime[0] = -Math.sin(t) * y[0] - wave * wave * Math.cos(t);
      byTime[1] = -rate * (Math.sin(t) - inner * wave * Math.cos(t)) - Math.cos(t);
    },
    timeDerivative: () => byTime,
    factor(shift) {
      system.diagonal.set([shift - diagonal[0], shift - diagonal[1]]);
      system.factor();
    },
    solve: system.solve,
  };
}

const exact = (t: number) => [Math.exp(Math.sin(t)), Math.cos(t)];

function errors(rate: number, steps: number): { ends: number; between: number } {
  const drift = problem(rate);
  const stepper = rosenbrock(rodas5p).create(2, () => 0);
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

describe('Rodas5P', () => {
  const observed = (rate: number, key: 'ends' | 'between') => Math.log2(errors(rate, 20)[key] / errors(rate, 40)[key]);

  it('converges at order 5 and interpolates at order 4', () => {
    expect(observed(1, 'ends')).toBeGreaterThan(4.6);
    expect(observed(1, 'between')).toBeGreaterThan(3.8);
  });

  it('keeps order 4 at least where the problem is stiff', () => {
    // B-convergence of order 4 for semilinear parabolic refusals (Steinebach 2023)
    expect(observed(1e6, 'ends')).toBeGreaterThan(3.7);
    expect(errors(1e6, 40).ends).toBeLessThan(1e-7);
  });

  it('damps what is infinitely stiff', () => {
    const drift = problem(1e12);
    const stepper = rosenbrock(rodas5p).create(2, () => 0);
    const next = new Float64Array(2);
    stepper.step(drift, 0, 0.01, Float64Array.from([1, 2]), next);
    // a distance of 1 from the slow solution is gone after one step: R(∞) = 0
    expect(Math.abs(next[1] - Math.cos(0.01))).toBeLessThan(1e-6);
  });
});

describe('lowRankSystem', () => {
  it('solves what it says, also for a right-hand side that needs pivoting', () => {
    const size = 5;
    const system = lowRankSystem(size, 2);
    system.diagonal.set([1, 2, -3, 4, 0.5]);
    system.left[0].set([1, 0, 2, -1, 3]);
    system.left[1].set([0, 1, 1, 1, -1]);
    system.right[0].set([1, 1, 0, 0, 0]);
    system.right[1].set([0, 0, -3, 2, 1]);
    const x = [1, -2, 3, -4, 5];
    const z = system.right.map((v) => v.reduce((sum, value, n) => sum + value * x[n], 0));
    const b = Float64Array.from(
      x,
      (value, n) => system.diagonal[n] * value - system.left[0][n] * z[0] - system.left[1][n] * z[1],
    );
    system.factor();
    system.solve(b);
    b.forEach((value, n) => expect(value).toBeCloseTo(x[n], 12));
  });
});
