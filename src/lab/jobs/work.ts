/** The curves of an experiment as work, and what each costs, for progress and time left. */
import { type CostRates, curveSeconds } from '../../study/estimate.ts';
import { runsTogether } from '../../core/engines/reduced/coverage.ts';
import { keysOf, workKey } from '../../core/experiment/identity.ts';
import { type CurveSource } from '../../core/experiment/curve-source.ts';
import { type Experiment } from '../../core/experiment/schema.ts';

export interface PlannedCurve {
  readonly experiment: Experiment;
  /** Key of the work: its result must carry it. */
  readonly key: string;
  readonly source: CurveSource;
  /** Estimated seconds on one thread. */
  readonly cost: number;
  /** Most curves of its kind that a task should hold. */
  readonly together: number;
}

/** Every curve that an experiment asks for. */
export function askedCurves(experiment: Experiment): CurveSource[] {
  const runs = Array.from({ length: experiment.simulation.runs }, (_, run) => ({ kind: 'simulation' as const, run }));
  return [...experiment.theory.curves.map((kind) => ({ kind })), ...runs];
}

/** The given curves of an experiment as work for some threads. */
export function planCurves(
  experiment: Experiment,
  sources: readonly CurveSource[],
  threads: number,
  rates: CostRates,
): PlannedCurve[] {
  const { theory, run } = curveSeconds(experiment, threads, rates);
  const keys = keysOf(experiment);
  return sources.map((source) => {
    const simulated = source.kind === 'simulation';
    const together = simulated ? runsTogether(experiment) : 1;
    return { experiment, key: workKey(keys, source), source, cost: simulated ? run : theory, together };
  });
}
