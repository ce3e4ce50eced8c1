import { describe, expect, it } from 'vitest';
import { inEnglish } from '../../../refusals.ts';
import { parseExperiment, parseStudy } from '../../../../src/study/parse.ts';
import { keysOf } from '../../../../src/core/experiment/identity.ts';
import { type Setup } from '../../../../src/core/experiment/setup.ts';
import { fittedExponent } from '../../../../src/core/theory/analysis/index.ts';
import { limitDirections } from '../../../../src/core/theory/nodes/limit.ts';
import { constantRate, distance, identity, powerLaw, setupOf, solved } from '../solving.ts';

const theory = { limit: true };
const grid = { kind: 'linear', points: 21 };
const logistic = { kind: 'logistic' };
const gaussianStart = (scale: number) => ({ start: { kind: 'gaussian', seed: 1, scale } });

const withMeans = (model: object, arrangement: object, profile: object, scale = 1) => ({
  ...model,
  means: { arrangement, profile, scale },
});

describe('closed forms of the limit d → ∞', () => {
  const [rate, scale] = [0.3, 1.3];
  const energy = scale ** 2;
  const fast = { tolerance: 1e-11 };
  const squares = setupOf({
    model: identity(50, [1, 1], scale),
    loss: { kind: 'binary-least-squares' },
    optimizer: constantRate(rate),
    horizon: 10,
    grid,
    theory,
  });
  const decay = rate * (1 + energy);
  const end = energy / (1 + energy);
  const overlapAt = (t: number) => end * -Math.expm1(-decay * t);

  it('gradient flow of binary least squares with identity covariance', () => {
    const run = solved(squares, 'gradient-flow', fast);
    const risk = run.t.map((t) => 0.5 * (overlapAt(t) ** 2 / energy + (overlapAt(t) - 1) ** 2));
    expect(distance(run.curve('overlap'), run.t.map(overlapAt))).toBeLessThan(1e-9);
    expect(distance(run.curve('risk'), risk)).toBeLessThan(1e-9);
    expect(run.report.nodes).toBe(1);
  });

  it('and its SGD noise, (L3) without ‖μ‖²/d', () => {
    // S' = −a S + γ² (A + C e^{−2kt}): the terms in e^{−kt} of m²/‖μ‖² + (m − 1)² cancel
    const a = 2 * rate - rate ** 2;
    const [constant, square] = [end ** 2 / energy + (end - 1) ** 2, end ** 2 / energy + end ** 2];
    const noiseAt = (t: number) =>
      rate ** 2 *
      ((constant * -Math.expm1(-a * t)) / a +
        (square * (Math.exp(-2 * decay * t) - Math.exp(-a * t))) / (a - 2 * decay));
    const run = solved(squares, 'ode', fast);
    const risk = run.t.map((t) => 0.5 * (overlapAt(t) ** 2 / energy + noiseAt(t) + (overlapAt(t) - 1) ** 2));
    expect(distance(run.curve('risk'), risk)).toBeLessThan(1e-9);
    expect(
      distance(
        run.curve('norm'),
        run.t.map((t) => overlapAt(t) ** 2 / energy + noiseAt(t)),
      ),
    ).toBeLessThan(1e-9);
  });

  it('a random start that decays over a power law: ∫ s² e^{−2γut} du', () => {
    const run = solved(
      setupOf({
        model: withMeans(powerLaw(50, [1, 1], 0), { kind: 'opposite' }, { kind: 'flat' }, 0),
        loss: { kind: 'binary-least-squares' },
        optimizer: { ...constantRate(rate), ...gaussianStart(2) },
        horizon: 200,
        grid,
        theory,
      }),
      'gradient-flow',
      fast,
    );
    const [norm, variance] = [run.curve('norm'), run.curve('variance')];
    run.t.slice(1).forEach((t, k) => {
      const x = 2 * rate * t;
      expect(Math.abs(norm[k + 1] - (4 * -Math.expm1(-x)) / x)).toBeLessThan(1e-9);
      expect(Math.abs(variance[k + 1] - (4 * (1 - (1 + x) * Math.exp(-x))) / x ** 2)).toBeLessThan(1e-9);
    });
    expect(Math.abs(norm[0] - 4)).toBeLessThan(1e-12);
    expect(Math.abs(variance[0] - 2)).toBeLessThan(1e-12);
  });

  it('random means are orthogonal, in every part of the directions', () => {
    const priors = [0.2, 0.3, 0.5];
    const run = solved(
      setupOf({
        model: {
          ...withMeans({}, { kind: 'gaussian', seed: 1 }, { kind: 'power-law', exponent: 0.5 }, scale),
          dimension: 50,
          priors,
          spectrum: { kind: 'identity' },
        },
        loss: { kind: 'one-hot-least-squares' },
        optimizer: constantRate(rate),
        horizon: 10,
        grid,
        theory,
      }),
      'gradient-flow',
      fast,
    );
    // m_ij = E c_ij with c_ij' = −γ (p_i (E c_ij − δ_ij) + c_ij), E = ‖μ‖² = scale²/(β + 1)
    const norm = energy / 1.5;
    const exact = run.t.flatMap((t) =>
      priors.flatMap((p, i) =>
        priors.map((_, j) => (i === j ? ((norm * p) / (1 + p * norm)) * -Math.expm1(-rate * (1 + p * norm) * t) : 0)),
      ),
    );
    expect(distance(run.field('overlap').flat(), exact)).toBeLessThan(1e-9);
    expect(run.report.nodes).toBe(3);
  });

  it('a random teacher is orthogonal to the means: X goes to X*, whatever the means', () => {
    const run = solved(
      setupOf({
        model: withMeans(identity(50, [1, 1]), { kind: 'cosine' }, { kind: 'flat' }, 0),
        loss: {
          kind: 'teacher-least-squares',
          noise: 0.4,
          teacher: { kind: 'gaussian', seed: 1, scale: 2, outputs: 2 },
        },
        optimizer: constantRate(rate),
        horizon: 10,
        grid,
        theory,
      }),
      'gradient-flow',
      fast,
    );
    const risk = run.t.map((t) => 0.5 * 2 * (4 * Math.exp(-2 * rate * t) + 0.4 ** 2));
    expect(distance(run.curve('risk'), risk)).toBeLessThan(1e-9);
    const overlaps = run.t.flatMap((t) => {
      const overlap = 4 * -Math.expm1(-rate * t);
      return [overlap, 0, 0, overlap];
    });
    expect(distance(run.field('teacher_product').flat(), overlaps)).toBeLessThan(1e-9);
  });
});

