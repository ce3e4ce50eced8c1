/** Studies that are selected in the library, and what is done with all of them at once. */
import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import { type ExportFormat } from '../../api/commands.ts';
import { type StudyId, type StudySummary } from '../../api/types.ts';
import { t } from '../i18n/index.ts';
import { lab } from '../lab.ts';
import { useLibrary } from './library.ts';
import { useToasts } from './toasts.ts';

export const usePicked = defineStore('picked', () => {
  const library = useLibrary();
  const toasts = useToasts();
  const ids = shallowRef<ReadonlySet<StudyId>>(new Set());
  let last: StudyId | null = null;

  /** Those that are shown: what a search hides is not acted on. */
  const studies = computed(() => library.shown.filter(({ id }) => ids.value.has(id)));

  /** @param through all rows from the one that was picked last. */
  function toggle(id: StudyId, through = false): void {
    const next = new Set(ids.value);
    const order = library.shown.map((study) => study.id);
    const [from, to] = [order.indexOf(last ?? ''), order.indexOf(id)].sort((a, b) => a - b);
    if (through && from >= 0) for (const each of order.slice(from, to + 1)) next.add(each);
    else if (!next.delete(id)) next.add(id);
    last = id;
    ids.value = next;
  }

  function clear(): void {
    ids.value = new Set();
  }

  const refresh = () => library.refresh();

  /** Does something with each; what goes wrong is said at its row. Those that it was done with. */
  async function each(what: 'delete' | 'archive' | 'tags' | 'copy', work: (study: StudySummary) => Promise<unknown>) {
    const done: StudySummary[] = [];
    for (const study of studies.value)
      if ((await library.attempt(what, study.id, async () => (await work(study), true))) !== null) done.push(study);
    await refresh();
    return done;
  }

  function sayUndo(text: string, done: readonly StudySummary[], undo: (study: StudySummary) => Promise<unknown>): void {
    if (done.length === 0) return;
    const run = () => void Promise.all(done.map(undo)).then(refresh, (error: unknown) => toasts.trouble(String(error)));
    toasts.show({ tone: 'info', text, action: { label: t('action.undo'), run } });
  }

  async function remove(): Promise<void> {
    const done = await each('delete', ({ id }) => lab().deleteStudy({ id }));
    clear();
    sayUndo(t('library.manyDeleted', { n: done.length }), done, ({ id }) => lab().restoreStudy({ id }));
  }

  async function archive(archived: boolean): Promise<void> {
    const done = await each('archive', ({ id }) => lab().archiveStudy({ id, archived }));
    clear();
    const text = t(archived ? 'library.manyArchived' : 'library.manyUnarchived', { n: done.length });
    sayUndo(text, done, ({ id }) => lab().archiveStudy({ id, archived: !archived }));
  }

  const addTags = (tags: readonly string[]) =>
    each('tags', ({ id, tags: present }) => lab().setTags({ id, tags: [...new Set([...present, ...tags])] }));

  const duplicate = () => each('copy', ({ id }) => lab().createStudy({ kind: 'copy', id }));

  const exportAll = (format: ExportFormat) =>
    library.exported(() => lab().exportStudies({ ids: studies.value.map(({ id }) => id), format }));

  return { ids, studies, toggle, clear, remove, archive, addTags, duplicate, exportAll };
});
