import { describe, expect, it } from 'vitest';
import { createCoupling } from '../../../src/core/theory/coupling.ts';
import { mergeDirections } from '../../../src/core/theory/directions.ts';
import { createDrift } from '../../../src/core/theory/drift.ts';
import { createProblem, stateShape } from '../../../src/core/theory/problem.ts';
import { createLeastSquaresStiffDrift } from '../../../src/core/theory/least-squares-drift.ts';
import { createStiffDrift } from '../../../src/core/theory/stiff-drift.ts';
import { type CurveKind } from '../../../src/core/study/schema.ts';
import { setupOf } from './solving.ts';

const losses: Record<string, { loss: object; classes: number }> = {
  logistic: { loss: { kind: 'logistic' }, classes: 2 },
  'binary-least-squares': { loss: { kind: 'binary-least-squares' }, classes: 2 },
  'one-hot-least-squares': { loss: { kind: 'one-hot-least-squares' }, classes: 3 },
  'teacher-least-squares': {
    loss: {
      kind: 'teacher-least-squares',
      noise: 0.3,
      teacher: { kind: 'gaussian', seed: 3, scale: 1, outputs: 2 },
    },
    classes: 2,
  },
};

/** Stiff drift of a model whose classes share no row, at a state that is like none that occurs. */
function example(kind: string, schedule: object, curve: CurveKind, arrangement: object) {
  const { loss, classes } = losses[kind];
  const setup = setupOf({
    model: {
      dimension: 6,
      priors: classes === 2 ? [0.3, 0.7] : [0.2, 0.3, 0.5],
      spectrum: { kind: 'power-law', exponents: [0.5, 1.5, 1].slice(0, classes) },
      means: { arrangement, profile: { kind: 'flat' }, scale: 1.5 },
    },
    loss,
    optimizer: { schedule, ridge: 0.2, batchSize: 2, start: { kind: 'gaussian', seed: 1, scale: 0.3 } },
    horizon: 10,
  });
  const directions = mergeDirections(setup.mixture, setup.teacher, setup.groups.of);
  const problem = createProblem(setup, directions, curve);
  const shape = stateShape(problem);
  const coupling = createCoupling(problem, shape);
  const plain = createDrift(problem, shape, coupling);
  const y = Float64Array.from({ length: shape.size }, (_, n) =>
    n < shape.noiseAt ? Math.sin(3 * n + 1) : 0.1 + 0.05 * Math.cos(n),
  );
  const create =
    kind === 'logistic' || kind === 'binary-least-squares' ? createStiffDrift : createLeastSquaresStiffDrift;
  return { plain, stiff: create(problem, shape, coupling, plain), y };
}

const schedules = [
  { kind: 'constant', rate: 1.3 },
  { kind: 'power-decay', rate: 2, timescale: 3, exponent: 0.7 },
  { kind: 'adagrad-norm', rate: 2, offset: 0.5 },
  { kind: 'polyak' },
];
const cases = schedules.flatMap((schedule) =>
  Object.keys(losses).flatMap((kind) =>
    (['ode', 'gradient-flow'] as const).flatMap((curve) =>
      (losses[kind].classes === 2 ? ['opposite', 'cosine'] : ['cosine']).map((arrangement) => ({
        kind,
        schedule,
        curve,
        arrangement,
        rule: schedule.kind,
      })),
    ),
  ),
);

describe('drifts with a Jacobian', () => {
  it.each(cases)('solves with the true Jacobian: $kind, $rule, $curve, $arrangement', (test) => {
    const { plain, stiff, y } = example(test.kind, test.schedule, test.curve, { kind: test.arrangement });
    const t = 2.5;
    const size = y.length;
    const slope = new Float64Array(size);
    stiff.linearise(t, y, slope);
    const shift = 3;
    stiff.factor(shift);
    const x = Float64Array.from({ length: size }, (_, n) => Math.cos(2 * n));
    // (shift − J) x by a central difference along x, accurate to about 1e-9
    const h = 1e-5;
    const high = new Float64Array(size);
    const low = new Float64Array(size);
    plain.evaluate(
      t,
      y.map((value, n) => value + h * x[n]),
      high,
    );
    plain.evaluate(
      t,
      y.map((value, n) => value - h * x[n]),
      low,
    );
    const b = x.map((value, n) => shift * value - (high[n] - low[n]) / (2 * h));
    stiff.solve(b);
    b.forEach((value, n) => expect(Math.abs(value - x[n])).toBeLessThan(1e-7));
  });

  it.each(
    schedules.flatMap((schedule) => Object.keys(losses).map((loss) => ({ schedule, loss, rule: schedule.kind }))),
  )('knows the derivative by time for $rule, $loss', ({ schedule, loss }) => {
    const { plain, stiff, y } = example(loss, schedule, 'ode', { kind: 'cosine' });
    const out = new Float64Array(y.length);
    stiff.linearise(2.5, y, out);
    const [high, low] = [2.5 + 1e-4, 2.5 - 1e-4].map((t) => {
      const at = new Float64Array(y.length);
      plain.evaluate(t, y, at);
      return at;
    });
    const byTime = stiff.timeDerivative() ?? new Float64Array(y.length);
    // the difference is accurate to about 1e-8
    byTime.forEach((value, n) => expect(Math.abs(value - (high[n] - low[n]) / 2e-4)).toBeLessThan(1e-7));
  });
});