describe('the nodes of the limit', () => {
  const priors = [0.5, 0.5];
  const thirds = [0.3, 0.1, 0.6].map((fraction, k) => ({ fraction, eigenvalues: [k === 0 ? 0 : 1, k === 1 ? 0 : 1] }));
  const models = {
    'power law': powerLaw(1000, [0.5, 2], 0.3),
    'power law, steep and shallow': powerLaw(1000, [0.2, 9], -0.9),
    'power law, random means': withMeans(
      powerLaw(1000, [0.7, -0.3], 0),
      { kind: 'gaussian', seed: 1 },
      { kind: 'power-law', exponent: 1 },
    ),
    'power law, cosine': withMeans(powerLaw(1000, [3, 3.5], 0), { kind: 'cosine' }, { kind: 'flat' }, 2),
    'zero-one': {
      dimension: 1000,
      priors,
      spectrum: { kind: 'zero-one', blocks: thirds },
      means: { arrangement: { kind: 'cosine' }, profile: { kind: 'power-law', exponent: -0.6 } },
    },
    'zero-one, block profile': {
      dimension: 1000,
      priors,
      spectrum: { kind: 'zero-one', blocks: thirds },
      means: { arrangement: { kind: 'opposite' }, profile: { kind: 'blocks', weights: [0.2, 0, 0.5] } },
    },
  };

  it.each(Object.entries(models))('have the sums of the model: %s', (_name, model) => {
    const setup = setupOf({ model, loss: logistic, optimizer: constantRate(1), horizon: 20, theory });
    const { nodes, weight, eigenvalues, means, group } = limitDirections(setup, 1e-10);
    const sum = (entry: (n: number) => number) => weight.reduce((total, w, n) => total + w * entry(n), 0);
    expect(sum(() => 1)).toBeCloseTo(1, 12);
    const { spectrum, means: described } = setup.experiment.model;
    const profile = described.profile?.kind === 'power-law' ? described.profile.exponent : 0;
    const fractions = setup.groups.size.map((size) => size / 1000);
    fractions.forEach((share, g) => expect(sum((n) => (group[n] === g ? 1 : 0))).toBeCloseTo(share, 10));
    for (let i = 0; i < 2; i++) {
      const trace = sum((n) => eigenvalues[i * nodes + n]);
      if (spectrum.kind === 'power-law') expect(trace).toBeCloseTo(1 / (1 + spectrum.exponents[i]), 9);
      else expect(trace).toBeCloseTo([0.7, 0.9][i], 12);
    }
    const product = (i: number, j: number) => sum((n) => means[i * nodes + n] * means[j * nodes + n]);
    const scale = described.scale ** 2;
    switch (described.arrangement.kind) {
      case 'opposite': {
        const energy = described.profile?.kind === 'blocks' ? 0.7 : 1 / (1 + profile);
        [product(0, 0), product(1, 1), -product(0, 1)].forEach((value) => expect(value / energy).toBeCloseTo(1, 10));
        break;
      }
      case 'gaussian':
        [product(0, 0), product(1, 1)].forEach((value) => expect(value).toBeCloseTo(1 / (1 + profile), 10));
        expect(product(0, 1)).toBe(0);
        break;
      default:
        if (profile !== 0) {
          // ∫ 2 cos²(πu) u^{−0.6} du, by the series of cos 2πu
          let [term, series] = [1, 1 / 0.4];
          for (let k = 1; k < 40; k++) {
            term *= -((2 * Math.PI) ** 2) / (2 * k * (2 * k - 1));
            series += term / (2 * k + 0.4);
          }
          expect(product(0, 0)).toBeCloseTo(1 / 0.4 + series, 9);
        } else {
          [product(0, 0), product(1, 1)].forEach((value) => expect(value).toBeCloseTo(scale, 9));
          expect(product(0, 1)).toBeCloseTo(0, 9);
        }
    }
  });
});

