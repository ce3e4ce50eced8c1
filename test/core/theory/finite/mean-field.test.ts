import { describe, expect, it } from 'vitest';
import { parseExperiment } from '../../../../src/study/parse.ts';
import { setupOf } from '../solving.ts';
import { curveOf, meanOf } from './solving.ts';

const d = 100;
const mixture = {
  dimension: d,
  priors: [0.4, 0.6],
  spectrum: { kind: 'power-law', exponents: [1, 0.5] },
  means: { arrangement: { kind: 'opposite' }, profile: { kind: 'power-law', exponent: 0.2 }, scale: 1.5 },
};
const teacher = { kind: 'teacher-least-squares', noise: 0.3, teacher: { kind: 'gaussian', seed: 5 } };
const described = (more: object) => ({
  model: mixture,
  loss: { kind: 'logistic' },
  optimizer: { schedule: { kind: 'constant', rate: 2 } },
  horizon: 2,
  grid: { kind: 'linear', points: 5 },
  theory: { curves: [] },
  ...more,
});
const finite = (samples: number, more = {}) => ({ kind: 'finite', samples, seed: 3, ...more });

describe('the mean field of a typical data set', () => {
  it.each([
    ['logistic, n = d', { data: finite(d) }],
    [
      'logistic, n = 3 d, batches of 2',
      { data: finite(3 * d), optimizer: { schedule: { kind: 'constant', rate: 2 }, batchSize: 2 } },
    ],
    [
      'logistic, large full-batch steps',
      {
        data: finite(d, { sampling: 'full-batch' }),
        horizon: 12 / d,
        optimizer: { schedule: { kind: 'constant', rate: 3 * d } },
      },
    ],
    [
      'binary least squares, n = d/2',
      {
        data: finite(d / 2),
        loss: { kind: 'binary-least-squares' },
        optimizer: { schedule: { kind: 'constant', rate: 1 } },
      },
    ],
    [
      'a teacher on the mixture, n = 2 d',
      { data: finite(2 * d), loss: teacher, optimizer: { schedule: { kind: 'constant', rate: 0.8 } } },
    ],
    [
      'a teacher, large full-batch steps',
      {
        data: finite(d, { sampling: 'full-batch' }),
        loss: teacher,
        horizon: 12 / d,
        optimizer: { schedule: { kind: 'constant', rate: 0.2 * d } },
      },
    ],
  ])('agrees with SGD within 4 standard errors and the stated accuracy: %s', async (_, more) => {
    const setup = setupOf(described(more));
    const theory = await curveOf(setup, 'multi-pass');
    expect(theory.report.outcome.status).toBe('done');
    const accuracy = theory.report.accuracy ?? 0;
    expect(accuracy).toBeLessThan(0.03);
    for (const key of ['risk', 'train_risk', 'norm']) {
      const runs = await meanOf(setup, 16, key);
      const curve = theory.curve(key);
      for (const [p, { mean, se }] of runs.entries()) {
        // at finite d a typical data set is off by terms of order 1/d
        const limit = 4 * se + (accuracy + 3 / d) * Math.abs(curve[p]) + 1e-12;
        expect(Math.abs(curve[p] - mean), `${key} at ${p}`).toBeLessThan(limit);
      }
    }
  });

  it('is that of closed forms where there are some: one class without a mean', async () => {
    const centred = { arrangement: { kind: 'gaussian', seed: 1 }, profile: { kind: 'flat' }, scale: 0 };
    // two equal classes are solved in steps of time, one in closed form
    const model = (priors: number[]) => ({
      dimension: d,
      priors,
      spectrum: { kind: 'power-law', exponents: priors.map(() => 1) },
      means: centred,
    });
    const more = { loss: teacher, data: finite(d), optimizer: { schedule: { kind: 'constant', rate: 1.6 } } };
    const [one, two] = await Promise.all(
      [[1], [0.5, 0.5]].map((priors) => curveOf(setupOf(described({ ...more, model: model(priors) })), 'multi-pass')),
    );
    for (const key of ['risk', 'train_risk', 'norm']) {
      one
        .curve(key)
        .forEach((value, p) => expect(Math.abs(two.curve(key)[p] - value)).toBeLessThan(0.004 * value + 1e-9));
    }
    expect(two.report.accuracy).toBeLessThan(0.03);
    expect(one.report.accuracy).toBeUndefined();
  });

  it('is extrapolated wherever steps are not those that are made, and says how well', async () => {
    const coarse = await curveOf(
      setupOf(described({ data: finite(d), loss: { kind: 'binary-least-squares' } })),
      'multi-pass',
    );
    expect(coarse.report.integrator).toBe('mean field, extrapolated in the step');
    expect(coarse.report.accuracy).toBeGreaterThan(0);
    const exact = { data: finite(d, { sampling: 'full-batch' }), horizon: 8 / d };
    expect(
      (await curveOf(setupOf(described({ ...exact, loss: { kind: 'binary-least-squares' } })), 'multi-pass')).report
        .accuracy,
    ).toBeUndefined();
  });
});

it.each([
  ['reshuffled passes', { data: finite(d, { sampling: 'reshuffled' }) }, 'reshuffled'],
  ['a stream', {}, 'stream'],
  [
    'another method',
    {
      data: finite(d),
      optimizer: { schedule: { kind: 'constant', rate: 1 }, method: { kind: 'heavy-ball', momentum: 0.5 } },
    },
    'method',
  ],
  [
    'a rate that changes',
    { data: finite(d), optimizer: { schedule: { kind: 'warmup', rate: 1, duration: 1 } } },
    'schedule',
  ],
  ['a ridge', { data: finite(d), optimizer: { schedule: { kind: 'constant', rate: 1 }, ridge: 0.1 } }, 'ridge'],
  [
    'a start that is not 0',
    { data: finite(d), optimizer: { schedule: { kind: 'constant', rate: 1 }, start: { kind: 'gaussian', seed: 1 } } },
    'start',
  ],
  ['so long a time', { data: finite(d), horizon: 100 }, 'long'],
  ['softmax', { data: finite(d), loss: { kind: 'softmax' } }, 'loss'],
])('no theory of passes is solved for %s, with the reason', (_, more, why) => {
  for (const curve of ['multi-pass', 'this-data']) {
    if (why === 'long' && curve === 'this-data') continue;
    const parsed = parseExperiment({ id: 'test', ...described(more), theory: { curves: [curve] } });
    expect(parsed.ok).toBe(false);
    if (!parsed.ok) expect(JSON.stringify(parsed.refusals)).toContain(`"passes","allowed":{"why":"${why}"}`);
  }
});
