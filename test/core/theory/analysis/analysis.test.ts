import { describe, expect, it } from 'vitest';
import { createLoss } from '../../../../src/core/loss/loss-spec.ts';
import {
  bestLinearModel,
  fittedExponent,
  limitingRisk,
  phaseTransition,
  structuralMargin,
  stabilityThreshold,
} from '../../../../src/core/theory/analysis/index.ts';
import { decayExponents } from '../../../../src/core/theory/analysis/exponent.ts';
import { constantRate, identity, powerLaw, setupOf, solved } from '../solving.ts';

const binary = { kind: 'binary-least-squares' };
const logistic = { kind: 'logistic' };
const log = (first: number, points = 20) => ({ kind: 'log', first, points });
const cosine = (dimension: number, exponents: number[], priors: number[]) => ({
  dimension,
  priors,
  spectrum: { kind: 'power-law', exponents },
  means: { arrangement: { kind: 'cosine' }, profile: { kind: 'flat' }, scale: 2 },
});
const teacher = (outputs: number, noise: number) => ({
  kind: 'teacher-least-squares',
  noise,
  teacher: { kind: 'gaussian', seed: 3, scale: 1, outputs },
});

describe('stabilityThreshold', () => {
  it("is (L3)'s for identity covariance", () => {
    const setup = setupOf({ model: identity(30, [1, 1], 1.5), loss: binary, optimizer: constantRate(1), horizon: 1 });
    const { threshold, ofTheory, kind } = stabilityThreshold(setup);
    expect(kind).toBe('exact');
    expect(ofTheory).toBeCloseTo(2 / (1 + 1.5 ** 2 / 30), 12);
    // SGD's own, from d² × d² matrices (NumPy): fourth moments and the mean direction are of order 1/d
    expect(threshold).toBeCloseTo(1.7444339105625, 11);
  });

  it('grows with the batch and with the inverse curvature', () => {
    const at = (loss: object, batchSize: number) =>
      stabilityThreshold(
        setupOf({ model: powerLaw(50, [1, 2], 0.2), loss, optimizer: { ...constantRate(1), batchSize }, horizon: 1 }),
      );
    expect(at(binary, 4).ofTheory / at(binary, 1).ofTheory).toBeCloseTo(4, 10);
    // in a batch beside d the mean step takes its share
    expect(at(binary, 4).threshold / at(binary, 1).threshold).toBeLessThan(3.9);
    expect(at(logistic, 1).bound / at(binary, 1).bound).toBeCloseTo(4, 10);
    // at X = 0 the curvature ¼ of the logistic loss is at its largest
    expect(at(logistic, 1).threshold / at(logistic, 1).bound).toBeCloseTo(1, 10);
    expect(at(logistic, 1).kind).toBe('linearised');
  });

  it('is that of gradient descent where nothing is random: γ‖μ‖²/d < 2, which no flow knows', () => {
    const setup = setupOf({ model: identity(30, [0, 0]), loss: binary, optimizer: constantRate(1), horizon: 1 });
    expect(stabilityThreshold(setup).ofTheory).toBe(Infinity);
    expect(stabilityThreshold(setup).threshold).toBeCloseTo(60, 10);
    const nothing = setupOf({ model: identity(30, [0, 0], 0), loss: binary, optimizer: constantRate(1), horizon: 1 });
    expect(stabilityThreshold(nothing).threshold).toBe(Infinity);
  });

  it.each([
    ['binary least squares, power laws', { ...powerLaw(60, [0.5, 1.5], 0.3), priors: [0.3, 0.7] }, binary, 0],
    ['one-hot least squares', cosine(40, [0.5, 1, 2], [0.5, 0.3, 0.2]), { kind: 'one-hot-least-squares' }, 0],
    ['teacher least squares with a ridge', cosine(40, [0.5, 1], [0.6, 0.4]), teacher(2, 0.3), 0.2],
  ])('separates settling from divergence of the theory at 0.98 and 1.02: %s', (_name, model, loss, ridge) => {
    const setup = (rate: number) =>
      setupOf({
        model,
        loss,
        optimizer: { ...constantRate(rate), ridge },
        horizon: 3000,
        grid: { kind: 'linear', points: 4 },
      });
    const { ofTheory: threshold } = stabilityThreshold(setup(1));
    const below = solved(setup(0.98 * threshold), 'ode', { tolerance: 1e-6 });
    const above = solved(setup(1.02 * threshold), 'ode', { tolerance: 1e-6 });
    const rise = (run: typeof below) => run.curve('risk')[3] / run.curve('risk')[2];
    expect(below.report.outcome.status).toBe('done');
    expect(rise(below)).toBeLessThan(1.01);
    // growth at a rate of about 0.02 γ λ̄ or faster: at least doubled over 1000 units of time
    expect(above.report.outcome.status === 'diverged' || rise(above) > 2).toBe(true);
  });
});

