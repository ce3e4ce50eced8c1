/** The study that is open: its document with undo and redo, autosaved with revisions, and its running. */
import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import { studyFileOf } from '../../study/draft.ts';
import {
  type ExperimentDraft,
  type ExperimentStatus,
  type KeptDraft,
  type StudyDraft,
  type StudyId,
  type StudyRecord,
} from '../../api/types.ts';
import { type Refusal } from '../../refusal/refusal.ts';
import { emptyHistory, recorded, redone, undone, type History } from '../draft/history.ts';
import { withExperiment } from '../draft/sweep.ts';
import { keysOfDraft } from '../draft/validate.ts';
import { answered, failureOf, refusalText } from '../failure.ts';
import { t } from '../i18n/index.ts';
import { lab } from '../lab.ts';
import { useToasts } from './toasts.ts';

export type StudyState =
  | { readonly kind: 'closed' }
  | { readonly kind: 'loading'; readonly id: StudyId }
  | { readonly kind: 'damaged'; readonly id: StudyId; readonly refusals: readonly Refusal[] }
  | { readonly kind: 'open'; readonly id: StudyId };

export type SaveState =
  | { readonly kind: 'saved' }
  | { readonly kind: 'waiting' }
  | { readonly kind: 'saving' }
  /** Somebody else has saved in between; the user decides. */
  | { readonly kind: 'conflict'; readonly reason: string; readonly kept: string | null }
  /** The study is not in the library any more: it can be saved as a new one. */
  | { readonly kind: 'gone'; readonly reason: string; readonly kept: string | null }
  /** It did not work, and is tried again. `kept` is the file that has the document meanwhile; null if there is none. */
  | { readonly kind: 'failed'; readonly reason: string; readonly kept: string | null };

/** Asked before a study is left that is not saved. */
export interface LeaveQuestion {
  readonly reason: string;
  readonly kept: string | null;
  answer(choice: 'copy' | 'stay' | 'discard'): void;
}

