/** The study library: what there is, what is searched for, and what is done with whole studies. */
import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import { type ExportFormat } from '../../api/commands.ts';
import { type Answer, type Exported, type PresetInfo, type StudyId, type StudySummary } from '../../api/types.ts';
import { refusalLine } from '../i18n/refusals.ts';
import { failureText, refusalText } from '../failure.ts';
import { counted, t } from '../i18n/index.ts';
import { lab } from '../lab.ts';
import { useToasts } from './toasts.ts';

export type SortOrder = 'modified' | 'created' | 'name' | 'curves';
/** What can go wrong with a study of the library: see the messages `library.failed.…`. */
type Action =
  | 'list'
  | 'create'
  | 'copy'
  | 'recover'
  | 'saveText'
  | 'rename'
  | 'tags'
  | 'archive'
  | 'unarchive'
  | 'delete'
  | 'restore'
  | 'export';

/** The value of an answer. @throws Error with the refusal. */
function accepted<T>(answer: Answer<T>): T {
  if (answer.ok) return answer.value;
  throw new Error(refusalText(answer.refusals));
}

/** Most experiments that a message names one by one. */
const MOST_NAMED = 5;

const naturally = new Intl.Collator(undefined, { numeric: true });

const compare: Record<SortOrder, (a: StudySummary, b: StudySummary) => number> = {
  modified: (a, b) => b.modified - a.modified,
  created: (a, b) => b.created - a.created,
  // run 2 before run 10
  name: (a, b) => naturally.compare(a.name, b.name),
  curves: (a, b) => b.curves - a.curves,
};

