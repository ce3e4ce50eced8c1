import { describe, expect, it } from 'vitest';
import { settingDifferences } from '../../../src/renderer/components/study/table.ts';
import { emptyExperiment } from '../../../src/renderer/draft/experiment.ts';
import { setAt } from '../../../src/renderer/draft/path.ts';

describe('differences of settings', () => {
  it('name the settings that differ, and neither ids nor names', () => {
    const one = emptyExperiment('one', 'One');
    const two = setAt(setAt(emptyExperiment('two', 'Two'), ['horizon'], 9), ['model', 'priors'], [0.3, 0.7]);
    expect(settingDifferences([one, two])).toEqual([
      { path: 'model.priors', values: ['[0.5, 0.5]', '[0.3, 0.7]'] },
      { path: 'horizon', values: ['50', '9'] },
    ]);
  });

  it('show a setting that only one of them has', () => {
    const one = emptyExperiment('one', 'One');
    const two = setAt(one, ['optimizer', 'schedule'], { kind: 'polyak' });
    expect(settingDifferences([one, two]).map(({ path }) => path)).toEqual([
      'optimizer.schedule.kind',
      'optimizer.schedule.rate',
    ]);
  });
});