describe('limitingRisk', () => {
  it.each([
    ['binary', { ...powerLaw(60, [0.2, 0.5], 0.3), priors: [0.3, 0.7] }, binary, 0],
    ['one-hot', cosine(40, [0.2, 0.1, 0.3], [0.5, 0.3, 0.2]), { kind: 'one-hot-least-squares' }, 0.1],
    ['teacher', cosine(40, [0.2, 0.4], [0.6, 0.4]), teacher(2, 0.3), 0],
  ])('is what the theory settles at: %s', (_name, model, loss, ridge) => {
    const setup = setupOf({
      model,
      loss,
      optimizer: { ...constantRate(0.5), ridge },
      horizon: 400,
      grid: { kind: 'linear', points: 3 },
    });
    const risk = solved(setup, 'ode', { tolerance: 1e-10 }).curve('risk');
    // the slowest direction has rate 0.5 · 60^-0.5 · …: e^{-25} at t = 400
    expect(Math.abs((limitingRisk(setup, 0.5) ?? NaN) - risk[2])).toBeLessThan(1e-7);
  });

  it('is infinite from the threshold on, and unknown for the logistic loss', () => {
    const setup = setupOf({ model: powerLaw(60, [0.5, 1], 0.3), loss: binary, optimizer: constantRate(1), horizon: 1 });
    const { threshold } = stabilityThreshold(setup);
    expect(limitingRisk(setup, 0.999 * threshold)).toBeLessThan(Infinity);
    expect(limitingRisk(setup, 1.001 * threshold)).toBe(Infinity);
    expect(limitingRisk({ ...setup, loss: createLoss({ kind: 'logistic' }, 2) }, 1)).toBeNull();
  });

  it('is zero for a teacher without noise below the threshold, and no risk is negative', () => {
    const setup = setupOf({
      model: {
        dimension: 10,
        priors: [1],
        spectrum: { kind: 'power-law', exponents: [1] },
        means: { arrangement: { kind: 'gaussian', seed: 7 }, profile: { kind: 'flat' } },
      },
      loss: teacher(1, 0),
      optimizer: constantRate(0.5),
      horizon: 4000,
      grid: { kind: 'log', first: 1, points: 40 },
    });
    const { threshold } = stabilityThreshold(setup);
    expect(0.5).toBeLessThan(0.2 * threshold);
    const limit = limitingRisk(setup, 0.5) ?? NaN;
    expect(limit).toBeGreaterThanOrEqual(0);
    // rounding of x̄ − x*, squared
    expect(limit).toBeLessThan(1e-28);
    const best = bestLinearModel(setup)?.risk ?? NaN;
    expect(best).toBeGreaterThanOrEqual(0);
    expect(best).toBeLessThan(1e-28);
    expect(limitingRisk(setup, 1.001 * threshold)).toBe(Infinity);
    for (const risk of solved(setup, 'ode').curve('risk')) expect(risk).toBeGreaterThanOrEqual(0);
  });
});