export const useLibrary = defineStore('library', () => {
  const toasts = useToasts();
  const studies = shallowRef<readonly StudySummary[]>([]);
  const presets = shallowRef<readonly PresetInfo[]>([]);
  /** Files that were imported of late. */
  const recent = shallowRef<readonly string[]>([]);
  const loaded = ref(false);
  const search = ref('');
  const archived = ref(false);
  const tag = ref<string | null>(null);
  const sort = ref<SortOrder>('modified');
  /** What went wrong last with a study, by its id. */
  const troubles = shallowRef<ReadonlyMap<StudyId, string>>(new Map());
  let asked = 0;

  const tags = computed(() => [...new Set(studies.value.flatMap((study) => study.tags))].sort());
  const shown = computed(() =>
    studies.value.filter((study) => tag.value === null || study.tags.includes(tag.value)).toSorted(compare[sort.value]),
  );
  /** Nothing has ever been made: the first start. */
  const empty = computed(() => loaded.value && studies.value.length === 0 && search.value === '' && !archived.value);

  async function refresh(): Promise<void> {
    const turn = ++asked;
    const found = await attempt('list', null, () =>
      lab().listStudies({ search: search.value, archived: archived.value }),
    );
    if (turn !== asked || found === null) return;
    studies.value = found;
    recent.value = (await attempt('list', null, () => lab().recentFiles())) ?? [];
    if (tag.value !== null && !tags.value.includes(tag.value)) tag.value = null;
    loaded.value = true;
  }

  async function load(): Promise<void> {
    presets.value = await lab().presets();
    await refresh();
  }

  /**
   * Does something with the library; what goes wrong is said at the study's row, or as a message where there is none.
   * What is shown afterwards is what is stored.
   * @returns null if it went wrong.
   */
  async function attempt<T>(what: Action, id: StudyId | null, work: () => Promise<T>): Promise<T | null> {
    if (id !== null) say(id, null);
    try {
      return await work();
    } catch (error) {
      const text = t(`library.failed.${what}`, { reason: failureText(error) });
      if (id === null) toasts.trouble(text);
      else say(id, text);
      return null;
    }
  }

  function say(id: StudyId, text: string | null): void {
    const next = new Map(troubles.value);
    if (text === null) next.delete(id);
    else next.set(id, text);
    troubles.value = next;
  }

  /** What undoes an action, for the message about it. */
  const undo = (what: Action, work: () => Promise<void>) => ({
    label: t('action.undo'),
    run: () => void attempt(what, null, work).then(refresh),
  });

  /** The new study; null, and said, if there is none. */
  async function create(from: Parameters<ReturnType<typeof lab>['createStudy']>[0]): Promise<StudyId | null> {
    const copied = from.kind === 'copy' ? from.id : null;
    const id = await attempt(copied === null ? 'create' : 'copy', copied, () => lab().createStudy(from));
    await refresh();
    return id;
  }

  async function remove(study: StudySummary): Promise<void> {
    const { id, name } = study;
    const done = await attempt('delete', id, () =>
      lab()
        .deleteStudy({ id })
        .then(() => true),
    );
    await refresh();
    if (!done) return;
    const action = undo('restore', () => lab().restoreStudy({ id }));
    toasts.show({ tone: 'info', text: t('toast.deleted', { name }), action });
  }

  async function archive(study: StudySummary, value: boolean): Promise<void> {
    const { id, name } = study;
    const [there, back] = value ? (['archive', 'unarchive'] as const) : (['unarchive', 'archive'] as const);
    const done = await attempt(there, id, () =>
      lab()
        .archiveStudy({ id, archived: value })
        .then(() => true),
    );
    await refresh();
    if (!done) return;
    const action = undo(back, () => lab().archiveStudy({ id, archived: !value }));
    toasts.show({ tone: 'info', text: t(value ? 'toast.archived' : 'toast.unarchived', { name }), action });
  }

  /** A rename is a save of the document under another name. */
  async function rename({ id }: StudySummary, name: string): Promise<void> {
    await attempt('rename', id, async () => {
      const { draft, revision } = accepted(await lab().openStudy({ id }));
      if (name !== draft.name) accepted(await lab().saveStudy({ id, draft: { ...draft, name }, revision }));
    });
    await refresh();
  }

  async function setTags({ id }: StudySummary, next: readonly string[]): Promise<void> {
    await attempt('tags', id, () => lab().setTags({ id, tags: [...next] }));
    await refresh();
  }

  /** Removes what was deleted for ever; main asks first. */
  async function emptyBin(): Promise<void> {
    const answer = await attempt('delete', null, () => lab().emptyBin());
    if (answer === null) return;
    if (answer.ok) toasts.show({ tone: 'good', text: counted('toast.binEmptied', answer.value) });
    else toasts.trouble(t('library.failed.delete', { reason: refusalText(answer.refusals) }));
  }

  /** Makes a study of what can be read of a damaged one, which stays as it is. Its id; null, and said, if there is none. */
  async function recover({ id, name }: Pick<StudySummary, 'id' | 'name'>): Promise<StudyId | null> {
    const answer = await attempt('recover', id, () => lab().recoverStudy({ id }).then(accepted));
    await refresh();
    if (answer !== null) toasts.show({ tone: 'good', text: t('toast.recovered', { name }) });
    return answer;
  }

  /** Saves the stored text of a study, whatever its state, where the user says. */
  async function saveText({ id }: StudySummary): Promise<void> {
    const path = await attempt('saveText', id, async () => {
      const answer = await lab().saveStudyText({ id });
      return answer && accepted(answer);
    });
    if (path !== null) toasts.show({ tone: 'good', text: t('toast.savedTo', { path }) });
  }

  /** Imports files, asked for in a dialog where no paths are given; the studies that came in. */
  async function importFiles(paths: string[] | null, again = false): Promise<readonly StudyId[]> {
    const answer = await attempt('create', null, () => lab().importStudies({ paths, again }));
    if (answer === null) return [];
    if (!answer.ok) {
      toasts.trouble(`${t('toast.notImported')}\n${refusalText(answer.refusals)}`);
      return [];
    }
    // those that were there already are named by themselves
    const before = new Set(studies.value.map(({ id }) => id));
    const added = answer.value.filter((id) => !before.has(id));
    if (added.length > 0) toasts.show({ tone: 'good', text: counted('toast.imported', added.length) });
    await refresh();
    return answer.value;
  }

  const exportStudy = (id: StudyId, format: ExportFormat): Promise<void> =>
    exported(() => lab().exportStudy({ id, format }));

  /** Exports, and says where to, and without what. */
  async function exported(work: () => Promise<Answer<Exported> | null>): Promise<void> {
    const answer = await attempt('export', null, work);
    if (answer === null) return;
    if (!answer.ok) return void toasts.studyTrouble(refusalText(answer.refusals));
    const { path, left } = answer.value;
    if (left.length === 0) return void toasts.show({ tone: 'good', text: t('toast.savedTo', { path }) });
    const named = left.slice(0, MOST_NAMED).map(refusalLine);
    const more = left.length > MOST_NAMED ? [t('toast.andMore', { n: left.length - MOST_NAMED })] : [];
    toasts.studyTrouble([t('toast.savedInPart', { path }), ...named, ...more].join('\n'));
  }

  return {
    studies,
    presets,
    recent,
    loaded,
    search,
    archived,
    tag,
    sort,
    tags,
    shown,
    empty,
    refresh,
    load,
    create,
    remove,
    archive,
    rename,
    setTags,
    emptyBin,
    recover,
    saveText,
    troubles,
    say,
    importFiles,
    exportStudy,
    exported,
    attempt,
  };
});
