/**
 * Which experiments the compiled chain covers. Apart from the chain itself: cost estimates need it where nothing is
 * simulated.
 */
import { createSchedule } from '../../schedule/registry.ts';
import { type Experiment } from '../../experiment/schema.ts';

/** Losses that the compiled chain knows. */
const compiledLosses = ['logistic', 'binary-least-squares'] as const;
export type CompiledLoss = (typeof compiledLosses)[number];

/** Runs that the compiled chain advances together: more of them are hardly faster (docs/reduced-sgd.md). */
export const COMPILED_RUNS = 4;

export function compiledLoss({ loss }: Experiment): CompiledLoss | null {
  return compiledLosses.find((kind) => kind === loss.kind) ?? null;
}

/** Whether the compiled chain covers an experiment: a binary loss, one sample per step, rates that do not look at the state. */
export function isCompiled(experiment: Experiment): boolean {
  const { model, optimizer } = experiment;
  const { schedule, batchSize } = optimizer;
  return (
    compiledLoss(experiment) !== null &&
    model.priors.length === 2 &&
    batchSize === 1 &&
    (schedule.kind === 'adagrad-norm' || createSchedule(schedule).dependsOn === 'time')
  );
}

/** Most runs of an experiment that gain from being simulated together. */
export function runsTogether(experiment: Experiment): number {
  return experiment.simulation.engine === 'reduced' && isCompiled(experiment) ? COMPILED_RUNS : 1;
}