describe('the limit', () => {
  const cosine = withMeans(powerLaw(1000, [0.6, 1.4], 0), { kind: 'cosine' }, { kind: 'power-law', exponent: 0.4 });

  it('does not depend on the dimension, but for the grid and the groups', () => {
    const at = (dimension: number) =>
      solved(
        setupOf({
          model: { ...cosine, dimension },
          loss: logistic,
          optimizer: { ...constantRate(1), ...gaussianStart(1) },
          horizon: 20,
          grid,
          theory,
        }),
      );
    const runs = [1000, 777, 123_456, 3].map(at);
    for (const key of ['risk', 'error', 'norm', 'overlap', 'variance']) {
      for (const run of runs.slice(1)) {
        expect(run.t).toEqual(runs[0].t);
        expect(distance(run.field(key).flat(), runs[0].field(key).flat()), key).toBeLessThan(1e-8);
      }
    }
  });

  it('takes d = 10⁹ in blocks', () => {
    const at = (dimension: number) =>
      solved(
        setupOf({
          model: identity(dimension, [1, 0.5]),
          loss: logistic,
          optimizer: constantRate(1),
          horizon: 20,
          theory,
        }),
      );
    expect(at(1_000_000_000).curve('risk').at(-1)).toBeCloseTo(at(1000).curve('risk').at(-1) ?? NaN, 12);
  });

  it('has the group observables of large d', () => {
    const at = (limit: boolean) =>
      solved(
        setupOf({
          model: { ...cosine, dimension: 100_000 },
          loss: logistic,
          optimizer: constantRate(1),
          horizon: 20,
          grid,
          theory: { limit },
        }),
      );
    const [limit, finite] = [at(true), at(false)];
    expect(limit.setup.layout.groups).toBe(16);
    for (const key of ['group_overlap', 'group_share', 'group_norm']) {
      // O(1/d)
      expect(distance(limit.field(key).flat(), finite.field(key).flat()), key).toBeLessThan(1e-4);
    }
  });

  const models: Record<string, object> = {
    'α = 0.5, β = 0.2': powerLaw(1000, [0.5, 0.5], 0.2),
    'α = (1.1, 1.5), β = 0.2': powerLaw(1000, [1.1, 1.5], 0.2),
    'α = (3, 3.5), β = −0.5': powerLaw(1000, [3, 3.5], -0.5),
    'α = (−0.4, 1), β = 0.3': powerLaw(1000, [-0.4, 1], 0.3),
    'α = (0.6, 1.4), cosine': cosine,
    'α = (0.3, 8), random means': withMeans(
      powerLaw(1000, [0.3, 8], 0),
      { kind: 'gaussian', seed: 1 },
      { kind: 'power-law', exponent: -0.5 },
    ),
  };
  const named = Object.entries(models).map(([name, model]) => ({ name, model }));
  const horizons = named.flatMap((each) => [50, 1e5, 1e8].map((horizon) => ({ ...each, horizon })));
  const tolerances = named.flatMap((each) => [1e-6, 1e-8, 1e-10].map((tolerance) => ({ ...each, tolerance })));
  const setupFor = (model: object, horizon: number): Setup =>
    setupOf({
      model,
      loss: logistic,
      optimizer: { ...constantRate(0.5), ...gaussianStart(0.5) },
      horizon,
      grid: { kind: 'log', first: 0.1, points: 60 },
      theory,
    });

  it.each(horizons)('keeps the tolerance ten-fold in the risk: $name, T = $horizon', ({ model, horizon }) => {
    const setup = setupFor(model, horizon);
    const truth = solved(setup, 'ode', { tolerance: 1e-12 });
    expect(truth.report.outcome).toEqual({ status: 'done', t: horizon });
    for (const tolerance of [1e-6, 1e-8, 1e-10]) {
      const run = solved(setup, 'ode', { tolerance });
      expect(distance(run.curve('risk'), truth.curve('risk')) / tolerance, `${tolerance}`).toBeLessThan(10);
    }
  });

  /**
   * What (T4) and (T5) make of a node at the decay τ = ∫ γ H dt, for a constant force and a constant noise: parts of m_i,
   * of the two terms of B_i and of ‖X‖², each relative to what it is without any decay, or to 1 where that is less.
   */
  const integrands = [
    (lambda: number, square: number, tau: number) => square * decayed(lambda, tau),
    (lambda: number, square: number, tau: number) => lambda * square * decayed(lambda, tau) ** 2,
    (lambda: number, _square: number, tau: number) => lambda * Math.exp(-2 * lambda * tau),
    (lambda: number, _square: number, tau: number) => lambda ** 2 * decayed(2 * lambda, tau),
  ];
  const decayed = (lambda: number, tau: number) => (lambda * tau < 1e-300 ? tau : -Math.expm1(-lambda * tau) / lambda);

  it.each(tolerances)('has integrals to the tolerance $tolerance: $name', ({ model, tolerance }) => {
    const horizon = 1e6;
    const setup = setupFor(model, horizon);
    const [rule, truth] = [tolerance, 1e-13].map((wanted) => limitDirections(setup, wanted));
    for (const [k, integrand] of integrands.entries()) {
      for (let tau = 0.1; tau <= horizon; tau *= Math.sqrt(10)) {
        const [value, exact] = [rule, truth].map(({ weight, eigenvalues, means }) =>
          weight.reduce((sum, w, n) => sum + w * integrand(eigenvalues[n], means[n] ** 2, tau), 0),
        );
        expect(Math.abs(value - exact) / (1 + Math.abs(exact)), `integrand ${k}, τ = ${tau}`).toBeLessThan(tolerance);
      }
    }
  });
});

