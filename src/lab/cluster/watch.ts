/**
 * Looks at a plan's folder again and again while a cluster fills it. The folder may be on another machine (sshfs, NFS):
 * nothing here waits for it, a task that was whole is not read again, and one that is not is read when its file changes.
 */
import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Experiment } from '../../core/experiment/schema.ts';
import { type Curve } from '../../study/experiment-results.ts';
import { type Plan, readPlan, studyOf } from './plan.ts';
import { failurePath, keysById, type KeysById, resultOf, resultPath } from './folder.ts';
import { byId } from './task.ts';

/** How far the tasks of a plan are. */
export interface ClusterProgress {
  readonly folder: string;
  readonly tasks: number;
  /** Whose results were whole, and handed over. */
  readonly done: number;
  readonly failed: number;
  readonly damaged: number;
  /** What the first task that failed said; null if none did. */
  readonly said: string | null;
}

/** Takes a curve of a task. */
export type Keep = (experiment: Experiment, curve: Curve) => void;

const LONGEST = 1000;

export class WatchedFolder {
  private readonly plan: Plan;
  private readonly experiments: ReadonlyMap<string, Experiment>;
  private readonly keysOfId: KeysById;
  private readonly open: Set<number>;
  /** Modification times of files that were not whole. */
  private readonly damaged = new Map<number, number>();

  /** @throws Refused if there is no plan, or not one of this version. */
  constructor(readonly folder: string) {
    this.plan = readPlan(folder);
    const { experiments } = studyOf(this.plan);
    this.experiments = byId(experiments);
    this.keysOfId = keysById(experiments);
    this.open = new Set(this.plan.tasks.keys());
  }

  /** The experiments that the tasks are of. */
  get asked(): readonly Experiment[] {
    return [...new Set(this.plan.tasks.flatMap(({ parts }) => parts.map(({ experiment }) => experiment)))].flatMap(
      (id) => this.experiments.get(id) ?? [],
    );
  }

  get isDone(): boolean {
    return this.open.size === 0;
  }

  /**
   * Hands over the curves of results that have come since the last look.
   * @throws the file system's error if the folder cannot be read; what `keep` throws: that task is handed over again.
   */
  async look(keep: Keep): Promise<ClusterProgress> {
    // a folder that has gone away is not one without results
    await readdir(this.folder);
    const there = await this.present(resultPath);
    for (const task of [...this.open]) if (there.has(task)) await this.take(task, keep);
    const failures = await this.present(failurePath);
    const failed = [...this.open].filter((task) => failures.has(task) && !there.has(task));
    return {
      folder: this.folder,
      tasks: this.plan.tasks.length,
      done: this.plan.tasks.length - this.open.size,
      failed: failed.length,
      damaged: this.damaged.size,
      said: failed.length === 0 ? null : await textOf(failurePath(this.plan, failed[0])),
    };
  }

  private async take(task: number, keep: Keep): Promise<void> {
    const path = resultPath(this.plan, task);
    const { mtimeMs } = await stat(path);
    if (this.damaged.get(task) === mtimeMs) return;
    const decoded = resultOf(this.plan, this.keysOfId, task, await readFile(path));
    if (!decoded.ok) return void this.damaged.set(task, mtimeMs);
    for (const { experiment, curve } of decoded.curves) {
      const found = this.experiments.get(experiment);
      if (found) keep(found, curve);
    }
    this.damaged.delete(task);
    this.open.delete(task);
  }

  /** Open tasks that have a file, by one listing of each folder. */
  private async present(pathOf: (plan: Plan, task: number) => string): Promise<ReadonlySet<number>> {
    const byFolder = new Map<string, number[]>();
    for (const task of this.open) {
      const folder = dirname(pathOf(this.plan, task));
      const tasks = byFolder.get(folder) ?? [];
      tasks.push(task);
      byFolder.set(folder, tasks);
    }
    const found = new Set<number>();
    for (const [folder, tasks] of byFolder) {
      const names = await namesIn(folder);
      for (const task of tasks) if (names.has(pathOf(this.plan, task).slice(folder.length + 1))) found.add(task);
    }
    return found;
  }
}

async function namesIn(folder: string): Promise<ReadonlySet<string>> {
  try {
    return new Set(await readdir(folder));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return new Set();
    throw error;
  }
}

async function textOf(path: string): Promise<string> {
  try {
    return (await readFile(path, 'utf8')).trim().slice(0, LONGEST);
  } catch {
    // the task has been done again in between
    return '';
  }
}
