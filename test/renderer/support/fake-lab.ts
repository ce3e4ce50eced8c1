/** A main process in memory, for tests of the page: the same surface, no files, no threads. */
import { type LabApi, type LabCommands } from '../../../src/api/commands.ts';
import { type LabEvents } from '../../../src/api/events.ts';
import { refusal } from '../../../src/refusal/refusal.ts';
import {
  type JobInfo,
  type KeptDraft,
  type PresetInfo,
  type StudyDraft,
  type StudyRecord,
  type StudySummary,
} from '../../../src/api/types.ts';
import { lookSchema, type Look } from '../../../src/study/look.ts';
import { initialOf, settings as allSettings, type Settings } from '../../../src/api/settings.ts';
import { keysOfDraft } from '../../../src/renderer/draft/validate.ts';
import { replaceLab } from '../../../src/renderer/lab.ts';
import { emptyExperiment } from '../../../src/renderer/draft/experiment.ts';

interface Stored {
  summary: StudySummary;
  draft: StudyDraft;
  revision: number;
  deleted: boolean;
}

export interface FakeLab {
  readonly api: LabApi;
  /** Commands that were given, with their arguments. */
  readonly calls: { name: string; argument: unknown }[];
  readonly studies: Map<string, Stored>;
  /** Commands that a test answers itself. */
  readonly answers: Partial<LabCommands>;
  /** Documents that were kept outside the library, by path. */
  readonly kept: Map<string, KeptDraft>;
  /** How studies were looked at last, by id. */
  readonly looks: Map<string, Look>;
  emit<Name extends keyof LabEvents>(event: Name, payload: LabEvents[Name]): void;
  add(id: string, draft: StudyDraft, summary?: Partial<StudySummary>): void;
}

export const presets: PresetInfo[] = [
  { name: 'spectra-compared', experiments: 2 },
  { name: 'clean-directions', experiments: 1 },
];

