import { describe, expect, it } from 'vitest';
import { keysOf, workKey } from '../../../src/core/study/identity.ts';
import { parseExperiment } from '../../../src/core/study/parse.ts';
import { type ExperimentResults } from '../../../src/core/study/results.ts';
import { finalRows, settingDifferences } from '../../../src/renderer/components/study/table.ts';
import { emptyExperiment } from '../../../src/renderer/draft/experiment.ts';
import { setAt } from '../../../src/renderer/draft/path.ts';
import { emptyResults, mergeRows } from '../../../src/renderer/stores/live.ts';

function results(): ExperimentResults {
  const parsed = parseExperiment(setAt(emptyExperiment('one', 'One'), ['model', 'dimension'], 50));
  const empty = parsed.ok ? emptyResults(parsed.value) : null;
  if (!empty) throw new Error('the test’s experiment does not parse');
  return empty;
}

describe('the table of last values', () => {
  it('has theory, mean, sd and se at the last time that every curve reached', () => {
    const base = results();
    const { size } = base.frame.layout;
    const rows = (value: number, points: number) => new Float64Array(points * size).fill(value);
    const run = (k: number, value: number, points: number) =>
      ({
        studyId: 's',
        experimentId: 'one',
        source: { kind: 'simulation', run: k },
        key: workKey(keysOf(base.experiment), { kind: 'simulation', run: k }),
        first: 0,
        rows: rows(value, points),
      }) as const;
    const theory = {
      studyId: 's',
      experimentId: 'one',
      source: { kind: 'ode' },
      key: workKey(keysOf(base.experiment), { kind: 'ode' }),
      first: 0,
      rows: rows(2, 9),
    } as const;
    const [risk] = finalRows(mergeRows(base, [theory, run(0, 1, 9), run(1, 2, 7), run(2, 6, 8)]));
    expect(risk.t).toBe(base.frame.t[6]);
    expect([risk.theory, risk.mean, risk.n]).toEqual([2, 3, 3]);
    expect(risk.sd).toBeCloseTo(Math.sqrt(7), 12);
    expect(risk.se).toBeCloseTo(Math.sqrt(7 / 3), 12);
    expect(risk.difference).toBeCloseTo(1 / Math.sqrt(7 / 3), 12);
  });

  it('is empty without curves', () => expect(finalRows(results())).toEqual([]));
});

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
