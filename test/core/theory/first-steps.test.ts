/** The first steps of AdaGrad-Norm with small offsets, held to SGD. */
import { describe, expect, it } from 'vitest';
import { engineKind } from '../../../src/core/engines/engine-kind.ts';
import { SMALL_SHARE } from '../../../src/core/theory/first-steps.ts';
import { ensemble, summary, withoutError } from '../engines/ensembles.ts';
import { distance, identity, setupOf, solved } from './solving.ts';

const DIMENSION = 200;
const ERRORS = 4;
/** c of the bias c/d of finite d, as in agreement.test.ts, relative to a risk above 1. */
const BIAS = 2;
/**
 * Of a run's G and X the theory follows the means and the variance of G, as if they were independent. For least squares,
 * where the gradient grows with X, that is worth up to this in the risk, at any d; for bounded gradients a tenth of it.
 */
const CLOSURE = 0.03;

const powerLaw = (exponents: readonly number[]) => ({
  dimension: DIMENSION,
  priors: exponents.map(() => 1 / exponents.length),
  spectrum: { kind: 'power-law', exponents },
  means: { arrangement: { kind: exponents.length === 2 ? 'opposite' : 'cosine' }, profile: { kind: 'flat' } },
});
const pair = powerLaw([0.5, 1]);
const triple = powerLaw([0.5, 1, 0.7]);
const logistic = { kind: 'logistic' };
const leastSquares = { kind: 'binary-least-squares' };
const teacher = (outputs: number) => ({
  kind: 'teacher-least-squares',
  noise: 0.3,
  teacher: { kind: 'gaussian', seed: 3, outputs },
});
const adagrad = (rate: number, offset: number) => ({ kind: 'adagrad-norm', rate, offset });
const gaussian = { kind: 'gaussian', seed: 6, scale: 1 };

const everyOffset = [1, 0.1, 1e-2, 1e-3, 1e-4, 1e-6, 1e-8, 1e-10];
const cases = [
  { name: 'logistic', model: pair, loss: logistic, rate: 2, offsets: everyOffset, closure: 0.1 * CLOSURE },
  { name: 'binary least squares', model: pair, loss: leastSquares, rate: 2, offsets: everyOffset, closure: CLOSURE },
  { name: 'a teacher', model: pair, loss: teacher(1), rate: 1, offsets: [1, 1e-2, 1e-10], closure: CLOSURE },
  { name: 'two teacher outputs', model: pair, loss: teacher(2), rate: 1, offsets: [1e-2, 1e-10], closure: CLOSURE },
  {
    name: 'softmax',
    model: triple,
    loss: { kind: 'softmax' },
    rate: 2,
    offsets: [1, 1e-2, 1e-10],
    closure: 0.1 * CLOSURE,
  },
  {
    name: 'one-hot least squares',
    model: triple,
    loss: { kind: 'one-hot-least-squares' },
    rate: 1,
    offsets: [1e-2, 1e-10],
    closure: CLOSURE,
  },
  {
    name: 'batches of 4 and a ridge',
    model: pair,
    loss: leastSquares,
    rate: 2,
    more: { batchSize: 4, ridge: 0.1 },
    offsets: [1, 1e-2, 1e-10],
    closure: CLOSURE,
  },
  {
    name: 'batches of 16, a ridge and a gaussian start',
    model: pair,
    loss: logistic,
    rate: 2,
    more: { batchSize: 16, ridge: 0.1, start: gaussian },
    offsets: [1e-2, 1e-10],
    closure: 0.1 * CLOSURE,
  },
  // the rate at the start is far above what is stable, and P grows by half from step to step
  {
    name: 'a rate that starts unstable',
    model: pair,
    loss: logistic,
    rate: 200,
    offsets: [1, 1e-10],
    closure: CLOSURE,
  },
  { name: 'one that its noise feeds', model: pair, loss: leastSquares, rate: 20, offsets: [1], closure: 2 * CLOSURE },
].flatMap(({ offsets, ...rest }) => offsets.map((offset) => ({ ...rest, offset })));

