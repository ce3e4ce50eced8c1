import { describe, expect, it } from 'vitest';
import { createCoupling } from '../../../src/core/theory/coupling.ts';
import { mergeDirections } from '../../../src/core/theory/directions.ts';
import { createDrift } from '../../../src/core/theory/drift.ts';
import { createProblem, stateShape } from '../../../src/core/theory/problem.ts';
import { createStiffDrift } from '../../../src/core/theory/stiff-drift.ts';
import { type CurveKind } from '../../../src/core/study/schema.ts';
import { setupOf } from './solving.ts';

/** Stiff drift of a model whose classes share no row, at a state that is like none that occurs. */
function example(kind: string, schedule: object, curve: CurveKind, arrangement: object) {
  const setup = setupOf({
    model: {
      dimension: 6,
      priors: [0.3, 0.7],
      spectrum: { kind: 'power-law', exponents: [0.5, 1.5] },
      means: { arrangement, profile: { kind: 'flat' }, scale: 1.5 },
    },
    loss: { kind },
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
  return { plain, stiff: createStiffDrift(problem, shape, coupling, plain), y };
}

const schedules = [
  { kind: 'constant', rate: 1.3 },
  { kind: 'power-decay', rate: 2, timescale: 3, exponent: 0.7 },
  { kind: 'adagrad-norm', rate: 2, offset: 0.5 },
  { kind: 'polyak' },
];
const cases = schedules.flatMap((schedule) =>
  ['logistic', 'binary-least-squares'].flatMap((kind) =>
    (['ode', 'gradient-flow'] as const).flatMap((curve) =>
      ['opposite', 'cosine'].map((arrangement) => ({ kind, schedule, curve, arrangement, rule: schedule.kind })),
    ),
  ),
);

describe('createStiffDrift', () => {
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

  it.each(schedules)('knows the derivative by time for $kind', (schedule) => {
    const { plain, stiff, y } = example('logistic', schedule, 'ode', { kind: 'opposite' });
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
