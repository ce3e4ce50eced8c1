/** The work of an experiment as tasks, and what each costs, for progress and time left. */
import { type CostRates, curveSeconds } from '../../core/session/estimate.ts';
import { theoryHash, simulationHash } from '../../core/study/hash.ts';
import { type CurveSource } from '../../core/study/results.ts';
import { type Experiment } from '../../core/study/schema.ts';
import { type Task } from './task.ts';

export interface PlannedTask {
  readonly task: Task;
  /** Estimated seconds on one thread. */
  readonly cost: number;
}

/** Every curve that an experiment asks for. */
export function askedCurves(experiment: Experiment): CurveSource[] {
  const runs = Array.from({ length: experiment.simulation.runs }, (_, run) => ({ kind: 'simulation' as const, run }));
  return [...experiment.theory.curves.map((kind) => ({ kind })), ...runs];
}

/** Hash of what a curve depends on. */
export function curveHash(experiment: Experiment, source: CurveSource): string {
  return source.kind === 'simulation' ? simulationHash(experiment) : theoryHash(experiment);
}

/** Tasks for the given curves of an experiment. */
export function planTasks(experiment: Experiment, sources: readonly CurveSource[], rates: CostRates): PlannedTask[] {
  const { theory, run } = curveSeconds(experiment, rates);
  const hash = theoryHash(experiment);
  return sources.map((source) => ({
    task: { experiment, hash, source },
    cost: source.kind === 'simulation' ? run : theory,
  }));
}
