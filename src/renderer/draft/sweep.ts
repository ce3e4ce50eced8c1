/** Edits of a study's sweep: pure functions, draft in, draft out. The experiments of a sweep follow from it. */
import { type ExperimentDraft, type StudyDraft } from '../../api/types.ts';
import { checkSweep, expandSweep, isOfSweep, sweepSchema, type Sweep } from '../../core/experiment/sweep.ts';
import { getAt, setAt } from './path.ts';
import { validated } from './validate.ts';

const known = new WeakMap<object, Sweep | null>();

/** The sweep of a draft if it is sound; drafts are immutable, so answers are kept by identity. */
export function sweepOf({ sweep }: StudyDraft): Sweep | null {
  if (sweep === null || typeof sweep !== 'object') return null;
  let result = known.get(sweep);
  if (result === undefined) {
    const parsed = sweepSchema.safeParse(sweep);
    result = parsed.success && checkSweep(parsed.data).length === 0 ? parsed.data : null;
    known.set(sweep, result);
  }
  return result;
}

/** Experiments that are not of the sweep. */
export const ownExperiments = (draft: StudyDraft): ExperimentDraft[] => {
  const sweep = sweepOf(draft);
  return sweep ? draft.experiments.filter(({ id }) => !isOfSweep(sweep, id)) : draft.experiments;
};

/** Experiments of the sweep. */
export const sweptExperiments = (draft: StudyDraft): ExperimentDraft[] => {
  const sweep = sweepOf(draft);
  return sweep ? draft.experiments.filter(({ id }) => isOfSweep(sweep, id)) : [];
};

/** The draft with one of its own experiments at place `to` among them; those of the sweep stay where they are. */
export function withMoved(draft: StudyDraft, id: string, to: number): StudyDraft {
  const own = ownExperiments(draft);
  const from = own.findIndex((each) => each.id === id);
  if (from < 0 || to < 0 || to >= own.length || to === from) return draft;
  const moved = own.toSpliced(from, 1).toSpliced(to, 0, own[from]);
  const isOwn = new Set(own);
  let next = 0;
  return { ...draft, experiments: draft.experiments.map((each) => (isOwn.has(each) ? moved[next++] : each)) };
}

/** The draft with this sweep in place of the one it has; experiments that stay the same keep their identity. */
export function withSweep(draft: StudyDraft, sweep: Sweep): StudyDraft {
  const before = new Map(sweptExperiments(draft).map((experiment) => [JSON.stringify(experiment), experiment]));
  const swept = expandSweep(sweep).map(({ experiment }) => before.get(JSON.stringify(experiment)) ?? experiment);
  return { ...draft, sweep, experiments: [...ownExperiments(draft), ...swept] };
}

/** The draft without its sweep and the sweep's experiments. */
export function withoutSweep(draft: StudyDraft): StudyDraft {
  const { sweep: _sweep, ...rest } = draft;
  return { ...rest, experiments: ownExperiments(draft) };
}

/** The draft with one experiment edited; an edit of one of a sweep is one of the sweep's base, and so of all of them. */
export function withExperiment(
  draft: StudyDraft,
  id: string,
  edit: (experiment: ExperimentDraft) => ExperimentDraft,
): StudyDraft {
  const sweep = sweepOf(draft);
  if (sweep && isOfSweep(sweep, id)) {
    const { id: _id, name: _name, ...base } = edit({ ...sweep.base, id });
    if (JSON.stringify(base) === JSON.stringify(sweep.base)) return draft;
    return withSweep(draft, { ...sweep, base });
  }
  const next = draft.experiments.map((each) => (each.id === id ? edit(each) : each));
  return next.every((each, k) => each === draft.experiments[k]) ? draft : { ...draft, experiments: next };
}

/** An id for a sweep whose experiments' ids no other experiment has. */
export function freeSweepId(taken: readonly string[]): string {
  for (let n = 1; ; n++) {
    const id = n === 1 ? 'sweep' : `sweep${n}`;
    if (!taken.some((each) => isOfSweep({ id }, each))) return id;
  }
}

/** Above this many numbers a list is data, not parameters. */
const MANY = 32;
/** What is not for sweeping: whole tables of numbers, and what is only about drawing. */
const LEFT_OUT = /(^|\.)(eigenvalues|points|first|times|rates)(\[|$)/;
/** Lists whose entries have a sum: one of them is set and the others follow, never all of them at once. */
const SHARES = /(^|\.)priors$/;

/**
 * The experiment with every default written out, as its parts that can be swept; itself where it is not right yet.
 * @param experiment without id and name.
 */
export function withDefaults(experiment: Record<string, unknown>): Record<string, unknown> {
  const parsed = validated({ ...experiment, id: 'base', name: 'base' } as ExperimentDraft);
  if (!parsed.ok) return experiment;
  const { id: _id, name: _name, ...rest } = parsed.value;
  return rest as Record<string, unknown>;
}

/** The base of a sweep with the numbers at these paths written out where they are left to their defaults. */
export function baseWith(base: Record<string, unknown>, parameters: readonly string[]): Record<string, unknown> {
  const whole = withDefaults(base);
  return parameters.reduce((next, parameter) => {
    if (numberAt(next, parameter) !== null) return next;
    // a list is written out as a whole
    const path = partsOf(parameter.replace(/\[(\d+|\*)\]$/, ''));
    const value = getAt(whole, path);
    return value === undefined ? next : setAt(next, path, value);
  }, base);
}

/** Paths of the numbers of an experiment that a sweep can set; a list as a whole (`[*]`) before its entries. */
export function sweepParameters(experiment: unknown, path = ''): string[] {
  if (LEFT_OUT.test(path)) return [];
  if (typeof experiment === 'number') return [path];
  if (experiment === null || typeof experiment !== 'object') return [];
  if (Array.isArray(experiment)) {
    if (experiment.length > MANY) return [];
    const numbers = experiment.every((entry) => typeof entry === 'number');
    if (!numbers)
      return path.endsWith('.blocks') ? experiment.flatMap((each, k) => sweepParameters(each, `${path}[${k}]`)) : [];
    const entries = experiment.length > 1 ? experiment.map((_, k) => `${path}[${k}]`) : [];
    return SHARES.test(path) ? entries : [`${path}[*]`, ...entries];
  }
  return Object.entries(experiment).flatMap(([key, value]) =>
    sweepParameters(value, path === '' ? key : `${path}.${key}`),
  );
}

const partsOf = (path: string): (string | number)[] =>
  (path.match(/[A-Za-z]+|\d+|\*/g) ?? []).map((part) => (/^\d+$/.test(part) ? Number(part) : part));

/** The number that a path names first, or null. */
export function numberAt(experiment: unknown, path: string): number | null {
  const value = getAt(
    experiment,
    partsOf(path).map((part) => (part === '*' ? 0 : part)),
  );
  return typeof value === 'number' ? value : null;
}
