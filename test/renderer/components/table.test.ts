import { describe, expect, it } from 'vitest';
import { settingDifferences } from '../../../src/renderer/components/study/table.ts';
import { emptyExperiment } from '../../../src/renderer/draft/experiment.ts';
import { texts } from '../../../src/text/texts.ts';
import { setAt } from '../../../src/renderer/draft/path.ts';

describe('differences of settings', () => {
  it('name the settings that differ, and neither ids nor names', () => {
    const one = emptyExperiment('one', 'One');
    const two = setAt(setAt(emptyExperiment('two', 'Two'), ['horizon'], 9), ['model', 'priors'], [0.3, 0.7]);
    expect(settingDifferences(texts('en'), [one, two])).toEqual([
      { path: 'model.priors', label: 'Priors p', values: ['(0.5, 0.5)', '(0.3, 0.7)'] },
      { path: 'horizon', label: 'Horizon T', values: ['50', '9'] },
    ]);
  });

  it('show a setting that only one of them has', () => {
    const one = emptyExperiment('one', 'One');
    const two = setAt(one, ['optimizer', 'schedule'], { kind: 'polyak' });
    expect(settingDifferences(texts('en'), [one, two]).map(({ path }) => path)).toEqual([
      'optimizer.schedule.kind',
      'optimizer.schedule.rate',
    ]);
  });

  it('are said in the words of the editor, kinds too', () => {
    const one = emptyExperiment('one', 'One');
    const two = setAt(one, ['model', 'spectrum'], { kind: 'identity', variances: [1, 1] });
    const [kind, ...others] = settingDifferences(texts('en'), [one, two]);
    expect(kind).toEqual({ path: 'model.spectrum.kind', label: 'Spectrum', values: ['Power law', 'Identity'] });
    expect(others.map(({ values }) => values)).toContainEqual(['(1.1, 1.5)', '']);
  });

  it('list every setting where that is asked for', () => {
    const one = emptyExperiment('one', 'One');
    const all = settingDifferences(texts('en'), [one, one], true);
    expect(settingDifferences(texts('en'), [one, one])).toEqual([]);
    expect(all.map(({ path }) => path)).toContain('simulation.runs');
    expect(new Set(all.map(({ label }) => label)).size).toBe(all.length);
  });
});
