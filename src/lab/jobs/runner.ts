/** The queue of jobs over the worker pool: the one way in which the app and the command line compute anything. */
import { randomUUID } from 'node:crypto';
import { whyOf } from '../../refusal/refusal.ts';
import { type Outcome } from '../../core/experiment/outcome.ts';
import { type CostRates, defaultRates } from '../../study/estimate.ts';
import { type JobInfo, type LiveRows } from '../../api/types.ts';
import { gridTimes } from '../../core/experiment/grid.ts';
import { IdentityError } from '../../core/experiment/identity.ts';
import { type CurveSource, isRun, sameSource } from '../../core/experiment/curve-source.ts';
import { type Curve, type ExperimentFrame } from '../../study/experiment-results.ts';
import { type Experiment } from '../../core/experiment/schema.ts';
import { originOf } from '../provenance.ts';
import { Job, type JobCurve } from './job.ts';
import { type WorkerPool } from './pool.ts';
import { type RowBatch, type TaskResult } from './task.ts';
import { planCurves } from './work.ts';

/** What an experiment of a job still needs. */
export interface ExperimentWork {
  readonly experiment: Experiment;
  readonly sources: readonly CurveSource[];
}

/** A curve that has just ended, whatever its outcome. */
export interface EndedCurve {
  readonly studyId: string;
  readonly experiment: Experiment;
  readonly curve: Curve;
  readonly frame: ExperimentFrame;
  /** Milliseconds since 1970 of the first and last step. */
  readonly started: number;
  readonly ended: number;
}

export interface RunnerListener {
  /** Progress or state of a job changed. Called at most every PROGRESS_MS per job, and once at its end. */
  job(info: JobInfo): void;
  /** Grid points finished since the last call. */
  rows(rows: LiveRows[]): void;
  /** A curve ended with outcome done or diverged; cancelled and failed ones are in the job's state alone. */
  curve(ended: EndedCurve): void;
}

const PROGRESS_MS = 200;

export class JobRunner {
  private readonly jobs: Job[] = [];
  private pendingRows: LiveRows[] = [];
  private timer: NodeJS.Timeout | null = null;
  private readonly changed = new Set<Job>();
  private readonly idle: (() => void)[] = [];
  private measured: CostRates | null = null;

  constructor(
    private readonly pool: WorkerPool,
    private readonly listener: RunnerListener,
  ) {}

  /** What the parts of the work cost on this machine; null before it was measured. */
  get rates(): CostRates | null {
    return this.measured;
  }

  /** Measures the rates on a free thread; where none is free they stay unknown. */
  async measureRates(): Promise<void> {
    if (this.pool.free === 0) return;
    this.measured = await this.pool.measure();
    this.fill();
  }

  /** Queues the work of a study: theory first, then the runs experiment by experiment. */
  submit(studyId: string, work: readonly ExperimentWork[]): JobInfo {
    const rates = this.measured ?? defaultRates;
    const planned = work.flatMap(({ experiment, sources }) =>
      planCurves(experiment, sources, this.pool.capacity, rates),
    );
    const theoryFirst = [
      ...planned.filter(({ source }) => !isRun(source)),
      ...planned.filter(({ source }) => isRun(source)),
    ];
    const job = new Job(randomUUID(), studyId, theoryFirst);
    this.jobs.push(job);
    this.touch(job);
    // a job without curves is over at once; the others start after the caller has its answer
    queueMicrotask(() => this.fill());
    return job.info();
  }

  /** Whether a piece of work of a study is queued or running. */
  isPending(studyId: string, key: string): boolean {
    return this.jobs.some((job) => job.studyId === studyId && job.has(key));
  }

  list(): JobInfo[] {
    return this.jobs.map((job) => job.info());
  }

  cancel(jobId: string): void {
    this.withJob(jobId, (job) => job.cancel());
  }

  pause(jobId: string, paused: boolean): void {
    this.withJob(jobId, (job) => job.pause(paused));
  }