describe('bestLinearModel', () => {
  it('is ½ · 1/(1 + ‖μ‖²/σ²) for least squares with identity covariance', () => {
    const setup = setupOf({ model: identity(30, [2, 2], 1.5), loss: binary, optimizer: constantRate(1), horizon: 1 });
    expect(bestLinearModel(setup)?.risk).toBeCloseTo(0.5 / (1 + 1.5 ** 2 / 2), 12);
  });

  it('is the label noise for a teacher', () => {
    const setup = setupOf({
      model: cosine(30, [0.5, 1], [0.5, 0.5]),
      loss: teacher(2, 0.3),
      optimizer: constantRate(1),
      horizon: 1,
    });
    expect(bestLinearModel(setup)?.risk).toBeCloseTo((0.3 ** 2 * 2) / 2, 12);
  });

  it.each([
    [binary, 0],
    [binary, 0.1],
    [logistic, 0],
    [logistic, 0.1],
  ])('is where gradient flow ends: %o with ridge %d', (loss, ridge) => {
    const setup = setupOf({
      model: { ...powerLaw(50, [0.3, 0.6], 0.2), priors: [0.4, 0.6] },
      loss,
      optimizer: { ...constantRate(1), ridge },
      horizon: 3000,
      grid: { kind: 'linear', points: 2 },
    });
    const flow = solved(setup, 'gradient-flow', { tolerance: 1e-11 });
    const best = bestLinearModel(setup);
    expect(best?.attained).toBe(true);
    expect(Math.abs((best?.risk ?? NaN) - flow.curve('risk')[1])).toBeLessThan(1e-9);
    expect(Math.abs((best?.norm ?? NaN) / flow.curve('norm')[1] - 1)).toBeLessThan(1e-6);
  });

  it('knows that separable classes have no best logistic model, only an infimum of 0', () => {
    const model = {
      dimension: 40,
      priors: [0.5, 0.5],
      spectrum: {
        kind: 'zero-one',
        blocks: [
          { fraction: 0.5, eigenvalues: [0, 0] },
          { fraction: 0.5, eigenvalues: [1, 1] },
        ],
      },
      means: { arrangement: { kind: 'opposite' }, profile: { kind: 'flat' } },
    };
    const best = bestLinearModel(setupOf({ model, loss: logistic, optimizer: constantRate(1), horizon: 1 }));
    expect(best?.attained).toBe(false);
    expect(best?.risk).toBeLessThan(1e-4);
    const squares = bestLinearModel(setupOf({ model, loss: binary, optimizer: constantRate(1), horizon: 1 }));
    // clean directions count as ones with 1e-10 of the largest eigenvalue
    expect(squares?.risk).toBeLessThan(1e-9);
  });

  it('is the same whatever the update', () => {
    const description = { model: powerLaw(50, [0.5, 1], 0.2), loss: logistic, horizon: 1 };
    const optimizer = { ...constantRate(1), ridge: 0.1 };
    const best = bestLinearModel(setupOf({ ...description, optimizer }));
    const heavy = { ...optimizer, method: { kind: 'heavy-ball', momentum: 0.9 } };
    expect(bestLinearModel(setupOf({ ...description, optimizer: heavy }))).toEqual(best);
  });
});

