import { describe, expect, it } from 'vitest';
import { lossKind, lossKinds } from '../../../../src/core/loss/loss-spec.ts';
import { createCoupling } from '../../../../src/core/theory/equations/coupling.ts';
import { reduceDirections } from '../../../../src/core/theory/nodes/directions.ts';
import { createDrift } from '../../../../src/core/theory/equations/drift.ts';
import { squaredNorm } from '../../../../src/core/theory/equations/norm.ts';
import { createProblem, stateShape } from '../../../../src/core/theory/equations/problem.ts';
import { type Schedule } from '../../../../src/core/schedule/schedule.ts';
import { besidesOf } from '../../loss/pairs.ts';
import { setupOf } from '../solving.ts';

/** A state like none that occurs, with positive definite S; entries of the order of `size`. */
function exampleState(shape: ReturnType<typeof stateShape>, size = 1): Float64Array {
  const y = new Float64Array(shape.size);
  for (let n = 0; n < shape.noiseAt; n++) y[n] = 0.5 * size * Math.sin(3 * n + 1);
  for (let a = 0; a < shape.outputs; a++) {
    for (let b = 0; b <= a; b++) {
      for (let n = 0; n < shape.nodes; n++) {
        y[shape.noiseAt + ((a * (a + 1)) / 2 + b) * shape.nodes + n] =
          a === b ? size * size * (0.1 + 0.01 * (n % 8)) : size * size * 0.02;
      }
    }
  }
  return y;
}

describe('quantities that learning rates look at', () => {
  // rates that look at the state are not for a loss that learns
  it.each(lossKinds.filter(({ kind }) => !lossKind(kind).learns))(
    'dF/dt = −γ D + γ² N along the drift of $kind as d → ∞, where steps are small',
    ({ kind, classes, template }) => {
      const count = Math.min(3, classes[1]);
      const rate = 0.7;
      let seen = { descent: NaN, curvature: NaN };
      const probe: Schedule = {
        kind: 'probe',
        dependsOn: 'state',
        breakpoints: [],
        rate(inputs) {
          seen = { descent: inputs.descent(), curvature: inputs.stepCurvature() };
          return rate;
        },
      };
      const ridge = 0.3;
      const setup = setupOf({
        model: {
          dimension: 8,
          priors: count === 2 ? [0.3, 0.7] : [0.2, 0.3, 0.5],
          spectrum: { kind: 'power-law', exponents: [0.5, 1.5, 1].slice(0, count) },
          means: { arrangement: { kind: 'cosine' }, profile: { kind: 'flat' }, scale: 1.5 },
        },
        loss: template(count),
        ...besidesOf(kind),
        optimizer: { schedule: { kind: 'line-search' }, batchSize: 3, ridge },
        horizon: 1,
        // the drift of a state is there where no curve is
        theory: { limit: true, curves: [] },
      });
      const problem = createProblem({ ...setup, schedule: probe }, reduceDirections(setup, 1e-8), { noise: true });
      const shape = stateShape(problem);
      const coupling = createCoupling(problem, shape);
      const drift = createDrift(problem, shape, coupling);
      const y = exampleState(shape, Math.sqrt(8 / shape.nodes));
      const slope = new Float64Array(shape.size);
      drift.evaluate(0, y, slope);
      const expected = -rate * seen.descent + rate * rate * seen.curvature;
      const objective = (state: Float64Array): number => {
        coupling.evaluate(0, state);
        const risk = coupling.moments.reduce((sum, { risk: each }, i) => sum + problem.priors[i] * each, 0);
        return risk + 0.5 * ridge * squaredNorm(shape, state);
      };
      const h = 1e-4;
      const along = (step: number) => objective(y.map((value, n) => value + step * slope[n]));
      // differences are good to 1e-7; where points stand for the Gaussian, derivatives of moments are good to a little less
      const allowed = setup.loss.slopes || setup.loss.leastSquares ? 1e-6 : 1e-4;
      expect(Math.abs((along(h) - along(-h)) / (2 * h) - expected)).toBeLessThan(allowed);
      expect(seen.descent).toBeGreaterThan(0);
      expect(seen.curvature).toBeGreaterThan(0);
    },
  );
});
