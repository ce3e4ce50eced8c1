/** One job: curves of one or several experiments of a study, their progress, and how they ended. */
import { type ExperimentProgress, type JobInfo, type JobState } from '../../core/session/types.ts';
import { type Outcome } from '../../core/outcome.ts';
import { divergenceSentence } from '../../core/study/divergence.ts';
import { CANCEL, PAUSE, type RowBatch } from './task.ts';
import { type PlannedCurve } from './work.ts';

export interface JobCurve extends PlannedCurve {
  /** Fraction done, 0 to 1. */
  fraction: number;
  /** t reached. */
  t: number;
  state: 'waiting' | 'running' | 'ended';
  outcome: Outcome | null;
}

export class Job {
  readonly control = new Int32Array(new SharedArrayBuffer(8));
  readonly curves: JobCurve[];
  /** Milliseconds since 1970 at which the first curve was begun. */
  private started: number | null = null;
  private messages: string[] = [];

  constructor(
    readonly id: string,
    readonly studyId: string,
    plan: readonly PlannedCurve[],
  ) {
    this.curves = plan.map((each) => ({ ...each, fraction: 0, t: 0, state: 'waiting', outcome: null }));
  }

  get cancelled(): boolean {
    return Atomics.load(this.control, CANCEL) === 1;
  }

  get paused(): boolean {
    return Atomics.load(this.control, PAUSE) === 1;
  }

  get finished(): boolean {
    return this.curves.every((curve) => curve.state === 'ended');
  }

  cancel(): void {
    Atomics.store(this.control, CANCEL, 1);
    this.pause(false);
    for (const curve of this.curves) {
      if (curve.state === 'waiting') this.end(curve, { status: 'cancelled', t: 0 });
    }
  }

  pause(paused: boolean): void {
    Atomics.store(this.control, PAUSE, paused ? 1 : 0);
    Atomics.notify(this.control, PAUSE);
  }

  /**
   * The curves of the next task to start, if the job may go on: of one experiment, as many as gain from being computed
   * together, but no more than leave the other threads as much to do.
   */
  next(threads: number): JobCurve[] {
    if (this.cancelled || this.paused) return [];
    const waiting = this.curves.filter((curve) => curve.state === 'waiting');
    if (waiting.length === 0) return [];
    const [{ experiment, source, together }] = waiting;
    const alike = waiting.filter((each) => each.experiment === experiment && each.source.kind === source.kind);
    return alike.slice(0, Math.min(together, Math.ceil(waiting.length / threads)));
  }

  begin(curves: readonly JobCurve[]): void {
    for (const curve of curves) curve.state = 'running';
    this.started ??= Date.now();
  }

  /** Notes the grid points that a curve has reached. */
  reached(curve: JobCurve, batch: RowBatch, t: Float64Array): void {
    curve.t = t[batch.first + batch.points - 1];
    curve.fraction = Math.max(curve.fraction, Math.min(1, curve.t / curve.experiment.horizon));
  }

  end(curve: JobCurve, outcome: Outcome): void {
    curve.state = 'ended';
    curve.outcome = outcome;
    curve.t = outcome.t;
    if (outcome.status !== 'cancelled') curve.fraction = 1;
    const what = `${curve.experiment.id}, ${nameOf(curve)}`;
    if (outcome.status === 'failed') this.messages.push(`${what}: ${outcome.message}`);
    if (outcome.status === 'diverged') {
      this.messages.push(`${what}: ${divergenceSentence(curve.experiment, outcome)}`);
    }
  }

  info(now = Date.now()): JobInfo {
    const fraction = fractionOf(this.curves);
    const elapsed = this.started === null ? 0 : (now - this.started) / 1000;
    return {
      id: this.id,
      studyId: this.studyId,
      state: this.state(),
      fraction,
      secondsLeft: fraction > 0.01 && elapsed > 0.3 ? (elapsed * (1 - fraction)) / fraction : null,
      experiments: [...new Set(this.curves.map(({ experiment }) => experiment.id))].map((id) => this.progressOf(id)),
    };
  }

  private state(): JobState {
    if (!this.finished) return this.started === null ? { kind: 'queued' } : { kind: 'running', paused: this.paused };
    const statuses = new Set(this.curves.map((curve) => curve.outcome?.status));
    const status = (['failed', 'cancelled', 'diverged'] as const).find((each) => statuses.has(each)) ?? 'done';
    return { kind: 'finished', status, messages: this.messages };
  }

  private progressOf(experimentId: string): ExperimentProgress {
    const curves = this.curves.filter(({ experiment }) => experiment.id === experimentId);
    const runs = curves.filter(({ source }) => source.kind === 'simulation');
    const running = curves.filter((curve) => curve.state === 'running');
    return {
      experimentId,
      fraction: fractionOf(curves),
      finishedRuns: runs.filter((curve) => curve.state === 'ended' && curve.outcome?.status !== 'cancelled').length,
      askedRuns: runs.length,
      t: running.at(-1)?.t ?? 0,
      horizon: curves[0].experiment.horizon,
    };
  }
}

/** Work done over work asked, 0 to 1. */
function fractionOf(curves: readonly JobCurve[]): number {
  const total = curves.reduce((sum, { cost }) => sum + cost, 0);
  return total > 0 ? curves.reduce((sum, { cost, fraction }) => sum + cost * fraction, 0) / total : 1;
}

/** `run 3`, `ode`. */
function nameOf({ source }: PlannedCurve): string {
  return source.kind === 'simulation' ? `run ${source.run}` : source.kind;
}
