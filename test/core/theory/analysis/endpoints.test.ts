import { describe, expect, it } from 'vitest';
import { endpointsOf } from '../../../../src/core/theory/analysis/index.ts';
import { experimentFrame } from '../../../../src/study/experiment-results.ts';
import { summarize } from '../../../../src/cli/summary.ts';
import { parseExperiment, requireParsed } from '../../../../src/study/parse.ts';
import { doubleDescent } from '../../../../src/study/presets/double-descent.ts';
import { axisValues, expandSweep, sweepSchema } from '../../../../src/core/experiment/sweep.ts';
import { setupOf } from '../solving.ts';
import { meanOf } from '../finite/solving.ts';

const d = 60;
const centred = { arrangement: { kind: 'gaussian', seed: 1 }, profile: { kind: 'flat' }, scale: 0 };
const teacher = { kind: 'teacher-least-squares', noise: 0.3, teacher: { kind: 'gaussian', seed: 5 } };
const described = (more: object) => ({
  model: { dimension: d, priors: [1], spectrum: { kind: 'power-law', exponents: [1] }, means: centred },
  loss: teacher,
  optimizer: { schedule: { kind: 'constant', rate: 1 } },
  horizon: 1,
  grid: { kind: 'linear', points: 2 },
  ...more,
});
const mixture = {
  model: {
    dimension: d,
    priors: [0.4, 0.6],
    spectrum: { kind: 'power-law', exponents: [1.1, 0.5] },
    means: { arrangement: { kind: 'opposite' }, profile: { kind: 'power-law', exponent: 0.2 }, scale: 2 },
  },
};
const ends = (more: object, endpoints: object[]) =>
  endpointsOf(setupOf({ ...described(more), theory: { curves: [], endpoints } }).experiment);

/** κ and risk by an iteration of its own, over all directions. */
function direct(eigenvalues: Float64Array, x: Float64Array, n: number, ridge: number) {
  const sum = (of: (lambda: number, k: number) => number) => eigenvalues.reduce((total, l, k) => total + of(l, k), 0);
  let kappa = n >= d && ridge === 0 ? 0 : 1;
  for (let k = 0; k < 200_000 && kappa > 0; k++) {
    const next = ridge + (kappa / n) * sum((l) => l / (l + kappa));
    if (Math.abs(next - kappa) < 1e-16 * kappa) break;
    kappa = next;
  }
  const spread = sum((l) => (l / (l + kappa)) ** 2) / n;
  const bias = kappa === 0 ? 0 : sum((l, k) => l * ((x[k] * kappa) / (l + kappa)) ** 2);
  const risk = (0.5 * (bias + 0.09)) / (1 - spread);
  return { risk, train: ridge > 0 ? (ridge / kappa) ** 2 * risk : 0.045 * Math.max(0, 1 - d / n) };
}

describe('end points of a teacher on one class', () => {
  const cases = [{ kind: 'identity' }, { kind: 'power-law', exponents: [1] }].flatMap((spectrum) =>
    [0.5, 0.8, 1, 2, 5].flatMap((ratio) =>
      [0, 0.01, 0.1].filter((ridge) => ridge > 0 || ratio !== 1).map((ridge) => ({ spectrum, n: ratio * d, ridge })),
    ),
  );
  it.each(cases)('solve (E1) as an iteration of its own does: $spectrum.kind, n = $n, δ = $ridge', (one) => {
    const model = { dimension: d, priors: [1], spectrum: one.spectrum, means: centred };
    const [end] = ends({ model }, [{ ridge: one.ridge, samples: one.n }]);
    const { mixture: whole, teacher: x } = setupOf(described({ model }));
    const { risk, train } = direct(whole.eigenvalues, x, one.n, one.ridge);
    expect(Math.abs(end.risk - risk)).toBeLessThan(1e-8);
    expect(Math.abs(end.trainRisk - train)).toBeLessThan(1e-8);
  });

  it('have no bound at n = d without a ridge, and a peak there in a sweep, which a ridge takes away', () => {
    const [at] = ends({}, [{ ridge: 0, samples: d }]);
    expect(at.risk).toBe(Infinity);
    const { sweep } = doubleDescent.study();
    const parsed = sweepSchema.parse(sweep);
    const ratios = axisValues(parsed.axes[0]);
    const risks = [0, 1, 2].map((ridge) =>
      expandSweep(parsed)
        .filter(({ index }) => index[1] === ridge)
        .map(({ experiment }) => endpointsOf(requireParsed(parseExperiment(experiment)))[0].risk),
    );
    const [none, , large] = risks;
    const peak = none.indexOf(Math.max(...none));
    expect(Math.abs(Math.log(ratios[peak]))).toBeLessThan(1.01 * Math.log(ratios[peak + 1] / ratios[peak]));
    expect(none[peak]).toBeGreaterThan(2 * none[0]);
    none.slice(peak + 1).reduce((before, risk) => (expect(risk).toBeLessThan(before), risk), none[peak]);
    large.reduce((before, risk) => (expect(risk).toBeLessThan(before), risk), Infinity);
  });

  it('take the samples of the data, or of the one pass of a stream, where they have none of their own', () => {
    expect(
      ends({ optimizer: { schedule: { kind: 'constant', rate: 1 }, batchSize: 3 } }, [{ ridge: 1 }])[0].samples,
    ).toBe(3 * d);
    expect(ends({ data: { kind: 'finite', samplesPerDimension: 2 } }, [{ ridge: 1 }])[0].samples).toBe(2 * d);
  });
});

