import { expect, it } from 'vitest';
import { sgd } from '../../../src/core/engines/sgd.ts';
import { ensemble, summary } from '../engines/ensembles.ts';
import { constantRate, powerLaw, setupOf, solved } from './solving.ts';

// b_0 is small beside one step's gradient: the average takes part in steps that are no flow
it.each([
  { kind: 'uniform', from: 0 },
  { kind: 'exponential', timescale: 0.5 },
])('first steps carry an average along as SGD does: $kind', async (average) => {
  const dimension = 80;
  const setup = setupOf({
    model: powerLaw(dimension, [0.5, 1], 0.2),
    loss: { kind: 'logistic' },
    optimizer: { ...constantRate(1), schedule: { kind: 'adagrad-norm', rate: 1, offset: 0.05 }, average },
    horizon: 2,
    grid: { kind: 'log', first: 0.05, points: 6 },
  });
  const theory = solved(setup, 'ode', { tolerance: 1e-7 });
  expect(theory.report.integrator).toMatch(/^steps/);
  const runs = await ensemble(sgd, setup, 60);
  for (const key of ['risk', 'average_risk']) {
    theory.curve(key).forEach((value, point) => {
      const { mean, meanError } = summary(runs.values(point, key));
      expect(Math.abs(mean - value), `${key} at ${point}: ${mean}, ${value}`).toBeLessThan(
        4 * meanError + 0.5 / dimension,
      );
    });
  }
});
