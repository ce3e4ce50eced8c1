/** The study that is open: its document with undo and redo, autosaved with revisions, and its running. */
import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import {
  type ExperimentDraft,
  type ExperimentStatus,
  type StudyDraft,
  type StudyId,
  type StudyRecord,
} from '../../core/session/types.ts';
import { formatProblem, type Problem } from '../../core/study/problems.ts';
import { emptyHistory, recorded, redone, undone, type History } from '../draft/history.ts';
import { withExperiment } from '../draft/sweep.ts';
import { keysOfDraft } from '../draft/validate.ts';
import { t } from '../i18n/index.ts';
import { lab } from '../lab.ts';
import { useToasts } from './toasts.ts';

export type StudyState =
  | { readonly kind: 'closed' }
  | { readonly kind: 'loading'; readonly id: StudyId }
  | { readonly kind: 'damaged'; readonly id: StudyId; readonly problems: readonly Problem[] }
  | { readonly kind: 'open'; readonly id: StudyId };

export type SaveState =
  | { readonly kind: 'saved' }
  | { readonly kind: 'waiting' }
  | { readonly kind: 'saving' }
  | { readonly kind: 'conflict'; readonly message: string };

const SAVE_AFTER_MS = 350;

/** A status for a description: one that was said of another description says only that there are older results. */
function asOf(status: ExperimentStatus, key: string | null): ExperimentStatus {
  if (status.key === key) return status;
  const hasResults = status.state !== 'none' && status.state !== 'invalid';
  return { ...status, key, state: hasResults ? 'stale' : 'none', troubles: [], finishedRuns: 0 };
}

