import { describe, expect, it } from 'vitest';
import { createOrder, dataStream, drawDataSet } from '../../../src/core/data/data-set.ts';
import { trainRiskOf } from '../../../src/core/data/train-risk.ts';
import { engineKind } from '../../../src/core/engines/engine-kind.ts';
import { simulate } from '../../../src/core/engines/engine.ts';
import { prepare } from '../../../src/core/experiment/setup.ts';
import { rootStream } from '../../../src/core/math/random.ts';
import { fieldOf } from '../../../src/core/observables/row-layout.ts';
import { parseExperiment, requireParsed } from '../../../src/study/parse.ts';

const base = {
  id: 'passes',
  model: {
    dimension: 30,
    priors: [0.4, 0.6],
    spectrum: { kind: 'power-law', exponents: [1, 0.5] },
    means: { arrangement: { kind: 'opposite' }, profile: { kind: 'flat' } },
  },
  loss: { kind: 'logistic' },
  optimizer: { schedule: { kind: 'constant', rate: 1 } },
  horizon: 2,
  grid: { kind: 'linear', points: 3 },
  theory: { curves: [] },
};
const finite = (more: object) => ({ kind: 'finite', samples: 20, sampling: 'with-replacement', seed: 3, ...more });
const setupOf = (more: object) => prepare(requireParsed(parseExperiment({ ...base, ...more })));

async function rowsOf(more: object, runs: readonly number[]): Promise<Float64Array[][]> {
  const rows = runs.map((): Float64Array[] => []);
  await simulate(engineKind('sgd'), setupOf(more), {
    runs,
    onRow: (place, _point, row) => void rows[place].push(row.slice()),
    shouldStop: () => false,
  });
  return rows;
}

const LOSSES = [
  { loss: { kind: 'logistic' } },
  { loss: { kind: 'binary-least-squares' } },
  { loss: { kind: 'softmax' } },
  { loss: { kind: 'one-hot-least-squares' } },
  { loss: { kind: 'teacher-least-squares', noise: 0.3, teacher: { kind: 'gaussian', seed: 2 } } },
  { loss: { kind: 'logistic' }, labels: { kind: 'teacher-sign', flip: 0.1, teacher: { kind: 'gaussian', seed: 2 } } },
];

describe('SGD on a finite data set', () => {
  it.each(LOSSES)('makes the gradient step of the empirical risk for %j', async (described) => {
    // one full-batch step from 0 against the difference quotient of the train risk along it
    const setup = setupOf({ ...described, data: finite({ sampling: 'full-batch' }) });
    const { data, loss, mixture } = setup;
    if (!data) throw new Error('no data');
    const set = drawDataSet(setup, data.samples, dataStream(data, 0));
    const rate = 1e-4 * mixture.dimension;
    const [rows] = await rowsOf(
      {
        ...described,
        data: finite({ sampling: 'full-batch' }),
        optimizer: { schedule: { kind: 'constant', rate } },
        horizon: 1 / mixture.dimension,
        grid: { kind: 'linear', points: 2 },
      },
      [0],
    );
    const at = fieldOf(setup.layout, 'train_risk').offset;
    const zero = new Float64Array(loss.outputs * mixture.dimension);
    expect(rows[0][at]).toBeCloseTo(trainRiskOf(set, loss, zero), 12);
    const slope = Float64Array.from(zero, (_, k) => {
      const moved = zero.slice();
      moved[k] = 1e-5;
      const up = trainRiskOf(set, loss, moved);
      moved[k] = -1e-5;
      return (up - trainRiskOf(set, loss, moved)) / 2e-5;
    });
    const norm = slope.reduce((sum, value) => sum + value * value, 0);
    // second order in the step 1e-4
    expect(rows[1][at] - rows[0][at]).toBeCloseTo(-1e-4 * norm, 5);
    expect(rows[1][fieldOf(setup.layout, 'norm').offset]).toBeCloseTo(1e-8 * norm, 11);
  });

  it('takes every sample once in each pass when reshuffled, and in another order each time', () => {
    const order = createOrder('reshuffled', 12, rootStream(4));
    const passes = [0, 1].map(() => Array.from({ length: 12 }, order));
    for (const pass of passes) expect([...pass].sort((a, b) => a - b)).toEqual([...Array(12).keys()]);
    expect(passes[0]).not.toEqual(passes[1]);
  });

  it('draws samples with replacement evenly', () => {
    const order = createOrder('with-replacement', 4, rootStream(4));
    const counts = new Float64Array(4);
    for (let k = 0; k < 4000; k++) counts[order()] += 1;
    // four standard deviations of a binomial count
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(4 * Math.sqrt(750));
  });

  it.each(['with-replacement', 'reshuffled', 'full-batch'])(
    'gives a run the same bits in any company: %s',
    async (sampling) => {
      const [, together] = await rowsOf({ data: finite({ sampling }) }, [0, 3]);
      const [alone] = await rowsOf({ data: finite({ sampling }) }, [3]);
      expect(together).toEqual(alone);
    },
  );

  it('has a data set per run, or one for all where it is shared', async () => {
    const at = fieldOf(setupOf({ data: finite({}) }).layout, 'train_risk').offset;
    const logistic = { loss: { kind: 'binary-least-squares' }, optimizer: { schedule: { kind: 'constant', rate: 1 } } };
    const full = finite({ sampling: 'full-batch' });
    const own = await rowsOf({ ...logistic, data: full }, [0, 1]);
    expect(own[0][2][at]).not.toBe(own[1][2][at]);
    const shared = await rowsOf({ ...logistic, data: { ...full, shared: true } }, [0, 1]);
    expect(shared[0]).toEqual(shared[1]);
  });

  it.each([
    [{ data: finite({ samplesPerDimension: 2 }) }, 'data.samples', 'samples-once'],
    [{ data: { kind: 'finite' } }, 'data.samples', 'samples-once'],
    [{ data: finite({ samples: 2 ** 26 }) }, 'data.samples', 'samples-memory'],
    [
      { data: finite({ sampling: 'full-batch' }), optimizer: { ...base.optimizer, batchSize: 2 } },
      'data.sampling',
      'full-batch-size',
    ],
    [{ data: finite({}), simulation: { engine: 'hsgd', runs: 1 } }, 'simulation.engine', 'engine'],
    [{ data: finite({}), simulation: { engine: 'reduced', runs: 1 } }, 'simulation.engine', 'engine'],
    [
      { data: finite({}), optimizer: { schedule: { kind: 'polyak' } }, simulation: { runs: 1 } },
      'simulation.engine',
      'engine',
    ],
  ])('is refused for %j', (more, path, code) => {
    const parsed = parseExperiment({ ...base, ...more });
    expect(parsed.ok ? [] : parsed.refusals).toContainEqual(expect.objectContaining({ path, code }));
  });
});
