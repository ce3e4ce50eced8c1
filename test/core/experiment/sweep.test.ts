import { describe, expect, it } from 'vitest';
import { inEnglish } from '../../refusals.ts';
import { parseSoundPart, parseStudy, requireParsed } from '../../../src/study/parse.ts';
import { englishLine } from '../../../src/text/refusals/index.ts';
import { axisValues, expandSweep, sweepSchema } from '../../../src/core/experiment/sweep.ts';

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

  it("replace and drop no experiment of the study: one with an id of the sweep is refused unless it is the sweep's", () => {
    const one = { axes: [axes[1]], base };
    const at = (rate: number, change: object = {}) => ({
      ...base,
      optimizer: { schedule: { kind: 'constant', rate } },
      ...change,
    });
    const refusals = (experiments: unknown[]) => {
      const result = parseStudy(study(one, experiments));
      return result.ok ? [] : result.refusals.map(englishLine);
    };
    // what the sweep makes there, as it is or with defaults filled in, under any name
    expect(refusals([{ ...at(0.1), id: 'sweep-0' }])).toEqual([]);
    expect(refusals([{ ...at(1, { grid: { kind: 'linear', points: 101 }, name: 'mine' }), id: 'sweep-1' }])).toEqual(
      [],
    );
    expect(
      refusals([
        { ...base, id: 'other' },
        { ...at(0.1), id: 'sweep-7' },
      ]),
    ).toEqual([
      'experiments[1].id: expected an id that is not of the form of the sweep "sweep", which has no such experiment, got "sweep-7"',
    ]);
    expect(refusals([{ ...at(3), id: 'sweep-1' }])).toEqual([
      'experiments[0].id: expected the experiment that the sweep makes there, or an id that is not of the sweep "sweep", got "sweep-1"',
    ]);
    expect(
      refusals([
        { ...at(0.1), id: 'sweep-0' },
        { ...at(0.1), id: 'sweep-0' },
      ]),
    ).toHaveLength(1);
    // a file whose sweep was changed by hand still holds what the old one made: said, not dropped
    const once = requireParsed(parseStudy(study({ axes, base })));
    const changed = parseStudy({ ...once, sweep: { ...once.sweep, axes: [axes[1]] } });
    expect(!changed.ok && changed.refusals.map(({ path }) => path)).toEqual(
      Array.from({ length: 9 }, (_, k) => `experiments[${k}].id`),
    );
  });

  it('tell refusals of other experiments at their own place in the file', () => {
    const result = parseStudy(
      study({ axes: [axes[1]], base }, [
        { ...base, optimizer: { schedule: { kind: 'constant', rate: 0.1 } }, id: 'sweep-0' },
        { ...base, id: 'wrong', horizon: -1 },
      ]),
    );
    expect(!result.ok && result.refusals.map(({ path }) => path)).toEqual(['experiments[1].horizon']);
  });

  it('are counted before they are made: too many are refused at once', () => {
    const many = [0, 1].map((k) => ({ ...axes[k], range: { kind: 'linear', from: 1, to: 2, points: 201 } }));
    let copies = 0;
    // the base's parts are handed on as they are, and a copy asks a part for its keys
    const ownKeys = (model: object) => (copies++, Reflect.ownKeys(model));
    const counted = { ...base, model: new Proxy(base.model, { ownKeys }) };
    parseStudy(study({ axes: [axes[1]], base: counted }));
    expect(copies).toBeGreaterThan(0);
    copies = 0;
    const result = parseStudy(study({ axes: many, base: counted }, [{ ...base, id: 'own' }]));
    expect(copies).toBe(0);
    expect(!result.ok && result.refusals.map(englishLine)).toEqual([
      "sweep.axes: expected at most 999 experiments beside the study's 1 own, got 40401",
    ]);
  });

  it('leave the sound part of a study where a part is wrong, with the reasons', () => {
    const own = [
      { ...base, id: 'good' },
      { ...base, id: 'bad', horizon: -1 },
    ];
    const part = requireParsed(parseSoundPart(study({ axes: [axes[1]], base }, own)));
    expect(part.study.experiments.map(({ id }) => id)).toEqual(['good', 'sweep-0', 'sweep-1', 'sweep-2']);
    expect(inEnglish(part.left)).toEqual([
      { path: 'bad', message: 'it is left out: horizon: expected a finite number > 0, got -1' },
    ]);
    const swept = { axes: [{ ...axes[1], range: { kind: 'values', values: [1, -1] } }], base };
    const made = [1, -1].map((rate, k) => ({
      ...base,
      optimizer: { schedule: { kind: 'constant', rate } },
      id: `sweep-${k}`,
    }));
    const loose = requireParsed(parseSoundPart(study(swept, [...own, ...made])));
    expect(loose.study.experiments.map(({ id }) => id)).toEqual(['good', 'sweep-0']);
    expect(loose.study.sweep).toBeUndefined();
    expect(loose.left.map(({ path }) => path)).toEqual(['bad', 'sweep', 'sweep-1']);
    expect(parseSoundPart({ ...study(swept, own), name: 3 }).ok).toBe(false);
  });

  it('geometric ranges have exact ends and equal ratios', () => {
    const [, axis] = sweepSchema.parse({ axes, base }).axes;
    expect(axisValues(axis)).toEqual([0.1, 1, 10]);
    expect(expandSweep(sweepSchema.parse({ axes: [axes[1]], base }))).toHaveLength(3);
  });

  it('refuse a parameter that names no number, and tell a bad base once, at the value where it shows', () => {
    const refusals = (sweep: unknown) => {
      const result = parseStudy(study(sweep));
      return result.ok ? [] : result.refusals.map(englishLine);
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
