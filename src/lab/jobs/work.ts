/** The curves of an experiment as work, and what each costs, for progress and time left. */
import { engineKind } from '../../core/engines/engine-kind.ts';
import { keysOf, workKey } from '../../core/experiment/identity.ts';
import { isRun, type CurveSource } from '../../core/experiment/curve-source.ts';
import { type Experiment } from '../../core/experiment/schema.ts';
import { askedKinds } from '../../core/theory/curves/curve-kind.ts';
import { type CostRates, curveSeconds } from '../../study/estimate.ts';

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
  return [...askedKinds(experiment).map((kind) => ({ kind })), ...runs];
}

/** The given curves of an experiment as work for some threads. */
export function planCurves(
  experiment: Experiment,
  sources: readonly CurveSource[],
  threads: number,
  rates: CostRates,
): PlannedCurve[] {
  const keys = keysOf(experiment);
  const engine = engineKind(experiment.simulation.engine);
  // all runs cost the same
  const seconds = new Map<string, number>();
  return sources.map((source) => {
    const cost = seconds.get(source.kind) ?? curveSeconds(experiment, source, threads, rates);
    seconds.set(source.kind, cost);
    const together = isRun(source) ? engine.runsTogether(experiment) : 1;
    return { experiment, key: workKey(keys, source), source, cost, together };
  });
}
