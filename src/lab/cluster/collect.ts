/** What the files of a plan's folder say: how far it is, and the results that are there. */
import { type CurveSource } from '../../core/experiment/curve-source.ts';
import { prepare } from '../../core/experiment/setup.ts';
import { type Study } from '../../core/experiment/schema.ts';
import { reason, type Reason } from '../../refusal/refusal.ts';
import { bySource, experimentFrame, type Curve, type ExperimentResults } from '../../study/experiment-results.ts';
import { keysById, stateOf } from './folder.ts';
import { type Plan } from './plan.ts';
import { byId } from './task.ts';

export interface ClusterStatus {
  readonly tasks: number;
  readonly done: readonly number[];
  readonly missing: readonly number[];
  readonly failed: readonly { readonly task: number; readonly said: string }[];
  readonly damaged: readonly { readonly task: number; readonly why: Reason }[];
}

export interface Collected {
  readonly status: ClusterStatus;
  /** One per experiment that has a curve, in the order of the study. */
  readonly results: readonly ExperimentResults[];
}

interface Sorted {
  done: number[];
  missing: number[];
  failed: { task: number; said: string }[];
  damaged: { task: number; why: Reason }[];
}

/** Judges every task by its file. `keep` is handed the curves of those that are done. */
function judge(plan: Plan, study: Study, keep: (experiment: string, curve: Curve) => boolean): ClusterStatus {
  const keysOfId = keysById(study.experiments);
  const sorted: Sorted = { done: [], missing: [], failed: [], damaged: [] };
  for (let task = 0; task < plan.tasks.length; task++) {
    const state = stateOf(plan, keysOfId, task);
    if (state.kind === 'missing') sorted.missing.push(task);
    else if (state.kind === 'failed') sorted.failed.push({ task, said: state.said });
    else if (state.kind === 'damaged') sorted.damaged.push({ task, why: state.why });
    else if (state.curves.every(({ experiment, curve }) => keep(experiment, curve))) sorted.done.push(task);
    else sorted.damaged.push({ task, why: reason('cluster-other', {}) });
  }
  return { tasks: plan.tasks.length, ...sorted };
}

/** How far a plan is, from its files alone. */
export const statusOf = (plan: Plan, study: Study): ClusterStatus => judge(plan, study, () => true);

/** Tasks that must be done, or done again. */
export const openTasks = ({ missing, failed, damaged }: ClusterStatus): readonly number[] =>
  [...missing, ...failed.map(({ task }) => task), ...damaged.map(({ task }) => task)].sort((a, b) => a - b);

/**
 * The results that are there, over those that were there before.
 * @param have finished curves by experiment, which the plan had not to compute.
 */
export function collect(plan: Plan, study: Study, have: ReadonlyMap<string, ExperimentResults>): Collected {
  const frames = new Map([...have].map(([id, { frame }]) => [id, frame]));
  // by experiment and source: one experiment may have a hundred thousand runs
  const curves = new Map(
    [...have].map(([id, results]) => [id, new Map(results.curves.map((curve) => [nameOf(curve.source), curve]))]),
  );
  const experiments = byId(study.experiments);
  const frameOf = (id: string) => {
    let frame = frames.get(id);
    const experiment = experiments.get(id);
    if (!frame && experiment) frames.set(id, (frame = experimentFrame(prepare(experiment))));
    return frame;
  };
  const status = judge(plan, study, (id, curve) => {
    const frame = frameOf(id);
    if (!frame || curve.rows.length !== frame.t.length * frame.layout.size || curve.points > frame.t.length)
      return false;
    const known = curves.get(id) ?? new Map<string, Curve>();
    curves.set(id, known);
    const name = nameOf(curve.source);
    if (!known.has(name)) known.set(name, curve);
    return true;
  });
  const results = study.experiments.flatMap((experiment) => {
    const found = curves.get(experiment.id);
    const frame = frames.get(experiment.id);
    return found && frame ? [{ experiment, frame, curves: [...found.values()].sort(bySource) }] : [];
  });
  return { status, results };
}

const nameOf = ({ kind, run }: CurveSource): string => `${kind} ${run ?? ''}`;
