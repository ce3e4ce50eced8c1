/** The study library: what there is, what is searched for, and what is done with whole studies. */
import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import { type PresetInfo, type StudyId, type StudySummary } from '../../core/session/types.ts';
import { formatProblem } from '../../core/study/problems.ts';
import { counted, t } from '../i18n/index.ts';
import { lab } from '../lab.ts';
import { useToasts } from './toasts.ts';

export type SortOrder = 'modified' | 'created' | 'name' | 'curves';
export type ExportFormat = 'sgdlab' | 'json' | 'csv' | 'html';

/** Most experiments that a message names one by one. */
const MOST_NAMED = 5;

const compare: Record<SortOrder, (a: StudySummary, b: StudySummary) => number> = {
  modified: (a, b) => b.modified - a.modified,
  created: (a, b) => b.created - a.created,
  name: (a, b) => a.name.localeCompare(b.name),
  curves: (a, b) => b.curves - a.curves,
};

export const useLibrary = defineStore('library', () => {
  const toasts = useToasts();
  const studies = shallowRef<readonly StudySummary[]>([]);
  const presets = shallowRef<readonly PresetInfo[]>([]);
  const loaded = ref(false);
  const search = ref('');
  const archived = ref(false);
  const tag = ref<string | null>(null);
  const sort = ref<SortOrder>('modified');
  let asked = 0;

  const tags = computed(() => [...new Set(studies.value.flatMap((study) => study.tags))].sort());
  const shown = computed(() =>
    studies.value.filter((study) => tag.value === null || study.tags.includes(tag.value)).toSorted(compare[sort.value]),
  );
  /** Nothing has ever been made: the first start. */
  const empty = computed(() => loaded.value && studies.value.length === 0 && search.value === '' && !archived.value);

  async function refresh(): Promise<void> {
    const turn = ++asked;
    const found = await lab().listStudies({ search: search.value, archived: archived.value });
    if (turn !== asked) return;
    studies.value = found;
    if (tag.value !== null && !tags.value.includes(tag.value)) tag.value = null;
    loaded.value = true;
  }

  async function load(): Promise<void> {
    presets.value = await lab().presets();
    await refresh();
  }

  async function create(from: Parameters<ReturnType<typeof lab>['createStudy']>[0]): Promise<StudyId> {
    const id = await lab().createStudy(from);
    await refresh();
    return id;
  }

  async function remove(study: StudySummary): Promise<void> {
    await lab().deleteStudy({ id: study.id });
    await refresh();
    toasts.show({
      tone: 'info',
      text: t('toast.deleted', { name: study.name }),
      action: {
        label: t('action.undo'),
        run: () => void lab().restoreStudy({ id: study.id }).then(refresh),
      },
    });
  }

  async function archive(study: StudySummary, value: boolean): Promise<void> {
    await lab().archiveStudy({ id: study.id, archived: value });
    await refresh();
    toasts.show({
      tone: 'info',
      text: t(value ? 'toast.archived' : 'toast.unarchived', { name: study.name }),
      action: {
        label: t('action.undo'),
        run: () => void lab().archiveStudy({ id: study.id, archived: !value }).then(refresh),
      },
    });
  }

  /** A rename is a save of the document under another name. */
  async function rename(study: StudySummary, name: string): Promise<void> {
    const opened = await lab().openStudy({ id: study.id });
    if (opened.ok && name !== opened.value.draft.name) {
      const { draft, revision } = opened.value;
      const saved = await lab().saveStudy({ id: study.id, draft: { ...draft, name }, revision });
      if (!saved.ok) toasts.trouble(saved.problems.map(formatProblem).join('\n'));
    }
    await refresh();
  }

  async function setTags(study: StudySummary, next: readonly string[]): Promise<void> {
    await lab().setTags({ id: study.id, tags: [...next] });
    await refresh();
  }

  /** Imports files, asked for in a dialog where no paths are given; the studies that came in. */
  async function importFiles(paths: string[] | null): Promise<readonly StudyId[]> {
    const answer = await lab().importStudies({ paths });
    if (answer === null) return [];
    if (!answer.ok) {
      toasts.trouble(`${t('toast.notImported')}\n${answer.problems.map(formatProblem).join('\n')}`);
      return [];
    }
    toasts.show({ tone: 'good', text: counted('toast.imported', answer.value.length) });
    await refresh();
    return answer.value;
  }

  async function exportStudy(id: StudyId, format: ExportFormat): Promise<void> {
    const answer = await lab().exportStudy({ id, format });
    if (answer === null) return;
    if (!answer.ok) return void toasts.trouble(answer.problems.map(formatProblem).join('\n'));
    const { path, left } = answer.value;
    if (left.length === 0) return void toasts.show({ tone: 'good', text: t('toast.savedTo', { path }) });
    const named = left.slice(0, MOST_NAMED).map(formatProblem);
    const more = left.length > MOST_NAMED ? [t('toast.andMore', { n: left.length - MOST_NAMED })] : [];
    toasts.trouble([t('toast.savedInPart', { path }), ...named, ...more].join('\n'));
  }

  return {
    studies,
    presets,
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
    importFiles,
    exportStudy,
  };
});
