/** Runs a whole study without a library: what the command line does. */
import { type JobInfo } from '../../core/session/types.ts';
import { bySource, type ExperimentFrame, type ExperimentResults } from '../../core/study/results.ts';
import { type Experiment, type Study } from '../../core/study/schema.ts';
import { WorkerPool } from './pool.ts';
import { JobRunner, type EndedCurve } from './runner.ts';
import { askedCurves } from './work.ts';

export interface RunStudyOptions {
  readonly workerUrl: URL;
  readonly threads: number;
  /** Ids of the experiments to run; null for all. */
  readonly only: readonly string[] | null;
  /** Aborting cancels; what has finished is returned. */
  readonly signal: AbortSignal;
  onProgress(info: JobInfo): void;
}

/** Wall seconds of one experiment. */
export interface ExperimentSeconds {
  /** Of solving the theory alone. */
  readonly theory: number;
  /** Of the simulation from first to last step over all workers; 0 without runs. */
  readonly simulation: number;
}

export interface StudyRun {
  /** One per experiment that was run and has at least one curve. */
  readonly results: readonly ExperimentResults[];
  readonly seconds: ReadonlyMap<string, ExperimentSeconds>;
  readonly status: 'done' | 'cancelled' | 'failed' | 'diverged';
  readonly messages: readonly string[];
}

export async function runStudy(study: Study, options: RunStudyOptions): Promise<StudyRun> {
  const experiments = study.experiments.filter(({ id }) => options.only === null || options.only.includes(id));
  const ended = new Map<string, EndedCurve[]>(experiments.map(({ id }) => [id, []]));
  const pool = new WorkerPool(options.workerUrl, options.threads);
  let last: JobInfo | undefined;
  const runner = new JobRunner(pool, {
    job(info) {
      last = info;
      options.onProgress(info);
    },
    rows: () => {},
    curve: (curve) => void ended.get(curve.experiment.id)?.push(curve),
  });
  const cancel = () => runner.cancelAll();
  options.signal.addEventListener('abort', cancel);
  try {
    runner.submit(
      '',
      experiments.map((experiment) => ({ experiment, sources: askedCurves(experiment) })),
    );
    if (options.signal.aborted) cancel();
    await runner.whenIdle();
  } finally {
    options.signal.removeEventListener('abort', cancel);
    pool.close();
  }
  const state = (last as JobInfo).state;
  const finished =
    state.kind === 'finished' ? state : { status: 'failed' as const, messages: ['the job did not finish'] };
  return {
    results: experiments.flatMap((experiment) => assemble(experiment, ended.get(experiment.id) ?? [])),
    seconds: new Map(experiments.map(({ id }) => [id, secondsOf(ended.get(id) ?? [])])),
    status: finished.status,
    messages: finished.messages,
  };
}

function assemble(experiment: Experiment, curves: readonly EndedCurve[]): ExperimentResults[] {
  const frame: ExperimentFrame | undefined = curves[0]?.frame;
  return frame ? [{ experiment, frame, curves: curves.map(({ curve }) => curve).sort(bySource) }] : [];
}

function secondsOf(curves: readonly EndedCurve[]): ExperimentSeconds {
  const theory = curves.filter(({ curve }) => curve.source.kind !== 'simulation');
  const runs = curves.filter(({ curve }) => curve.source.kind === 'simulation');
  const first = Math.min(...runs.map(({ started }) => started));
  const end = Math.max(...runs.map((run) => run.ended));
  return {
    theory: theory.reduce((sum, { curve }) => sum + curve.report.seconds, 0),
    simulation: runs.length > 0 ? (end - first) / 1000 : 0,
  };
}
