/** What the study screen shows of results: with a fake main process that has some. */
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils';
import { afterEach, describe, expect, it } from 'vitest';
import App from '../../../src/renderer/App.vue';
import ThresholdSlider from '../../../src/renderer/components/figures/ThresholdSlider.vue';
import { cleanGroups, experimentStyle, figureKind, themes } from '../../../src/figures/index.ts';
import { type ExperimentStatus, type ExperimentDraft, type StudyDraft } from '../../../src/api/types.ts';
import { keysOf } from '../../../src/core/experiment/identity.ts';
import { prepare } from '../../../src/core/experiment/setup.ts';
import { stabilityAt } from '../../../src/core/theory/analysis/index.ts';
import { formatNumber } from '../../../src/renderer/format.ts';
import { type Curve, type ExperimentResults } from '../../../src/study/experiment-results.ts';
import { expandSweep } from '../../../src/core/experiment/sweep.ts';
import { useFigures } from '../../../src/renderer/charts/figures.ts';
import { emptyExperiment } from '../../../src/renderer/draft/experiment.ts';
import { keysOfDraft } from '../../../src/renderer/draft/validate.ts';
import { withSweep } from '../../../src/renderer/draft/sweep.ts';
import { useSettings } from '../../../src/renderer/stores/settings.ts';
import { useStudy } from '../../../src/renderer/stores/study.ts';
import { useSweepView } from '../../../src/renderer/stores/sweep.ts';
import { useView } from '../../../src/renderer/stores/view.ts';
import { synthetic } from '../../figures/synthetic.ts';
import { useFakeLab, type FakeLab } from '../support/fake-lab.ts';

let mounted: VueWrapper | undefined;
afterEach(async () => {
  mounted?.unmount();
  await useStudy().close();
  await useView().leave();
});

interface Given {
  readonly experiments?: readonly ExperimentResults[];
  readonly draft?: StudyDraft;
  /** What main says of each experiment; complete without. */
  readonly status?: Partial<Record<string, Partial<ExperimentStatus>>>;
}

/** Opens a study whose experiments have these results. */
async function open({ experiments = [], draft, status = {} }: Given) {
  const lab: FakeLab = useFakeLab();
  lab.add('s', {
    name: 'Study',
    notes: '',
    experiments: experiments.map(({ experiment }) => experiment as unknown as ExperimentDraft),
    ...draft,
  });
  const keyOf = (of: ExperimentDraft) => keysOfDraft(of)?.description ?? null;
  const statusOf = (of: ExperimentDraft): ExperimentStatus => ({
    experimentId: of.id,
    key: keyOf(of),
    state: 'complete',
    finishedRuns: 5,
    askedRuns: 5,
    troubles: [],
    ...status[of.id],
  });
  const record = () => {
    const stored = lab.studies.get('s');
    if (!stored) throw new Error('no study');
    const { summary, draft: document, revision } = stored;
    return {
      ok: true,
      value: { summary, draft: document, revision, status: document.experiments.map(statusOf) },
    } as const;
  };
  lab.answers.openStudy = record;
  lab.answers.saveStudy = ({ draft: document }) => {
    const stored = lab.studies.get('s');
    if (stored) Object.assign(stored, { draft: document, revision: stored.revision + 1 });
    return record();
  };
  lab.answers.results = ({ experiment: asked }) => {
    const results = experiments.find(({ experiment }) => experiment.id === asked.id) ?? null;
    const isCurrent = results === null || keysOf(results.experiment).description === keyOf(asked);
    return { key: keyOf(asked), results, standing: isCurrent ? 'current' : 'stale' };
  };
  const wrapper = mount(App, { attachTo: document.body });
  mounted = wrapper;
  await flushPromises();
  await wrapper.get('[data-testid="study-s"]').trigger('click');
  await flushPromises();
  return { lab, wrapper, study: useStudy(), view: useView() };
}

/** The same results with a theory that diverged at once. */
function withoutTheory(results: ExperimentResults): ExperimentResults {
  const curves = results.curves.map((curve): Curve =>
    curve.source.kind === 'ode'
      ? {
          ...curve,
          rows: curve.rows.slice().fill(NaN),
          points: 0,
          outcome: { status: 'diverged', t: 0, quantity: 'norm', value: 1e200 },
        }
      : curve,
  );
  return { ...results, curves };
}

