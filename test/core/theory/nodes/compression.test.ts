import { describe, expect, it } from 'vitest';
import { pieceEnds, powerAt } from '../../../../src/core/model/limit.ts';
import { alongDirections } from '../../../../src/core/model/spectrum/spectrum.ts';
import { everyDirection } from '../../../../src/core/model/directions.ts';
import { compressDirections } from '../../../../src/core/theory/nodes/compression.ts';
import { reduceDirections } from '../../../../src/core/theory/nodes/directions.ts';
import { smoothModel } from '../../../../src/core/theory/nodes/smooth-model.ts';
import { type Setup } from '../../../../src/core/experiment/setup.ts';
import { constantRate, distance, powerLaw, setupOf, solved } from '../solving.ts';

const d = 1000;
const cases = [
  { exponents: [0.2, 0.5], profile: 0.2, arrangement: 'opposite' },
  { exponents: [0.5, 0.5], profile: 0.2, arrangement: 'opposite' },
  { exponents: [1.1, 1.5], profile: 0.2, arrangement: 'opposite' },
  { exponents: [3, 3.5], profile: 0.2, arrangement: 'opposite' },
  { exponents: [0.5, 2], profile: 1.5, arrangement: 'cosine' },
  { exponents: [6, 1], profile: -0.3, arrangement: 'cosine' },
  { exponents: [-0.4, 1], profile: 3, arrangement: 'cosine' },
];
type Case = (typeof cases)[number];

function descriptionOf({ exponents, profile, arrangement }: Case, horizon: number): Setup {
  const model = powerLaw(d, exponents, profile);
  const means = { arrangement: { kind: arrangement }, profile: { kind: 'power-law', exponent: profile }, scale: 1 };
  return setupOf({
    model: { ...model, means },
    loss: { kind: 'logistic' },
    optimizer: constantRate(1),
    horizon,
    grid: { kind: 'log', first: 0.1, points: 12 },
  });
}

/** The same arrays without the formulas behind them: nothing is compressed. */
function asGiven(setup: Setup): Setup {
  const rows = (all: Float64Array) => [0, 1].map((i) => [...all.subarray(i * d, (i + 1) * d)]);
  const given = setupOf({
    ...setup.experiment,
    model: {
      dimension: d,
      priors: [0.5, 0.5],
      spectrum: { kind: 'custom', eigenvalues: rows(setup.mixture.eigenvalues) },
      means: { arrangement: { kind: 'custom', means: rows(setup.mixture.means) } },
    },
  });
  return given;
}

