/** Theory against SGD for every method of the registry, on three spectra: a new line there gets its comparison. */
import { describe, expect, it } from 'vitest';
import { refusalOf } from '../../../src/core/engines/engine.ts';
import { engineKinds } from '../../../src/core/engines/engine-kinds.ts';
import { createSgdEngine } from '../../../src/core/engines/sgd.ts';
import { oracleKernel } from '../../../src/core/kernel/oracle.ts';
import { averageKinds } from '../../../src/core/update/average/average-kinds.ts';
import { methodKinds } from '../../../src/core/update/method/method-kinds.ts';
import { setupOf, solved } from '../theory/solving.ts';
import { ensemble, summary } from './ensembles.ts';

const DIMENSION = 300;
const RUNS = 12;
const ERRORS = 4;
/** c of the bias c/d of finite d, as in agreement.test.ts. */
const BIAS = 2;

const spectra = [
  { kind: 'identity', variances: [1, 0.8] },
  {
    kind: 'zero-one',
    blocks: [
      { fraction: 0.3, eigenvalues: [0, 0] },
      { fraction: 0.3, eigenvalues: [0, 1] },
      { fraction: 0.4, eigenvalues: [1, 1] },
    ],
  },
  { kind: 'power-law', exponents: [0.5, 1] },
];
const losses = [
  { kind: 'binary-least-squares' },
  { kind: 'logistic' },
  { kind: 'teacher-least-squares', noise: 0.3, teacher: { kind: 'gaussian', seed: 3, outputs: 2 } },
];

const averages = [null, ...averageKinds.map((kind) => kind.template(5))];

const cases = methodKinds.flatMap((method, m) =>
  spectra.map((spectrum, s) => ({
    method: method.template(),
    name: method.kind,
    spectrum,
    average: averages[(m + 2 * s) % averages.length],
    loss: losses[(m + s) % losses.length],
    batchSize: [1, 4][(m + s) % 2],
    ridge: [0, 0.1][s % 2],
    start: s === 1 ? { kind: 'gaussian', seed: 6, scale: 1 } : { kind: 'zero' },
  })),
);

const setupFor = ({ method, average, spectrum, loss, batchSize, ridge, start }: (typeof cases)[number], rate = 0.05) =>
  setupOf({
    model: {
      dimension: DIMENSION,
      priors: [0.6, 0.4],
      spectrum,
      means: { arrangement: { kind: 'opposite' }, profile: { kind: 'flat' } },
    },
    loss,
    optimizer: { method, average, schedule: { kind: 'constant', rate }, batchSize, ridge, start },
    horizon: 5,
    grid: { kind: 'linear', points: 5 },
  });

describe('theory and simulation agree', () => {
  it('with every average', () => {
    for (const average of averages) expect(cases.some((each) => each.average?.kind === average?.kind)).toBe(true);
  });

  it.each(cases)(
    '$name, average $average.kind, $spectrum.kind, $loss.kind, b = $batchSize, ridge $ridge, $start.kind start',
    async (each) => {
      const setup = setupFor(each);
      const theory = solved(setup);
      const accepting = engineKinds.filter((engine) => refusalOf(engine, setup) === null);
      expect(accepting.map(({ kind }) => kind)).toContain('sgd');
      for (const engine of accepting) {
        const runs = await ensemble(engine, setup, RUNS);
        for (const key of ['risk', 'norm', ...(each.average ? ['average_risk'] : [])]) {
          const scale = key === 'norm' ? Math.max(1, ...theory.curve('norm')) : 1;
          theory.curve(key).forEach((value, point) => {
            if (key === 'average_risk' && point === 0) return;
            const { mean, meanError } = summary(runs.values(point, key));
            expect(Math.abs(mean - value), `${engine.kind}, ${key} at point ${point}: ${mean}, ${value}`).toBeLessThan(
              ERRORS * meanError + (BIAS * scale) / DIMENSION,
            );
          });
        }
      }
    },
  );
});

it('heavy ball without momentum is plain SGD in simulation, to the bit', async () => {
  const both = [{ kind: 'heavy-ball', momentum: 0 } as const, { kind: 'sgd' } as const].map((method) =>
    ensemble(createSgdEngine(oracleKernel), setupFor({ ...cases[0], method }), 1),
  );
  const [none, plain] = await Promise.all(both);
  for (const key of ['risk', 'norm']) expect(none.values(4, key)).toEqual(plain.values(4, key));
});

describe('what has no theory or no engine', () => {
  const refusals = (more: object, optimizer: object) => () =>
    setupOf({
      model: { ...setupFor(cases[0]).experiment.model },
      loss: { kind: 'logistic' },
      horizon: 1,
      optimizer: { method: { kind: 'heavy-ball', momentum: 0.9 }, ...optimizer },
      ...more,
    });
  const constant = { schedule: { kind: 'constant', rate: 0.1 } };

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
