/** Passes over a finite data set: what SGD reads instead of drawing, and what it costs. */
import { dataStream, drawDataSet, type DataSet } from '../data/data-set.ts';
import { finiteData, type FiniteData } from '../data/data-spec.ts';
import { trainRiskOf } from '../data/train-risk.ts';
import { type Experiment } from '../experiment/schema.ts';
import { type Setup } from '../experiment/setup.ts';
import { type KernelRun } from '../kernel/kernel.ts';
import { type SampledProblem } from '../kernel/oracle.ts';
import { startOnRows } from '../kernel/rows.ts';
import { type Stream } from '../math/random.ts';

export interface Passes {
  /** A run on the data; `stream` is of the order in which samples are taken. */
  start(problem: SampledProblem, stream: Stream): KernelRun;
  /** The train risk at X transposed, ℓ×d. */
  risk(parameters: Float64Array): number;
}

/** The data of the run of that number. */
export function createPasses(setup: Setup, data: FiniteData, run: number): Passes {
  const { loss } = setup;
  const set: DataSet = drawDataSet(setup, data.samples, dataStream(data, run));
  return {
    start: (problem, stream) => startOnRows(problem, set, data, stream),
    risk: (parameters) => trainRiskOf(set, loss, parameters),
  };
}

/** Samples that one run reads; null where it draws them. */
export function passesSamples({ data: spec, model, horizon, optimizer }: Experiment): number | null {
  const data = finiteData(spec, model.dimension);
  if (!data) return null;
  const perStep = data.sampling === 'full-batch' ? data.samples : optimizer.batchSize;
  return Math.round(horizon * model.dimension) * perStep;
}

/** Entries of the rows that a step reads, times outputs. */
export function stepEntries({ data, mixture, loss, experiment }: Setup): number {
  const samples = data?.sampling === 'full-batch' ? data.samples : experiment.optimizer.batchSize;
  return mixture.dimension * loss.outputs * samples;
}

/** Bytes of the rows of one run; 0 of a stream. */
export function passesMemory({ data, model }: Experiment): number {
  return 8 * model.dimension * (finiteData(data, model.dimension)?.samples ?? 0);
}