export const useStudy = defineStore('study', () => {
  const toasts = useToasts();
  const state = shallowRef<StudyState>({ kind: 'closed' });
  const draft = shallowRef<StudyDraft>({ name: '', notes: '', experiments: [] });
  const status = shallowRef<readonly ExperimentStatus[]>([]);
  const saving = shallowRef<SaveState>({ kind: 'saved' });
  const history = shallowRef<History<StudyDraft>>(emptyHistory());
  let revision = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let inFlight: Promise<void> = Promise.resolve();

  const id = computed(() => (state.value.kind === 'closed' ? null : state.value.id));
  const canUndo = computed(() => history.value.past.length > 0);
  const canRedo = computed(() => history.value.future.length > 0);

  function take(record: StudyRecord): void {
    revision = record.revision;
    status.value = record.status;
  }

  async function open(studyId: StudyId): Promise<void> {
    await flush();
    state.value = { kind: 'loading', id: studyId };
    status.value = [];
    const answer = await lab().openStudy({ id: studyId });
    if (id.value !== studyId) return;
    if (!answer.ok) {
      state.value = { kind: 'damaged', id: studyId, problems: answer.problems };
      return;
    }
    draft.value = answer.value.draft;
    history.value = emptyHistory();
    saving.value = { kind: 'saved' };
    take(answer.value);
    state.value = { kind: 'open', id: studyId };
  }

  async function close(): Promise<void> {
    await flush();
    state.value = { kind: 'closed' };
  }

  /** Replaces the document; edits with one topic in quick succession are one step of undo. */
  function change(next: StudyDraft, topic: string | null = null): void {
    if (state.value.kind !== 'open' || next === draft.value) return;
    history.value = recorded(history.value, draft.value, topic, Date.now());
    draft.value = next;
    saveSoon();
  }

  function changeExperiment(
    experimentId: string,
    edit: (experiment: ExperimentDraft) => ExperimentDraft,
    topic: string | null = null,
  ): void {
    const next = withExperiment(draft.value, experimentId, edit);
    change(next, topic === null ? null : `${experimentId}:${topic}`);
  }

  function step(move: typeof undone<StudyDraft>): void {
    const result = move(history.value, draft.value);
    if (!result) return;
    draft.value = result.document;
    history.value = result.history;
    saveSoon();
  }
  const undo = () => step(undone);
  const redo = () => step(redone);

  function saveSoon(): void {
    saving.value = { kind: 'waiting' };
    clearTimeout(timer);
    timer = setTimeout(() => void save(), SAVE_AFTER_MS);
  }

  /** Saves the document as it is now, after any save that is under way. */
  function save(): Promise<void> {
    clearTimeout(timer);
    inFlight = inFlight.then(saveNow, saveNow);
    return inFlight;
  }

  async function saveNow(): Promise<void> {
    if (state.value.kind !== 'open' || saving.value.kind === 'saved' || saving.value.kind === 'conflict') return;
    const studyId = state.value.id;
    const document = draft.value;
    saving.value = { kind: 'saving' };
    try {
      const answer = await lab().saveStudy({ id: studyId, draft: document, revision });
      if (id.value !== studyId) return;
      if (!answer.ok) {
        saving.value = { kind: 'conflict', message: answer.problems.map(formatProblem).join('\n') };
        return;
      }
      take(answer.value);
      if (draft.value === document) saving.value = { kind: 'saved' };
      else saveSoon();
    } catch (error) {
      saving.value = { kind: 'waiting' };
      toasts.trouble(t('toast.notSaved', { message: (error as Error).message }));
    }
  }

  /** Waits until everything typed is saved. */
  async function flush(): Promise<void> {
    if (state.value.kind !== 'open') return;
    await save();
    if (saving.value.kind === 'waiting') await save();
  }

  /** After a refused save: takes what is stored, or saves the page's document over it. */
  async function settle(choice: 'theirs' | 'mine'): Promise<void> {
    if (state.value.kind !== 'open') return;
    const studyId = state.value.id;
    const mine = draft.value;
    saving.value = { kind: 'saved' };
    await open(studyId);
    if (choice === 'mine') change(mine);
  }

  /** Takes what is stored, after another program saved the study; nothing unsaved is at stake. */
  async function reopen(): Promise<void> {
    if (state.value.kind !== 'open') return;
    const studyId = state.value.id;
    const answer = await lab().openStudy({ id: studyId });
    if (id.value !== studyId || !answer.ok || answer.value.revision === revision) return;
    if (saving.value.kind !== 'saved') return;
    draft.value = answer.value.draft;
    history.value = emptyHistory();
    take(answer.value);
  }

  /** The state of the results, after something was stored. */
  async function refreshStatus(): Promise<void> {
    if (state.value.kind !== 'open' || saving.value.kind !== 'saved') return;
    const studyId = state.value.id;
    const answer = await lab().openStudy({ id: studyId });
    if (id.value === studyId && answer.ok) status.value = answer.value.status;
  }

  /** What main has said of the experiments, held against their descriptions as they are now. */
  const statuses = computed(() => {
    const drafts = new Map(draft.value.experiments.map((each) => [each.id, each]));
    return new Map(
      status.value.flatMap((each) => {
        const of = drafts.get(each.experimentId);
        return of ? [[each.experimentId, asOf(each, keysOfDraft(of)?.description ?? null)]] : [];
      }),
    );
  });
  const statusOf = (experimentId: string): ExperimentStatus | undefined => statuses.value.get(experimentId);

  /** Runs what is missing of experiments as they are shown; what was refused is said. */
  async function run(experimentIds: readonly string[]): Promise<boolean> {
    if (state.value.kind !== 'open') return false;
    const wanted = draft.value.experiments.filter((each) => experimentIds.includes(each.id));
    const experiments = wanted.map((each) => ({ id: each.id, key: keysOfDraft(each)?.description ?? null }));
    await flush();
    const answer = await lab().run({ id: state.value.id, experiments });
    if (!answer.ok) toasts.trouble(answer.problems.map(formatProblem).join('\n'));
    return answer.ok;
  }

  return {
    state,
    id,
    draft,
    status,
    saving,
    canUndo,
    canRedo,
    open,
    close,
    change,
    changeExperiment,
    undo,
    redo,
    flush,
    settle,
    reopen,
    refreshStatus,
    statusOf,
    run,
  };
});
