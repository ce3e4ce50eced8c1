/** What a run will cost, before it starts: steps, seconds, memory, from rates that were measured. */
import { engineKind, enginesFor } from '../core/engines/engine-kind.ts';
import { engineKinds } from '../core/engines/engine-kinds.ts';
import { type Costed, type Rates } from '../core/experiment/cost.ts';
import { isRun, type CurveSource } from '../core/experiment/curve-source.ts';
import { type Experiment } from '../core/experiment/schema.ts';
import { classifies, outputsOf } from '../core/loss/loss-spec.ts';
import { MAX_GROUPS } from '../core/observables/groups.ts';
import { rowLayout } from '../core/observables/row-layout.ts';
import { askedKinds, curveKind } from '../core/theory/curves/curve-kind.ts';
import { curveKinds, spreadKinds } from '../core/theory/curves/curve-kinds.ts';

/** Rates of every engine and theory curve, by its name: measured on the machine at hand (lab/jobs/measure.ts), or typical. */
export interface CostRates {
  readonly engines: Readonly<Record<string, Rates>>;
  readonly curves: Readonly<Record<string, Rates>>;
}

const typical = (kinds: readonly (Costed & { readonly kind: string })[]): Record<string, Rates> =>
  Object.fromEntries(kinds.map(({ kind, rates }) => [kind, rates]));

/** Typical rates, until those of the machine are measured. */
export const defaultRates: CostRates = {
  engines: typical(engineKinds),
  curves: typical([...curveKinds, ...spreadKinds]),
};

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
  /** The engine that would be fastest, where it is as exact as the chosen one, and how many times; null for none. */
  readonly faster: { readonly engine: string; readonly factor: number } | null;
}

/**
 * Seconds on one thread of a curve; of a run its share of the time where several advance together.
 * @param threads that the experiment's runs share, >= 1.
 */
export function curveSeconds(
  experiment: Experiment,
  source: CurveSource,
  threads: number,
  { engines, curves }: CostRates,
): number {
  if (!isRun(source)) return curveKind(source.kind).cost(experiment, threads, curves[source.kind]);
  const { engine } = experiment.simulation;
  return engineKind(engine).cost(experiment, threads, engines[engine]);
}

/**
 * @param experiment a parsed description.
 * @param threads worker threads, >= 1.
 */
export function estimateCost(experiment: Experiment, threads: number, rates: CostRates): CostEstimate {
  const { model, horizon, grid, simulation } = experiment;
  const classes = model.priors.length;
  const { outputs, teacherOutputs } = outputsOf(experiment, classes);
  const { engine, runs } = simulation;
  const perRun = curveSeconds(experiment, { kind: 'simulation', run: 0 }, threads, rates);

  // runs are whole tasks: the last round of threads may be partly idle
  const solved = askedKinds(experiment);
  const solving = solved.reduce((sum, curve) => sum + curveSeconds(experiment, { kind: curve }, threads, rates), 0);
  const rounds = Math.ceil(runs / Math.max(1, threads));
  const seconds = rounds * perRun + solving;

  const layout = rowLayout({
    classes,
    outputs,
    teacherOutputs,
    groups: model.spectrum.kind === 'zero-one' ? model.spectrum.blocks.length : MAX_GROUPS,
    classifies: classifies(experiment),
    learned: experiment.loss.kind === 'two-layer' ? experiment.loss.hidden : 0,
    diagonal: experiment.parameterization.kind === 'diagonal',
    averages: experiment.optimizer.average !== null,
    escapes: experiment.theory.start === 'escape',
    finite: experiment.data.kind !== 'stream',
  });
  const curve = 8 * layout.size * grid.points;
  return {
    steps: Math.round(horizon * model.dimension),
    seconds,
    secondsPerRun: perRun,
    memory: engineKind(engine).memory(experiment) + curve,
    stored: curve * (runs + solved.length),
    faster: runs > 0 ? fasterEngine(experiment, perRun, threads, rates) : null,
  };
}

/** Of the engines with SGD's own law the fastest that takes the experiment, if its own has that law too and is slower. */
function fasterEngine(
  experiment: Experiment,
  seconds: number,
  threads: number,
  { engines }: CostRates,
): CostEstimate['faster'] {
  if (!engineKind(experiment.simulation.engine).exact) return null;
  let best: CostEstimate['faster'] = null;
  for (const { kind, exact, cost } of enginesFor(experiment)) {
    const factor = exact ? seconds / cost(experiment, threads, engines[kind]) : 0;
    if (factor > (best?.factor ?? 1)) best = { engine: kind, factor };
  }
  return best;
}
