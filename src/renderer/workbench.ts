/** Actions that touch several stores: opening studies, running, editing the list of experiments. */
import { computed, type ComputedRef } from 'vue';
import { type ExportFormat } from '../api/commands.ts';
import { type KeptDraft, type StudyDraft, type StudyId } from '../api/types.ts';
import { type Experiment } from '../core/experiment/schema.ts';
import { freeName } from '../study/free-name.ts';
import { emptyExperiment, freeId } from './draft/experiment.ts';
import { ownExperiments, sweepOf, sweptExperiments, withMoved } from './draft/sweep.ts';
import { isOfSweep } from '../core/experiment/sweep.ts';
import { validated } from './draft/validate.ts';
import { answered, refusalText } from './failure.ts';
import { t } from './i18n/index.ts';
import { lab } from './lab.ts';
import { pickedOf, type Dragged } from './compare-drag.ts';
import { useComparison, type Picked } from './stores/comparison.ts';
import { useJobs } from './stores/jobs.ts';
import { useLibrary } from './stores/library.ts';
import { useResults } from './stores/results.ts';
import { useShell } from './stores/shell.ts';
import { useStudy } from './stores/study.ts';
import { useToasts } from './stores/toasts.ts';
import { useView } from './stores/view.ts';

export interface Workbench {
  /** Experiments that parse and have something to run. */
  readonly runnable: ComputedRef<readonly Experiment[]>;
  /** Whether it was opened: a study that is not saved is left only after asking. */
  openStudy(id: StudyId): Promise<boolean>;
  /** Whether the library is shown. */
  showLibrary(): Promise<boolean>;
  /** Leaves what is open for the comparison, with these experiments added to it. Whether it is shown. */
  showComparison(picked?: readonly Picked[]): Promise<boolean>;
  /** Compares what was dragged, or chosen in a menu: experiments, or all of studies. Whether it is shown. */
  compareDragged(dragged: Dragged): Promise<boolean>;
  /** Puts an experiment of the open study, with its results, into another study; `move` takes it out of this one. */
  giveExperiment(id: string, to: StudyId, move: boolean): Promise<boolean>;
  createStudy(): Promise<void>;
  openPreset(name: string, run: boolean): Promise<void>;
  /** @param again also where the library has the file's study. */
  importFiles(paths: string[] | null, again?: boolean): Promise<void>;
  /** Exports the open study as it is shown. */
  exportStudy(format: ExportFormat): Promise<void>;
  /** Makes a document that was kept outside the library the present one of its study, or a new study. */
  restoreDraft(kept: KeptDraft, draft: StudyDraft): Promise<void>;
  /** Makes the open study's document a new one of the library, where its own has been removed, and opens that. */
  saveAsNew(): Promise<void>;
  focusSearch(): void;
  runChanged(): Promise<void>;
  runSelected(): Promise<void>;
  togglePause(): void;
  cancel(): void;
  addExperiment(): void;
  duplicateExperiment(id: string | null): void;
  deleteExperiment(id: string | null): void;
  /** @param to place among the experiments that are not of the sweep. */
  moveExperiment(id: string, to: number): void;
  selectBy(offset: number): void;
  overlayAll(): void;
  /** Runs what is missing of the sweep. */
  runSweep(): Promise<void>;
  /** Makes the sweep's experiments ordinary ones. */
  dissolveSweep(): void;
}

