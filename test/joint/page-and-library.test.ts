/**
 * Whatever was done to a study, the page shows what a freshly opened one shows: the real page over the real library and
 * queue.
 */
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils';
import { createPinia, getActivePinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type ExperimentDraft } from '../../src/api/types.ts';
import App from '../../src/renderer/App.vue';
import { experimentState } from '../../src/renderer/components/study/experiment-state.ts';
import { emptyExperiment } from '../../src/renderer/draft/experiment.ts';
import { sweptExperiments, withSweep } from '../../src/renderer/draft/sweep.ts';
import { useJobs } from '../../src/renderer/stores/jobs.ts';
import { useResults } from '../../src/renderer/stores/results.ts';
import { useStudy } from '../../src/renderer/stores/study.ts';
import { useToasts } from '../../src/renderer/stores/toasts.ts';
import { useView } from '../../src/renderer/stores/view.ts';
import { useWorkbench } from '../../src/renderer/workbench.ts';
import { useRealLab, type RealLab } from './real-lab.ts';

let real: RealLab | undefined;
let mounted: VueWrapper | undefined;
/** The page's own waits are this much shorter here; what they wait for takes the time that it takes. */
const HASTE = 10;
const timeout = globalThis.setTimeout;
beforeEach(() => {
  vi.stubGlobal('setTimeout', (run: () => void, time = 0) => timeout(run, time / HASTE));
});
afterEach(async () => {
  vi.unstubAllGlobals();
  real?.pool.open();
  await useStudy().close();
  mounted?.unmount();
  await real?.remove();
});

const one: ExperimentDraft = {
  id: 'one',
  name: 'One',
  model: {
    dimension: 12,
    priors: [0.5, 0.5],
    spectrum: { kind: 'power-law', exponents: [1.1, 1.5], scales: [1, 1] },
    means: { arrangement: { kind: 'gaussian', seed: 7 }, profile: { kind: 'power-law', exponent: 0.2 }, scale: 1 },
  },
  loss: { kind: 'teacher-least-squares', noise: 0.3, teacher: { kind: 'gaussian', seed: 3, scale: 1 } },
  optimizer: {
    schedule: { kind: 'power-decay', rate: 0.5, timescale: 10, exponent: 0.5 },
    batchSize: 1,
    ridge: 0.1,
    start: { kind: 'gaussian', seed: 5, scale: 1 },
  },
  horizon: 2,
  grid: { kind: 'log', first: 0.2, points: 5 },
  theory: { curves: ['ode', 'gradient-flow'], limit: false },
  simulation: { engine: 'sgd', runs: 3, seed: 1 },
};

const wait = (time: number) => new Promise((resolve) => timeout(resolve, time));

async function until(what: () => boolean, told: string): Promise<void> {
  for (let tries = 0; !what(); tries++) {
    if (tries > 2000) throw new Error(`waited in vain: ${told}`);
    await wait(10);
  }
}

/** Everything is saved, computed and shown. */
async function settle(): Promise<void> {
  const study = useStudy();
  await study.flush();
  await until(() => useJobs().active.length === 0, 'jobs');
  await wait(200); // results are asked for again half a second, in haste 50 ms, after they were stored
  await study.refreshStatus();
  await flushPromises();
}

/** What the page says and shows of every experiment. */
function shows() {
  const study = useStudy();
  const results = useResults();
  return study.draft.experiments.map((draft) => {
    const entry = results.entryOf(draft);
    const state = experimentState(draft, study.statusOf(draft.id), undefined);
    if (entry?.kind !== 'loaded') return { id: draft.id, state, entry: entry?.kind ?? 'none' };
    const { experiment, frame, curves } = entry.results;
    return {
      id: draft.id,
      state,
      entry: entry.standing,
      experiment: { ...experiment, name: '' },
      t: [...frame.t],
      curves: curves.map(({ key, rows, points, outcome }) => ({ key, rows: [...rows], points, outcome })),
    };
  });
}

/** The same of the study opened anew, by a page that has seen nothing. */
async function fresh(id: string) {
  const before = getActivePinia();
  setActivePinia(createPinia());
  try {
    const study = useStudy();
    const results = useResults();
    results.follow(id);
    await (real as RealLab).observe(() => study.open(id));
    results.show(study.draft.experiments);
    await flushPromises();
    await until(() => study.draft.experiments.every((draft) => results.entryOf(draft)?.kind !== 'loading'), 'results');
    return shows();
  } finally {
    setActivePinia(before);
  }
}

