import { describe, expect, it } from 'vitest';
import { type StudyDraft } from '../../../src/api/types.ts';
import { parseStudy } from '../../../src/study/parse.ts';
import { presets } from '../../../src/study/presets/presets.ts';
import { type Sweep } from '../../../src/core/experiment/sweep.ts';
import { emptyExperiment, withProfile, withSpectrum } from '../../../src/renderer/draft/experiment.ts';
import { getAt } from '../../../src/renderer/draft/path.ts';
import { setAt } from '../../../src/renderer/draft/path.ts';
import {
  freeSweepId,
  baseWith,
  numberAt,
  ownExperiments,
  sweepOf,
  sweepParameters,
  sweptExperiments,
  withDefaults,
  withExperiment,
  withMoved,
  withoutSweep,
  withSweep,
} from '../../../src/renderer/draft/sweep.ts';

const { id: _id, name: _name, ...base } = emptyExperiment('x', 'X');
const sweep: Sweep = {
  id: 'sweep',
  axes: [{ parameter: 'optimizer.schedule.rate', symbol: 'γ', range: { kind: 'values', values: [0.5, 1, 2] } }],
  base,
};
const plain: StudyDraft = { name: 'S', notes: '', experiments: [emptyExperiment('own', 'Own')] };
const swept = withSweep(plain, sweep);

describe('a sweep in a draft', () => {
  it('brings its experiments beside the others, and takes them away', () => {
    expect(swept.experiments.map(({ id }) => id)).toEqual(['own', 'sweep-0', 'sweep-1', 'sweep-2']);
    expect(sweptExperiments(swept).map((each) => numberAt(each, 'optimizer.schedule.rate'))).toEqual([0.5, 1, 2]);
    expect(ownExperiments(swept)).toEqual(plain.experiments);
    expect(withoutSweep(swept)).toEqual(plain);
  });

  it('is edited for all by editing one, without the value that it sets', () => {
    const longer = withExperiment(swept, 'sweep-1', (each) => setAt(each, ['horizon'], 7));
    expect(sweptExperiments(longer).map((each) => each.horizon)).toEqual([7, 7, 7]);
    expect(sweepOf(longer)?.base.horizon).toBe(7);
    const rate = withExperiment(swept, 'sweep-1', (each) => setAt(each, ['optimizer', 'schedule', 'rate'], 9));
    expect(sweptExperiments(rate).map((each) => numberAt(each, 'optimizer.schedule.rate'))).toEqual([0.5, 1, 2]);
    const renamed = withExperiment(swept, 'sweep-1', (each) => ({ ...each, name: 'Another' }));
    expect(renamed).toBe(swept);
  });

  it('keeps what a wider range leaves as it is', () => {
    const wider = withSweep(swept, {
      ...sweep,
      axes: [{ ...sweep.axes[0], range: { kind: 'values', values: [0.5, 1, 2, 4] } }],
    });
    expect(wider.experiments.slice(0, 4)).toEqual(swept.experiments);
    expect(wider.experiments[2]).toBe(swept.experiments[2]);
  });

  it('stays where it is when the experiments around it are moved', () => {
    const later = {
      ...swept,
      experiments: [...swept.experiments, emptyExperiment('b', 'B'), emptyExperiment('c', 'C')],
    };
    const order = (draft: StudyDraft) => draft.experiments.map(({ id }) => id).join(' ');
    expect(order(later)).toBe('own sweep-0 sweep-1 sweep-2 b c');
    expect(order(withMoved(later, 'own', 1))).toBe('b sweep-0 sweep-1 sweep-2 own c');
    expect(order(withMoved(later, 'c', 1))).toBe('own sweep-0 sweep-1 sweep-2 c b');
    expect(order(withMoved(withMoved(later, 'b', 2), 'b', 1))).toBe(order(later));
    for (const [id, to] of [
      ['own', 3],
      ['own', -1],
      ['b', 1],
      ['sweep-1', 0],
    ] as const)
      expect(withMoved(later, id, to)).toBe(later);
  });

  it('gets an id whose experiments nobody else has', () => {
    expect(freeSweepId(['one'])).toBe('sweep');
    expect(freeSweepId(swept.experiments.map(({ id }) => id))).toBe('sweep2');
  });

  it('that is damaged leaves the experiments alone', () => {
    const damaged = { ...swept, sweep: { axes: 'x' } };
    expect(sweepOf(damaged)).toBeNull();
    expect(ownExperiments(damaged)).toEqual(swept.experiments);
    expect(withExperiment(damaged, 'sweep-1', (each) => ({ ...each, horizon: 3 })).experiments[2].horizon).toBe(3);
  });
});