describe('end points of mixtures', () => {
  it('are those of (E1) where the classes are one', () => {
    // two classes of the same covariance without means are one: (E3) against (E1)
    const model = (priors: number[]) => ({
      dimension: d,
      priors,
      spectrum: { kind: 'power-law', exponents: priors.map(() => 1) },
      means: centred,
    });
    const endpoints = [0.001, 0.1].flatMap((ridge) => [40, 200].map((samples) => ({ ridge, samples })));
    const one = ends({ model: model([1]) }, endpoints);
    const two = ends({ model: model([0.3, 0.7]) }, endpoints);
    for (const [k, { risk, trainRisk, norm }] of one.entries()) {
      expect(two[k].risk).toBeCloseTo(risk, 9);
      expect(two[k].trainRisk).toBeCloseTo(trainRisk, 9);
      expect(two[k].norm).toBeCloseTo(norm, 8);
    }
  });

  it.each([
    { loss: { kind: 'binary-least-squares' }, rate: 0.25 },
    { loss: { kind: 'logistic' }, rate: 3 },
    { loss: teacher, rate: 0.25 },
  ])('are where gradient descent with the ridge ends on drawn data: $loss.kind', async ({ loss, rate }) => {
    const ridge = 0.1;
    const data = { kind: 'finite', samples: 90, sampling: 'full-batch', seed: 3 };
    const [end] = ends({ ...mixture, loss, data }, [{ ridge }]);
    // 400 steps leave at most e^{−400 δ η} of the way
    const optimizer = { schedule: { kind: 'constant', rate: rate * d }, ridge };
    const setup = setupOf({
      ...described({ ...mixture, loss, data, optimizer }),
      horizon: 400 / d,
      theory: { curves: [] },
    });
    for (const [key, value] of [
      ['risk', end.risk],
      ['train_risk', end.trainRisk],
      ['norm', end.norm],
    ] as const) {
      const runs = await meanOf(setup, 12, key);
      const { mean, se } = runs[runs.length - 1];
      expect(Math.abs(value - mean), key).toBeLessThan(4 * se + value / d);
    }
  });

  it('of the logistic loss settle where the proximal point is far from plain Newton steps', () => {
    const endpoints = [0.003, 0.01, 0.03, 0.1, 0.3].map((ridge) => ({ ridge, samples: d }));
    const found = ends({ ...mixture, loss: { kind: 'logistic' } }, endpoints);
    // a wrong fixed point has a train risk of order one; the right ones fall with the ridge
    found.reduce((before, { trainRisk }) => (expect(trainRisk).toBeGreaterThan(before), trainRisk), 0);
    expect(found[0].trainRisk).toBeLessThan(0.02);
    found.forEach(({ risk, trainRisk }) => expect(risk).toBeGreaterThan(trainRisk));
  });
});

it('end points stand in what is printed, null where they are without bound', () => {
  const setup = setupOf({
    ...described({}),
    theory: {
      curves: [],
      endpoints: [
        { ridge: 0, samples: d },
        { ridge: 0.1, samples: 2 * d },
      ],
    },
  });
  const results = { experiment: setup.experiment, frame: experimentFrame(setup), curves: [] };
  const { endpoint } = summarize(results, { theory: 0, simulation: 0 });
  expect(endpoint?.ridge).toEqual([0, 0.1]);
  expect(endpoint?.samples).toEqual([d, 2 * d]);
  expect(endpoint?.risk[0]).toBeNull();
  expect(endpoint?.risk[1]).toBeGreaterThan(0.045);
  expect(endpoint?.error).toBeUndefined();
});

it.each([
  [{ loss: { kind: 'logistic' }, ...mixture }, { ridge: 0 }, 'theory.endpoints[0].ridge'],
  [{ loss: { kind: 'softmax' }, ...mixture }, { ridge: 1 }, 'theory.endpoints[0]'],
  [{}, { ridge: -1 }, 'theory.endpoints[0].ridge'],
])('an end point that is not known is refused with its place: %j, %j', (more, endpoint, path) => {
  const parsed = parseExperiment({ id: 'test', ...described(more), theory: { curves: [], endpoints: [endpoint] } });
  expect(parsed.ok ? [] : parsed.refusals.map((refusal) => refusal.path)).toEqual([path]);
});
