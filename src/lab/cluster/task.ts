/** Does one task of a plan: at least once, and the second time is nothing. */
import { rmSync } from 'node:fs';
import { type JobInfo } from '../../api/types.ts';
import { type Experiment } from '../../core/experiment/schema.ts';
import { refusal, Refused } from '../../refusal/refusal.ts';
import { runWork } from '../jobs/run-study.ts';
import { englishLine } from '../../text/refusals/index.ts';
import { makeFolder, writeFileAtomically } from '../files.ts';
import { failurePath, folderOf, keysById, resultPath, stateOf } from './folder.ts';
import { type Plan, studyOf } from './plan.ts';
import { encodeTask, type TaskCurve } from './result-file.ts';
import { sourcesOf } from './split.ts';

export interface TaskOptions {
  readonly workerUrl: URL;
  readonly threads: number;
  readonly signal: AbortSignal;
  onProgress(info: JobInfo): void;
}

export type TaskEnd = 'there' | 'done' | 'cancelled' | 'failed';

/** The experiments of a study, by id. */
export const byId = (experiments: readonly Experiment[]): ReadonlyMap<string, Experiment> =>
  new Map(experiments.map((experiment) => [experiment.id, experiment]));

/**
 * Computes a task, unless its result is there, and writes the result. A damaged one is replaced.
 * @throws Refused if the plan has no such task.
 */
export async function performTask(plan: Plan, task: number, options: TaskOptions): Promise<TaskEnd> {
  if (!(task in plan.tasks)) {
    const most = plan.tasks.length - 1;
    throw new Refused([refusal(plan.folder, 'cluster-task', { most }, String(task))]);
  }
  const study = studyOf(plan);
  const experiments = byId(study.experiments);
  if (stateOf(plan, keysById(study.experiments), task).kind === 'done') return 'there';
  const work = plan.tasks[task].parts.flatMap((part) => {
    const experiment = experiments.get(part.experiment);
    return experiment ? [{ experiment, sources: sourcesOf(part) }] : [];
  });
  const { ended, state } = await runWork(work, options);
  const failure = failurePath(plan, task);
  if (state.status === 'cancelled') return 'cancelled';
  if (state.status === 'failed') {
    makeFolder(folderOf(failure));
    writeFileAtomically(failure, Buffer.from(`${state.refusals.map((each) => englishLine(each)).join('\n')}\n`));
    return 'failed';
  }
  const curves = work.flatMap(({ experiment, sources }) =>
    sources.map((source): TaskCurve => {
      const found = ended.find(
        ({ experiment: { id }, curve }) =>
          id === experiment.id && curve.source.kind === source.kind && curve.source.run === source.run,
      );
      // the job is done: every curve that was asked for has ended
      return { experiment: experiment.id, curve: (found as (typeof ended)[number]).curve };
    }),
  );
  const path = resultPath(plan, task);
  makeFolder(folderOf(path));
  writeFileAtomically(path, encodeTask(plan.hash, task, curves));
  rmSync(failure, { force: true });
  return 'done';
}
