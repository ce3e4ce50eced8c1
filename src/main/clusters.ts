/**
 * Studies whose work is in a folder for a cluster: made here, looked at while the cluster fills it, and what is whole is
 * stored as it comes. Which folders these are is kept by the library, so that a restart goes on looking.
 */
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { type Emit } from '../api/events.ts';
import { type ClusterFolder, type StudyId } from '../api/types.ts';
import { keysOf } from '../core/experiment/identity.ts';
import { makePlan } from '../lab/cluster/plan.ts';
import { ownCommand, writeScript } from '../lab/cluster/script.ts';
import { WatchedFolder } from '../lab/cluster/watch.ts';
import { type Library } from '../lab/database/library.ts';
import { refusal, Refused } from '../refusal/refusal.ts';
import { type CostRates } from '../study/estimate.ts';

const KEY = 'clusters';
const MOST = 100;
const EVERY_MS = 10_000;

const kept = z.array(z.strictObject({ studyId: z.string(), folder: z.string() })).catch([]);

interface Watch {
  readonly watched: WatchedFolder | null;
  shown: ClusterFolder;
  timer: ReturnType<typeof setTimeout> | undefined;
}

export interface ClustersOptions {
  readonly library: Library;
  readonly emit: Emit;
  /** An error as people read it. */
  said(error: unknown): string;
  /** Pause between two looks at a folder, ms. */
  readonly every?: number;
}

export class Clusters {
  private readonly watches = new Map<StudyId, Watch>();
  private readonly every: number;
  private closed = false;

  constructor(private readonly options: ClustersOptions) {
    this.every = options.every ?? EVERY_MS;
    for (const { studyId, folder } of this.remembered()) this.begin(studyId, folder);
  }

  /** What is shown of a study's folder; null if it has none. */
  of(id: StudyId): ClusterFolder | null {
    return this.watches.get(id)?.shown ?? null;
  }

  /**
   * Plans what is missing of a study in a folder, which is made, and watches it.
   * @throws Refused, and the file system's error.
   */
  async plan(id: StudyId, folder: string, rates: () => CostRates | Promise<CostRates>): Promise<ClusterFolder> {
    const { library } = this.options;
    const { study } = this.requireExportable(id);
    const missing = study.experiments.map((experiment) => {
      const { theory, runs } = library.missingWork(id, experiment);
      const sources = [
        ...theory.map((kind) => ({ kind })),
        ...runs.map((run) => ({ kind: 'simulation' as const, run })),
      ];
      return { experiment, sources };
    });
    if (missing.every(({ sources }) => sources.length === 0)) throw new Refused([refusal('', 'nothing-to-run', {})]);
    const { plan, isNew } = await makePlan(folder, study, missing, null, rates);
    // beside this program's other parts, where there is a command line of its own
    if (isNew) writeScript(plan, study.name, ownCommand(fileURLToPath(new URL('./cli.js', import.meta.url))));
    return this.watch(id, folder);
  }

  /**
   * Watches the folder of a plan of a study.
   * @throws Refused if there is none, or it is of other experiments.
   */
  watch(id: StudyId, folder: string): ClusterFolder {
    const { library } = this.options;
    const watched = new WatchedFolder(folder);
    const { study } = this.requireExportable(id);
    const descriptions = new Set(study.experiments.map((each) => keysOf(each).description));
    if (!watched.asked.some((each) => descriptions.has(keysOf(each).description)))
      throw new Refused([refusal(folder, 'cluster-not-of-study', {})]);
    library.noteRun(id, watched.asked);
    this.remember([...this.remembered().filter(({ studyId }) => studyId !== id), { studyId: id, folder }]);
    return this.begin(id, folder, watched).shown;
  }

  private requireExportable(id: StudyId) {
    const exportable = this.options.library.exportable(id);
    if (!exportable.ok) throw new Refused(exportable.refusals);
    return exportable.value;
  }

  /** Looks no more. The folder stays. */
  forget(id: StudyId): void {
    clearTimeout(this.watches.get(id)?.timer);
    if (!this.watches.delete(id)) return;
    this.remember(this.remembered().filter(({ studyId }) => studyId !== id));
    this.options.emit('cluster', { studyId: id, folder: null });
  }

  /** Looks no more before the next start. */
  close(): void {
    this.closed = true;
    for (const { timer } of this.watches.values()) clearTimeout(timer);
    this.watches.clear();
  }

  private begin(studyId: StudyId, folder: string, given?: WatchedFolder): Watch {
    clearTimeout(this.watches.get(studyId)?.timer);
    const empty = { folder, tasks: 0, done: 0, failed: 0, damaged: 0, said: null };
    let watch: Watch;
    try {
      watch = { watched: given ?? new WatchedFolder(folder), shown: { ...empty, trouble: null }, timer: undefined };
    } catch (error) {
      // a disk or a connection that is not there now: the next look begins anew
      watch = { watched: null, shown: { ...empty, trouble: this.options.said(error) }, timer: undefined };
    }
    this.watches.set(studyId, watch);
    watch.timer = setTimeout(() => void this.look(studyId, watch), watch.watched ? 0 : this.every);
    return watch;
  }

  private async look(studyId: StudyId, watch: Watch): Promise<void> {
    const { library, emit, said } = this.options;
    const isCurrent = () => !this.closed && this.watches.get(studyId) === watch;
    if (!isCurrent()) return;
    const { watched } = watch;
    if (!watched) {
      this.begin(studyId, watch.shown.folder);
      return;
    }
    let { shown } = watch;
    try {
      const progress = await watched.look((experiment, curve) => {
        if (!isCurrent()) throw new Error('no longer watched');
        library.storeCurve(studyId, experiment, curve);
        emit('stored', { studyId, key: curve.key });
      });
      shown = { ...progress, trouble: null };
    } catch (error) {
      shown = { ...shown, trouble: said(error) };
    }
    if (!isCurrent()) return;
    if (JSON.stringify(shown) !== JSON.stringify(watch.shown)) emit('cluster', { studyId, folder: shown });
    watch.shown = shown;
    if (!watched.isDone) watch.timer = setTimeout(() => void this.look(studyId, watch), this.every);
  }

  private remembered(): z.infer<typeof kept> {
    return kept.parse(this.options.library.recall(KEY));
  }

  private remember(folders: z.infer<typeof kept>): void {
    this.options.library.remember(KEY, folders.slice(-MOST));
  }
}