async function open(experiments: ExperimentDraft[]) {
  real = useRealLab();
  const { pool, lab } = real;
  const id = lab.library.createStudy({ name: 'Study', notes: '', experiments });
  mounted = mount(App, { attachTo: document.body });
  await flushPromises();
  const bench = useWorkbench();
  const study = useStudy();
  const look = () => (useView().overlaid = study.draft.experiments.map((each) => each.id));
  await bench.openStudy(id);
  look();
  await settle();
  const same = async (told: string) => {
    look();
    await settle();
    expect(shows(), told).toEqual(await fresh(id));
    return shows();
  };
  return { id, bench, study, pool, same };
}

type Path = (string | number)[];

/** Edits of each key that a result depends on, and of some that it does not. */
const edits: [string, Path, unknown][] = [
  ['dimension', ['model', 'dimension'], 16],
  ['priors', ['model', 'priors'], [0.25, 0.75]],
  ['exponent of the spectrum', ['model', 'spectrum', 'exponents', 0], 1.3],
  ['scale of the spectrum', ['model', 'spectrum', 'scales', 1], 2],
  ['spectrum', ['model', 'spectrum'], { kind: 'identity', variances: [1, 0.5] }],
  ['seed of the means', ['model', 'means', 'arrangement', 'seed'], 8],
  ['arrangement', ['model', 'means', 'arrangement'], { kind: 'opposite' }],
  ['profile', ['model', 'means', 'profile'], { kind: 'flat' }],
  ['exponent of the profile', ['model', 'means', 'profile', 'exponent'], 0.4],
  ['scale of the means', ['model', 'means', 'scale'], 0.5],
  ['loss', ['loss'], { kind: 'binary-least-squares' }],
  ['label noise', ['loss', 'noise'], 0.4],
  ['seed of the teacher', ['loss', 'teacher', 'seed'], 4],
  ['scale of the teacher', ['loss', 'teacher', 'scale'], 2],
  ['rate', ['optimizer', 'schedule', 'rate'], 0.25],
  ['timescale', ['optimizer', 'schedule', 'timescale'], 5],
  ['exponent of the rate', ['optimizer', 'schedule', 'exponent'], 0.25],
  ['schedule', ['optimizer', 'schedule'], { kind: 'polyak' }],
  ['batch', ['optimizer', 'batchSize'], 2],
  ['ridge', ['optimizer', 'ridge'], 0],
  ['start', ['optimizer', 'start'], { kind: 'zero' }],
  ['seed of the start', ['optimizer', 'start', 'seed'], 6],
  ['scale of the start', ['optimizer', 'start', 'scale'], 0.5],
  ['horizon', ['horizon'], 3],
  ['first time', ['grid', 'first'], 0.5],
  ['points', ['grid', 'points'], 4],
  ['grid', ['grid'], { kind: 'linear', points: 4 }],
  ['curves', ['theory', 'curves'], ['ode']],
  ['engine', ['simulation', 'engine'], 'hsgd'],
  ['fewer runs', ['simulation', 'runs'], 2],
  ['more runs', ['simulation', 'runs'], 5],
  ['no runs', ['simulation', 'runs'], 0],
  ['seed', ['simulation', 'seed'], 2],
  ['name', ['name'], 'Another name'],
  ['an invalid value', ['horizon'], -1],
];

function set(draft: ExperimentDraft, path: Path, value: unknown): ExperimentDraft {
  const copy = structuredClone(draft) as Record<string | number, unknown>;
  let holder = copy;
  for (const part of path.slice(0, -1)) holder = holder[part] as Record<string | number, unknown>;
  holder[path[path.length - 1]] = value;
  return copy as ExperimentDraft;
}

describe('after a change of', () => {
  it.each(edits)(
    '%s, a run, undo and redo, the page shows what a freshly opened study shows',
    async (_, path, value) => {
      const { bench, study, same } = await open([one]);
      await bench.runChanged();
      const [first] = await same('after the first run');
      expect(first.state.kind).toBe('complete');
      study.changeExperiment('one', (draft) => set(draft, path, value));
      await same('after the edit');
      await bench.runChanged();
      const [second] = await same('after the second run');
      study.undo();
      const [back] = await same('after undo');
      // nothing was lost: the first results are there again, current
      expect(back.curves).toEqual(first.curves);
      expect(back.entry).toBe('current');
      study.redo();
      const [again] = await same('after redo');
      expect(again.curves).toEqual(second.curves);
    },
    60_000,
  );
});

