/**
 * One job: curves of one or several experiments of a study, their progress, and how they ended. Every sum is kept as
 * curves move on, so that a job of many curves costs what its curves cost.
 */
import { type ExperimentProgress, type JobInfo, type JobState } from '../../api/types.ts';
import { isRun } from '../../core/experiment/curve-source.ts';
import { type Outcome } from '../../core/experiment/outcome.ts';
import { keysOf } from '../../core/experiment/identity.ts';
import { divergenceOf } from '../../study/divergence.ts';
import { type Refusal } from '../../refusal/refusal.ts';
import { type Experiment } from '../../core/experiment/schema.ts';
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

/** Sums over some of a job's curves. */
class Tally {
  private count = 0;
  private ended = 0;
  private cancelled = 0;
  private cost = 0;
  private spent = 0;

  add({ cost }: PlannedCurve): void {
    this.count++;
    this.cost += cost;
  }

  moved({ cost }: PlannedCurve, by: number): void {
    this.spent += cost * by;
  }

  end({ status }: Outcome): void {
    this.ended++;
    if (status === 'cancelled') this.cancelled++;
  }

  get finished(): boolean {
    return this.ended === this.count;
  }

  /** Work done over work asked, 0 to 1. */
  get fraction(): number {
    if (this.finished && this.cancelled === 0) return 1;
    return this.cost > 0 ? Math.min(1, this.spent / this.cost) : 1;
  }
}

/** What is told of the curves of one experiment. */
class ExperimentTally extends Tally {
  askedRuns = 0;
  finishedRuns = 0;
  /** In the order in which they began. */
  readonly running = new Set<JobCurve>();

  constructor(readonly experiment: Experiment) {
    super();
  }

  progress(): ExperimentProgress {
    return {
      experimentId: this.experiment.id,
      keys: keysOf(this.experiment),
      fraction: this.fraction,
      finishedRuns: this.finishedRuns,
      askedRuns: this.askedRuns,
      t: [...this.running].at(-1)?.t ?? 0,
      horizon: this.experiment.horizon,
    };
  }
}

/** Curves that may be computed together: of one experiment and one kind, begun from the front. */
interface Lane {
  readonly curves: JobCurve[];
  next: number;
}

export class Job {
  readonly control = new Int32Array(new SharedArrayBuffer(8));
  readonly curves: readonly JobCurve[];
  private readonly total = new Tally();
  private readonly experiments = new Map<string, ExperimentTally>();
  private readonly byKey: ReadonlyMap<string, JobCurve>;
  private readonly lanes: Lane[] = [];
  /** First lane that may have waiting curves. */
  private lane = 0;
  private waiting: number;
  /** Milliseconds since 1970 at which the first curve was begun. */
  private started: number | null = null;
  private readonly statuses = new Set<Outcome['status']>();
  private readonly refusals: Refusal[] = [];

  constructor(
    readonly id: string,
    readonly studyId: string,
    plan: readonly PlannedCurve[],
  ) {
    this.curves = plan.map((each) => ({ ...each, fraction: 0, t: 0, state: 'waiting', outcome: null }));
    this.byKey = new Map(this.curves.map((curve) => [curve.key, curve]));
    this.waiting = this.curves.length;
    const lanes = new Map<string, Lane>();
    for (const curve of this.curves) {
      const { experiment, source } = curve;
      this.total.add(curve);
      let tally = this.experiments.get(experiment.id);
      if (!tally) this.experiments.set(experiment.id, (tally = new ExperimentTally(experiment)));
      tally.add(curve);
      if (isRun(source)) tally.askedRuns++;
      const name = `${experiment.id}/${source.kind}`;
      let lane = lanes.get(name);
      if (!lane) {
        lanes.set(name, (lane = { curves: [], next: 0 }));
        this.lanes.push(lane);
      }
      lane.curves.push(curve);
    }
  }

  get cancelled(): boolean {
    return Atomics.load(this.control, CANCEL) === 1;
  }

  get paused(): boolean {
    return Atomics.load(this.control, PAUSE) === 1;
  }

  get finished(): boolean {
    return this.total.finished;
  }

  /** Whether a piece of work is queued or running here. */
  has(key: string): boolean {
    const curve = this.byKey.get(key);
    return !this.cancelled && curve !== undefined && curve.state !== 'ended';
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
   * The curves of the next task to start, if the job may go on. They are of one experiment, as many as gain from being
   * computed together, but no more than leave the other threads as much to do.
   */
  next(threads: number): JobCurve[] {
    if (this.cancelled || this.paused || this.waiting === 0) return [];
    while (this.lanes[this.lane].next === this.lanes[this.lane].curves.length) this.lane++;
    const { curves, next } = this.lanes[this.lane];
    const count = Math.min(curves[next].together, Math.ceil(this.waiting / threads));
    return curves.slice(next, next + count);
  }

  /** Starts the curves that `next` gave. */
  begin(curves: readonly JobCurve[]): void {
    for (const curve of curves) {
      curve.state = 'running';
      this.tallyOf(curve).running.add(curve);
    }
    this.lanes[this.lane].next += curves.length;
    this.waiting -= curves.length;
    this.started ??= Date.now();
  }

  /** Notes the grid points that a curve has reached. */
  reached(curve: JobCurve, batch: RowBatch, t: Float64Array): void {
    curve.t = t[batch.first + batch.points - 1];
    this.move(curve, Math.min(1, curve.t / curve.experiment.horizon));
  }

  private move(curve: JobCurve, fraction: number): void {
    const by = fraction - curve.fraction;
    if (by <= 0) return;
    curve.fraction = fraction;
    this.total.moved(curve, by);
    this.tallyOf(curve).moved(curve, by);
  }

  private tallyOf(curve: JobCurve): ExperimentTally {
    return this.experiments.get(curve.experiment.id) as ExperimentTally;
  }

  end(curve: JobCurve, outcome: Outcome): void {
    const tally = this.tallyOf(curve);
    if (curve.state === 'waiting') this.waiting--;
    curve.state = 'ended';
    curve.outcome = outcome;
    curve.t = outcome.t;
    if (outcome.status !== 'cancelled') {
      this.move(curve, 1);
      if (isRun(curve.source)) tally.finishedRuns++;
    }
    tally.running.delete(curve);
    tally.end(outcome);
    this.total.end(outcome);
    this.statuses.add(outcome.status);
    const what = `${curve.experiment.id}, ${nameOf(curve)}`;
    if (outcome.status === 'failed') this.refusals.push({ path: what, ...outcome.why });
    if (outcome.status === 'diverged') {
      this.refusals.push({ path: what, ...divergenceOf(curve.experiment, outcome) });
    }
  }

  info(now = Date.now()): JobInfo {
    const { fraction } = this.total;
    const elapsed = this.started === null ? 0 : (now - this.started) / 1000;
    return {
      id: this.id,
      studyId: this.studyId,
      state: this.state(),
      fraction,
      secondsLeft: fraction > 0.01 && elapsed > 0.3 ? (elapsed * (1 - fraction)) / fraction : null,
      experiments: [...this.experiments.values()].map((tally) => tally.progress()),
    };
  }

  private state(): JobState {
    if (!this.finished) return this.started === null ? { kind: 'queued' } : { kind: 'running', paused: this.paused };
    const status = (['failed', 'cancelled', 'diverged'] as const).find((each) => this.statuses.has(each)) ?? 'done';
    return { kind: 'finished', status, refusals: this.refusals };
  }
}

/** `run 3`, `ode`. */
function nameOf({ source }: PlannedCurve): string {
  return isRun(source) ? `run ${source.run}` : source.kind;
}
