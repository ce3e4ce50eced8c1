/** Runs a whole study without a library: what the command line does. */
import { type JobInfo } from '../../api/types.ts';
import { divergenceOf } from '../../study/divergence.ts';
import { refusal, type Refusal } from '../../refusal/refusal.ts';
import { isRun, sameSource, type CurveSource } from '../../core/experiment/curve-source.ts';
import { bySource, type Curve, type ExperimentFrame, type ExperimentResults } from '../../study/experiment-results.ts';
import { type Experiment, type Study } from '../../core/experiment/schema.ts';
import { WorkerPool } from './pool.ts';
import { JobRunner, type EndedCurve, type ExperimentWork } from './runner.ts';
import { askedCurves } from './work.ts';

export interface RunStudyOptions {
  readonly workerUrl: URL;
  readonly threads: number;
  /** Ids of the experiments to run; null for all. */
  readonly only: readonly string[] | null;
  /** Finished curves that are there already, by experiment: they are not computed again. */
  readonly have?: ReadonlyMap<string, ExperimentResults>;
  /** Aborting cancels; what has finished is returned. */
  readonly signal: AbortSignal;
  onProgress(info: JobInfo): void;
}

/** Wall seconds of one experiment. */
export interface ExperimentSeconds {
  /** Of solving the theory alone. */
  readonly theory: number;
  /** Of the simulation from first to last step over all workers; 0 without runs, null if some were there already. */
  readonly simulation: number | null;
}

export interface StudyRun {
  /** One per experiment that was run and has at least one curve. */
  readonly results: readonly ExperimentResults[];
  readonly seconds: ReadonlyMap<string, ExperimentSeconds>;
  readonly status: 'done' | 'cancelled' | 'failed' | 'diverged';
  readonly refusals: readonly Refusal[];
  /** Curves that were computed now. */
  readonly computed: number;
}

/** What threads did of some work. */
export interface WorkEnd {
  /** Curves that ended, in the order in which they did. */
  readonly ended: readonly EndedCurve[];
  readonly state: FinishedJob;
}
type FinishedJob = Extract<JobInfo['state'], { kind: 'finished' }>;

/** Computes curves in worker threads of its own, without a library. */
export async function runWork(
  work: readonly ExperimentWork[],
  { workerUrl, threads, signal, onProgress }: Pick<RunStudyOptions, 'workerUrl' | 'threads' | 'signal' | 'onProgress'>,
): Promise<WorkEnd> {
  const ended: EndedCurve[] = [];
  const pool = new WorkerPool(workerUrl, threads);
  let last: JobInfo | undefined;
  const runner = new JobRunner(pool, {
    job(info) {
      last = info;
      onProgress(info);
    },
    rows: () => {},
    curve: (curve) => void ended.push(curve),
  });
  const cancel = () => runner.cancelAll();
  signal.addEventListener('abort', cancel);
  try {
    runner.submit('', work);
    if (signal.aborted) cancel();
    await runner.whenIdle();
  } finally {
    signal.removeEventListener('abort', cancel);
    pool.close();
  }
  const { state } = last as JobInfo;
  return {
    ended,
    state:
      state.kind === 'finished'
        ? state
        : { kind: 'finished', status: 'failed', refusals: [refusal('', 'job-unfinished', {})] },
  };
}

export async function runStudy(study: Study, options: RunStudyOptions): Promise<StudyRun> {
  const experiments = study.experiments.filter(({ id }) => options.only === null || options.only.includes(id));
  const had = (id: string): readonly Curve[] => options.have?.get(id)?.curves ?? [];
  const { ended: all, state } = await runWork(
    experiments.map((experiment) => ({
      experiment,
      sources: askedCurves(experiment).filter(
        (source) => !had(experiment.id).some((curve) => sameSource(curve.source, source)),
      ),
    })),
    options,
  );
  const ended = new Map<string, EndedCurve[]>(experiments.map(({ id }) => [id, []]));
  for (const curve of all) ended.get(curve.experiment.id)?.push(curve);
  const diverged = experiments.flatMap((experiment) =>
    had(experiment.id).flatMap((curve) => divergence(experiment, curve)),
  );
  return {
    results: experiments.flatMap((experiment) =>
      assemble(experiment, ended.get(experiment.id) ?? [], options.have?.get(experiment.id)),
    ),
    seconds: new Map(experiments.map(({ id }) => [id, secondsOf(ended.get(id) ?? [], had(id))])),
    status: state.status === 'done' && diverged.length > 0 ? 'diverged' : state.status,
    refusals: [...diverged, ...state.refusals],
    computed: all.length,
  };
}

/** `run 3`, `ode`. */
const sourceName = (source: CurveSource): string => (isRun(source) ? `run ${source.run}` : source.kind);

/** What is said of a curve that had diverged before. */
function divergence(experiment: Experiment, { source, outcome }: Curve): Refusal[] {
  if (outcome.status !== 'diverged') return [];
  return [{ path: `${experiment.id}, ${sourceName(source)}`, ...divergenceOf(experiment, outcome, true) }];
}

function assemble(
  experiment: Experiment,
  computed: readonly EndedCurve[],
  have: ExperimentResults | undefined,
): ExperimentResults[] {
  const frame: ExperimentFrame | undefined = computed[0]?.frame ?? have?.frame;
  const curves = [...(have?.curves ?? []), ...computed.map(({ curve }) => curve)];
  return frame ? [{ experiment, frame, curves: curves.sort(bySource) }] : [];
}

function secondsOf(curves: readonly EndedCurve[], had: readonly Curve[]): ExperimentSeconds {
  const theory = curves.filter(({ curve }) => !isRun(curve.source));
  const runs = curves.filter(({ curve }) => isRun(curve.source));
  const first = Math.min(...runs.map(({ started }) => started));
  const end = Math.max(...runs.map((run) => run.ended));
  const solved = [...had.filter(({ source }) => !isRun(source)), ...theory.map(({ curve }) => curve)];
  return {
    theory: solved.reduce((sum, { report }) => sum + report.seconds, 0),
    simulation: had.some(({ source }) => isRun(source)) ? null : runs.length > 0 ? (end - first) / 1000 : 0,
  };
}