export function useWorkbench(): Workbench {
  const shell = useShell();
  const study = useStudy();
  const view = useView();
  const comparison = useComparison();
  const jobs = useJobs();
  const library = useLibrary();
  const results = useResults();
  const toasts = useToasts();

  const runnable = computed(() =>
    study.draft.experiments.flatMap((draft) => {
      const parsed = validated(draft);
      const state = study.statusOf(draft.id)?.state;
      return parsed.ok && state !== 'complete' ? [parsed.value] : [];
    }),
  );
  const ids = () => study.draft.experiments.map((experiment) => experiment.id);
  const names = () => study.draft.experiments.map((experiment) => String(experiment.name ?? ''));
  const isSwept = (id: string | null) => sweptExperiments(study.draft).some((each) => each.id === id);
  /** An id for a new experiment; never one of the form of the sweep's, which it would be taken for. */
  const newId = (wanted: string): string => {
    const sweep = sweepOf(study.draft);
    const id = freeId(wanted, study.takenIds());
    return sweep && isOfSweep(sweep, id) ? freeId(`${sweep.id}-own`, study.takenIds()) : id;
  };
  const currentJob = () => (study.id === null ? undefined : jobs.ofStudy(study.id));

  async function openStudy(id: StudyId): Promise<boolean> {
    if (!(await study.leave())) return false;
    await view.leave();
    shell.screen = { kind: 'study', id };
    results.follow(id);
    if (!(await study.open(id)) || study.id !== id) return false;
    const sweep = sweepOf(study.draft);
    // a sweep of d alone is about concentration
    const overDimension = sweep?.axes.length === 1 && sweep.axes[0].parameter === 'model.dimension';
    const statistic = overDimension ? 'deviation' : 'risk';
    await view.follow(id, ids(), {
      tab: sweep ? 'sweep' : 'results',
      sweep: { statistic, time: null, source: 'auto', across: 0, scale: 'auto' },
    });
    return true;
  }

  async function run(experimentIds: string[]): Promise<void> {
    if (experimentIds.length > 0 && !currentJob()) await study.run(experimentIds);
  }

  /** Makes a study and opens it, if the one that is open may be left; whether it did. */
  async function openNew(from: Parameters<typeof library.create>[0]): Promise<boolean> {
    if (!(await study.leave())) return false;
    const id = await library.create(from);
    return id !== null && openStudy(id);
  }

  function insert(draft: (typeof study.draft.experiments)[number], at: number): void {
    study.change({ ...study.draft, experiments: study.draft.experiments.toSpliced(at, 0, draft) });
    view.selected = draft.id;
  }

  function addExperiment(): void {
    const name = freeName(t('experiment.new'), names());
    insert(emptyExperiment(newId('experiment'), name), study.draft.experiments.length);
  }

  async function showComparison(picked: readonly Picked[] = []): Promise<boolean> {
    if (!(await study.close())) return false;
    await view.leave();
    results.follow(null);
    await comparison.open();
    await comparison.add(picked);
    shell.screen = { kind: 'compare' };
    return true;
  }

  return {
    runnable,
    openStudy,
    async showLibrary() {
      if (!(await study.close())) return false;
      await view.leave();
      results.follow(null);
      shell.screen = { kind: 'library' };
      await library.refresh();
      return true;
    },
    showComparison,
    async compareDragged(dragged) {
      const { picked, beyond } = await pickedOf(dragged);
      if (picked.length === 0 || !(await showComparison(picked))) return false;
      if (beyond > 0) toasts.show({ tone: 'info', text: t('compare.beyond', { n: beyond, most: picked.length }) });
      return true;
    },
    async giveExperiment(id, to, move) {
      const draft = study.draft.experiments.find((each) => each.id === id);
      if (!draft || study.id === null || !(await study.flush())) return false;
      const given = await givenTo(draft, study.id, to);
      if (!given) return false;
      if (move && !isSwept(id))
        study.change({ ...study.draft, experiments: study.draft.experiments.filter((each) => each.id !== id) });
      view.keepTo(ids());
      await library.refresh();
      toasts.show({
        tone: 'good',
        text: t(move ? 'toast.moved' : 'toast.given', given),
        action: { label: t('toast.openIt'), run: () => void openStudy(to) },
      });
      return true;
    },
    async saveAsNew() {
      const id = await library.create({ kind: 'draft', draft: study.draft });
      if (id === null) return;
      await study.discard();
      await openStudy(id);
    },
    async createStudy() {
      if ((await openNew({ kind: 'empty' })) && study.draft.experiments.length === 0) addExperiment();
    },
    async openPreset(name, thenRun) {
      if ((await openNew({ kind: 'preset', name })) && thenRun) await run(ids());
    },
    async exportStudy(format) {
      if (study.id === null) return;
      if (await study.flush()) await library.exportStudy(study.id, format);
      else if (format === 'json') await study.saveCopy();
      else toasts.studyTrouble(t('notSaved.export'));
    },
    async restoreDraft(kept, draft) {
      const opened = await answered(lab().openStudy({ id: kept.studyId }));
      if (opened.ok) {
        if (await openStudy(kept.studyId)) study.adopt(draft, kept);
      } else if (await openNew({ kind: 'draft', draft }))
        await lab().dropDraft({ studyId: kept.studyId, since: kept.since });
    },
    async importFiles(paths, again = false) {
      const imported = await library.importFiles(paths, again);
      if (imported.length === 1) await openStudy(imported[0]);
    },
    focusSearch() {
      document.querySelector<HTMLInputElement>('[data-testid="search"]')?.focus();
    },
    runChanged: () => run(runnable.value.map((experiment) => experiment.id)),
    runSelected: () => run(view.selected === null ? [] : [view.selected]),
    togglePause() {
      const job = currentJob();
      if (job) void jobs.pause(job, !(job.state.kind === 'running' && job.state.paused));
    },
    cancel() {
      const job = currentJob();
      if (job) void jobs.cancel(job);
    },
    addExperiment,
    duplicateExperiment(id) {
      const at = study.draft.experiments.findIndex((draft) => draft.id === id);
      if (at < 0) return;
      const draft = study.draft.experiments[at];
      insert(
        {
          ...draft,
          id: newId(isSwept(draft.id) ? 'experiment' : draft.id),
          name: freeName(String(draft.name ?? draft.id), names()),
        },
        at + 1,
      );
    },
    deleteExperiment(id) {
      const at = study.draft.experiments.findIndex((draft) => draft.id === id);
      if (at < 0) return;
      if (isSwept(id)) return toasts.show({ tone: 'info', text: t('sweep.notAlone') });
      const before = study.draft;
      const draft = before.experiments[at];
      study.change({ ...before, experiments: before.experiments.filter((_, k) => k !== at) });
      view.keepTo(ids());
      if (view.selected === null || !ids().includes(view.selected)) view.selected = ids()[Math.max(0, at - 1)] ?? null;
      toasts.show({
        tone: 'info',
        text: t('toast.deleted', { name: String(draft.name ?? draft.id) }),
        action: { label: t('action.undo'), run: () => restore(draft, at) },
      });
    },
    moveExperiment(id, to) {
      study.change(withMoved(study.draft, id, to));
    },
    selectBy(offset) {
      const at = ids().indexOf(view.selected ?? '');
      view.selected = ids()[Math.max(0, Math.min(ids().length - 1, at + offset))] ?? null;
    },
    overlayAll() {
      const own = ownExperiments(study.draft).map(({ id }) => id);
      view.overlaid = view.overlaid.length === own.length ? [] : own;
    },
    runSweep() {
      const missing = new Set(runnable.value.map(({ id }) => id));
      return run(sweptExperiments(study.draft).flatMap(({ id }) => (missing.has(id) ? [id] : [])));
    },
    dissolveSweep() {
      const { sweep: _sweep, ...rest } = study.draft;
      study.change(rest);
    },
  };

  /** Saves an experiment in another study under a free id and name, with its results; what it is called there. */
  async function givenTo(
    draft: (typeof study.draft.experiments)[number],
    from: StudyId,
    to: StudyId,
  ): Promise<{ name: string; study: string } | null> {
    const opened = await answered(lab().openStudy({ id: to }));
    if (!opened.ok) {
      toasts.studyTrouble(refusalText(opened.refusals));
      return null;
    }
    const { draft: target, revision } = opened.value;
    const taken = target.experiments.map((each) => each.id);
    const sweep = sweepOf(target);
    const wanted = freeId(draft.id, taken);
    const id = sweep && isOfSweep(sweep, wanted) ? freeId('experiment', taken) : wanted;
    const names = target.experiments.map((each) => String(each.name ?? ''));
    const wish = String(draft.name ?? draft.id);
    const name = names.includes(wish) ? freeName(wish, names) : wish;
    const experiments = [...target.experiments, { ...draft, id, name }];
    const saved = await answered(lab().saveStudy({ id: to, draft: { ...target, experiments }, revision }));
    if (!saved.ok) {
      toasts.studyTrouble(refusalText(saved.refusals));
      return null;
    }
    await lab().copyResults({ from, experiment: draft, to, as: id });
    return { name, study: target.name };
  }

  /** Puts a deleted experiment back, wherever the list has gone since. */
  function restore(draft: (typeof study.draft.experiments)[number], at: number): void {
    if (!ids().includes(draft.id)) insert(draft, Math.min(at, study.draft.experiments.length));
  }
}
