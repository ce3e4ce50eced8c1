/** Warnings of settings with which SGD is not what the theory says of it. */
import { describe, expect, it, vi } from 'vitest';
import { presets } from '../../src/study/presets/presets.ts';
import { parseStudy, requireParsed } from '../../src/study/parse.ts';
import { texts } from '../../src/text/texts.ts';
import { warningText } from '../../src/text/warnings.ts';
import { studyWarnings, warningsOf } from '../../src/study/warnings.ts';
import { engineKind } from '../../src/core/engines/engine-kind.ts';
import { ensemble, summary } from '../core/engines/ensembles.ts';
import { constantRate, identity, powerLaw, setupOf, solved } from '../core/theory/solving.ts';

const binary = { kind: 'binary-least-squares' };
const of = (description: object) => warningsOf(setupOf({ horizon: 2, ...description }).experiment);
const codes = (description: object) => of(description).map(({ code, path }) => [code, path]);

describe('warningsOf', () => {
  it('speaks of a ridge whose step changes the sign of X and lengthens it, for any loss', () => {
    const ridge = (value: number, loss: object) =>
      of({ model: powerLaw(100, [1.1, 1.5], 0), loss, optimizer: { ...constantRate(0.5), ridge: value } });
    for (const loss of [{ kind: 'logistic' }, binary]) {
      const [warning] = ridge(1e6, loss);
      expect(warning).toMatchObject({ code: 'ridge-step', path: 'optimizer.ridge', numbers: { step: 5000 } });
      expect(warningText(texts('en'), warning)).toMatch(/^γδ\/d = 5000 is above 2: .* SGD diverges where the theory/);
      expect(ridge(0.1, loss)).toEqual([]);
    }
    // 1 − γδ/d = −1 is where it begins
    expect(ridge(399, { kind: 'logistic' }).map(({ code }) => code)).toEqual(['large-step']);
    expect(ridge(401, { kind: 'logistic' }).map(({ code }) => code)).toEqual(['ridge-step']);
  });

  it('leaves large full-batch steps alone where their theory takes them as steps, not beside one that does not', () => {
    const data = { kind: 'finite', samples: 100, sampling: 'full-batch' };
    const large = (curves: string[], more: object) =>
      codes({
        model: powerLaw(100, [1.1, 1.5], 0),
        loss: { kind: 'logistic' },
        optimizer: constantRate(300),
        horizon: 0.2,
        data,
        theory: { curves },
        ...more,
      });
    expect(large(['multi-pass'], {})).toEqual([]);
    expect(large(['ode', 'multi-pass'], {})).toEqual([['large-step', 'optimizer.schedule.rate']]);
    expect(large(['ode'], { data: { kind: 'stream' } })).toEqual([['large-step', 'optimizer.schedule.rate']]);
  });

  it('speaks of rates of least squares that SGD diverges at, unseen by the theory or not', () => {
    const at = (rate: number, batchSize: number) =>
      of({ model: identity(100, [1, 1]), loss: binary, optimizer: { ...constantRate(rate), batchSize } });
    const [unseen] = at(128, 128);
    expect(unseen).toMatchObject({ code: 'unstable-unseen', path: 'optimizer.schedule.rate' });
    expect(unseen.numbers.threshold).toBeCloseTo(96.81, 2);
    expect(unseen.numbers.theory).toBeCloseTo((2 * 128) / 1.01, 8);
    expect(warningText(texts('en'), unseen)).toBe(
      'γ = 128 is above 96.8, the stability threshold of SGD at this d and batch size: SGD diverges, where the theory settles up to γ = 253.',
    );
    expect(at(3, 1).map(({ code }) => code)).toEqual(['unstable-rate']);
    expect(at(1, 1)).toEqual([]);
  });

  it.each([
    ['warmup', { kind: 'warmup', rate: 30, duration: 1 }, 'optimizer.schedule.rate'],
    ['power-decay', { kind: 'power-decay', rate: 30, timescale: 1, exponent: 1 }, 'optimizer.schedule.rate'],
    ['piecewise', { kind: 'piecewise', times: [0, 1], rates: [1, 30] }, 'optimizer.schedule.rates[1]'],
  ])('looks at the largest rate within the horizon: %s', (_kind, schedule, path) => {
    const model = identity(100, [1, 1]);
    expect(codes({ model, loss: binary, optimizer: { schedule } })).toEqual([['unstable-rate', path]]);
    // a loss with a bounded gradient does not diverge
    expect(codes({ model, loss: { kind: 'logistic' }, optimizer: { schedule } })).toEqual([]);
  });

  it('speaks of steps that are not small where SGD is another than the theory, and is silent where they agree', async () => {
    const gap = async (description: object) => {
      const setup = setupOf({ grid: { kind: 'linear', points: 9 }, horizon: 0.5, ...description });
      const theory = solved(setup).curve('risk');
      const runs = await ensemble(engineKind('sgd'), setup, 24);
      const off = theory.map((risk, point) => summary(runs.values(point, 'risk')).mean / risk - 1);
      return { off: Math.max(...off.map(Math.abs)), codes: warningsOf(setup.experiment).map(({ code }) => code) };
    };
    const lineSearch = { schedule: { kind: 'line-search' } };
    // ‖μ‖² = 1 beside tr K = 10
    const warned = await gap({ model: identity(200, [0.05, 0.05]), loss: binary, optimizer: lineSearch });
    expect(warned.codes).toEqual(['large-step']);
    expect(warned.off).toBeGreaterThan(0.2);
    const silent = await gap({ model: identity(200, [1, 1]), loss: binary, optimizer: lineSearch });
    expect(silent.codes).toEqual([]);
    expect(silent.off).toBeLessThan(0.05);
  });

  it('counts the curvature of the loss; of AdaGrad-Norm, whose first steps the theory takes as steps, what they make of it', () => {
    const at = (loss: object, rate: number) =>
      codes({ model: identity(100, [1, 1], 0), loss, optimizer: { ...constantRate(rate), batchSize: 64 } });
    // γ h/d = 0.2 at 20 for h = 1, at 80 for the logistic loss
    expect(at(binary, 19)).toEqual([]);
    expect(at(binary, 21)).toEqual([['large-step', 'optimizer.schedule.rate']]);
    expect(at({ kind: 'logistic' }, 79)).toEqual([]);
    expect(at({ kind: 'logistic' }, 81)).toEqual([['large-step', 'optimizer.schedule.rate']]);
    const adagrad = (offset: number, theory: object = {}) =>
      codes({
        model: identity(100, [1, 1]),
        loss: binary,
        optimizer: { schedule: { kind: 'adagrad-norm', rate: 1.1, offset } },
        theory,
      });
    // the first step's share is x/(1 + x) with x = P/(d b₀²), P/d = 0.0101: above 1/8 below b₀ = 0.266
    expect(adagrad(0.28)).toEqual([]);
    expect(adagrad(0.25)).toEqual([['accumulated-scatter', 'optimizer.schedule.offset']]);
    expect(adagrad(1e-9, { limit: true })).toEqual([['accumulated-limit', 'optimizer.schedule.offset']]);
  });

  it('is silent about every preset, but for what a preset shows', () => {
    const shown: Record<string, string[]> = { 'two-layers-on-xor': ['isotropic-saddle'] };
    for (const preset of presets) {
      const study = requireParsed(parseStudy(preset.study()));
      const warnings = studyWarnings({ experiments: study.experiments.slice(0, 8) });
      expect([preset.name, warnings.map(({ code }) => code)]).toEqual([preset.name, shown[preset.name] ?? []]);
    }
  });

  it.each([
    ['whose labels no linear rule tells', [1, 1, 0, 0], 1],
    ['whose labels a linear rule tells', [1, 0, 1, 0], 0],
  ] as const)('speaks of a saddle for means ±μ, ±ν %s alone', (_name, classLabels, count) => {
    const preset = presets.find(({ name }) => name === 'two-layers-on-xor');
    const [experiment] = preset?.study().experiments ?? [];
    const changed = {
      ...experiment,
      loss: { kind: 'two-layer', hidden: 2, activation: 'relu', classLabels, secondLayer: [1, -1] },
      optimizer: { ...experiment.optimizer, start: { kind: 'gaussian', seed: 1, scale: 0.5 } },
    };
    const study = requireParsed(parseStudy({ format: 'sgdlab-study', version: 1, name: '', experiments: [changed] }));
    const saddles = studyWarnings(study).filter(({ code }) => code === 'isotropic-saddle');
    expect(saddles).toHaveLength(count);
  });

  it.each([
    ['blocks', (dimension: number) => identity(dimension, [1, 1]), [1e5, 1e9]],
    ['a power law', (dimension: number) => powerLaw(dimension, [1, 2], 0.2), [3e4, 1e6]],
  ] as const)('makes no more arrays of a large d than of a smaller one: %s', (_name, model, dimensions) => {
    const counts = dimensions.map((dimension) => {
      const description = { model: model(dimension), loss: binary, optimizer: constantRate(1) };
      const { experiment } = setupOf({ ...description, horizon: 10 / dimension });
      const numbers = countNumbers();
      warningsOf(experiment);
      return numbers();
    });
    expect(counts[0]).toBeGreaterThan(0);
    // the nodes are a few more or less
    expect(counts[1]).toBeLessThan(1.1 * counts[0]);
  });
});

it('a study says which experiment, and heeds --only', () => {
  const bad = { model: identity(100, [1, 1]), loss: binary, optimizer: constantRate(9), horizon: 1 };
  const experiments = [constantRate(1), constantRate(9)].map((optimizer, k) => ({
    ...setupOf({ ...bad, optimizer }).experiment,
    id: `e${k}`,
  }));
  expect(studyWarnings({ experiments }).map(({ path }) => path)).toEqual(['experiments[1].optimizer.schedule.rate']);
  expect(studyWarnings({ experiments }, ['e0'])).toEqual([]);
});

/** Counts the numbers of the arrays that are made from now on. */
function countNumbers(): () => number {
  let count = 0;
  const counting = new Proxy(Float64Array, {
    construct(target, given: unknown[], newTarget) {
      const made = Reflect.construct(target, given, newTarget) as Float64Array;
      // a view of a buffer that is there makes none
      if (!(given[0] instanceof ArrayBuffer)) count += made.length;
      return made;
    },
  });
  vi.stubGlobal('Float64Array', counting);
  return () => {
    vi.unstubAllGlobals();
    return count;
  };
}
