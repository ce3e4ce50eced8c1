/** Theory of losses that are typed as formulas against SGD and the engines that stand for it: kinks, one class, noise. */
import { expect, it } from 'vitest';
import { refusalOf } from '../../../src/core/engines/engine.ts';
import { engineKinds } from '../../../src/core/engines/engine-kinds.ts';
import { setupOf, solved } from '../theory/solving.ts';
import { ensemble, summary, withoutError } from './ensembles.ts';

const DIMENSION = 160;
const RUNS = 12;
const teacher = { kind: 'gaussian', seed: 3, scale: 1 };

it.each([
  ['max(0, 1 - y*r)', 3, { kind: 'class' }],
  ['max(0, -y*r)', 2, { kind: 'class' }],
  ['max(0, 1 - y*r)^2', 1, { kind: 'teacher-sign', flip: 0.1, teacher }],
  ['huber(r - s - eps, 0.5)', 2, { kind: 'teacher-response', noise: 0.3, teacher }],
])('%s with %i classes', async (formula, classes, labels) => {
  const setup = withoutError(
    setupOf({
      model: {
        dimension: DIMENSION,
        priors: Array.from({ length: classes }, (_, i) => (1 + i) / ((classes * (classes + 1)) / 2)),
        spectrum: { kind: 'identity' },
        means: { arrangement: { kind: 'cosine' }, profile: { kind: 'flat' } },
      },
      labels,
      loss: { kind: 'formula', formula },
      optimizer: { schedule: { kind: 'constant', rate: 0.4 } },
      horizon: 3,
      grid: { kind: 'linear', points: 4 },
    }),
  );
  const theory = solved(setup, 'ode', { tolerance: 1e-7 });
  // of the perceptron X leaves 0 by f′(0), the mean of both sides: without it all runs stay
  expect(theory.curve('norm')[3]).toBeGreaterThan(0.01);
  const accepting = engineKinds.filter((engine) => refusalOf(engine, setup) === null);
  expect(accepting.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['sgd', 'reduced', 'hsgd']));
  for (const engine of accepting) {
    const runs = await ensemble(engine, setup, RUNS);
    for (const key of ['risk', 'norm']) {
      theory.curve(key).forEach((value, point) => {
        const { mean, meanError } = summary(runs.values(point, key));
        const allowed = 4 * meanError + 2 / DIMENSION;
        expect(Math.abs(mean - value), `${engine.kind}, ${key} at ${point}: ${mean}, ${value}`).toBeLessThan(allowed);
      });
    }
  }
});
