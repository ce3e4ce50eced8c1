/**
 * Results of the open study's experiments: stored ones, with the rows of the running job merged in as they come. What
 * is kept is kept under the key of the description that it was asked for, and told as current for that one alone.
 */
import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import { type ExperimentDraft, type LiveRows, type StudyId } from '../../api/types.ts';
import { type Standing } from '../../study/standing.ts';
import { type Keys, workKey } from '../../core/experiment/identity.ts';
import { type ExperimentResults } from '../../study/experiment-results.ts';
import { afterDraws } from '../charts/draw-queue.ts';
import { keysOfDraft, validated } from '../draft/validate.ts';
import { t } from '../i18n/index.ts';
import { lab } from '../lab.ts';
import { emptyResults, mergeRows, withLive } from './live.ts';
import { useStudy } from './study.ts';
import { useToasts } from './toasts.ts';

export type ResultsEntry =
  | { readonly kind: 'loading' }
  | { readonly kind: 'none' }
  | { readonly kind: 'loaded'; readonly results: ExperimentResults; readonly standing: Standing };

/** The answer for a description. */
interface Kept {
  /** The draft that was asked for. */
  readonly draft: ExperimentDraft;
  /** Its keys; null if it does not parse. */
  readonly keys: Keys | null;
  readonly entry: ResultsEntry;
}

/** At most five redraws a second while rows come in, and at most a tenth of the time spent on them. */
const REDRAW_MS = 200;
const REST_SHARE = 9;
const RELOAD_MS = 500;
/** Time after the last change of a description before its results are asked for. */
const SETTLE_MS = 150;

/** Whether two drafts ask for the same results. */
const isSame = (a: Keys | null, b: Keys | null): boolean => a?.description === b?.description;

export const useResults = defineStore('results', () => {
  const toasts = useToasts();
  const document = useStudy();
  /** By experiment id. */
  const kept = shallowRef<ReadonlyMap<string, Kept>>(new Map());
  let study: StudyId | null = null;
  /** Number of the last question for each experiment: a later one makes the answers to the others void. */
  const asked = new Map<string, number>();
  let questions = 0;
  /** Experiments that rows have come in for since the job began. */
  const live = new Set<string>();
  let waiting: LiveRows[] = [];
  let redraw: ReturnType<typeof setTimeout> | undefined;
  let wait = REDRAW_MS;
  const reloads = new Map<string, ReturnType<typeof setTimeout>>();

  function put(draft: ExperimentDraft, entry: ResultsEntry): void {
    kept.value = new Map(kept.value).set(draft.id, { draft, keys: keysOfDraft(draft), entry });
  }

  /** Forgets everything and follows another study. */
  function follow(id: StudyId | null): void {
    study = id;
    asked.clear();
    live.clear();
    waiting = [];
    reloads.forEach((timer) => clearTimeout(timer));
    reloads.clear();
    kept.value = new Map();
  }

  /** What there is to show for a draft: results of another description are never current. */
  function entryOf(draft: ExperimentDraft): ResultsEntry | undefined {
    const found = kept.value.get(draft.id);
    if (!found) return undefined;
    const { keys, entry } = found;
    if (entry.kind !== 'loaded' || entry.standing !== 'current' || isSame(keys, keysOfDraft(draft))) return entry;
    return { ...entry, standing: 'stale' };
  }

  /** Asks for the results of drafts that are shown, unless they are there; soon after an edit, at once otherwise. */
  function show(drafts: readonly ExperimentDraft[]): void {
    for (const draft of drafts) {
      const before = kept.value.get(draft.id);
      if (!before) void load(draft);
      else if (!isSame(before.keys, keysOfDraft(draft))) reload(draft, SETTLE_MS);
    }
  }

  /** Asks for the stored results of a draft as it is now. */
  async function load(draft: ExperimentDraft): Promise<void> {
    const id = study;
    if (id === null) return;
    const question = ++questions;
    asked.set(draft.id, question);
    if (!kept.value.has(draft.id)) put(draft, { kind: 'loading' });
    const keys = keysOfDraft(draft);
    const stored = await lab().results({ id, experiment: draft });
    if (study !== id || asked.get(draft.id) !== question) return;
    if (stored.key !== null && stored.key !== keys?.description) {
      put(draft, { kind: 'none' });
      toasts.studyTrouble(t('results.otherWork', { name: String(draft.name || draft.id) }));
      return;
    }
    const running = live.has(draft.id) ? currentResults(draft) : null;
    const current = stored.standing === 'current' ? stored.results : null;
    if (current) put(draft, { kind: 'loaded', results: withLive(current, running), standing: 'current' });
    else if (running) put(draft, { kind: 'loaded', results: running, standing: 'current' });
    else if (stored.results) put(draft, { kind: 'loaded', results: stored.results, standing: stored.standing });
    else put(draft, { kind: 'none' });
  }

  /** What is shown as current for exactly this description. */
  function currentResults(draft: ExperimentDraft): ExperimentResults | null {
    const entry = entryOf(draft);
    return entry?.kind === 'loaded' && entry.standing === 'current' ? entry.results : null;
  }

  /** Asks again soon, for what the experiment is by then: results are stored run by run, and each answer has them all. */
  function reload({ id }: ExperimentDraft, after = RELOAD_MS): void {
    clearTimeout(reloads.get(id));
    reloads.set(
      id,
      setTimeout(() => {
        reloads.delete(id);
        const draft = present(id);
        if (draft) void load(draft);
      }, after),
    );
  }

  /** An experiment as the study has it now. */
  const present = (id: string): ExperimentDraft | undefined =>
    document.draft.experiments.find((draft) => draft.id === id);

  /** A piece of work was stored: asked for again where it is shown. */
  function stored(key: string): void {
    for (const id of kept.value.keys()) {
      const draft = present(id);
      const keys = draft ? keysOfDraft(draft) : null;
      if (draft && keys && isWithin(keys, key) && !reloads.has(id)) reload(draft);
    }
  }

  /** The job is over: what is stored counts. */
  function end(): void {
    flush();
    const drafts = [...live].flatMap((id) => present(id) ?? []);
    live.clear();
    drafts.forEach((draft) => void load(draft));
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

  /** Rows go to every experiment whose description they are of, and to no other. */
  function flush(): void {
    clearTimeout(redraw);
    redraw = undefined;
    if (waiting.length === 0) return;
    const batches = waiting;
    waiting = [];
    const next = new Map(kept.value);
    for (const { draft, keys } of kept.value.values()) {
      const rows = keys ? batches.filter(({ key, source }) => key === workKey(keys, source)) : [];
      if (rows.length === 0) continue;
      live.add(draft.id);
      const base = currentResults(draft) ?? baseFor(draft);
      if (base)
        next.set(draft.id, {
          draft,
          keys,
          entry: { kind: 'loaded', results: mergeRows(base, rows), standing: 'current' },
        });
      else if (!reloads.has(draft.id)) reload(draft);
    }
    kept.value = next;
  }

  /** Results without curves, for rows to be merged into; null where the page does not make the frame. */
  function baseFor(draft: ExperimentDraft): ExperimentResults | null {
    const parsed = validated(draft);
    return parsed.ok ? emptyResults(parsed.value) : null;
  }

  return { follow, entryOf, show, load, stored, end, receive, flush };
});

/** Whether a piece of work belongs to a description. */
const isWithin = ({ theory, simulation }: Keys, key: string): boolean =>
  key.startsWith(`${theory}/`) || key.startsWith(`${simulation}/`);