describe('the table', () => {
  it('lists the runs of an experiment whose theory diverged, with a dash for the theory', async () => {
    const healthy = synthetic({ id: 'healthy', name: 'Healthy' });
    const failed = withoutTheory(synthetic({ id: 'failed', name: 'Failed' }));
    const { wrapper, view } = await open({ experiments: [healthy, failed] });
    view.overlaid = ['healthy', 'failed'];
    view.tab = 'table';
    await flushPromises();
    const rows = wrapper.findAll('[data-testid="quantities"] tbody tr');
    const cells = rows.map((row) => [row.get('th').text(), ...row.findAll('td').map((cell) => cell.text())]);
    // t, risk: theory, mean, sd, …, N
    const [healthyRow, failedRow] = cells;
    expect(failedRow.slice(0, 3)).toEqual(['Failed', '20', '–']);
    expect(failedRow.at(-1)).toBe('5');
    expect(Number(failedRow[3])).toBeCloseTo(Math.LN2 / 21, 3);
    expect(healthyRow[0]).toBe('Healthy');
    expect(Number(healthyRow[2])).toBeCloseTo(Math.LN2 / 21, 5);
    expect(failedRow).toHaveLength(healthyRow.length);
  });

  it('has experiments as rows at any time, sorted by a quantity', async () => {
    const scaled = (id: string, factor: number) => {
      const results = synthetic({ id, name: id, runs: 0 });
      const { size } = results.frame.layout;
      for (let p = 0; p < results.frame.t.length; p++) results.curves[0].rows[p * size] *= factor;
      return results;
    };
    const { wrapper, view } = await open({ experiments: [scaled('mid', 2), scaled('low', 1), scaled('high', 3)] });
    view.overlaid = ['mid', 'low', 'high'];
    view.tab = 'table';
    await flushPromises();
    const names = () => wrapper.findAll('[data-testid="quantities"] tbody th').map((cell) => cell.text());
    const first = () => Number(wrapper.get('[data-testid="quantities"] tbody tr').findAll('td')[1].text());
    expect(names()).toEqual(['mid', 'low', 'high']);
    const sort = wrapper.get('[data-testid="sort-risk-theory"]');
    await sort.trigger('click');
    expect(names()).toEqual(['low', 'mid', 'high']);
    await sort.trigger('click');
    expect(names()).toEqual(['high', 'mid', 'low']);
    expect(first()).toBeCloseTo((3 * Math.LN2) / 21, 5);
    await wrapper.get<HTMLInputElement>('[data-testid="table-time"]').setValue('0');
    const { t } = synthetic().frame;
    expect(first()).toBeCloseTo((3 * Math.LN2) / (1 + t[0]), 5);
  });

  it('numbers runs from 0, as files do, and theory is no run', async () => {
    const { wrapper, view } = await open({ experiments: [synthetic({ runs: 2 }), synthetic({ id: 'b', runs: 0 })] });
    view.overlaid = ['one', 'b'];
    view.tab = 'table';
    await flushPromises();
    const provenance = wrapper.findAll('[data-testid="table"] table').at(-1);
    const sources = provenance?.findAll('tbody tr').map((row) => row.findAll('td')[0].text());
    expect(sources).toEqual(['theory', 'run 0', 'run 1', 'theory']);
    expect(provenance?.text()).not.toMatch(/run 1[^]*run 0/);
  });
});

describe('the analysis', () => {
  const shown = async (results: ExperimentResults) => {
    const { wrapper, view } = await open({ experiments: [results] });
    view.overlaid = [results.experiment.id];
    view.tab = 'model';
    await flushPromises();
    return wrapper.get('[data-testid="analysis"]').text();
  };

  it('has the stability threshold at the state that the theory ends at', async () => {
    const results = synthetic();
    const { rows } = results.curves.find(({ source }) => source.kind === 'ode') as Curve;
    const { threshold } = stabilityAt(prepare(results.experiment), rows.slice(-results.frame.layout.size));
    expect(threshold).toBeGreaterThan(1);
    expect(await shown(results)).toMatch(
      new RegExp(`The same at the end\\s*γ\\* = ${formatNumber(threshold, 4)}.*reaches at t = 20; γ = 1 is below it`),
    );
  });

  it.each([
    ['a curve that was cancelled', (curve: Curve): Curve => ({ ...curve, outcome: { status: 'cancelled', t: 20 } })],
    ['runs alone', (curve: Curve): Curve[] => (curve.source.kind === 'ode' ? [] : [curve])],
  ])('says nothing of the end for %s', async (_name, change) => {
    const results = synthetic();
    expect(await shown({ ...results, curves: results.curves.flatMap(change) })).not.toContain('The same at the end');
  });
});