describe('(L5) in the limit', () => {
  const lateExponent = (alpha: number[], beta: number, horizon: number, limit = true, dimension = 1000) => {
    const run = solved(
      setupOf({
        model: powerLaw(dimension, alpha, beta),
        loss: logistic,
        optimizer: constantRate(1),
        horizon,
        grid: { kind: 'log', first: 0.1, points: 71 },
        theory: { limit },
      }),
      'ode',
      { tolerance: 1e-8 },
    );
    return fittedExponent(run.t, run.curve('risk'), horizon / 10, horizon);
  };

  it.each([0, 0.5, 1, 1.5])(
    'min α decides, at T = 10⁶: the risk settles below β + 1 and falls above, β = %f',
    (beta) => {
      for (const far of [0, 3]) {
        const [below, above] = [beta + 0.4, beta + 1.6].map((alpha) => lateExponent([alpha, alpha + far], beta, 1e6));
        expect(Math.abs(below), `α − min α = ${far}`).toBeLessThan(0.02);
        expect(above, `α − min α = ${far}`).toBeGreaterThan(0.4);
      }
    },
  );

  it.each([0, 0.5, 1])(
    'on the line the risk goes on falling like the same power, where that of any d settles, β = %f',
    (beta) => {
      const alpha = [beta + 1, beta + 1];
      const [early, late] = [1e6, 1e12].map((horizon) => lateExponent(alpha, beta, horizon));
      expect(early).toBeGreaterThan(0.15);
      expect(late).toBeCloseTo(early, 1);
      expect(Math.abs(lateExponent(alpha, beta, 1e12, false, 100))).toBeLessThan(1e-3);
    },
  );
});

