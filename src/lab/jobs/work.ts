/** The work of an experiment as tasks, and its cost in coordinate updates, for progress and time left. */
import { theoryHash, simulationHash } from '../../core/study/hash.ts';
import { type CurveSource } from '../../core/study/results.ts';
import { type Experiment } from '../../core/study/schema.ts';
import { lossKind } from '../../core/loss/registry.ts';
import { type Task } from './task.ts';

/** A theory curve counts as this many coordinate updates: a fraction of a second. */
const THEORY_COST = 5e7;

export interface PlannedTask {
  readonly task: Task;
  /** Coordinate updates, or their equivalent. */
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
export function planTasks(experiment: Experiment, sources: readonly CurveSource[]): PlannedTask[] {
  const { model, horizon, optimizer, loss } = experiment;
  const outputs = lossKind(loss.kind).outputs(loss, model.priors.length);
  const runCost = Math.max(1, model.dimension * horizon * model.dimension * outputs * optimizer.batchSize);
  const hash = theoryHash(experiment);
  return sources.map((source) => ({
    task: { experiment, hash, source },
    cost: source.kind === 'simulation' ? runCost : THEORY_COST,
  }));
}