describe('what diverged', () => {
  it('is one line for runs that ended alike', async () => {
    const results = synthetic({ runs: 11 });
    const curves = results.curves.map((curve): Curve =>
      curve.source.kind === 'simulation'
        ? { ...curve, outcome: { status: 'diverged', t: 3, quantity: 'norm', value: 1e101 } }
        : curve,
    );
    const { wrapper } = await open({ experiments: [{ ...results, curves }] });
    expect(wrapper.get('[data-testid="troubles"]').text()).toBe(
      'One: run 0 … run 10 diverged at t = 3: norm, from Rate γ (optimizer.schedule.rate) = 1.',
    );
  });
});

describe('words for the state of an experiment', () => {
  const one = () => emptyExperiment('one', 'One');
  const diverged = {
    source: { kind: 'ode' },
    outcome: { status: 'diverged', t: 2, quantity: 'norm', value: 1e99 },
  } as const;
  const cases: [string, Partial<ExperimentStatus>, string, string][] = [
    ['not run', { state: 'none' }, 'not run yet', 'Run 1'],
    ['incomplete', { state: 'partial', finishedRuns: 3, askedRuns: 10 }, '3 of 10 runs · incomplete', 'Finish 1'],
    ['changed', { state: 'stale' }, 'edited since its last run', 'Run 1 changed'],
    ['earlier', { state: 'earlier-version' }, 'computed by an earlier version: run again', 'Run 1 again'],
    ['diverged', { troubles: [diverged] }, 'diverged at t = 2 · theory', '1 diverged'],
    ['incomplete, and diverged', { state: 'partial', troubles: [diverged] }, '5 of 5 runs · incomplete', 'Finish 1'],
    ['done', {}, 'theory · 5 runs · done', 'Up to date'],
  ];

  it.each(cases)('%s', async (_, status, row, button) => {
    const { wrapper } = await open({ draft: { name: '', notes: '', experiments: [one()] }, status: { one: status } });
    expect(wrapper.get('[data-testid="experiment-one"] .state').text()).toBe(row);
    const run = wrapper.get('[data-testid="run"]');
    expect(run.text().replace(/\s*Ctrl.*$/, '')).toBe(button);
    expect(run.attributes('disabled') !== undefined).toBe(!/^(Run|Finish)/.test(button));
  });

  it('an invalid experiment is to correct, whatever was computed before', async () => {
    const { wrapper, study } = await open({ draft: { name: '', notes: '', experiments: [one()] } });
    study.changeExperiment('one', (draft) => ({ ...draft, model: { ...(draft.model as object), dimension: 0 } }));
    await flushPromises();
    expect(wrapper.get('[data-testid="run"]').text()).toContain('1 to correct');
    expect(wrapper.get('[data-testid="experiment-one"] .state').text()).toBe('1 setting to correct');
  });

  it('an edit is one at once, before it is saved; a name and an undo are none', async () => {
    const { wrapper, study } = await open({ draft: { name: '', notes: '', experiments: [one()] } });
    const button = () => wrapper.get('[data-testid="run"]').text();
    study.changeExperiment('one', (draft) => ({ ...draft, name: 'Another' }));
    await flushPromises();
    expect(button()).toContain('Up to date');
    study.changeExperiment('one', (draft) => ({ ...draft, horizon: 7 }));
    await flushPromises();
    expect(button()).toContain('Run 1 changed');
    study.undo();
    await flushPromises();
    expect(button()).toContain('Up to date');
  });

  it('several states are counted', async () => {
    const experiments = ['a', 'b', 'c', 'd'].map((id) => emptyExperiment(id, id));
    const { wrapper } = await open({
      draft: { name: '', notes: '', experiments },
      status: { a: { state: 'none' }, b: { state: 'partial' }, c: { state: 'none' } },
    });
    const run = wrapper.get('[data-testid="run"]');
    expect(run.text()).toMatch(/^Run 3(?! changed)/);
    expect(run.attributes('title')).toBe('2 not run · 1 incomplete · 1 done');
  });

  it('theory alone is no run of none', async () => {
    const draft = one();
    const keys = keysOfDraft(draft);
    if (!keys) throw new Error('the test’s experiment does not parse');
    const { wrapper, lab } = await open({ draft: { name: '', notes: '', experiments: [draft] } });
    lab.emit('job', {
      id: 'job-1',
      studyId: 's',
      state: { kind: 'running', paused: false },
      fraction: 0.5,
      secondsLeft: null,
      experiments: [{ experimentId: 'one', keys, fraction: 0.5, finishedRuns: 0, askedRuns: 0, t: 3, horizon: 9 }],
    });
    await flushPromises();
    expect(wrapper.get('.status').text()).toContain('One: theory, t = 3 of 9');
    expect(wrapper.get('.status').text()).not.toContain('run 0');
  });
});

