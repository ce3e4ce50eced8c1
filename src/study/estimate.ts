/** What a run will cost, before it starts: steps, seconds, memory, from rates that were measured. */
import { COMPILED_LOSSES } from '../core/kernel/kernel.ts';
import { lossKind } from '../core/loss/registry.ts';
import { createUpdate } from '../core/update/registry.ts';
import { spectrumKind } from '../core/model/spectrum/registry.ts';
import { COMPILED_RUNS, isCompiled } from '../core/engines/reduced/coverage.ts';
import { MAX_GROUPS } from '../core/observables/groups.ts';
import { rowLayout } from '../core/observables/layout.ts';
import { type Experiment } from '../core/experiment/schema.ts';

/** Seconds of the parts of the work on one thread: measured on the machine at hand (lab/jobs/measure.ts), or typical ones. */
export interface CostRates {
  /** One coordinate of one step of SGD with one output and one sample. */
  readonly coordinateStep: number;
  /** Share of `coordinateStep` that every further output adds. */
  readonly furtherOutput: number;
  /** One block of one step of compiled reduced SGD, one of COMPILED_RUNS runs; every step costs one block more. */
  readonly blockStep: number;
  /** The same of a run by itself. */
  readonly blockStepAlone: number;
  /** The same where the chain is not compiled, with one output. */
  readonly plainBlockStep: number;
  /** The same with several outputs, over the square of their number. */
  readonly matrixBlockStep: number;
  /** One coordinate of one Euler step of homogenised SGD. */
  readonly coordinateEuler: number;
  /** One theory curve with one output. */
  readonly theory: number;
  /** The softmax moments of one class, per output. */
  readonly softmaxMoments: number;
}

/** Typical rates, until those of the machine are measured. */
export const defaultRates: CostRates = {
  coordinateStep: 1.5e-9,
  furtherOutput: 0.2,
  blockStep: 7e-9,
  blockStepAlone: 1.8e-8,
  plainBlockStep: 6e-8,
  matrixBlockStep: 5e-8,
  coordinateEuler: 3e-8,
  theory: 5e-3,
  softmaxMoments: 1e-5,
};

/** Times as long as a compiled loss in the inner loop of SGD: see test/bench/kernel.bench.ts. */
const PLAIN_LOSS = 30;

/** Evaluations of the moments that a theory curve takes. */
const THEORY_EVALUATIONS = 300;

/** Euler steps of homogenised SGD per unit of t, at most d of them. */
export const EULER_STEPS = 100;

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

/** Seconds on one thread of one curve of each kind. */
export interface CurveSeconds {
  readonly theory: number;
  /** One run by the experiment's engine; its share of the time where several advance together. */
  readonly run: number;
  /** One run of SGD itself. */
  readonly full: number;
  /** One run of reduced SGD, where it is exact; else null. */
  readonly reduced: number | null;
}

/** One block of one step of reduced SGD, per run where it shares the processor with others. */
function blockSeconds(experiment: Experiment, outputs: number, threads: number, rates: CostRates): number {
  if (outputs > 1) return rates.matrixBlockStep * outputs * outputs;
  if (!isCompiled(experiment)) return rates.plainBlockStep;
  const together = Math.min(COMPILED_RUNS, Math.max(1, Math.ceil(experiment.simulation.runs / threads)));
  return Math.max(rates.blockStep, rates.blockStepAlone / together);
}

/** @param threads that the experiment's runs share, >= 1. */
export function curveSeconds(experiment: Experiment, threads: number, rates: CostRates): CurveSeconds {
  const { model, loss, optimizer, horizon, simulation } = experiment;
  const { dimension } = model;
  const classes = model.priors.length;
  const outputs = lossKind(loss.kind).outputs(loss, classes);
  const samples = Math.round(horizon * dimension) * optimizer.batchSize;
  const blocks = spectrumKind(model.spectrum).blocks(model.spectrum, classes, dimension);
  const width = 1 + (outputs - 1) * rates.furtherOutput;
  const blockStep = blockSeconds(experiment, outputs, threads, rates);
  const slowness = COMPILED_LOSSES.includes(loss.kind) ? 1 : PLAIN_LOSS;
  const { plain, fields } = createUpdate(optimizer, dimension);
  // a further field is a further pass over the coordinates
  const passes = plain ? 1 : fields.length;
  const full = samples * dimension * width * rates.coordinateStep * slowness * passes;
  const reduced = blocks && plain ? samples * (1 + blocks.length) * blockStep : null;
  const moments = loss.kind === 'softmax' ? classes * outputs * rates.softmaxMoments : 0;
  const eulerSteps = horizon * Math.min(dimension, EULER_STEPS);
  const euler = eulerSteps * (dimension * width * rates.coordinateEuler + moments);
  const { engine } = simulation;
  return {
    theory: rates.theory * outputs * outputs + THEORY_EVALUATIONS * moments,
    run: engine === 'sgd' ? full : engine === 'hsgd' ? euler : (reduced ?? full),
    full,
    reduced,
  };
}

/**
 * @param experiment a parsed description.
 * @param threads worker threads, >= 1.
 */
export function estimateCost(experiment: Experiment, threads: number, rates: CostRates): CostEstimate {
  const { model, loss, horizon, grid, simulation, theory } = experiment;
  const { dimension } = model;
  const classes = model.priors.length;
  const kind = lossKind(loss.kind);
  const outputs = kind.outputs(loss, classes);
  const { engine, runs } = simulation;
  const each = curveSeconds(experiment, threads, rates);

  // runs are whole tasks: the last round of threads may be partly idle
  const rounds = Math.ceil(runs / Math.max(1, threads));
  const seconds = rounds * each.run + theory.curves.length * each.theory;

  const layout = rowLayout({
    classes,
    outputs,
    teacherOutputs: kind.teacherOutputs(loss),
    groups: model.spectrum.kind === 'zero-one' ? model.spectrum.blocks.length : MAX_GROUPS,
    classifies: kind.classifies,
    averages: experiment.optimizer.average !== null,
  });
  const curve = 8 * layout.size * grid.points;
  const arrays = engine === 'reduced' && each.reduced !== null ? 0 : 8 * dimension * (2 * classes + outputs);
  return {
    steps: Math.round(horizon * dimension),
    seconds,
    secondsPerRun: each.run,
    memory: arrays + curve,
    stored: curve * (runs + theory.curves.length),
    reducedGain: engine === 'sgd' && each.reduced !== null && runs > 0 ? each.full / each.reduced : null,
  };
}
