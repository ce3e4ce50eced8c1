import { describe, expect, it } from 'vitest';
import { limitingRisk } from '../../../src/core/theory/analysis/index.ts';
import { constantRate, distance, identity, powerLaw, setupOf, solved } from './solving.ts';

const logistic = { kind: 'logistic' };
const log = (first: number) => ({ kind: 'log', first, points: 25 });

describe('stiff refusals', () => {
  it('changes to the Rosenbrock method where stability would hold explicit steps back', () => {
    const setup = setupOf({
      model: powerLaw(500, [0.5, 0.5], 0.2),
      loss: logistic,
      optimizer: constantRate(1),
      horizon: 1e5,
      grid: log(1),
    });
    const run = solved(setup, 'ode', { tolerance: 1e-8 });
    expect(run.report.integrator).toBe('DOP853, then Rodas5P');
    // explicit steps are at most 6.1/0.17 long: more than 2500 of them
    expect(run.report.accepted).toBeLessThan(200);
    const fine = solved(setup, 'ode', { tolerance: 1e-11 });
    expect(distance(run.curve('risk'), fine.curve('risk'))).toBeLessThan(2e-8);
    expect(distance(run.field('group_share').flat(), fine.field('group_share').flat())).toBeLessThan(2e-7);
  });

  it('sees the stiffness of means that are large beside the spectrum', () => {
    // ‖μ‖² = 6.7, beside eigenvalues of at most 1
    const setup = setupOf({
      model: powerLaw(2000, [2, 2], -0.95),
      loss: { kind: 'binary-least-squares' },
      optimizer: constantRate(0.1),
      horizon: 1e6,
      grid: log(0.1),
    });
    const { report } = solved(setup, 'ode', { tolerance: 1e-8 });
    expect(report.integrator).toBe('DOP853, then Rodas5P');
    // explicit steps alone take 10⁶ evaluations
    expect(report.evaluations).toBeLessThan(3000);
  });

  it('stays explicit over short times', () => {
    const setup = setupOf({
      model: powerLaw(500, [0.5, 0.5], 0.2),
      loss: logistic,
      optimizer: constantRate(1),
      horizon: 50,
      grid: log(1),
    });
    expect(solved(setup).report.integrator).toBe('DOP853');
  });

  it.each([
    { kind: 'power-decay', rate: 2, timescale: 10, exponent: 0.3 },
    { kind: 'adagrad-norm', rate: 3, offset: 1 },
    { kind: 'polyak' },
    { kind: 'piecewise', times: [0, 3000, 7000], rates: [1, 0.2, 2] },
  ])('agrees with the explicit method for $kind', (schedule) => {
    const setup = setupOf({
      model: powerLaw(200, [0.3, 0.6], 0.2),
      loss: logistic,
      optimizer: { schedule, batchSize: 4, ridge: 0.01 },
      horizon: 1e4,
      grid: log(1),
    });
    const stiff = solved(setup, 'ode', { tolerance: 1e-9 });
    const { slopes: _slopes, ...explicitOnly } = setup.loss;
    const explicit = solved({ ...setup, loss: explicitOnly }, 'ode', { tolerance: 1e-9 });
    expect(explicit.report.integrator).toBe('DOP853');
    for (const key of ['risk', 'norm', 'learning_rate', 'overlap']) {
      expect(distance(stiff.field(key).flat(), explicit.field(key).flat()), key).toBeLessThan(2e-7);
    }
  });

  it.each([
    { classes: 3, horizon: 5000, schedule: { kind: 'piecewise', times: [0, 1500, 3500], rates: [1, 0.2, 2] } },
    { classes: 4, horizon: 2000, schedule: { kind: 'polyak' } },
    { classes: 5, horizon: 1000, schedule: { kind: 'power-decay', rate: 2, timescale: 100, exponent: 0.1 } },
  ])('agrees with the explicit method for softmax, C = $classes, $schedule.kind', ({ classes, horizon, schedule }) => {
    const priors = Array.from({ length: classes }, (_, i) => (1 + i) / ((classes * (classes + 1)) / 2));
    const setup = setupOf({
      model: {
        dimension: 100,
        priors,
        spectrum: { kind: 'power-law', exponents: priors.map((_, i) => 0.3 + 0.1 * i) },
        means: { arrangement: { kind: 'cosine' }, profile: { kind: 'flat' }, scale: 1 },
      },
      loss: { kind: 'softmax' },
      optimizer: { schedule, ridge: 0.02, start: { kind: 'gaussian', scale: 0.5, seed: 1 } },
      horizon,
      grid: log(1),
    });
    const stiff = solved(setup, 'ode', { tolerance: 1e-8 });
    expect(stiff.report.integrator).toBe('DOP853, then Rodas5P');
    // a rule whose slopes are not known has the explicit method alone
    const rule = { ...setup.schedule, dependsOn: 'state', ofRiskAndPower: false } as const;
    const explicit = solved({ ...setup, schedule: rule }, 'ode', { tolerance: 1e-8 });
    expect(explicit.report.integrator).toBe('DOP853');
    for (const key of ['risk', 'norm', 'learning_rate', 'overlap']) {
      expect(distance(stiff.field(key).flat(), explicit.field(key).flat()), key).toBeLessThan(2e-7);
    }
  });

  it('takes softmax to t = 1e8', () => {
    const setup = setupOf({
      model: {
        dimension: 1000,
        priors: [0.4, 0.3, 0.2, 0.1],
        spectrum: { kind: 'power-law', exponents: [0.5, 0.6, 0.7, 0.8] },
        means: { arrangement: { kind: 'cosine' }, profile: { kind: 'flat' }, scale: 1 },
      },
      loss: { kind: 'softmax' },
      optimizer: constantRate(0.5),
      horizon: 1e8,
      grid: log(1),
    });
    const { report, curve } = solved(setup, 'ode', { tolerance: 1e-6 });
    expect(report.outcome.status).toBe('done');
    expect(report.evaluations).toBeLessThan(2000);
    // it settles: noise and decay are in balance
    const risk = curve('risk');
    expect(Math.abs(risk[24] / risk[20] - 1)).toBeLessThan(1e-6);
  });

  it('(L2) follows e^m + m = 1 + γ ‖μ‖² t up to t = 1e8', () => {
    const run = solved(
      setupOf({ model: identity(80, [0, 0]), loss: logistic, optimizer: constantRate(1), horizon: 1e8, grid: log(1) }),
    );
    run
      .curve('overlap')
      .forEach((m, k) => expect(Math.abs(Math.exp(m) + m - 1 - run.t[k])).toBeLessThan(1e-7 * run.t[k]));
  });

  it('binary least squares settles where its equations are at rest, at t = 1e8', () => {
    const [d, rate, energy] = [40, 0.5, 1.2];
    const run = solved(
      setupOf({
        model: { ...identity(d, [1, 1], Math.sqrt(energy)) },
        loss: { kind: 'binary-least-squares' },
        optimizer: constantRate(rate),
        horizon: 1e8,
        grid: log(1),
      }),
    );
    // (L3) at rest
    const m = energy / (1 + energy);
    const gain = (rate / 2) * (1 + energy / d);
    const noise = (gain * ((m * m) / energy + (m - 1) ** 2)) / (1 - gain);
    const risk = ((m * m) / energy + noise + (m - 1) ** 2) / 2;
    expect(Math.abs((run.curve('risk').at(-1) ?? NaN) - risk)).toBeLessThan(1e-8);
  });

  it.each([
    ['one-hot-least-squares', { kind: 'one-hot-least-squares' }],
    [
      'teacher-least-squares',
      { kind: 'teacher-least-squares', noise: 0.3, teacher: { kind: 'gaussian', seed: 3, scale: 1, outputs: 2 } },
    ],
  ])('%s of several outputs comes to rest at its limiting risk, at t = 1e8', (_name, loss) => {
    const setup = setupOf({
      model: {
        dimension: 60,
        priors: [0.5, 0.3, 0.2],
        spectrum: { kind: 'power-law', exponents: [0.5, 1, 1.5] },
        means: { arrangement: { kind: 'cosine' }, profile: { kind: 'flat' }, scale: 2 },
      },
      loss,
      optimizer: constantRate(0.5),
      horizon: 1e8,
      grid: log(1),
    });
    const run = solved(setup, 'ode', { tolerance: 1e-8 });
    expect(run.report.integrator).toBe('DOP853, then Rodas5P');
    expect(run.report.accepted).toBeLessThan(300);
    const fine = solved(setup, 'ode', { tolerance: 1e-10 });
    expect(distance(run.curve('risk'), fine.curve('risk'))).toBeLessThan(5e-8);
    expect(Math.abs((run.curve('risk').at(-1) ?? NaN) - (limitingRisk(setup, 0.5) ?? NaN))).toBeLessThan(1e-8);
  });

  it('finds the divergence of an unstable rate that explicit steps would resolve', () => {
    const run = solved(
      setupOf({
        model: identity(40, [1, 1]),
        loss: { kind: 'binary-least-squares' },
        optimizer: constantRate((1.02 * 2) / (1 + 1 / 40)),
        horizon: 1e6,
        grid: log(1),
      }),
    );
    expect(run.report.outcome.status).toBe('diverged');
  });
});