  cancelAll(): void {
    for (const job of this.jobs) job.cancel();
    this.fill();
  }

  /** Changes the number of worker threads. */
  setThreads(threads: number): void {
    this.pool.resize(threads);
    this.fill();
  }

  /** Resolves when no job is left, or after so many milliseconds. */
  whenIdle(most?: number): Promise<void> {
    if (this.jobs.length === 0) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = most === undefined ? undefined : setTimeout(resolve, most);
      this.idle.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  private withJob(jobId: string, act: (job: Job) => void): void {
    const job = this.jobs.find((candidate) => candidate.id === jobId);
    if (!job) return;
    act(job);
    this.touch(job);
    this.fill();
  }

  /** Starts tasks while threads are free, and closes jobs that are over. */
  private fill(): void {
    for (const job of [...this.jobs]) {
      while (this.pool.free > 0) {
        const curves = job.next(this.pool.capacity);
        if (curves.length === 0) break;
        void this.perform(job, curves);
      }
      if (job.finished) this.finish(job);
    }
  }

  /** Runs curves of one experiment as a task. */
  private async perform(job: Job, curves: readonly JobCurve[]): Promise<void> {
    job.begin(curves);
    this.touch(job);
    const [{ experiment }] = curves;
    const t = gridTimes(experiment);
    let outcomes: readonly Outcome[];
    try {
      const result = await this.pool.run(
        { experiment, sources: curves.map(({ source }) => source) },
        { control: job.control, onRows: (batch) => this.live(job, curves[batch.place], batch, t) },
      );
      outcomes = this.deliver(job, curves, result);
    } catch (error) {
      const why = whyOf(error);
      outcomes = curves.map((curve) => ({ status: 'failed', t: curve.t, why }));
    }
    curves.forEach((curve, place) => job.end(curve, outcomes[place]));
    this.touch(job);
    this.fill();
  }

  /**
   * Tells of the curves that have a result, and how each ended. A result that is not of the curve that was planned is
   * a failure, whatever it says of itself.
   */
  private deliver(job: Job, planned: readonly JobCurve[], { curves, frame, started, ended }: TaskResult): Outcome[] {
    const origin = originOf(new Date(started), new Date(ended));
    return planned.map(({ key, experiment, source }, place) => {
      const { report, ...curve } = curves[place];
      const { status, t } = curve.outcome;
      if (curve.key !== key || !sameSource(curve.source, source)) {
        return { status: 'failed', t, why: whyOf(new IdentityError(experiment.id, key, curve.key)) };
      }
      if (status === 'done' || status === 'diverged') {
        const given = { ...curve, report: { ...report, origin } };
        this.listener.curve({ studyId: job.studyId, experiment, curve: given, frame, started, ended });
      }
      return curve.outcome;
    });
  }

  private live(job: Job, curve: JobCurve, batch: RowBatch, t: Float64Array): void {
    if (curve.state !== 'running') return;
    job.reached(curve, batch, t);
    this.pendingRows.push({
      studyId: job.studyId,
      experimentId: curve.experiment.id,
      key: curve.key,
      source: curve.source,
      first: batch.first,
      rows: batch.rows,
    });
    this.touch(job);
  }

  private finish(job: Job): void {
    this.jobs.splice(this.jobs.indexOf(job), 1);
    this.changed.delete(job);
    this.flush();
    this.listener.job(job.info());
    if (this.jobs.length === 0) this.idle.splice(0).forEach((resolve) => resolve());
  }

  private touch(job: Job): void {
    this.changed.add(job);
    this.timer ??= setTimeout(() => this.flush(), PROGRESS_MS);
  }

  private flush(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    const rows = this.pendingRows;
    this.pendingRows = [];
    if (rows.length > 0) this.listener.rows(rows);
    for (const job of this.changed) this.listener.job(job.info());
    this.changed.clear();
  }
}
