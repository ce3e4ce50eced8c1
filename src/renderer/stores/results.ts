/** Results of the open study's experiments: stored ones, with the rows of the running job merged in as they come. */
import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import { type LiveRows, type StudyId } from '../../core/session/types.ts';
import { type ExperimentResults } from '../../core/study/results.ts';
import { type Experiment } from '../../core/study/schema.ts';
import { afterDraws } from '../charts/draw-queue.ts';
import { lab } from '../lab.ts';
import { emptyResults, mergeRows, withLive } from './live.ts';

export type ResultsEntry =
  | { readonly kind: 'loading' }
  | { readonly kind: 'none' }
  | { readonly kind: 'loaded'; readonly results: ExperimentResults; readonly stale: boolean };

/** At most five redraws a second while rows come in, and at most a tenth of the time spent on them. */
const REDRAW_MS = 200;
const REST_SHARE = 9;
const RELOAD_MS = 500;

export const useResults = defineStore('results', () => {
  const entries = shallowRef<ReadonlyMap<string, ResultsEntry>>(new Map());
  let study: StudyId | null = null;
  /** Descriptions that the running job was started with. */
  let started = new Map<string, Experiment>();
  let waiting: LiveRows[] = [];
  let redraw: ReturnType<typeof setTimeout> | undefined;
  let wait = REDRAW_MS;
  const reloads = new Map<string, ReturnType<typeof setTimeout>>();

  function put(experimentId: string, entry: ResultsEntry): void {
    entries.value = new Map(entries.value).set(experimentId, entry);
  }

  /** Forgets everything and follows another study. */
  function follow(id: StudyId | null): void {
    study = id;
    started = new Map();
    waiting = [];
    reloads.forEach((timer) => clearTimeout(timer));
    reloads.clear();
    entries.value = new Map();
  }

  const entryOf = (experimentId: string): ResultsEntry | undefined => entries.value.get(experimentId);

  /** Asks for the stored results, unless they are there; `again` asks in any case. */
  async function load(experimentId: string, again = false): Promise<void> {
    const id = study;
    const before = entries.value.get(experimentId);
    if (id === null || (before && !again)) return;
    if (!before) put(experimentId, { kind: 'loading' });
    const stored = await lab().results({ id, experimentId });
    if (study !== id) return;
    const live = started.has(experimentId) ? entries.value.get(experimentId) : undefined;
    const running = live?.kind === 'loaded' && !live.stale ? live.results : null;
    if (!stored.results) {
      if (!running) put(experimentId, { kind: 'none' });
    } else if (stored.stale && running) {
      return;
    } else {
      put(experimentId, {
        kind: 'loaded',
        results: withLive(stored.results, running),
        stale: stored.stale,
      });
    }
  }

  /** Asks again soon: results are stored run by run, and each answer has them all. */
  function reload(experimentId: string): void {
    if (reloads.has(experimentId)) return;
    reloads.set(
      experimentId,
      setTimeout(() => {
        reloads.delete(experimentId);
        void load(experimentId, true);
      }, RELOAD_MS),
    );
  }

  /** What is about to run: its rows belong to these descriptions. */
  function begin(experiments: readonly Experiment[]): void {
    for (const experiment of experiments) started.set(experiment.id, experiment);
  }

  /** The job is over: what is stored counts. */
  function end(): void {
    flush();
    const ids = [...started.keys()];
    started = new Map();
    ids.forEach((id) => void load(id, true));
  }

  function receive(rows: readonly LiveRows[]): void {
    waiting.push(...rows.filter((batch) => batch.studyId === study));
    if (waiting.length > 0) redraw ??= setTimeout(draw, wait);
  }

  /** Merges what came in, and learns from how long it takes until all figures are drawn again. */
  function draw(): void {
    const start = performance.now();
    flush();
    afterDraws(() => (wait = Math.max(REDRAW_MS, REST_SHARE * (performance.now() - start))));
  }

  function flush(): void {
    clearTimeout(redraw);
    redraw = undefined;
    if (waiting.length === 0) return;
    const batches = waiting;
    waiting = [];
    const next = new Map(entries.value);
    for (const experimentId of new Set(batches.map((batch) => batch.experimentId))) {
      const rows = batches.filter((batch) => batch.experimentId === experimentId);
      const base = baseFor(experimentId);
      if (base) next.set(experimentId, { kind: 'loaded', results: mergeRows(base, rows), stale: false });
      else reload(experimentId);
    }
    entries.value = next;
  }

  /** What live rows are merged into: results of the same description, or new ones. */
  function baseFor(experimentId: string): ExperimentResults | null {
    const entry = entries.value.get(experimentId);
    if (entry?.kind === 'loaded' && !entry.stale) return entry.results;
    const experiment = started.get(experimentId);
    return experiment ? emptyResults(experiment) : null;
  }

  /** Marks results as belonging to an earlier description (or not). */
  function markStale(experimentId: string, stale: boolean): void {
    const entry = entries.value.get(experimentId);
    if (entry?.kind === 'loaded' && entry.stale !== stale) put(experimentId, { ...entry, stale });
  }

  return { entries, follow, entryOf, load, reload, begin, end, receive, flush, markStale };
});