describe('parameters of a sweep', () => {
  it('are the numbers of an experiment, lists as a whole first, data and shares left out', () => {
    const found = sweepParameters(emptyExperiment('x', 'X'));
    expect(found).toContain('model.dimension');
    expect(found).toContain('optimizer.schedule.rate');
    expect(found).toContain('model.means.profile.exponent');
    const exponents = found.filter((path) => path.includes('exponents'));
    expect(exponents).toEqual([
      'model.spectrum.exponents[*]',
      'model.spectrum.exponents[0]',
      'model.spectrum.exponents[1]',
    ]);
    expect(found.filter((path) => path.includes('priors'))).toEqual(['model.priors[0]', 'model.priors[1]']);
    expect(found.some((path) => path.includes('points'))).toBe(false);
  });

  it('do not depend on what is written out, and a default that is swept is written', () => {
    const { optimizer: _o, ...rest } = base;
    const short = { ...rest, optimizer: { schedule: { kind: 'constant', rate: 1 } } };
    expect(sweepParameters(withDefaults(short))).toContain('optimizer.batchSize');
    const written = baseWith(short, ['optimizer.batchSize']);
    expect(numberAt(written, 'optimizer.batchSize')).toBe(1);
    expect(baseWith(short, ['optimizer.schedule.rate'])).toBe(short);
  });

  it('of a zero-one model are its fractions and weights, and the other fractions follow', () => {
    const zeroOne = withProfile(withSpectrum(emptyExperiment('x', 'X'), 'zero-one'), 'blocks');
    const { id: _i, name: _n, ...model } = zeroOne;
    const found = sweepParameters(withDefaults(model));
    expect(found).toEqual(
      expect.arrayContaining(['model.spectrum.blocks[0].fraction', 'model.means.profile.weights[0]']),
    );
    const axes = [
      { parameter: 'model.spectrum.blocks[0].fraction', range: { kind: 'values' as const, values: [0, 0.7, 1] } },
    ];
    const made = sweptExperiments(withSweep(plain, { id: 'sweep', axes, base: model }));
    const fractions = made.map((each) =>
      (getAt(each, ['model', 'spectrum', 'blocks']) as { fraction: number }[]).map(({ fraction }) => fraction),
    );
    for (const each of fractions) expect(each.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 14);
    expect(fractions[1][0]).toBe(0.7);
    expect(new Set(fractions[1].slice(1)).size).toBe(1);
  });

  it.each(presets.map((preset) => [preset.name, preset] as const))('of preset %s are all accepted', (_, preset) => {
    const study = parseStudy(preset.study());
    if (!study.ok) throw new Error('a preset that does not parse');
    const { id: _i, name: _n, ...first } = study.value.experiments[0];
    for (const parameter of sweepParameters(first)) {
      const value = numberAt(first, parameter);
      const axes = [{ parameter, range: { kind: 'values', values: [value] } }];
      const parsed = parseStudy({ format: 'sgdlab-study', version: 1, experiments: [], sweep: { axes, base: first } });
      expect(parsed.ok ? '' : `${parameter}: ${JSON.stringify(parsed.refusals)}`).toBe('');
    }
  });
});