describe('the theory of AdaGrad-Norm', () => {
  it.each(cases)('is the mean of SGD for $name, b0 = $offset', async ({ model, loss, rate, offset, more, closure }) => {
    const setup = withoutError(
      setupOf({
        model,
        loss,
        optimizer: { schedule: adagrad(rate, offset), ...more },
        horizon: 5,
        grid: { kind: 'log', first: 1 / DIMENSION, points: 8 },
      }),
    );
    const theory = solved(setup, 'ode', { tolerance: 1e-8 });
    expect(theory.report.outcome.status).toBe('done');
    const runs = await ensemble(engineKind('sgd'), setup, 100);
    theory.curve('risk').forEach((risk, point) => {
      const { mean, meanError } = summary(runs.values(point, 'risk'));
      expect(Math.abs(mean - risk), `at t = ${theory.t[point]}: ${mean} ± ${meanError} and ${risk}`).toBeLessThan(
        ERRORS * meanError + (BIAS / DIMENSION) * Math.max(1, mean) + closure * mean,
      );
    });
    // rates of the very first steps, 1/‖∇Ψ‖ of a few gradients, have no variance to speak of an error with
    theory.curve('learning_rate').forEach((expected, point) => {
      if (theory.t[point] * DIMENSION < 20) return;
      const { mean, meanError } = summary(runs.values(point, 'learning_rate'));
      expect(Math.abs(mean - expected), `rate at t = ${theory.t[point]}`).toBeLessThan(
        ERRORS * meanError + ((0.5 * BIAS) / DIMENSION + closure) * mean,
      );
    });
  });

  it('is SGD itself where nothing is random', async () => {
    // λ ≡ 0 and opposite means: one number m, and r = ±m without noise
    const setup = setupOf({
      model: identity(4, [0, 0], 2),
      loss: logistic,
      optimizer: { schedule: adagrad(0.5, 1e-3) },
      horizon: 2,
      grid: { kind: 'linear', points: 9 },
    });
    const theory = solved(setup);
    const run = await ensemble(engineKind('sgd'), setup, 1);
    // not ‖X‖², whose S has the square of the means too, a term of order 1/d that m does not feel
    for (const key of ['risk', 'learning_rate']) {
      theory.curve(key).forEach((value, point) => {
        const expected = run.values(point, key)[0];
        expect(Math.abs(value / expected - 1), `${key} at point ${point}`).toBeLessThan(1e-12);
      });
    }
  });

  it('is that of SGD in 1e9 dimensions, where steps are as far from a flow as in a hundred', async () => {
    const setup = setupOf({
      model: identity(1e9, [1, 1]),
      loss: logistic,
      optimizer: { schedule: adagrad(2, 1e-10) },
      horizon: 5e-6,
      grid: { kind: 'log', first: 1e-8, points: 6 },
    });
    const theory = solved(setup);
    expect(theory.report.outcome.status).toBe('done');
    const runs = await ensemble(engineKind('reduced'), setup, 200);
    theory.curve('risk').forEach((risk, point) => {
      const { mean, meanError } = summary(runs.values(point, 'risk'));
      expect(Math.abs(mean - risk), `at t = ${theory.t[point]}: ${mean} and ${risk}`).toBeLessThan(
        ERRORS * meanError + 0.1 * CLOSURE * mean,
      );
    });
  });

  const ofOffset = (offset: number, more: object = {}) =>
    solved(
      setupOf({
        model: pair,
        loss: logistic,
        optimizer: { schedule: adagrad(2, offset) },
        horizon: 50,
        grid: { kind: 'linear', points: 11 },
        ...more,
      }),
      'ode',
      { tolerance: 1e-10 },
    );

  it('ends where SGD ends, at a risk of 0.1691 for every offset up to 1e-3', async () => {
    // 100 runs: 0.16910 ± 0.00016
    for (const offset of [1e-3, 1e-4, 1e-6, 1e-8, 1e-10]) {
      const theory = ofOffset(offset);
      const { mean, meanError } = summary((await ensemble(engineKind('sgd'), theory.setup, 8)).values(10, 'risk'));
      expect(theory.curve('risk')).toHaveLength(11);
      expect(Math.abs(theory.curve('risk')[10] - 0.1691)).toBeLessThan(2e-4);
      expect(Math.abs(theory.curve('risk')[10] - mean)).toBeLessThan(ERRORS * meanError);
    }
  });

  it('does not depend on an offset that is small beside one gradient', () => {
    const [risk, limit] = [1e-6, 1e-300].map((offset) => ofOffset(offset).curve('risk'));
    expect(risk).toHaveLength(11);
    expect(distance(risk, limit)).toBeLessThan(1e-6);
  });

  it('is the flow where a step has a small share, and goes over into it without a jump', () => {
    // P = ¼ (tr K + ‖μ‖²)/d at X = 0, and a share of SMALL_SHARE where d b0² is (1/SMALL_SHARE − 1) P
    const { setup } = ofOffset(1);
    const { eigenvalues, dimension } = setup.mixture;
    const power = (0.25 * (0.5 * eigenvalues.reduce((sum, value) => sum + value, 0) + 1)) / dimension;
    const critical = Math.sqrt(((1 / SMALL_SHARE - 1) * power) / dimension);
    const [above, below] = [1.001, 0.999].map((factor) => ofOffset(factor * critical));
    expect(above.report.integrator).not.toContain('steps');
    expect(below.report.integrator).toContain('steps');
    // 0.2 % of b0 itself change the risk by some 1e-5
    expect(distance(above.curve('risk'), below.curve('risk'))).toBeLessThan(5e-5);
  });

  it('has limits of gradient flow and of d → ∞ that begin at once', () => {
    const flow = [1e-8, 1e-20, 1e-200].map((offset) =>
      solved(ofOffset(offset).setup, 'gradient-flow').curve('risk').slice(1),
    );
    expect(distance(flow[0], flow[1])).toBeLessThan(1e-6);
    expect(distance(flow[1], flow[2])).toBeLessThan(1e-6);
    // at fixed b0 a step's share goes to 0 as d grows
    const model = { ...pair, dimension: 1e6 };
    const limit = ofOffset(1e-2, { theory: { limit: true }, model }).curve('risk');
    expect(distance(limit, ofOffset(1e-2, { model }).curve('risk'))).toBeLessThan(1e-3);
    expect(distance(limit, ofOffset(1e-2).curve('risk'))).toBeGreaterThan(0.01);
  });
});