describe('phaseTransition', () => {
  const setup = (exponents: number[], profile: number, dimension = 1000) =>
    setupOf({
      model: powerLaw(dimension, exponents, profile),
      loss: logistic,
      optimizer: constantRate(1),
      horizon: 1e6,
      grid: log(10, 60),
    });

  it('is at min α = β + 1 for power laws', () => {
    expect(phaseTransition(setup([1.2, 3], 0.2))).toMatchObject({ exponent: 1.2, critical: 1.2, vanishes: true });
    expect(phaseTransition(setup([1.1, 3], 0.2))).toMatchObject({ exponent: 1.1, critical: 1.2, vanishes: false });
  });

  it.each([
    { labels: { kind: 'teacher-sign', flip: 0.3, teacher: { kind: 'gaussian', seed: 1 } } },
    { loss: { kind: 'teacher-least-squares', noise: 0.3, teacher: { kind: 'gaussian', seed: 1 } } },
  ])('says nothing where a teacher gives the labels: %o', (change) => {
    const described = { model: powerLaw(1000, [1.2, 3], 0.2), optimizer: constantRate(1), horizon: 10 };
    const taught = setupOf({ ...described, loss: logistic, ...change });
    expect(phaseTransition(taught)).toBeNull();
    expect(structuralMargin(taught.experiment)).toBeNull();
  });

  it('goes with the divergence of Σ μ²/λ̄ in d', () => {
    const sum = (exponents: number[], dimension: number) => {
      const result = phaseTransition(setup(exponents, 0.2, dimension));
      return result?.kind === 'power-law' ? result.sum : NaN;
    };
    expect(sum([2, 2], 100_000) / sum([2, 2], 1000)).toBeGreaterThan(30);
    expect(sum([0.5, 0.5], 100_000) / sum([0.5, 0.5], 1000)).toBeLessThan(1.02);
  });

  it('shows in the decay of the risk on either side', () => {
    const exponent = (exponents: number[]) => {
      const run = solved(setup(exponents, 0.2, 100_000), 'ode', { tolerance: 1e-7 });
      return fittedExponent(run.t, run.curve('risk'), 1e4, 1e6);
    };
    expect(exponent([2.4, 2.8])).toBeGreaterThan(0.3);
    expect(Math.abs(exponent([0.4, 0.4]))).toBeLessThan(0.01);
  });

  it('is the energy of the (0, …, 0) block for zero-one spectra', () => {
    const zeroOne = (weights: number[]) =>
      setupOf({
        model: {
          dimension: 100,
          priors: [0.5, 0.5],
          spectrum: {
            kind: 'zero-one',
            blocks: [
              { fraction: 0.4, eigenvalues: [0, 0] },
              { fraction: 0.6, eigenvalues: [0, 1] },
            ],
          },
          means: { arrangement: { kind: 'opposite' }, profile: { kind: 'blocks', weights }, scale: 2 },
        },
        loss: logistic,
        optimizer: constantRate(1),
        horizon: 1,
      });
    const clean = phaseTransition(zeroOne([0.3, 0.7]));
    expect(clean).toMatchObject({ kind: 'zero-one', vanishes: true });
    expect(clean?.kind === 'zero-one' ? clean.cleanEnergy : NaN).toBeCloseTo(1.2, 12);
    expect(phaseTransition(zeroOne([0, 1]))).toEqual({ kind: 'zero-one', cleanEnergy: 0, vanishes: false });
  });

  it('says nothing about means that are not opposite', () => {
    const random = {
      ...powerLaw(50, [1, 2], 0.2),
      means: { arrangement: { kind: 'gaussian', seed: 1 }, profile: { kind: 'flat' } },
    };
    expect(
      phaseTransition(setupOf({ model: random, loss: logistic, optimizer: constantRate(1), horizon: 1 })),
    ).toBeNull();
  });
});

describe('decayExponents', () => {
  const t = Array.from({ length: 40 }, (_, k) => (k === 0 ? 0 : 10 ** (k / 10)));

  it('is the exponent of a power law everywhere, and NaN at t = 0', () => {
    const exponents = decayExponents(
      t,
      t.map((time) => 3 * time ** -0.75),
    );
    expect(exponents[0]).toBeNaN();
    exponents.slice(1).forEach((value) => expect(value).toBeCloseTo(0.75, 10));
  });

  it('follows a change of exponent', () => {
    const exponents = decayExponents(
      t,
      t.map((time) => (time < 100 ? 1 / time : 0.01)),
    );
    expect(exponents[5]).toBeCloseTo(1, 10);
    expect(exponents[39]).toBeCloseTo(0, 10);
  });

  it('takes the neighbours where the grid is coarse, and is NaN where they have no values', () => {
    expect([...decayExponents([1, 100, 10_000], [1, 0.1, 0.01])]).toEqual(
      [0.5, 0.5, 0.5].map((value) => expect.closeTo(value, 12)),
    );
    expect(decayExponents([1, 100, 10_000], [NaN, 0.1, 0])[1]).toBeNaN();
  });
});

describe('fittedExponent', () => {
  const t = [1, 10, 100, 1000];
  const values = [5, 1, 0.1, 0.01];

  it('is that of the points in the window, its ends included', () => {
    expect(fittedExponent(t, values, 10, 1000)).toBeCloseTo(1, 12);
    expect(fittedExponent(t, values, 1, 1000)).toBeLessThan(0.95);
  });

  it('is NaN with fewer than three points of positive values', () => {
    expect(fittedExponent(t, values, 100, 1000)).toBeNaN();
    expect(fittedExponent(t, [5, 1, 0, 0.01], 10, 1000)).toBeNaN();
  });
});
