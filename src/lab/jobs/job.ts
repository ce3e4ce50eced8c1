/** One job: tasks of one or several experiments of a study, their progress, and how they ended. */
import { type ExperimentProgress, type JobInfo, type JobState } from '../../core/session/types.ts';
import { type Outcome } from '../../core/outcome.ts';
import { type Curve } from '../../core/study/results.ts';
import { CANCEL, PAUSE, type RowBatch, type TaskResult } from './task.ts';
import { type PlannedTask } from './work.ts';

export interface JobTask extends PlannedTask {
  readonly experimentId: string;
  /** Fraction done, 0 to 1. */
  fraction: number;
  /** t reached. */
  t: number;
  state: 'waiting' | 'running' | 'ended';
  outcome: Outcome | null;
}

export class Job {
  readonly control = new Int32Array(new SharedArrayBuffer(8));
  readonly tasks: JobTask[];
  /** Milliseconds since 1970 at which the first task started. */
  private started: number | null = null;
  private messages: string[] = [];

  constructor(
    readonly id: string,
    readonly studyId: string,
    plan: readonly (PlannedTask & { experimentId: string })[],
  ) {
    this.tasks = plan.map((each) => ({ ...each, fraction: 0, t: 0, state: 'waiting', outcome: null }));
  }

  get cancelled(): boolean {
    return Atomics.load(this.control, CANCEL) === 1;
  }

  get paused(): boolean {
    return Atomics.load(this.control, PAUSE) === 1;
  }

  get finished(): boolean {
    return this.tasks.every((task) => task.state === 'ended');
  }

  cancel(): void {
    Atomics.store(this.control, CANCEL, 1);
    this.pause(false);
    for (const task of this.tasks) {
      if (task.state === 'waiting') this.end(task, { status: 'cancelled', t: 0 });
    }
  }

  pause(paused: boolean): void {
    Atomics.store(this.control, PAUSE, paused ? 1 : 0);
    Atomics.notify(this.control, PAUSE);
  }

  /** The next task to start, if the job may go on. */
  next(): JobTask | undefined {
    return this.cancelled || this.paused ? undefined : this.tasks.find((task) => task.state === 'waiting');
  }

  begin(task: JobTask): void {
    task.state = 'running';
    this.started ??= Date.now();
  }

  /** Notes the grid points that a task has reached. */
  reached(task: JobTask, batch: RowBatch, t: Float64Array): void {
    task.t = t[batch.first + batch.points - 1];
    task.fraction = Math.max(task.fraction, Math.min(1, task.t / task.task.experiment.horizon));
  }

  end(task: JobTask, outcome: Outcome): void {
    task.state = 'ended';
    task.outcome = outcome;
    task.t = outcome.t;
    if (outcome.status !== 'cancelled') task.fraction = 1;
    const what = `${task.experimentId}, ${nameOf(task)}`;
    if (outcome.status === 'failed') this.messages.push(`${what}: ${outcome.message}`);
    if (outcome.status === 'diverged') {
      this.messages.push(
        `${what}: diverged at t = ${Number(outcome.t.toPrecision(4))} (${outcome.quantity} = ${outcome.value})`,
      );
    }
  }

  info(now = Date.now()): JobInfo {
    const fraction = fractionOf(this.tasks);
    const elapsed = this.started === null ? 0 : (now - this.started) / 1000;
    return {
      id: this.id,
      studyId: this.studyId,
      state: this.state(),
      fraction,
      secondsLeft: fraction > 0.01 && elapsed > 0.3 ? (elapsed * (1 - fraction)) / fraction : null,
      experiments: [...new Set(this.tasks.map((task) => task.experimentId))].map((id) => this.progressOf(id)),
    };
  }

  private state(): JobState {
    if (!this.finished) return this.started === null ? { kind: 'queued' } : { kind: 'running', paused: this.paused };
    const statuses = new Set(this.tasks.map((task) => task.outcome?.status));
    const status = (['failed', 'cancelled', 'diverged'] as const).find((each) => statuses.has(each)) ?? 'done';
    return { kind: 'finished', status, messages: this.messages };
  }

  private progressOf(experimentId: string): ExperimentProgress {
    const tasks = this.tasks.filter((task) => task.experimentId === experimentId);
    const runs = tasks.filter((task) => task.task.source.kind === 'simulation');
    const running = tasks.filter((task) => task.state === 'running');
    return {
      experimentId,
      fraction: fractionOf(tasks),
      finishedRuns: runs.filter((task) => task.state === 'ended' && task.outcome?.status !== 'cancelled').length,
      askedRuns: runs.length,
      t: running.at(-1)?.t ?? 0,
      horizon: tasks[0].task.experiment.horizon,
    };
  }
}

/** Work done over work asked, 0 to 1. */
function fractionOf(tasks: readonly JobTask[]): number {
  const total = tasks.reduce((sum, { cost }) => sum + cost, 0);
  return total > 0 ? tasks.reduce((sum, { cost, fraction }) => sum + cost * fraction, 0) / total : 1;
}

/** `run 3`, `ode`. */
export function nameOf({ task: { source } }: PlannedTask): string {
  return source.kind === 'simulation' ? `run ${source.run}` : source.kind;
}

/** The curve of a finished task. */
export function curveOf(task: JobTask, result: TaskResult): Curve {
  const { rows, points, outcome, report } = result;
  return { source: task.task.source, rows, points, outcome, report };
}
