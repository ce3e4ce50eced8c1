/** What a run will cost, before it starts: steps, seconds, memory, from rates that were measured. */
import { lossKind } from '../loss/registry.ts';
import { spectrumKind } from '../model/spectrum/registry.ts';
import { MAX_GROUPS } from '../observables/groups.ts';
import { rowLayout } from '../observables/layout.ts';
import { type Experiment } from '../study/schema.ts';

/** Seconds of the parts of the work, as measured on the machine at hand (or on the one they were first measured on). */
export interface CostRates {
  /** One coordinate of one step of SGD with one output and one sample. */
  readonly coordinateStep: number;
  /** Share of `coordinateStep` that every further output adds. */
  readonly furtherOutput: number;
  /** One block of one step of reduced SGD. */
  readonly blockStep: number;
  /** One coordinate of one Euler step of homogenised SGD. */
  readonly coordinateEuler: number;
  /** One theory curve with one output. */
  readonly theory: number;
}

export const defaultRates: CostRates = {
  coordinateStep: 3e-9,
  furtherOutput: 0.4,
  blockStep: 5e-8,
  coordinateEuler: 3e-8,
  theory: 5e-3,
};

/** Euler steps of homogenised SGD per unit of t, at most d of them. */
const EULER_STEPS = 100;

export interface CostEstimate {
  /** Steps k of one run, horizon × d. */
  readonly steps: number;
  /** Wall seconds of all runs and curves over the threads. */
  readonly seconds: number;
  readonly secondsPerRun: number;
  /** Bytes that one run needs while it runs. */
  readonly memory: number;
  /** Bytes of all stored curves. */
  readonly stored: number;
  /** How many times faster reduced SGD would be, where it is exact and not chosen; else null. */
  readonly reducedGain: number | null;
}

/**
 * @param experiment a parsed description.
 * @param threads worker threads, >= 1.
 */
export function estimateCost(experiment: Experiment, threads: number, rates: CostRates = defaultRates): CostEstimate {
  const { model, loss, optimizer, horizon, grid, simulation, theory } = experiment;
  const { dimension } = model;
  const classes = model.priors.length;
  const kind = lossKind(loss.kind);
  const outputs = kind.outputs(loss, classes);
  const steps = Math.round(horizon * dimension);
  const blocks = spectrumKind(model.spectrum).blocks(model.spectrum, classes, dimension);
  const width = 1 + (outputs - 1) * rates.furtherOutput;

  const full = steps * dimension * optimizer.batchSize * width * rates.coordinateStep;
  const reduced = blocks ? steps * optimizer.batchSize * (1 + blocks.length) * width * width * rates.blockStep : null;
  const euler = horizon * Math.min(dimension, EULER_STEPS) * dimension * width * rates.coordinateEuler;
  const { engine, runs } = simulation;
  const secondsPerRun = engine === 'sgd' ? full : engine === 'hsgd' ? euler : (reduced ?? full);

  // runs are whole tasks: the last round of threads may be partly idle
  const rounds = Math.ceil(runs / Math.max(1, threads));
  const seconds = rounds * secondsPerRun + theory.curves.length * rates.theory * outputs * outputs;

  const layout = rowLayout({
    classes,
    outputs,
    teacherOutputs: kind.teacherOutputs(loss),
    groups: model.spectrum.kind === 'zero-one' ? model.spectrum.blocks.length : MAX_GROUPS,
    classifies: kind.classifies,
  });
  const curve = 8 * layout.size * grid.points;
  const arrays = engine === 'reduced' && blocks ? 0 : 8 * dimension * (2 * classes + outputs);
  return {
    steps,
    seconds,
    secondsPerRun,
    memory: arrays + curve,
    stored: curve * (runs + theory.curves.length),
    reducedGain: engine === 'sgd' && reduced !== null && runs > 0 ? full / reduced : null,
  };
}
