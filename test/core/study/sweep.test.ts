import { describe, expect, it } from 'vitest';
import { parseStudy, requireParsed } from '../../../src/core/study/parse.ts';
import { formatProblem } from '../../../src/core/study/problems.ts';
import { axisValues, expandSweep, sweepSchema } from '../../../src/core/study/sweep.ts';

const base = {
  model: {
    dimension: 100,
    priors: [0.5, 0.5],
    spectrum: { kind: 'power-law', exponents: [1, 2] },
    means: { arrangement: { kind: 'opposite' }, profile: { kind: 'power-law', exponent: 0.2 } },
  },
  loss: { kind: 'logistic' },
  optimizer: { schedule: { kind: 'constant', rate: 1 } },
  horizon: 10,
};
const axes = [
  { parameter: 'model.spectrum.exponents[*]', symbol: 'α', range: { kind: 'linear', from: 0.5, to: 1.5, points: 3 } },
  { parameter: 'optimizer.schedule.rate', symbol: 'γ', range: { kind: 'log', from: 0.1, to: 10, points: 3 } },
];
const study = (sweep: unknown, experiments: unknown[] = []) => ({
  format: 'sgdlab-study',
  version: 1,
  experiments,
  sweep,
});

describe('sweeps', () => {
  it('expand two axes into experiments with values, ids and names of their own', () => {
    const { experiments } = requireParsed(parseStudy(study({ axes, base })));
    expect(experiments.map(({ id }) => id)).toEqual([0, 1, 2].flatMap((i) => [0, 1, 2].map((j) => `sweep-${i}-${j}`)));
    expect(experiments[5]).toMatchObject({
      name: 'α = 1, γ = 10',
      model: { spectrum: { exponents: [1, 1] } },
      optimizer: { schedule: { rate: 10 } },
    });
    expect(experiments[0].model.spectrum).toMatchObject({ exponents: [0.5, 0.5] });
  });

  it('read their own output back to the same study, and keep experiments that are not theirs', () => {
    const other = { ...base, id: 'other' };
    const once = requireParsed(parseStudy(study({ axes, base }, [other])));
    expect(once.experiments).toHaveLength(10);
    expect(requireParsed(parseStudy(structuredClone(once)))).toEqual(once);
  });

  it('make their experiments anew when the sweep was changed by hand', () => {
    const once = requireParsed(parseStudy(study({ axes, base })));
    const changed = { ...once, sweep: { ...once.sweep, axes: [axes[1]] } };
    expect(requireParsed(parseStudy(changed)).experiments.map(({ id }) => id)).toEqual([
      'sweep-0',
      'sweep-1',
      'sweep-2',
    ]);
  });

  it('geometric ranges have exact ends and equal ratios', () => {
    const [, axis] = sweepSchema.parse({ axes, base }).axes;
    expect(axisValues(axis)).toEqual([0.1, 1, 10]);
    expect(expandSweep(sweepSchema.parse({ axes: [axes[1]], base }))).toHaveLength(3);
  });

  it('refuse a parameter that names no number, and tell a bad base once, at the value where it shows', () => {
    const refusals = (sweep: unknown) => {
      const result = parseStudy(study(sweep));
      return result.ok ? [] : result.problems.map(formatProblem);
    };
    const axis = (parameter: string) => [{ ...axes[0], parameter }];
    for (const parameter of ['loss.kind', 'model.spectrum.exponents', 'nothing', 'model.priors[5]', '__proto__.x']) {
      expect(refusals({ axes: axis(parameter), base })[0], parameter).toMatch(
        /^sweep\.axes\[0\]\.parameter: expected the path of a number/,
      );
    }
    const wrong = refusals({ axes: [{ ...axes[1], range: { kind: 'values', values: [1, -1, -2] } }], base });
    expect(wrong).toEqual(['sweep.base.optimizer.schedule.rate: expected a finite number > 0, got -1 (at γ = -1)']);
    expect(refusals({ axes, base: { ...base, id: 'x' } })[0]).toMatch(/^sweep\.base\.id: expected none/);
  });
});
