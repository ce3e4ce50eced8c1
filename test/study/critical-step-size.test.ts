import { describe, expect, it } from 'vitest';
import { prepare } from '../../src/core/experiment/setup.ts';
import { criticalStepSize } from '../../src/study/presets/critical-step-size.ts';
import { parseStudy, requireParsed } from '../../src/study/parse.ts';
import { solved } from '../core/theory/solving.ts';

/** m and the error of the fixed points of (F1) at ‖μ‖² = v = 1 and d → ∞, by an independent program. */
const FIXED: Readonly<Record<string, readonly [number, number]>> = {
  'rate-0-25': [2.04443, 0.162376],
  'rate-1': [2.1947, 0.172784],
  'rate-4': [3.09963, 0.202089],
  'rate-8': [5.00481, 0.217408],
};

describe('the preset of critical steps', () => {
  const { experiments } = requireParsed(parseStudy(criticalStepSize.study()));

  it.each(experiments.map((experiment) => [experiment.id, experiment] as const))(
    'ends near the fixed point, and its gradient flow at m = 2, where all are at the same γ t: %s',
    (id, experiment) => {
      // the limit, which the fixed points are of; far enough to be there
      const limit = { ...experiment, theory: { curves: ['ode'], limit: true } };
      const setup = prepare({ ...limit, horizon: 10 * experiment.horizon });
      const [m, error] = FIXED[id];
      const ode = solved(setup, 'ode', { tolerance: 1e-8 });
      const last = ode.t.length - 1;
      expect(Math.abs(ode.curve('overlap')[last]) / m).toBeCloseTo(1, 3);
      expect(ode.curve('error')[last]).toBeCloseTo(error, 4);
      const flow = solved(setup, 'gradient-flow', { tolerance: 1e-8 });
      expect(Math.abs(flow.curve('overlap')[last])).toBeCloseTo(2, 3);
      expect((experiment.optimizer.schedule as { rate: number }).rate * experiment.horizon).toBe(40);
    },
  );
});