describe('what has no limit', () => {
  const base = {
    id: 'test',
    model: powerLaw(4, [0.5, 1], 0.2),
    loss: logistic,
    optimizer: constantRate(1),
    horizon: 10,
    theory,
  };
  const rows = [
    [1, 2, 3, 4],
    [4, 3, 2, 1],
  ];
  const power = (exponent: number) => ({ arrangement: { kind: 'opposite' }, profile: { kind: 'power-law', exponent } });
  const spectrum = (exponents: number[]) => ({ ...base.model, spectrum: { kind: 'power-law', exponents } });
  const cases: [string, object, RegExp[]][] = [
    [
      'a custom spectrum and custom means, each said',
      {
        model: {
          ...base.model,
          spectrum: { kind: 'custom', eigenvalues: rows },
          means: { arrangement: { kind: 'custom', means: rows } },
        },
      },
      [/^expected false, or a spectrum described for every d/, /^expected false, or means described for every d/],
    ],
    [
      'a custom teacher',
      { loss: { kind: 'teacher-least-squares', teacher: { kind: 'custom', vectors: [rows[0]] } } },
      [/^expected false, or a teacher described for every d/],
    ],
    [
      'an energy that is infinite',
      { model: { ...base.model, means: power(-1) } },
      [/an exponent > -1: ∫ u\^\(-1\) du over \(0, 1\], the energy of the means, is infinite/],
    ],
    [
      'the same with a spectrum in blocks',
      { model: { ...base.model, spectrum: { kind: 'identity' }, means: power(-1.5) } },
      [/∫ u\^\(-1\.5\) du/],
    ],
    ['a trace that converges too slowly', { model: spectrum([-0.95, 1]) }, [/converge like u\^0\.05/]],
    [
      'unbounded eigenvalues without implicit steps',
      { model: spectrum([-0.3, 1]), optimizer: { schedule: { kind: 'line-search' } } },
      [/^expected false, or spectral exponents >= 0/],
    ],
  ];

  it.each(cases)('is refused with the reason: %s', (_name, change, reasons) => {
    const parsed = parseExperiment({ ...base, ...change });
    const refusals = parsed.ok ? [] : parsed.refusals;
    expect(refusals.map(({ path }) => path)).toEqual(reasons.map(() => 'theory.limit'));
    reasons.forEach((reason, k) => {
      expect(inEnglish(refusals)[k].message).toMatch(reason);
      expect(inEnglish(refusals)[k].message).toMatch(/, got true$/);
    });
    expect(parseExperiment({ ...base, ...change, theory: { limit: false } }).ok).toBe(true);
  });

  it('is not unbounded eigenvalues of softmax, which has implicit steps', () => {
    const priors = [0.5, 0.3, 0.2];
    const setup = setupOf({
      model: {
        dimension: 1000,
        priors,
        spectrum: { kind: 'power-law', exponents: [-0.3, 0, 1] },
        means: { arrangement: { kind: 'cosine' }, profile: { kind: 'flat' }, scale: 1 },
      },
      loss: { kind: 'softmax' },
      optimizer: constantRate(1),
      theory: { limit: true },
      horizon: 5,
      grid: { kind: 'linear', points: 3 },
    });
    const { report, curve } = solved(setup, 'ode', { tolerance: 1e-6 });
    expect(report.outcome.status).toBe('done');
    expect(report.integrator).toContain('Rodas5P');
    // eigenvalues up to 10³⁰ and more settle at once
    expect(curve('risk')[2]).toBeLessThan(Math.log(3));
  });

  it('is refused at the path of its experiment, beside what else is wrong', () => {
    const bad = { ...base, id: 'bad', model: { ...base.model, means: power(-2) }, horizon: -1 };
    const parsed = parseStudy({ format: 'sgdlab-study', version: 1, experiments: [base, bad] });
    expect(parsed.ok ? [] : parsed.refusals.map(({ path }) => path)).toEqual([
      'experiments[1].horizon',
      'experiments[1].theory.limit',
    ]);
  });

  it('is not a number or a word', () => {
    const parsed = parseExperiment({ ...base, theory: { limit: 'yes' } });
    expect(parsed.ok ? [] : parsed.refusals).toEqual([
      { path: 'theory.limit', code: 'true-or-false', allowed: {}, found: '"yes"' },
    ]);
  });

  it('changes the hashes of description and theory where it is asked for, and not otherwise', () => {
    const at = (changed: object) => setupOf({ ...base, theory: changed }).experiment;
    const [plain, off, on] = [at({}), at({ limit: false }), at({ limit: true })];
    expect('limit' in plain.theory).toBe(false);
    expect(keysOf(off).theory).toBe(keysOf(plain).theory);
    expect(keysOf(on).theory).not.toBe(keysOf(plain).theory);
    expect(keysOf(on).description).not.toBe(keysOf(plain).description);
    expect(keysOf(on).simulation).toBe(keysOf(plain).simulation);
  });
});
