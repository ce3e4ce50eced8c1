/** The theory of updates with state (T13), against values of an independent solution and against what it must reduce to. */
import { describe, expect, it } from 'vitest';
import reference from '../../fixtures/updates/data.json' with { type: 'json' };
import { prepare } from '../../../src/core/experiment/setup.ts';
import { createCoupling } from '../../../src/core/theory/equations/coupling.ts';
import { createDrift } from '../../../src/core/theory/equations/drift.ts';
import { createProblem, startState, stateShape } from '../../../src/core/theory/equations/problem.ts';
import { everyDirection } from '../../../src/core/model/directions.ts';
import { rootStream } from '../../../src/core/math/random.ts';
import { lossKinds } from '../../../src/core/loss/loss-spec.ts';
import { besidesOf } from '../loss/pairs.ts';
import { constantRate, distance, identity, powerLaw, setupOf, solved } from './solving.ts';

describe.each(reference.cases)('$expected.id', ({ description, expected }) => {
  it('is the independent solution', () => {
    const { field, curve, t } = solved(setupOf(description));
    const at = (values: number[]) =>
      expected.t.map((time) => values[t.findIndex((each) => Math.abs(each - time) < 1e-9)]);
    expect(distance(at(curve('risk')), expected.risk)).toBeLessThan(expected.tolerance.risk);
    expect(distance(at(curve('norm')), expected.norm)).toBeLessThan(expected.tolerance.norm);
    if (expected.average_risk.length > 0)
      expect(distance(at(curve('average_risk')), expected.average_risk)).toBeLessThan(expected.tolerance.average_risk);
    expected.overlap[0].forEach((_, i) => {
      const wanted = expected.overlap.map((row) => row[i]);
      expect(distance(at(field('overlap').map((row) => row[i])), wanted)).toBeLessThan(expected.tolerance.overlap);
    });
  });
});

describe('the drift of an update of several fields', () => {
  // a random state: nothing about it is special to the flow
  it.each(lossKinds.map((kind) => [kind.kind, kind] as const))('for one field is (T4)–(T5): %s', (_name, kind) => {
    const classes = Math.max(2, kind.classes[0]);
    const setup = setupOf({
      model: {
        dimension: 24,
        priors: new Array<number>(classes).fill(1 / classes),
        spectrum: { kind: 'power-law', exponents: Array.from({ length: classes }, (_, i) => 0.5 + i) },
        means: { arrangement: { kind: 'gaussian', seed: 4 }, profile: { kind: 'flat' } },
      },
      loss: kind.template(classes),
      ...besidesOf(kind.kind, 'given'),
      optimizer: { ...constantRate(0.7), ridge: 0.2, batchSize: 3, start: { kind: 'gaussian', seed: 1 } },
      horizon: 1,
    });
    const directions = everyDirection(setup.mixture, setup.teacher, setup.groups.of);
    const drifts = [setup.update, { ...setup.update, plain: false }].map((update) => {
      const problem = createProblem({ ...setup, update }, directions, { noise: true });
      const shape = stateShape(problem);
      const stream = rootStream(7).child('state');
      const y = startState(problem, shape).map((value) => value + 0.01 * stream.normal());
      const out = new Float64Array(shape.size);
      createDrift(problem, shape, createCoupling(problem, shape)).evaluate(0.3, y, out);
      return out;
    });
    const largest = Math.max(...drifts[0].map(Math.abs));
    expect(largest).toBeGreaterThan(1e-3);
    expect(distance([...drifts[0]], [...drifts[1]])).toBeLessThan(1e-14 * largest * drifts[0].length);
  });
});

const model = powerLaw(300, [0.5, 1], 0.2);
const study = (method: object, rate: number, more: object = {}) => ({
  model,
  loss: { kind: 'logistic' },
  optimizer: { method, ...constantRate(rate), ...more },
  horizon: 10,
  grid: { kind: 'linear', points: 6 },
});

describe('limits of momentum', () => {
  it('heavy ball without momentum is plain SGD, to the bit', () => {
    const plain = solved(setupOf(study({ kind: 'sgd' }, 1)));
    const none = solved(setupOf(study({ kind: 'heavy-ball', momentum: 0 }, 1)));
    expect(none.rows).toEqual(plain.rows);
  });

  it('heavy ball lags SGD with γ/(1 − β) by 1/(1 − β) steps: a difference of order 1/d', () => {
    const difference = (d: number) => {
      const at = (method: object, rate: number) =>
        solved(setupOf({ ...study(method, rate), model: powerLaw(d, [0.5, 1], 0.2) })).curve('risk');
      return distance(at({ kind: 'heavy-ball', momentum: 0.8 }, 0.2), at({ kind: 'sgd' }, 1));
    };
    const [small, large] = [difference(100), difference(400)];
    expect(small / large).toBeGreaterThan(3);
    expect(small / large).toBeLessThan(5);
  });

  it('momentum that forgets at once adds κ/θ to the rate', () => {
    const fast = setupOf(study({ kind: 'momentum', coupling: 150, decay: 300 }, 0.5));
    const plain = setupOf(study({ kind: 'sgd' }, 1));
    expect(distance(solved(fast).curve('risk'), solved(plain).curve('risk'))).toBeLessThan(3 / 300);
    // without coupling V does nothing at all
    const uncoupled = setupOf(study({ kind: 'momentum', coupling: 0, decay: 1 }, 1));
    expect(distance(solved(uncoupled).curve('risk'), solved(plain).curve('risk'))).toBeLessThan(1e-7);
  });

  it('gradient flow with momentum is without noise: the risk oscillates about its least value', () => {
    const setup = setupOf({
      ...study({ kind: 'momentum', coupling: 4, decay: 0.2 }, 0),
      model: identity(200, [1, 1]),
      loss: { kind: 'binary-least-squares' },
      grid: { kind: 'linear', points: 101 },
    });
    const risk = solved(setup, 'gradient-flow').curve('risk');
    const rises = risk.filter((value, k) => k > 0 && value > risk[k - 1]).length;
    expect(rises).toBeGreaterThan(20);
  });
});

