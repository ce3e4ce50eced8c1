import { describe, expect, it } from 'vitest';
import { constantRate, distance, identity, powerLaw, setupOf, solved } from './solving.ts';

const logistic = { kind: 'logistic' };
const model = powerLaw(100, [0.5, 1], 0.2);
const optimizerOf = (schedule: object, rest: object = {}) => ({ schedule, ...rest });
const description = (optimizer: object, rest: object = {}) =>
  setupOf({ model, loss: logistic, optimizer, horizon: 20, grid: { kind: 'linear', points: 21 }, ...rest });

const schedules = [
  { kind: 'constant', rate: 1 },
  { kind: 'power-decay', rate: 2, timescale: 3, exponent: 0.7 },
  { kind: 'piecewise', times: [0, 5, 12.345], rates: [2, 0, 0.5] },
  { kind: 'warmup', rate: 1, duration: 5 },
  { kind: 'adagrad-norm', rate: 2, offset: 1 },
  { kind: 'polyak' },
  { kind: 'line-search' },
];

describe('solveTheory', () => {
  it.each(schedules)('converges with the tolerance for $kind', (schedule) => {
    const setup = description(optimizerOf(schedule, { batchSize: 3, ridge: 0.05 }));
    const reference = solved(setup, 'ode', { tolerance: 1e-12 });
    for (const tolerance of [1e-6, 1e-8]) {
      const run = solved(setup, 'ode', { tolerance });
      expect(run.report.outcome).toEqual({ status: 'done', t: 20 });
      for (const key of ['risk', 'error', 'norm', 'overlap', 'group_overlap']) {
        // the norm is of size 10, so relative errors of 1e-8 show up ten times as large
        expect(distance(run.field(key).flat(), reference.field(key).flat()), key).toBeLessThan(30 * tolerance);
      }
    }
  });

  it.each(schedules)('reports the rate of the next step for $kind', (schedule) => {
    const setup = description(optimizerOf(schedule));
    const run = solved(setup);
    const rates = run.curve('learning_rate');
    if (setup.schedule.dependsOn !== 'time') {
      rates.forEach((rate) => expect(rate).toBeGreaterThan(0));
      return;
    }
    const zero = () => 0;
    run.t.forEach((t, k) =>
      expect(rates[k]).toBe(
        setup.schedule.rate({
          t,
          accumulated: 0,
          risk: zero,
          gradientPower: zero,
          descent: zero,
          noiseCurvature: zero,
        }),
      ),
    );
  });

  it('takes the old rate up to a jump and the new one from it on', () => {
    const run = solved(description(optimizerOf({ kind: 'piecewise', times: [0, 5, 12], rates: [2, 0, 0.5] })));
    const plain = solved(description(optimizerOf({ kind: 'constant', rate: 2 })));
    const risk = run.curve('risk');
    expect(run.curve('learning_rate').slice(4, 13)).toEqual([2, 0, 0, 0, 0, 0, 0, 0, 0.5]);
    // with γ = 0 nothing moves
    risk.slice(5, 13).forEach((value) => expect(Math.abs(value - risk[5])).toBeLessThan(1e-12));
    expect(Math.abs(risk[5] - plain.curve('risk')[5])).toBeLessThan(1e-8);
    expect(risk[13]).not.toBeCloseTo(risk[12], 4);
  });

  it('AdaGrad-Norm accumulates G so that γ = η / sqrt(b² + G) along the flow', () => {
    // λ ≡ 0 and m = ‖μ‖²-driven: dG/dt = ‖μ‖² σ(−m)²/d, a scalar equation beside m' = γ ‖μ‖² σ(−m)
    const setup = setupOf({
      model: identity(4, [0, 0], 2),
      loss: logistic,
      optimizer: optimizerOf({ kind: 'adagrad-norm', rate: 0.5, offset: 0.1 }),
      horizon: 5,
      grid: { kind: 'linear', points: 2 },
    });
    let [m, g] = [0, 0];
    const steps = 200_000;
    const slope = (mean: number, sum: number) => {
      const sigma = 1 / (1 + Math.exp(mean));
      return [(0.5 / Math.sqrt(0.01 + sum)) * 4 * sigma, (4 / 4) * sigma * sigma];
    };
    for (let k = 0; k < steps; k++) {
      const h = 5 / steps;
      const [m1, g1] = slope(m, g);
      const [m2, g2] = slope(m + (h / 2) * m1, g + (h / 2) * g1);
      m += h * m2;
      g += h * g2;
    }
    // SGD itself takes long steps here (first-steps.test.ts)
    const run = solved(setup, 'gradient-flow');
    // the midpoint rule with 2e5 steps is good to about 1e-8
    expect(Math.abs(run.curve('overlap')[1] - m)).toBeLessThan(1e-7);
    expect(Math.abs(run.curve('learning_rate')[1] - 0.5 / Math.sqrt(0.01 + g))).toBeLessThan(1e-7);
  });

  it('Polyak and line search use the deterministic quantities, which least squares has in closed form', () => {
    const d = 20;
    const setup = (kind: string) =>
      setupOf({
        model: identity(d, [1, 1], 1),
        loss: { kind: 'binary-least-squares' },
        optimizer: optimizerOf({ kind }, { batchSize: 2 }),
        horizon: 1,
        grid: { kind: 'linear', points: 2 },
      });
    // at X = 0: R = 1/2, Q = 1, g = ∓1: ‖∇R‖² = ‖μ‖² = 1, tr K + ‖μ‖² = d + 1, P = (d + 1)/(2 d)
    expect(solved(setup('polyak')).curve('learning_rate')[0]).toBeCloseTo((0.5 * 2 * d) / (d + 1), 12);
    // N = (1/(2 d b)) Σ_ρ (1 + μ_ρ²)
    expect(solved(setup('line-search')).curve('learning_rate')[0]).toBeCloseTo(1 / ((2 * (d + 1)) / (2 * d * 2)), 12);
  });

  it('(γ, f) → (γ/b) for the noise: a batch of b divides the noise term alone', () => {
    const run = (batchSize: number) => solved(description(optimizerOf(schedules[0], { batchSize }))).curve('risk');
    const flow = solved(description(optimizerOf(schedules[0])), 'gradient-flow').curve('risk');
    const excess = (batchSize: number) => run(batchSize)[20] - flow[20];
    expect(excess(1)).toBeGreaterThan(0.005);
    // the price of noise is linear in 1/b once b is large
    expect(excess(1000) / excess(2000)).toBeCloseTo(2, 2);
  });

  it('polls whether to stop and keeps the rows so far', () => {
    let polls = 0;
    const run = solved(description(optimizerOf(schedules[0])), 'ode', { shouldStop: () => ++polls >= 5 });
    expect(run.report.outcome.status).toBe('cancelled');
    expect(run.report.accepted).toBe(5);
    expect(run.rows.length).toBe(run.t.filter((t) => t <= run.report.outcome.t).length);
  });

  it('starts a gradient flow from the variance of a random start, which then decays', () => {
    const setup = description(optimizerOf(schedules[0], { start: { kind: 'gaussian', seed: 1, scale: 2 } }));
    const [flow, ode] = [solved(setup, 'gradient-flow'), solved(setup)];
    expect(flow.curve('norm')[0]).toBeCloseTo(4, 12);
    expect(flow.curve('risk')[0]).toBe(ode.curve('risk')[0]);
    expect(flow.curve('risk')[20]).toBeLessThan(ode.curve('risk')[20]);
  });

  it('takes d = 10⁶ with identity covariance as two directions', () => {
    const run = solved(
      setupOf({ model: identity(1_000_000, [1, 1]), loss: logistic, optimizer: constantRate(1), horizon: 20 }),
    );
    expect(run.report.nodes).toBe(2);
    const small = solved(
      setupOf({ model: identity(100_000, [1, 1]), loss: logistic, optimizer: constantRate(1), horizon: 20 }),
    );
    // finite-d corrections are ‖μ‖²/d
    expect(distance(run.curve('risk'), small.curve('risk'))).toBeLessThan(1e-5);
  });

  it('takes d = 10⁹ in blocks, without arrays over directions', () => {
    const at = (dimension: number) =>
      solved(
        setupOf({ model: identity(dimension, [1, 0.5]), loss: logistic, optimizer: constantRate(1), horizon: 20 }),
      );
    expect(distance(at(1_000_000_000).curve('risk'), at(10_000_000).curve('risk'))).toBeLessThan(1e-6);
  });

  it('refuses a tolerance that is none', () => {
    expect(() => solved(description(optimizerOf(schedules[0])), 'ode', { tolerance: 0 })).toThrow(
      'expected a tolerance in (0, 1), got 0',
    );
  });
});
