/** Which experiments the compiled chain covers. */
import { labelsOf } from '../../loss/loss-spec.ts';
import { createSchedule } from '../../schedule/schedule-spec.ts';
import { type Experiment } from '../../experiment/schema.ts';

/** Losses that the compiled chain knows. */
const compiledLosses = ['logistic', 'binary-least-squares'] as const;
export type CompiledLoss = (typeof compiledLosses)[number];

/** Runs that the compiled chain advances together: more of them are hardly faster (docs/reduced-sgd.md). */
export const COMPILED_RUNS = 4;

export function compiledLoss(experiment: Experiment): CompiledLoss | null {
  if (labelsOf(experiment).kind !== 'class') return null;
  return compiledLosses.find((kind) => kind === experiment.loss.kind) ?? null;
}

/** Whether the compiled chain covers an experiment: a binary loss of classes, one sample per step, rates that do not look at the state. */
export function isCompiled(experiment: Experiment): boolean {
  const { model, optimizer, horizon } = experiment;
  const { schedule, batchSize } = optimizer;
  return (
    compiledLoss(experiment) !== null &&
    model.priors.length === 2 &&
    batchSize === 1 &&
    (schedule.kind === 'adagrad-norm' || createSchedule(schedule, horizon).dependsOn === 'time')
  );
}
