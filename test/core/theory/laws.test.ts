import { describe, expect, it } from 'vitest';
import { constantRate, distance, identity, powerLaw, setupOf, solved } from './solving.ts';

const logistic = { kind: 'logistic' };
const grid = { kind: 'linear', points: 21 };
/** The integrator's tolerance is 1e-9; observables are within a modest multiple of it. */
const ACCURACY = 2e-8;

/** Classical Runge–Kutta with small steps: an integrator for the laws that shares nothing with the one under test. */
function integrateSmall(f: (y: number[]) => number[], y: number[], t: number, steps: number): number[] {
  const h = t / steps;
  const axpy = (a: number, k: number[], from: number[]) => from.map((value, n) => value + a * k[n]);
  for (let s = 0; s < steps; s++) {
    const k1 = f(y);
    const k2 = f(axpy(h / 2, k1, y));
    const k3 = f(axpy(h / 2, k2, y));
    const k4 = f(axpy(h, k3, y));
    y = y.map((value, n) => value + (h / 6) * (k1[n] + 2 * k2[n] + 2 * k3[n] + k4[n]));
  }
  return y;
}

describe('laws of the theory', () => {
  it('(L1) starts at log 2 for the logistic loss and at 1/2 for least squares', () => {
    const start = (kind: string) =>
      solved(setupOf({ model: identity(50, [1, 1]), loss: { kind }, optimizer: constantRate(0.1), horizon: 1 })).curve(
        'risk',
      )[0];
    expect(start('logistic')).toBeCloseTo(Math.LN2, 14);
    expect(start('binary-least-squares')).toBeCloseTo(0.5, 14);
  });

  it('(L2) without any covariance e^m + m = 1 + γ ‖μ‖² t and R = log(1 + e^{-m})', () => {
    const rate = 0.7;
    const scale = 1.3;
    const run = solved(
      setupOf({
        model: identity(80, [0, 0], scale),
        loss: logistic,
        optimizer: constantRate(rate),
        horizon: 1e4,
        grid: { kind: 'log', first: 0.1, points: 30 },
      }),
    );
    run.curve('overlap').forEach((m, k) => {
      expect(Math.exp(m) + m - 1).toBeCloseTo(rate * scale * scale * run.t[k], -Math.log10(1e-7 * Math.exp(m)));
      expect(Math.abs(run.curve('risk')[k] - Math.log1p(Math.exp(-m)))).toBeLessThan(1e-13);
    });
  });

  it('(L3) binary least squares with identity covariance follows its two scalar equations', () => {
    const [d, rate, energy] = [30, 0.8, 1.5 ** 2];
    const run = solved(
      setupOf({
        model: identity(d, [1, 1], 1.5),
        loss: { kind: 'binary-least-squares' },
        optimizer: constantRate(rate),
        horizon: 6,
        grid: { kind: 'linear', points: 2 },
      }),
    );
    const [m, noise] = integrateSmall(
      ([mean, s]) => [
        -rate * ((1 + energy) * mean - energy),
        -2 * rate * s + rate * rate * (1 + energy / d) * ((mean * mean) / energy + s + (mean - 1) ** 2),
      ],
      [0, 0],
      6,
      20000,
    );
    expect(Math.abs(run.curve('overlap')[1] - m)).toBeLessThan(ACCURACY);
    expect(Math.abs(run.curve('risk')[1] - ((m * m) / energy + noise + (m - 1) ** 2) / 2)).toBeLessThan(ACCURACY);
  });

  it('(L3) diverges beyond γ (1 + ‖μ‖²/d) = 2 and says where', () => {
    const run = solved(
      setupOf({
        model: identity(10, [1, 1], 1),
        loss: { kind: 'binary-least-squares' },
        optimizer: constantRate(40),
        horizon: 1000,
      }),
    );
    const { outcome, integrator } = run.report;
    expect(outcome.status).toBe('diverged');
    expect(integrator).toBe('DOP853');
    if (outcome.status !== 'diverged') return;
    expect(outcome.quantity).toBe('norm');
    expect(outcome.value).toBeGreaterThan(1e90);
    expect(outcome.t).toBeLessThan(10);
    expect(run.rows.length).toBe(run.t.filter((t) => t <= outcome.t).length);
    run.rows.forEach((row) => expect(row.every(Number.isFinite)).toBe(true));
  });

  it('(L4) exchanging the classes leaves the risk as it is', () => {
    const model = (exponents: number[], priors: number[]) => ({ ...powerLaw(60, exponents, 0.2), priors });
    const risk = (exponents: number[], priors: number[]) =>
      solved(
        setupOf({ model: model(exponents, priors), loss: logistic, optimizer: constantRate(1), horizon: 30, grid }),
      ).curve('risk');
    expect(distance(risk([0.5, 1.5], [0.3, 0.7]), risk([1.5, 0.5], [0.7, 0.3]))).toBeLessThan(ACCURACY);
  });

  it('(L4) permuting the directions leaves risk and norm as they are', () => {
    const d = 40;
    const eigenvalues = [0, 1].map((i) => Array.from({ length: d }, (_, k) => 0.1 + Math.abs(Math.sin(3 * k + i))));
    const means = [0, 1].map((i) => Array.from({ length: d }, (_, k) => Math.cos(5 * k + i) / Math.sqrt(d)));
    const order = Array.from({ length: d }, (_, k) => (k * 17 + 5) % d);
    const run = (permute: (row: number[]) => number[]) =>
      solved(
        setupOf({
          model: {
            dimension: d,
            priors: [0.5, 0.5],
            spectrum: { kind: 'custom', eigenvalues: eigenvalues.map(permute) },
            means: { arrangement: { kind: 'custom', means: means.map(permute) } },
          },
          loss: logistic,
          optimizer: constantRate(1),
          horizon: 20,
          grid,
        }),
      );
    const plain = run((row) => row);
    const permuted = run((row) => order.map((k) => row[k]));
    expect(distance(plain.curve('risk'), permuted.curve('risk'))).toBeLessThan(1e-12);
    expect(distance(plain.curve('norm'), permuted.curve('norm'))).toBeLessThan(1e-12);
  });

  it('(L4) rotating blocks of equal eigenvalues leaves risk, norm and group observables as they are', () => {
    const description = (spectrum: object) => ({
      model: {
        dimension: 48,
        priors: [0.4, 0.6],
        spectrum,
        means: { arrangement: { kind: 'gaussian', seed: 2 }, profile: { kind: 'flat' } },
      },
      loss: logistic,
      optimizer: { ...constantRate(1), start: { kind: 'gaussian', seed: 1, scale: 0.5 } },
      horizon: 20,
      grid,
    });
    const merged = solved(
      setupOf(
        description({
          kind: 'zero-one',
          blocks: [
            { fraction: 0.5, eigenvalues: [0, 0] },
            { fraction: 0.5, eigenvalues: [1, 1] },
          ],
        }),
      ),
    );
    // eigenvalues that differ by 1e-14 cannot be merged
    const nearly = [0, 1].map(() => Array.from({ length: 48 }, (_, k) => (k < 24 ? 0 : 1) + k * 1e-14));
    const setup = setupOf(description({ kind: 'custom', eigenvalues: nearly }));
    const whole = solved({ ...setup, groups: merged.setup.groups, layout: merged.setup.layout });
    expect(merged.report.nodes).toBe(6);
    expect(whole.report.nodes).toBe(48);
    for (const key of ['risk', 'error', 'norm', 'overlap', 'variance', 'group_overlap', 'group_share']) {
      expect(distance(merged.field(key).flat(), whole.field(key).flat()), key).toBeLessThan(ACCURACY);
    }
  });

  it.each([
    ['logistic', { kind: 'identity', variances: [1, 0.3] }, 5],
    ['binary-least-squares', { kind: 'power-law', exponents: [0.5, 1.5] }, 20],
    ['logistic', { kind: 'power-law', exponents: [0, 2] }, 2],
  ])('(L6) gradient flow of %s over %o never raises the risk', (kind, spectrum, rate) => {
    const model = { ...powerLaw(100, [1, 1], 0.3), spectrum };
    const risk = solved(
      setupOf({
        model,
        loss: { kind },
        optimizer: constantRate(rate),
        horizon: 100,
        grid: { kind: 'linear', points: 200 },
      }),
      'gradient-flow',
    ).curve('risk');
    // where the risk has settled its changes are the integrator's error
    risk.slice(1).forEach((value, k) => expect(value).toBeLessThan(risk[k] + ACCURACY));
    expect(risk[199]).toBeLessThan(risk[0]);
  });

  it('SGD noise only raises the risk of a convex loss over gradient flow', () => {
    const setup = setupOf({
      model: powerLaw(100, [0.5, 1], 0.2),
      loss: logistic,
      optimizer: constantRate(1),
      horizon: 50,
      grid,
    });
    const [flow, ode] = [solved(setup, 'gradient-flow').curve('risk'), solved(setup).curve('risk')];
    ode.slice(1).forEach((value, k) => expect(value).toBeGreaterThan(flow[k + 1]));
  });
});