describe('the list of experiments', () => {
  it('has the colour, line and marker that figures have', async () => {
    const experiments = Array.from({ length: 8 }, (_, k) => synthetic({ id: `e${k}`, runs: 1 }));
    const { wrapper, view } = await open({ experiments });
    view.overlaid = experiments.map(({ experiment }) => experiment.id);
    await flushPromises();
    const settings = useSettings();
    const figure = figureKind('risk')?.build(useFigures().inputs.value, {
      ...useFigures().view.value,
      width: 600,
      height: 400,
    });
    const seen = new Set<string>();
    experiments.forEach((_, k) => {
      const key = wrapper.get(`[data-testid="experiment-e${k}"] .key`);
      const [line, marker] = key.findAll('path');
      const style = experimentStyle(themes[settings.dark ? 'dark' : 'light'], k);
      const entry = figure?.legend[k];
      expect([entry?.color, entry?.marker, entry?.dash]).toEqual([style.color, style.marker, style.dash]);
      expect([line.attributes('stroke'), marker.attributes('data-marker')]).toEqual([style.color, style.marker]);
      expect(line.attributes('stroke-dasharray')).toBe(style.dash.join(' '));
      seen.add(`${style.color} ${line.attributes('stroke-dasharray')}`);
    });
    expect(seen.size).toBe(8);
  });

  it('moves an experiment that stands after a sweep by one place, past nobody of the sweep', async () => {
    const { id: _id, name: _name, ...base } = emptyExperiment('x', 'X');
    const axes = [{ parameter: 'optimizer.schedule.rate', range: { kind: 'values' as const, values: [0.5, 1] } }];
    const plain: StudyDraft = { name: '', notes: '', experiments: [emptyExperiment('a', 'A')] };
    const swept = withSweep(plain, { id: 'sweep', axes, base });
    const draft = {
      ...swept,
      experiments: [...swept.experiments, emptyExperiment('b', 'B'), emptyExperiment('c', 'C')],
    };
    const { wrapper, study } = await open({ draft });
    const order = () => study.draft.experiments.map(({ id }) => id).join(' ');
    const choose = async (id: string, entry: string) => {
      const trigger = wrapper.get(`[data-testid="experiment-${id}"] [aria-haspopup="menu"]`);
      await trigger.trigger('click');
      await flushPromises();
      const items = [...document.querySelectorAll<HTMLElement>('[role="menuitem"]')];
      items.find((item) => item.textContent?.includes(entry))?.click();
      await flushPromises();
    };
    expect(order()).toBe('a sweep-0 sweep-1 b c');
    await choose('b', 'Move down');
    expect(order()).toBe('a sweep-0 sweep-1 c b');
    await choose('b', 'Move up');
    expect(order()).toBe('a sweep-0 sweep-1 b c');
    await choose('b', 'Move up');
    expect(order()).toBe('b sweep-0 sweep-1 a c');
  });
});