describe('a run that is', () => {
  it('cancelled after an edit does not leave the earlier curves as current', async () => {
    const { bench, study, pool, same } = await open([one]);
    await bench.runChanged();
    await settle();
    study.changeExperiment('one', (draft) =>
      set(set(draft, ['optimizer', 'schedule', 'rate'], 0.3), ['grid', 'points'], 6),
    );
    await study.flush();
    pool.open(1);
    await bench.runChanged();
    await until(() => useJobs().active.length > 0, 'the job');
    await wait(300);
    bench.cancel();
    pool.open();
    await same('after cancel');
    study.undo();
    const [back] = await same('after undo');
    expect(back.state.kind).toBe('complete');
    study.changeExperiment('one', (draft) => set(draft, ['simulation', 'runs'], 2));
    const [fewer] = await same('with fewer runs');
    expect(fewer.curves?.length).toBe(4);
  }, 60_000);

  it('edited meanwhile stores what was asked, and shows what is', async () => {
    const { bench, study, pool, same } = await open([one]);
    pool.open(2);
    await bench.runChanged();
    await until(() => useJobs().active.length > 0, 'the job');
    study.changeExperiment('one', (draft) => set(draft, ['simulation', 'seed'], 9));
    await study.flush();
    pool.open();
    const [edited] = await same('after the end');
    // the theory is that of both; the runs are of the other seed
    expect(edited.curves?.map(({ key }) => key).some((key) => key.includes('/run-'))).toBe(false);
    study.undo();
    const [back] = await same('after undo');
    expect(back.state.kind).toBe('complete');
  }, 60_000);

  it('undone while it goes on leaves the page with what the study is', async () => {
    const { bench, study, pool, same } = await open([one]);
    await bench.runChanged();
    const [first] = await same('after the first run');
    study.changeExperiment('one', (draft) => set(set(draft, ['horizon'], 2.5), ['simulation', 'runs'], 40));
    await study.flush();
    pool.open(12);
    await bench.runChanged();
    await until(() => useJobs().active.length > 0, 'the job');
    await wait(250);
    study.undo();
    expect(experimentState(study.draft.experiments[0], study.statusOf('one'), useJobs().active[0]).kind).not.toBe(
      'running',
    );
    pool.open();
    const [back] = await same('after the end');
    expect([back.state.kind, back.entry]).toEqual(['complete', 'current']);
    expect(back.curves).toEqual(first.curves);
  }, 60_000);

  it('deleted with its study is stopped, without a word for each of its curves', async () => {
    const { id, study, pool } = await open([one]);
    pool.open(1);
    await study.run(['one']);
    await wait(100);
    real?.lab.delete(id);
    real?.lab.library.purgeBin(Infinity);
    pool.open();
    await until(() => real?.lab.runner.list().length === 0, 'the end');
    expect(useToasts().toasts.map(({ text }) => text)).toEqual([]);
  }, 60_000);

  it('asked for twice is queued once', async () => {
    const { id, study, pool } = await open([one]);
    pool.open(0);
    expect(await study.run(['one'])).toBe(true);
    expect(await study.run(['one'])).toBe(false);
    expect(real?.lab.runner.list()).toHaveLength(1);
    pool.open();
    await settle();
    expect((await fresh(id))[0].curves).toHaveLength(5);
  }, 60_000);

  it('of two experiments of one description is computed once and is of both', async () => {
    const { bench, same } = await open([one, { ...one, id: 'two', name: 'Two' }]);
    await bench.runChanged();
    const [a, b] = await same('after the run');
    expect(a.curves).toEqual(b.curves);
    expect([a.state.kind, b.state.kind]).toEqual(['complete', 'complete']);
  }, 60_000);

  it('asked for of something that is not saved is refused', async () => {
    const { id, study } = await open([one]);
    const answer = real?.lab.run(id, [{ id: 'one', key: 'of something else' }]);
    expect(answer).toMatchObject({
      ok: false,
      refusals: [{ path: 'experiments[0]', code: 'not-saved' }],
    });
    expect(study.saving.kind).toBe('saved');
  });
});

