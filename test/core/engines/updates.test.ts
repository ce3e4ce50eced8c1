/** Methods and averages in simulation, and what is refused of them; agreement.test.ts holds theory against them. */
import { describe, expect, it } from 'vitest';
import { createSgdEngine, sgd } from '../../../src/core/engines/sgd.ts';
import { oracleKernel } from '../../../src/core/kernel/oracle.ts';
import { setupOf, solved } from '../theory/solving.ts';
import { ensemble, summary } from './ensembles.ts';

const DIMENSION = 300;
const setupFor = (method: object, more: object = {}) =>
  setupOf({
    model: {
      dimension: DIMENSION,
      priors: [0.6, 0.4],
      spectrum: { kind: 'identity', variances: [1, 0.8] },
      means: { arrangement: { kind: 'opposite' }, profile: { kind: 'flat' } },
    },
    loss: { kind: 'binary-least-squares' },
    optimizer: { method, schedule: { kind: 'constant', rate: 0.05 } },
    horizon: 5,
    grid: { kind: 'linear', points: 5 },
    ...more,
  });

it('heavy ball without momentum is plain SGD in simulation, to the bit', async () => {
  const both = [{ kind: 'heavy-ball', momentum: 0 } as const, { kind: 'sgd' } as const].map((method) =>
    ensemble(createSgdEngine(oracleKernel), setupFor(method), 1),
  );
  const [none, plain] = await Promise.all(both);
  for (const key of ['risk', 'norm']) expect(none.values(4, key)).toEqual(plain.values(4, key));
});

describe('heavy-tailed noise of the labels', () => {
  const noise = { kind: 'student-t', degrees: 3, scale: 1 };
  const loss = (teacher: object = {}) => ({
    loss: { kind: 'teacher-least-squares', noise, teacher: { kind: 'gaussian', seed: 2, ...teacher } },
  });
  const described = (method: object, more: object = {}) =>
    setupFor(method, { ...loss(), optimizer: { method, schedule: { kind: 'constant', rate: 0.4 } }, ...more });

  it.each([{ kind: 'sign' }, { kind: 'clip', threshold: 0.8 }])('is in theory as in SGD: $kind', async (method) => {
    const setup = described(method);
    const theory = solved(setup).curve('risk');
    const runs = await ensemble(sgd, setup, 16);
    theory.forEach((risk, point) => {
      const { mean, meanError } = summary(runs.values(point, 'risk'));
      expect(Math.abs(mean - risk), `point ${point}: ${mean}, ${risk}`).toBeLessThan(4 * meanError + 2 / DIMENSION);
    });
  });

  it('of many degrees is Gaussian, and the risk is without it', () => {
    const clip = { kind: 'clip', threshold: 0.8 };
    const nearly = described(clip, {
      loss: { ...loss().loss, noise: { kind: 'student-t', degrees: 1e7, scale: 0.3 } },
    });
    const gaussian = described(clip, { loss: { ...loss().loss, noise: 0.3 } });
    solved(nearly)
      .curve('risk')
      .forEach((risk, k) => expect(risk + 0.045).toBeCloseTo(solved(gaussian).curve('risk')[k], 6));
  });

  it('is refused with the reason for other methods and losses', () => {
    expect(() => described({ kind: 'sgd' })).toThrow(/loss\.noise: .*"sign", "clip"/);
    expect(() => described({ kind: 'sign' }, loss({ outputs: 2 }))).toThrow(
      /method\.kind: .*one output, this one has 2/,
    );
    const wrong = { loss: { ...loss().loss, noise: { ...noise, degrees: 0 } } };
    expect(() => described({ kind: 'sign' }, wrong)).toThrow(/noise\.degrees: .*> 0/);
  });
});

describe('what has no theory or no engine', () => {
  const refusals = (more: object, optimizer: object) => () =>
    setupOf({
      model: { ...setupFor({ kind: 'sgd' }).experiment.model },
      loss: { kind: 'logistic' },
      horizon: 1,
      optimizer: { method: { kind: 'heavy-ball', momentum: 0.9 }, ...optimizer },
      ...more,
    });
  const constant = { schedule: { kind: 'constant', rate: 0.1 } };

  it('is refused with the reason: signs of batches, of several outputs, and averages that begin too late', () => {
    const sign = { ...constant, method: { kind: 'sign' } };
    expect(refusals({}, { ...sign, batchSize: 4 })).toThrow(/optimizer\.batchSize: .*single samples/);
    expect(refusals({ theory: { curves: [] } }, { ...sign, batchSize: 4 })).not.toThrow();
    expect(refusals({ theory: { limit: true } }, sign)).toThrow(/a d of its own/);
    expect(refusals({ simulation: { engine: 'reduced', runs: 1 } }, sign)).toThrow(/takes signs of the gradient/);
    expect(refusals({}, { ...constant, average: { kind: 'uniform', from: 1 } })).toThrow(
      /average\.from: .*below the horizon/,
    );
  });

  it.each(['reduced', 'hsgd'])('is refused with the reason: %s', (engine) => {
    expect(refusals({ simulation: { engine, runs: 1 } }, constant)).toThrow(
      /simulation\.engine: expected "sgd" .*not the weights alone/,
    );
  });

  it.each(['polyak', 'line-search'])('is refused with the reason: theory of %s', (kind) => {
    expect(refusals({}, { schedule: { kind } })).toThrow(/optimizer\.schedule\.kind: .*rule of time/);
    expect(refusals({ theory: { curves: [] } }, { schedule: { kind } })).not.toThrow();
  });

  it('is refused with the reason: the limit, a rate of 0, a velocity that never forgets, unknown methods', () => {
    expect(refusals({ theory: { limit: true } }, constant)).toThrow(/theory\.limit: .*a d of its own/);
    const momentum = { ...constant, method: { kind: 'momentum', coupling: 1, decay: 1 } };
    expect(refusals({ theory: { limit: true } }, momentum)).toThrow(/theory\.limit: .*turn round/);
    expect(refusals({}, { schedule: { kind: 'constant', rate: 0 } })).toThrow(/schedule\.rate: .*> 0/);
    expect(refusals({}, { ...constant, method: { kind: 'heavy-ball', momentum: 1 } })).toThrow(/momentum: .*< 1/);
    expect(refusals({}, { ...constant, method: { kind: 'momentum', coupling: 1, decay: 301 } })).toThrow(
      /decay: .*300/,
    );
    expect(refusals({}, { ...constant, method: { kind: 'nesterov' } })).toThrow(/expected one of/);
  });
});