describe('averages of iterates', () => {
  const averaged = (average: object | null, more: object = {}) =>
    setupOf({ ...study({ kind: 'sgd' }, 1, { average }), grid: { kind: 'linear', points: 41 }, ...more });

  it('leave the last iterate as it is, and are not there before they begin', () => {
    const plain = solved(averaged(null));
    expect(plain.setup.layout.fields.some(({ key }) => key === 'average_risk')).toBe(false);
    for (const average of [
      { kind: 'uniform', from: 2 },
      { kind: 'exponential', timescale: 1 },
    ]) {
      const { curve, t } = solved(averaged(average));
      expect(distance(curve('risk'), plain.curve('risk'))).toBeLessThan(1e-7);
      expect(curve('average_risk').map(Number.isNaN)).toEqual(t.map((time) => average.kind === 'uniform' && time <= 2));
    }
  });

  it('of a short memory are the last iterate, and of gradient flow lie behind it', () => {
    const short = solved(averaged({ kind: 'exponential', timescale: 1 / 300 }));
    expect(distance(short.curve('average_risk').slice(1), short.curve('risk').slice(1))).toBeLessThan(3e-3);
    const flow = solved(averaged({ kind: 'uniform', from: 0 }), 'gradient-flow');
    const risks = flow.curve('average_risk');
    flow.curve('risk').forEach((risk, k) => k > 0 && expect(risks[k]).toBeGreaterThan(risk));
  });

  it('start with the start: of a random one the risk of the average at t = 0 is that of X', () => {
    const start = { kind: 'gaussian', seed: 3, scale: 1 };
    const setup = setupOf(study({ kind: 'sgd' }, 1, { average: { kind: 'exponential', timescale: 2 }, start }));
    const { curve } = solved(setup);
    expect(curve('average_risk')[0]).toBeCloseTo(curve('risk')[0], 12);
  });

  it('go with rules of the state and with momentum, and with the limit d → ∞', () => {
    const setup = averaged({ kind: 'uniform', from: 1 });
    const { optimizer } = setup.experiment;
    for (const changes of [
      { optimizer: { ...optimizer, schedule: { kind: 'polyak' } } },
      { optimizer: { ...optimizer, schedule: { kind: 'adagrad-norm', rate: 1, offset: 1 } } },
      { optimizer: { ...optimizer, method: { kind: 'momentum', coupling: 1, decay: 1 } } },
      { theory: { limit: true } },
    ]) {
      const { curve, report } = solved(averaged({ kind: 'uniform', from: 1 }, changes));
      expect(report.outcome.status).toBe('done');
      expect(curve('average_risk')[40]).toBeLessThan(0.6);
    }
  });
});

describe('nodes', () => {
  it('of a momentum are all directions of a smooth spectrum, and merged ones of blocks', () => {
    const momentum = { kind: 'momentum', coupling: 2, decay: 1 };
    expect(solved(setupOf(study(momentum, 0))).report.nodes).toBe(300);
    expect(solved(setupOf({ ...study(momentum, 0), model: identity(300, [1, 1]) })).report.nodes).toBe(2);
  });

  it('of a heavy ball with a short memory are few, and say the same', () => {
    const setup = setupOf({
      ...study({ kind: 'heavy-ball', momentum: 0.5 }, 0.5),
      model: powerLaw(600, [0.5, 1], 0.2),
    });
    const few = solved(setup);
    const all = solved({ ...setup, update: { ...setup.update, monotone: false } });
    expect(few.report.nodes).toBeLessThan(100);
    expect(all.report.nodes).toBe(600);
    expect(distance(few.curve('risk'), all.curve('risk'))).toBeLessThan(1e-8);
  });

  it('say the same merged or not', () => {
    const setup = setupOf({
      ...study({ kind: 'momentum', coupling: 2, decay: 1 }, 0.5),
      model: identity(60, [1, 0.5]),
      loss: { kind: 'binary-least-squares' },
    });
    const apart = prepare(setup.experiment);
    const whole = solved({ ...apart, update: { ...apart.update, equivariant: false } });
    expect(whole.report.nodes).toBe(60);
    expect(distance(whole.curve('risk'), solved(setup).curve('risk'))).toBeLessThan(1e-8);
  });
});
