/** Predictions that are tied: shared equally, by theory and simulation alike. */
import { describe, expect, it } from 'vitest';
import { engineKind } from '../../../src/core/engines/engine-kind.ts';
import { ensemble, summary } from '../engines/ensembles.ts';
import { setupOf, solved } from './solving.ts';

const priors = [0.611374849722629, 0.13559126838663024, 0.2530338818907407];
const variances = [2.378, 0.9413, 0];

/** The third class, with its place in `order`, has no covariance. */
const description = (order: readonly number[], start: object) => ({
  model: {
    dimension: 5,
    priors: order.map((i) => priors[i]),
    spectrum: { kind: 'identity', variances: order.map((i) => variances[i]) },
    means: { arrangement: { kind: 'cosine' }, profile: { kind: 'flat' }, scale: 1.926 },
  },
  loss: { kind: 'one-hot-least-squares' },
  optimizer: { schedule: { kind: 'adagrad-norm', rate: 0.3979, offset: 0.8421 }, batchSize: 4, start },
  horizon: 1.2,
  grid: { kind: 'linear', points: 3 },
});

describe('the classification error at ties', () => {
  it.each([[[0, 1, 2]], [[1, 0, 2]], [[2, 1, 0]], [[1, 2, 0]]])(
    'is 1 − 1/C at X = 0 whatever the order of the classes: %j',
    (order) => {
      const { curve } = solved(setupOf(description(order, { kind: 'zero' })));
      expect(curve('error')[0]).toBeCloseTo(2 / 3, 12);
    },
  );

  it.each([[[0, 1, 2]], [[2, 1, 0]]])(
    'is that of SGD for a class without covariance, which a random start predicts as any: %j',
    async (order) => {
      const setup = setupOf(description(order, { kind: 'gaussian', scale: 1, seed: 1 }));
      const { curve } = solved(setup);
      const runs = summary((await ensemble(engineKind('sgd'), setup, 600)).values(0, 'error'));
      expect(Math.abs(curve('error')[0] - runs.mean)).toBeLessThan(4 * runs.meanError);
      // 1/3 of class 3's errors would be off by its prior times this
      expect(runs.meanError).toBeLessThan(0.01);
    },
  );
});