/** Puts a fresh fake in place of `window.lab`. */
export function useFakeLab(): FakeLab {
  const calls: FakeLab['calls'] = [];
  const studies = new Map<string, Stored>();
  const answers: Partial<LabCommands> = {};
  const kept = new Map<string, KeptDraft>();
  const looks = new Map<string, Look>();
  const listeners = new Map<string, Set<(payload: never) => void>>();
  let made = 0;
  let settings: Settings = { ...initialOf(allSettings), theme: 'light', language: 'en' };

  function add(id: string, draft: StudyDraft, summary: Partial<StudySummary> = {}): void {
    const base: StudySummary = {
      id,
      name: draft.name,
      excerpt: draft.notes,
      tags: [],
      created: 1_700_000_000_000 + made,
      modified: 1_700_000_000_000 + made,
      archived: false,
      experiments: draft.experiments.length,
      curves: 0,
      damage: null,
    };
    made++;
    studies.set(id, { summary: { ...base, ...summary }, draft, revision: 0, deleted: false });
  }

  const record = ({ summary, draft, revision }: Stored): StudyRecord => ({
    summary: { ...summary, name: draft.name, experiments: draft.experiments.length },
    draft,
    revision,
    status: draft.experiments.map((each) => ({
      experimentId: each.id,
      key: keysOfDraft(each)?.description ?? null,
      state: 'none',
      finishedRuns: 0,
      askedRuns: 10,
      troubles: [],
    })),
  });
  const get = (id: string): Stored => {
    const stored = studies.get(id);
    if (!stored) throw new Error(`no study ${id}`);
    return stored;
  };
  const job = (studyId: string): JobInfo => ({
    id: 'job-1',
    studyId,
    state: { kind: 'running', paused: false },
    fraction: 0,
    secondsLeft: null,
    experiments: [],
  });

  const commands: LabCommands = {
    listStudies: ({ search, archived }) =>
      [...studies.values()]
        .filter((each) => !each.deleted && each.summary.archived === archived)
        .map((each) => record(each).summary)
        .filter((summary) => summary.name.toLowerCase().includes(search.toLowerCase()))
        .sort((a, b) => b.modified - a.modified),
    createStudy(from) {
      const id = `made-${made}`;
      if (from.kind === 'draft') {
        add(id, from.draft);
        return id;
      }
      const name = from.kind === 'preset' ? from.name : from.kind === 'copy' ? `${get(from.id).draft.name} (2)` : '';
      const experiments = from.kind === 'empty' ? [] : [emptyExperiment('one', 'One')];
      add(id, { name, notes: '', experiments });
      return id;
    },
    openStudy({ id }) {
      const stored = get(id);
      const { damage } = stored.summary;
      return damage === null
        ? { ok: true, value: record(stored) }
        : { ok: false, refusals: [refusal('', 'said', { text: damage })] };
    },
    saveStudy({ id, draft, revision }) {
      const stored = get(id);
      if (revision !== stored.revision)
        return { ok: false, refusals: [refusal('revision', 'said', { text: 'saved elsewhere' })] };
      stored.draft = draft;
      stored.revision++;
      return { ok: true, value: record(stored) };
    },
    keepDraft: ({ text, ...key }) => {
      const study = JSON.parse(text) as unknown;
      const path = `/kept/${key.studyId}.${key.since}.json`;
      kept.set(path, { ...key, saved: Date.now(), study, path });
      return { ok: true, value: path };
    },
    dropDraft: ({ studyId, since }) => void kept.delete(`/kept/${studyId}.${since}.json`),
    keptDrafts: () => [...kept.values()],
    keptResults: () => [],
    takeKeptResults: () => ({ ok: true, value: [] }),
    dropKeptResults: () => {},
    setTags: ({ id, tags }) => void (get(id).summary = { ...get(id).summary, tags }),
    archiveStudy: ({ id, archived }) => void (get(id).summary = { ...get(id).summary, archived }),
    deleteStudy: ({ id }) => void (get(id).deleted = true),
    restoreStudy: ({ id }) => void (get(id).deleted = false),
    emptyBin: () => ({ ok: true, value: 0 }),
    recoverStudy({ id }) {
      const recovered = `recovered-${id}`;
      add(recovered, get(id).draft);
      return { ok: true, value: recovered };
    },
    saveStudyText: () => ({ ok: true, value: '/tmp/x.json' }),
    closing: () => undefined,
    results: ({ experiment }) => ({
      key: keysOfDraft(experiment)?.description ?? null,
      results: null,
      standing: 'current',
    }),
    look: ({ of }) => looks.get(of) ?? {},
    keepLook: ({ of, look }) => void looks.set(of, lookSchema.parse(look)),
    copyResults: () => undefined,
    run: ({ id }) => {
      emit('job', job(id));
      return { ok: true, value: 'job-1' };
    },
    pauseJob: () => undefined,
    cancelJob: () => undefined,
    listJobs: () => [],
    presets: () => presets,
    importStudies: () => ({ ok: true, value: [] }),
    glance: () => ({ states: { none: 1 }, curves: [] }),
    planCluster: () => null,
    watchCluster: () => null,
    clusterOf: () => null,
    forgetCluster: () => {},
    recentFiles: () => ['/home/me/first.sgdlab'],
    exportStudies: () => ({ ok: true, value: { path: '/tmp/folder', left: [] } }),
    exportStudy: () => ({ ok: true, value: { path: '/tmp/x.sgdlab', left: [] } }),
    saveFolder: ({ name }) => ({ ok: true, value: { path: `/tmp/${name}`, left: [] } }),
    copyPicture: () => undefined,
    printPdf: () => ({ ok: true, value: new Uint8Array([37, 80, 68, 70]) }),
    saveFile: () => ({ ok: true, value: '/tmp/x.svg' }),
    settings: () => settings,
    changeSettings: (change) => (settings = { ...settings, ...change }),
    machine: () => ({
      cores: 2,
      threads: 2,
      platform: 'test',
      versions: { electron: '42.0.0' },
      dataFolder: '/data',
      rates: null,
    }),
    openLink: () => true,
    moveLibrary: () => null,
    notices: () => 'A package: MIT',
  };

  const remote = Object.fromEntries(
    Object.entries(commands).map(([name, command]) => [
      name,
      async (argument: never) => {
        calls.push({ name, argument });
        return ((answers[name as keyof LabCommands] ?? command) as (argument: never) => unknown)(argument);
      },
    ]),
  );

  function emit<Name extends keyof LabEvents>(event: Name, payload: LabEvents[Name]): void {
    for (const listener of listeners.get(event) ?? []) listener(payload as never);
  }

  const api: unknown = {
    ...remote,
    on(event: string, listener: (payload: never) => void) {
      const set = listeners.get(event) ?? new Set();
      listeners.set(event, set.add(listener));
      return () => void set.delete(listener);
    },
    pathOf: () => '/dropped',
  };
  replaceLab(api as LabApi);
  return { api: api as LabApi, calls, studies, answers, kept, looks, emit, add };
}