describe('compressDirections', () => {
  it.each(cases.flatMap((each) => [50, 1000].map((horizon) => ({ ...each, horizon }))))(
    'changes no observable beyond 1e-9: exponents $exponents, profile $profile, $arrangement, T = $horizon',
    (each) => {
      const setup = descriptionOf(each, each.horizon);
      const few = solved(setup, 'ode', { tolerance: 1e-10 });
      const all = solved(asGiven(setup), 'ode', { tolerance: 1e-10 });
      expect(few.report.nodes).toBeLessThan(200);
      expect(all.report.nodes).toBe(d);
      for (const key of ['risk', 'error', 'overlap', 'group_overlap', 'group_share']) {
        expect(distance(few.field(key).flat(), all.field(key).flat()), key).toBeLessThan(1e-9);
      }
      const [fewNorm, allNorm] = [few.curve('norm'), all.curve('norm')];
      allNorm.forEach((norm, k) => expect(Math.abs(fewNorm[k] / norm - 1)).toBeLessThan(1e-9));
    },
  );

  it.each([10, 16, 32])('holds for the cosine means of many classes: C = %d', (classes) => {
    const priors = Array.from({ length: classes }, () => 1 / classes);
    const setup = setupOf({
      model: {
        dimension: 4000,
        priors,
        spectrum: { kind: 'power-law', exponents: priors.map((_, i) => 0.5 + i / classes) },
        means: { arrangement: { kind: 'cosine' }, profile: { kind: 'flat' }, scale: 2 },
      },
      loss: { kind: 'one-hot-least-squares' },
      optimizer: constantRate(0.5),
      horizon: 20,
      grid: { kind: 'linear', points: 3 },
    });
    const directions = reduceDirections(setup, 1e-8);
    expect(directions.nodes).toBeLessThan(400);
    const truth = everyDirection(setup.mixture, setup.teacher, setup.groups.of);
    // sums over directions of what occurs in the theory: exponentials of the eigenvalues times products of means
    for (const rate of [0, 1, 20]) {
      for (const [i, j] of [
        [0, 0],
        [classes - 1, classes - 1],
        [classes - 1, classes - 2],
      ]) {
        const sum = ({ nodes, weight, eigenvalues, means }: typeof truth) => {
          let [total, size] = [0, 0];
          for (let n = 0; n < nodes; n++) {
            const term = weight[n] * Math.exp(-rate * eigenvalues[n]);
            total += term * means[i * nodes + n] * means[j * nodes + n];
            size += term * means[i * nodes + n] ** 2;
          }
          return { total, size };
        };
        const [few, all] = [sum(directions), sum(truth)];
        expect(Math.abs(few.total - all.total)).toBeLessThan(1e-8 * all.size);
      }
    }
  });

  it('keeps the number of directions of every spectral group', () => {
    const setup = descriptionOf(cases[2], 1);
    const { weight, group, nodes } = reduceDirections(setup, 1e-8);
    const sizes = new Float64Array(setup.groups.count);
    for (let n = 0; n < nodes; n++) sizes[group[n]] += weight[n];
    sizes.forEach((size, g) => expect(size).toBeCloseTo(setup.groups.size[g], 10));
  });

  it('grows like log d', () => {
    const nodes = (dimension: number) => {
      const setup = setupOf({
        model: powerLaw(dimension, [1, 2], 0.2),
        loss: { kind: 'logistic' },
        optimizer: constantRate(1),
        horizon: 1,
      });
      return reduceDirections(setup, 1e-8).nodes;
    };
    expect(nodes(200_000) - nodes(2000)).toBeLessThan(80);
  });

  describe('with means that are no smooth functions', () => {
    const teacher = { kind: 'teacher-least-squares', noise: 0.3, teacher: { kind: 'gaussian', seed: 3, outputs: 2 } };
    const flat = { kind: 'flat' };
    it.each([
      {
        loss: { kind: 'logistic' },
        classes: 2,
        arrangement: { kind: 'gaussian', seed: 1 },
        profile: { kind: 'power-law', exponent: 0.5 },
      },
      { loss: { kind: 'softmax' }, classes: 3, arrangement: { kind: 'gaussian', seed: 1 }, profile: flat },
      {
        loss: { kind: 'one-hot-least-squares' },
        classes: 4,
        arrangement: { kind: 'gaussian', seed: 1 },
        profile: flat,
      },
      { loss: teacher, classes: 2, arrangement: { kind: 'cosine' }, profile: flat },
    ])(
      'changes no observable beyond 1e-9: $loss.kind, $arrangement.kind',
      ({ loss, classes, arrangement, profile }) => {
        const priors = Array.from({ length: classes }, () => 1 / classes);
        const spectrum = { kind: 'power-law', exponents: priors.map((_, i) => 0.5 + 0.4 * i) };
        const setup = setupOf({
          model: { dimension: 4000, priors, spectrum, means: { arrangement, profile, scale: 1 } },
          loss,
          optimizer: { ...constantRate(0.5), ridge: 0.01, start: { kind: 'gaussian', scale: 0.5, seed: 2 } },
          horizon: 50,
          grid: { kind: 'log', first: 0.1, points: 8 },
        });
        const few = solved(setup, 'ode', { tolerance: 1e-9 });
        expect(few.report.nodes).toBeLessThan(600);
        const rows = (all: Float64Array) => priors.map((_, i) => [...all.subarray(i * 4000, (i + 1) * 4000)]);
        const { eigenvalues, means } = setup.mixture;
        const all = solved(
          setupOf({
            ...setup.experiment,
            model: {
              dimension: 4000,
              priors,
              spectrum: { kind: 'custom', eigenvalues: rows(eigenvalues) },
              means: { arrangement: { kind: 'custom', means: rows(means) } },
            },
          }),
          'ode',
          { tolerance: 1e-9 },
        );
        expect(all.report.nodes).toBe(4000);
        for (const key of ['risk', 'overlap', 'variance', 'group_overlap', 'group_share', 'group_norm', 'norm']) {
          expect(distance(few.field(key).flat(), all.field(key).flat()), key).toBeLessThan(1e-9);
        }
      },
    );

    it('grows like log d', () => {
      const nodes = (dimension: number) => {
        const setup = setupOf({
          model: {
            dimension,
            priors: [0.5, 0.5],
            spectrum: { kind: 'power-law', exponents: [1, 2] },
            means: { arrangement: { kind: 'gaussian', seed: 1 }, profile: { kind: 'flat' } },
          },
          loss: { kind: 'logistic' },
          optimizer: constantRate(1),
          horizon: 1,
        });
        return reduceDirections(setup, 1e-8).nodes;
      };
      expect(nodes(2000)).toBeLessThan(300);
      expect(nodes(200_000)).toBeLessThan(500);
    });
  });

  it('cuts a spectrum of two power laws where one follows the other', () => {
    const setup = descriptionOf(cases[2], 1);
    const smooth = smoothModel(setup.experiment.model);
    if (!smooth) throw new Error('expected a smooth model');
    const { limit, eigenvalues } = alongDirections<{ kind: string }>(() => [
      { end: 0.3, eigenvalues: [1, 1].map(() => ({ factor: 2, exponent: 0.5 })) },
      { end: 1, eigenvalues: [1, 1].map(() => ({ factor: 1, exponent: 3 })) },
    ]);
    const pieces = limit({ kind: '' }, 2) ?? [];
    const own = new Float64Array(2 * d);
    eigenvalues({ kind: '' }, 2, d, own);
    expect(own[299]).toBe(2 * Math.sqrt(0.3));
    expect(own[300]).toBeCloseTo(0.301 ** 3, 15);
    const mixture = { ...setup.mixture, eigenvalues: own };
    const eigenvalue = (i: number, rho: number) => powerAt(pieces[rho <= 300 ? 0 : 1].eigenvalues[i], rho / d);
    const nodes = (ends: readonly number[]) =>
      compressDirections({ ...smooth, eigenvalue, ends }, mixture, setup.teacher, setup.groups.of, 1e-8)?.nodes;
    expect(nodes(pieceEnds(pieces, d))).toBeLessThan(200);
    // no rule of few nodes is right across the break
    expect(nodes([d]) ?? d).toBeGreaterThan(200);
  });

  it('does not use a rule that fails on sums that are known', () => {
    const setup = descriptionOf(cases[2], 1);
    const model = smoothModel(setup.experiment.model);
    const mean = model?.mean;
    if (!model || !mean) throw new Error('expected a smooth model');
    const rough = { ...model, mean: (i: number, rho: number) => mean(i, rho) * (1 + 1e-4 * Math.sin(rho)) };
    expect(compressDirections(rough, setup.mixture, setup.teacher, setup.groups.of, 1e-8)).toBeNull();
    expect(compressDirections(model, setup.mixture, setup.teacher, setup.groups.of, 1e-8)?.nodes).toBeLessThan(
      everyDirection(setup.mixture, setup.teacher, setup.groups.of).nodes,
    );
  });
});
