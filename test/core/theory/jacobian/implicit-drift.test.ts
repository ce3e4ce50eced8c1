import { describe, expect, it } from 'vitest';
import { createLoss, lossKind } from '../../../../src/core/loss/loss-spec.ts';
import { scheduleKinds } from '../../../../src/core/schedule/schedule-kinds.ts';
import { createSchedule } from '../../../../src/core/schedule/schedule-spec.ts';
import { type Schedule } from '../../../../src/core/schedule/schedule.ts';
import { createCoupling } from '../../../../src/core/theory/equations/coupling.ts';
import { mergeDirections } from '../../../../src/core/theory/nodes/directions.ts';
import { createDrift } from '../../../../src/core/theory/equations/drift.ts';
import { createProblem, stateShape } from '../../../../src/core/theory/equations/problem.ts';
import { hasRateSlopes } from '../../../../src/core/theory/jacobian/rate-slopes.ts';
import { createImplicitDrift } from '../../../../src/core/theory/jacobian/implicit-drift.ts';
import { pairs } from '../../loss/pairs.ts';
import { setupOf } from '../solving.ts';

/** A rule of time and accumulated gradients, and one of time and state: no registered rule reads both. */
const mixed: Schedule[] = [
  {
    kind: 'accumulated and time',
    dependsOn: 'accumulated',
    breakpoints: [],
    rate: ({ t, accumulated }) => 2 / Math.sqrt((0.5 + accumulated) * (1 + t)),
  },
  {
    kind: 'state and time',
    dependsOn: 'state',
    ofRiskAndPower: true,
    breakpoints: [],
    rate: (inputs) => inputs.risk() / (inputs.gradientPower() * (1 + inputs.t)),
  },
];
/** With a horizon of 30 every registered rule still changes at t = 2.5, if it ever does. */
const schedules = [...scheduleKinds.map((kind) => createSchedule(kind.template(1.3, 30), 30)), ...mixed].filter(
  hasRateSlopes,
);
const losses = pairs.map(({ name, kind, given, classes: [, most] }) => {
  const classes = Math.min(3, most);
  const spec = lossKind(kind).template(classes);
  const loss = createLoss(spec, classes, given);
  // slopes of moments that are not known in closed form are differences, good to about 1e-6
  return { kind: name, given, classes, spec, loss, error: loss.slopes || loss.leastSquares ? 1e-7 : 1e-5 };
});

/** Implicit drift of a model whose classes share no row, at a state that is like none that occurs. */
function example(
  { classes, spec, given, loss }: (typeof losses)[number],
  schedule: Schedule,
  noise: boolean,
  arrangement: object,
) {
  const setup = setupOf({
    model: {
      dimension: 6,
      priors: classes === 2 ? [0.3, 0.7] : [0.2, 0.3, 0.5],
      spectrum: { kind: 'power-law', exponents: [0.5, 1.5, 1].slice(0, classes) },
      means: { arrangement, profile: { kind: 'flat' }, scale: 1.5 },
    },
    labels: given,
    loss: spec,
    optimizer: {
      schedule: { kind: 'constant', rate: 1 },
      ridge: 0.2,
      batchSize: 2,
      start: { kind: 'gaussian', seed: 1, scale: 0.3 },
    },
    horizon: 10,
    // on average an even loss does not move
    ...(loss.even ? { theory: { start: 'given' } } : {}),
  });
  const directions = mergeDirections(setup.mixture, setup.teacher, setup.groups.of);
  const problem = createProblem({ ...setup, schedule }, directions, { noise });
  const shape = stateShape(problem);
  const coupling = createCoupling(problem, shape);
  const plain = createDrift(problem, shape, coupling);
  const y = Float64Array.from({ length: shape.size }, (_, n) =>
    n < shape.noiseAt ? Math.sin(3 * n + 1) : 0.1 + 0.05 * Math.cos(n),
  );
  const implicit = createImplicitDrift(problem, shape, coupling, plain);
  if (!implicit) throw new Error(`no Jacobian for ${loss.kind}`);
  for (const drift of [plain, implicit]) drift.readUntil(10);
  return { plain, implicit, y };
}

const cases = schedules.flatMap((schedule) =>
  losses.flatMap((loss) =>
    [true, false].flatMap((noise) =>
      (loss.classes === 2 ? ['opposite', 'cosine'] : ['cosine']).map((arrangement) => ({
        loss,
        kind: loss.kind,
        schedule,
        noise,
        arrangement,
        rule: schedule.kind,
      })),
    ),
  ),
);

describe('drifts with a Jacobian', () => {
  it.each(cases)('solves with the true Jacobian: $kind, $rule, noise $noise, $arrangement', (test) => {
    const { plain, implicit, y } = example(test.loss, test.schedule, test.noise, { kind: test.arrangement });
    const t = 2.5;
    const size = y.length;
    const slope = new Float64Array(size);
    implicit.linearise(t, y, slope);
    const shift = 3;
    implicit.factor(shift);
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
    implicit.solve(b);
    b.forEach((value, n) => expect(Math.abs(value - x[n])).toBeLessThan(test.loss.error));
  });

  it.each(
    schedules.flatMap((schedule) => losses.map((loss) => ({ schedule, loss, rule: schedule.kind, kind: loss.kind }))),
  )('knows the derivative by time for $rule, $kind', ({ schedule, loss }) => {
    const { plain, implicit, y } = example(loss, schedule, true, { kind: 'cosine' });
    const out = new Float64Array(y.length);
    implicit.linearise(2.5, y, out);
    const [high, low] = [2.5 + 1e-4, 2.5 - 1e-4].map((t) => {
      const at = new Float64Array(y.length);
      plain.evaluate(t, y, at);
      return at;
    });
    const byTime = implicit.timeDerivative() ?? new Float64Array(y.length);
    // the difference is accurate to about 1e-8
    byTime.forEach((value, n) => expect(Math.abs(value - (high[n] - low[n]) / 2e-4)).toBeLessThan(1e-7));
  });
});