const SAVE_AFTER_MS = 350;
/** Pauses before a save that failed is tried again; the last one stays. */
const RETRY_AFTER_MS = [2000, 5000, 15_000, 30_000];

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
  const question = shallowRef<LeaveQuestion | null>(null);
  /** Ids that an experiment has had since the study was opened: undo may bring it back, and its results are still there. */
  const usedIds = new Set<string>();
  let revision = 0;
  let failures = 0;
  /** Since when the document is kept outside the library; null if it is not. */
  let keptSince: number | null = null;
  let keptOf: StudyId | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let inFlight: Promise<void> = Promise.resolve();

  const id = computed(() => (state.value.kind === 'closed' ? null : state.value.id));
  const canUndo = computed(() => history.value.past.length > 0);
  const canRedo = computed(() => history.value.future.length > 0);

  const use = ({ experiments }: StudyDraft): void => experiments.forEach((each) => usedIds.add(each.id));

  function take(record: StudyRecord): void {
    revision = record.revision;
    status.value = record.status;
  }

  /** Opens a study in place of the one that is open, if that may be left. */
  async function open(studyId: StudyId): Promise<boolean> {
    if (!(await leave())) return false;
    toasts.leaveStudy();
    state.value = { kind: 'loading', id: studyId };
    status.value = [];
    const answer = await answered(lab().openStudy({ id: studyId, anew: true }));
    if (id.value !== studyId) return false;
    if (!answer.ok) {
      state.value = { kind: 'damaged', id: studyId, refusals: answer.refusals };
      return true;
    }
    draft.value = answer.value.draft;
    usedIds.clear();
    use(draft.value);
    history.value = emptyHistory();
    saving.value = { kind: 'saved' };
    failures = 0;
    keptSince = null;
    take(answer.value);
    state.value = { kind: 'open', id: studyId };
    return true;
  }

  /** Whether it was left. */
  async function close(): Promise<boolean> {
    if (!(await leave())) return false;
    toasts.leaveStudy();
    state.value = { kind: 'closed' };
    return true;
  }

  /** Whether the study may be left: everything is saved, or the user lets go of what is not. */
  async function leave(): Promise<boolean> {
    while (!(await flush())) {
      const choice = await ask();
      if (choice === 'stay') return false;
      if (choice === 'discard' || (choice === 'copy' && (await saveCopy()))) {
        await discard();
        return true;
      }
    }
    return true;
  }

  let asking: Promise<'copy' | 'stay' | 'discard' | 'saved'> | null = null;
  let settleQuestion: (choice: 'saved') => void = () => {};

  /** Asks what to do with what is not saved; that it has been saved meanwhile is an answer too. */
  function ask(): NonNullable<typeof asking> {
    asking ??= new Promise<'copy' | 'stay' | 'discard' | 'saved'>((resolve) => {
      const { value } = saving;
      const trouble = 'kept' in value ? value : { reason: '', kept: null };
      settleQuestion = resolve;
      question.value = { reason: trouble.reason, kept: trouble.kept, answer: resolve };
    }).finally(() => {
      asking = null;
      question.value = null;
    });
    return asking;
  }

  /** Lets go of what is not saved. */
  async function discard(): Promise<void> {
    clearTimeout(timer);
    state.value = { kind: 'closed' };
    saving.value = { kind: 'saved' };
    await dropKept();
  }

  /** Saves the document as it is now as a study file, to a place that the user chooses. Whether it was saved. */
  async function saveCopy(): Promise<boolean> {
    const bytes = new TextEncoder().encode(JSON.stringify(studyFileOf(draft.value), null, 2));
    return saveStudyFile(draft.value.name, bytes);
  }

  async function saveStudyFile(name: string, bytes: Uint8Array): Promise<boolean> {
    const answer = await lab()
      .saveFile({ name: `${name.slice(0, 80) || 'study'}.json`, bytes })
      .catch((error: unknown) => ({ ok: false as const, refusals: failureOf(error) }));
    if (answer === null) return false;
    if (answer.ok) toasts.show({ tone: 'good', text: t('toast.savedTo', { path: answer.value }) });
    else toasts.studyTrouble(refusalText(answer.refusals));
    return answer.ok;
  }

  /** Replaces the document; edits with one topic in quick succession are one step of undo. */
  function change(next: StudyDraft, topic: string | null = null): void {
    if (state.value.kind !== 'open' || next === draft.value) return;
    history.value = recorded(history.value, draft.value, topic, Date.now());
    draft.value = next;
    use(next);
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
    if (state.value.kind !== 'open' || saving.value.kind === 'saved') return;
    const studyId = state.value.id;
    const document = draft.value;
    saving.value = { kind: 'saving' };
    const answer = await answered(lab().saveStudy({ id: studyId, draft: document, revision }));
    if (id.value !== studyId) return;
    if (!answer.ok) return notSaved(studyId, document, answer.refusals);
    take(answer.value);
    failures = 0;
    if (draft.value !== document) return saveSoon();
    saving.value = { kind: 'saved' };
    await dropKept();
    settleQuestion('saved');
  }

  /** Keeps what could not be saved, says why, and tries again unless somebody else has saved. */
  async function notSaved(studyId: StudyId, document: StudyDraft, refusals: readonly Refusal[]): Promise<void> {
    const kept = await keep(studyId, document);
    if (id.value !== studyId) return dropKept();
    const isGone = refusals.some(({ path }) => path === 'id');
    const reason = refusalText(isGone ? refusals.map((each) => ({ ...each, path: '' })) : refusals);
    const trouble = { reason, kept };
    if (refusals.some(({ path }) => path === 'revision')) {
      saving.value = { kind: 'conflict', ...trouble };
      return;
    }
    if (isGone) {
      saving.value = { kind: 'gone', ...trouble };
      return;
    }
    saving.value = { kind: 'failed', ...trouble };
    const pause =
      draft.value === document ? RETRY_AFTER_MS[Math.min(failures, RETRY_AFTER_MS.length - 1)] : SAVE_AFTER_MS;
    failures++;
    clearTimeout(timer);
    timer = setTimeout(() => void save(), pause);
  }

  /** Keeps the document outside the library; the file that has it, or null. */
  async function keep(studyId: StudyId, document: StudyDraft): Promise<string | null> {
    keptSince ??= Date.now();
    const text = JSON.stringify(studyFileOf(document));
    const answer = await answered(lab().keepDraft({ studyId, since: keptSince, text }));
    keptOf = studyId;
    return answer.ok ? answer.value : null;
  }

  async function dropKept(): Promise<void> {
    if (keptSince === null || keptOf === null) return;
    const key = { studyId: keptOf, since: keptSince };
    keptSince = null;
    // one that stays is offered at the next start
    await lab()
      .dropDraft(key)
      .catch(() => {});
  }

  /** Waits until everything typed is saved; whether it is. */
  async function flush(): Promise<boolean> {
    if (state.value.kind !== 'open') return true;
    await save();
    if (saving.value.kind === 'waiting') await save();
    return state.value.kind !== 'open' || saving.value.kind === 'saved';
  }

  /** After a refused save: takes what is stored (undo brings back one's own), or saves the page's document over it. */
  async function settle(choice: 'theirs' | 'mine'): Promise<void> {
    if (state.value.kind !== 'open') return;
    const studyId = state.value.id;
    const answer = await answered(lab().openStudy({ id: studyId }));
    if (id.value !== studyId) return;
    if (!answer.ok) return notSaved(studyId, draft.value, answer.refusals);
    take(answer.value);
    if (choice === 'theirs') {
      clearTimeout(timer);
      history.value = recorded(history.value, draft.value, null, Date.now());
      draft.value = answer.value.draft;
      saving.value = { kind: 'saved' };
      await dropKept();
      return;
    }
    saving.value = { kind: 'waiting' };
    await save();
  }

  /** Makes a document that was kept the open study's, which is then saved; undo brings back the stored one. */
  function adopt(document: StudyDraft, kept: Pick<KeptDraft, 'studyId' | 'since'>): void {
    keptSince = kept.since;
    keptOf = kept.studyId;
    change(document);
  }

  /** Takes what is stored, after another program saved the study; nothing unsaved is at stake. */
  async function reopen(): Promise<void> {
    if (state.value.kind !== 'open') return;
    const studyId = state.value.id;
    const answer = await answered(lab().openStudy({ id: studyId }));
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
    const answer = await answered(lab().openStudy({ id: studyId }));
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
    if (!(await flush())) {
      toasts.studyTrouble(t('notSaved.run'));
      return false;
    }
    const answer = await answered(lab().run({ id: state.value.id, experiments }));
    if (!answer.ok) toasts.studyTrouble(refusalText(answer.refusals));
    return answer.ok;
  }

  return {
    /** Ids that no new experiment may have. */
    takenIds: () => [...usedIds],
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
    leave,
    discard,
    question,
    save,
    saveCopy,
    saveStudyFile,
    adopt,
    settle,
    reopen,
    refreshStatus,
    statusOf,
    run,
  };
});