describe('the threshold of clean directions', () => {
  async function slider(experiments: readonly ExperimentResults[], threshold: number | null = null) {
    const { view } = await open({ experiments });
    view.overlaid = experiments.map(({ experiment }) => experiment.id);
    view.threshold = threshold;
    await flushPromises();
    const wrapper = mount(ThresholdSlider);
    await flushPromises();
    const said = wrapper.get('[data-testid="threshold-value"]').text();
    const at = wrapper.get('[role="slider"]').attributes('aria-valuenow');
    wrapper.unmount();
    return { said, at: Number(at) };
  }

  it('is the one that the figures use by default', async () => {
    const results = synthetic({ spectrum: { kind: 'power-law', exponents: [0.5, 1] } });
    const upper = [...results.frame.groups.upper].sort((a, b) => a - b);
    const used = Math.max(...cleanGroups(results, null).map((g) => results.frame.groups.upper[g]));
    expect(used).toBeGreaterThan(upper[0]);
    const { said, at } = await slider([results]);
    expect(said).toBe(`Clean up to λ̄ ≤ ${Number(used.toPrecision(3))}`);
    expect(at).toBe(upper.indexOf(used));
    expect(
      figureKind('clean-share')?.build([{ results, place: 0 }], { ...useFigures().view.value, width: 400, height: 300 })
        .subtitle,
    ).toContain(`λ̄ ≤ ${Number(used.toPrecision(3))}`);
  });

  it('says that each experiment has its own, where they differ', async () => {
    const [one, two] = [
      [0.5, 1],
      [1.1, 1.5],
    ].map((exponents, k) => synthetic({ id: `e${k}`, spectrum: { kind: 'power-law', exponents } }));
    expect((await slider([one, two])).said).toMatch(/^Clean by each experiment’s default: λ̄ ≤ 0\.\d+ … 0\.\d+$/);
  });

  it('that was chosen is said as it is', async () => {
    const results = synthetic({ spectrum: { kind: 'power-law', exponents: [0.5, 1] } });
    expect((await slider([results], 0.5)).said).toBe('Clean up to λ̄ ≤ 0.5');
  });
});

describe('a sweep over two axes', () => {
  const { id: _id, name: _name, ...base } = emptyExperiment('x', 'X');

  async function swept(values: readonly number[]) {
    const sweep = {
      id: 'sweep',
      axes: [
        { parameter: 'model.spectrum.exponents[0]', range: { kind: 'values' as const, values: [1, 1.5] } },
        { parameter: 'model.spectrum.exponents[1]', range: { kind: 'values' as const, values: [...values] } },
      ],
      base,
    };
    const [point] = expandSweep(sweep);
    const results = synthetic({ id: point.experiment.id, runs: 1 });
    const opened = await open({
      experiments: [results],
      draft: withSweep({ name: '', notes: '', experiments: [] }, sweep),
    });
    opened.view.tab = 'sweep';
    await flushPromises();
    return opened;
  }
  const titles = (wrapper: VueWrapper) =>
    wrapper.findAll('[data-testid^="figure-sweep-"] h2').map((title) => title.text());

  it('shows curves over t for every value of the second axis', async () => {
    const { wrapper } = await swept([0, 0.25, 0.5, 0.75, 1, 1.25, 1.5]);
    const panels = titles(wrapper).filter((title) => title.startsWith('Risk, '));
    expect(panels).toEqual(['0', '0.25', '0.5', '0.75', '1', '1.25', '1.5'].map((value) => `Risk, α₂ = ${value}`));
    expect(wrapper.find('[data-testid="sweep-left-out"]').exists()).toBe(false);
    expect(titles(wrapper)[0]).toBe('Risk over α₁ × α₂');
    expect(wrapper.get('[data-testid="sweep-open"]').text()).toContain('Sweep α₁ × α₂');
  });

  it('names the values that it leaves out where there are too many', async () => {
    const all = Array.from({ length: 30 }, (_, k) => k);
    const { wrapper } = await swept(all);
    const shown = titles(wrapper)
      .flatMap((title) => /α₂ = (\d+)$/.exec(title)?.[1] ?? [])
      .map(Number);
    expect(shown.length).toBe(24);
    const said = wrapper.get('[data-testid="sweep-left-out"]').text();
    const missing = all.filter((value) => !shown.includes(value));
    expect(said).toBe(`Over t: 24 of 30 values of α₂. Left out: ${missing.join(', ')}.`);
  });

  it('has in the list the colours of its curves', async () => {
    const { wrapper } = await swept([1, 2, 3]);
    useSweepView().unfolded = true;
    await flushPromises();
    const colour = (id: string) => wrapper.get(`[data-testid="experiment-${id}"] .key path`).attributes('stroke');
    const theme = themes[useSettings().dark ? 'dark' : 'light'];
    for (const [i, j] of [
      [0, 0],
      [1, 2],
    ]) {
      expect(colour(`sweep-${i}-${j}`)).toBe(experimentStyle(theme, { index: [i, j], counts: [2, 3] }).color);
    }
    expect(colour('sweep-0-0')).not.toBe(colour('sweep-1-0'));
  });
});