describe('an experiment', () => {
  it('deleted, and another made under its id, inherits nothing', async () => {
    const { bench, study, same } = await open([one]);
    await bench.runChanged();
    await settle();
    bench.deleteExperiment('one');
    // at once, before anything is saved
    bench.addExperiment();
    const [shown] = await same('after the new one');
    expect(shown.id).not.toBe('one');
    expect(shown).toMatchObject({ state: { kind: 'none' }, entry: 'none' });
    study.undo();
    study.undo();
    const [back] = await same('after undo');
    expect(back.state.kind).toBe('complete');
  }, 60_000);

  it('of an id that was used before the study was opened inherits nothing either', async () => {
    const { id, bench, study, same } = await open([one]);
    await bench.runChanged();
    await settle();
    bench.deleteExperiment('one');
    await settle();
    await bench.showLibrary();
    await bench.openStudy(id);
    study.change({ ...study.draft, experiments: [set(emptyExperiment('one', 'Other'), ['simulation', 'runs'], 0)] });
    const [shown] = await same('after the new one');
    expect(shown).toMatchObject({ state: { kind: 'none' }, entry: 'none' });
  }, 60_000);

  it('edited, deleted and brought back by undo shows its earlier results', async () => {
    const { bench, study, same } = await open([one]);
    await bench.runChanged();
    await settle();
    study.changeExperiment('one', (draft) => set(draft, ['horizon'], 2.5));
    await settle();
    bench.deleteExperiment('one');
    await settle();
    study.undo();
    const [back] = await same('after undo');
    expect([back.state.kind, back.entry]).toEqual(['stale', 'stale']);
  }, 60_000);

  it('duplicated and edited has not run', async () => {
    const { bench, study, same } = await open([one]);
    await bench.runChanged();
    await settle();
    bench.duplicateExperiment('one');
    const [, copy] = await same('after the copy');
    expect(copy.state.kind).toBe('complete');
    study.changeExperiment(copy.id, (draft) => set(draft, ['horizon'], 4));
    const [, edited] = await same('after an edit');
    expect(edited.state.kind).toBe('none');
  }, 60_000);
});

describe('a sweep', () => {
  const { id: _id, ...base } = one;
  const sweepOver = (values: number[]) => ({
    id: 'sweep',
    axes: [
      { parameter: 'optimizer.schedule.rate', range: { kind: 'values' as const, values } },
      { parameter: 'optimizer.ridge', range: { kind: 'values' as const, values: [0, 0.2] } },
    ],
    base: { ...base, simulation: { engine: 'sgd', runs: 1, seed: 1 } },
  });

  it('changed, run, cancelled and undone twice shows its own cells', async () => {
    const { bench, study, pool, same } = await open([]);
    study.change(withSweep(study.draft, sweepOver([0.1, 0.2, 0.3])));
    await study.flush();
    await bench.runSweep();
    const first = await same('after the first run');
    expect(first.map(({ state }) => state.kind)).toEqual(Array(6).fill('complete'));
    study.change(withSweep(study.draft, sweepOver([0.15, 0.25, 0.35])));
    await study.flush();
    pool.open(3);
    await bench.runSweep();
    await until(() => useJobs().active.length > 0, 'the job');
    study.change(withSweep(study.draft, sweepOver([0.5, 0.6, 0.7])));
    await wait(200);
    bench.cancel();
    pool.open();
    await same('after cancel');
    study.undo();
    await same('after the first undo');
    study.undo();
    const back = await same('after the second undo');
    expect(back.map(({ curves }) => curves)).toEqual(first.map(({ curves }) => curves));
    expect(back.map(({ state }) => state.kind)).toEqual(Array(6).fill('complete'));
  }, 60_000);

  it('refined finds every value that was computed before', async () => {
    const { bench, study, same } = await open([]);
    study.change(withSweep(study.draft, sweepOver([0.1, 0.3])));
    await study.flush();
    await bench.runSweep();
    await settle();
    study.change(withSweep(study.draft, sweepOver([0.1, 0.2, 0.3])));
    const cells = await same('after refining');
    expect(cells.map(({ state }) => state.kind)).toEqual([
      'complete',
      'complete',
      'none',
      'none',
      'complete',
      'complete',
    ]);
    expect(sweptExperiments(study.draft)).toHaveLength(6);
  }, 60_000);
});
