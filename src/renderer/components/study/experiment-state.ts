/** What is said of an experiment in the list: one union, from its draft, its stored results and the running job. */
import { type ExperimentDraft, type ExperimentStatus, type JobInfo } from '../../../api/types.ts';
import { isRun } from '../../../core/experiment/curve-source.ts';
import { validated } from '../../draft/validate.ts';
import { progressIn } from '../../stores/jobs.ts';
import { formatDuration } from '../../format.ts';
import { counted, t } from '../../i18n/index.ts';

export type ExperimentState =
  | { readonly kind: 'invalid'; readonly refusals: number }
  | { readonly kind: 'queued' }
  | {
      readonly kind: 'running';
      readonly fraction: number;
      readonly finished: number;
      readonly asked: number;
      readonly secondsLeft: number | null;
    }
  /** Everything is computed, and not all of it ended well. */
  | {
      readonly kind: 'failed';
      readonly status: 'failed' | 'diverged';
      readonly t: number;
      /** Whether theory is in trouble, and how many runs are. */
      readonly theory: boolean;
      readonly runs: number;
    }
  | { readonly kind: 'stale' }
  /** Results that are not this version's, or not this program's. */
  | { readonly kind: 'earlier-version' }
  | { readonly kind: 'unverified' }
  | { readonly kind: 'partial'; readonly finished: number; readonly asked: number }
  | { readonly kind: 'complete'; readonly theory: boolean; readonly runs: number }
  | { readonly kind: 'none' };

export function experimentState(
  draft: ExperimentDraft,
  status: ExperimentStatus | undefined,
  job: JobInfo | undefined,
): ExperimentState {
  const progress = progressIn(job, draft);
  if (job && progress && progress.fraction < 1) {
    if (progress.fraction === 0 && progress.t === 0) return { kind: 'queued' };
    return {
      kind: 'running',
      fraction: progress.fraction,
      finished: progress.finishedRuns,
      asked: progress.askedRuns,
      secondsLeft: job.secondsLeft,
    };
  }
  const parsed = validated(draft);
  if (!parsed.ok) return { kind: 'invalid', refusals: parsed.refusals.length };
  if (!status || status.state === 'invalid') return { kind: 'none' };
  switch (status.state) {
    case 'none':
    case 'stale':
    case 'earlier-version':
    case 'unverified':
      return { kind: status.state };
    case 'partial':
      return { kind: 'partial', finished: status.finishedRuns, asked: status.askedRuns };
    case 'complete': {
      const theory = parsed.value.theory.curves.length > 0;
      return troubleOf(status) ?? { kind: 'complete', theory, runs: status.finishedRuns };
    }
  }
}

function troubleOf({ troubles }: ExperimentStatus): ExperimentState | null {
  const ended = troubles.filter(({ outcome }) => outcome.status === 'failed' || outcome.status === 'diverged');
  if (ended.length === 0) return null;
  const runs = ended.filter(({ source }) => isRun(source)).length;
  return {
    kind: 'failed',
    status: ended.some(({ outcome }) => outcome.status === 'failed') ? 'failed' : 'diverged',
    t: Math.min(...ended.map(({ outcome }) => outcome.t)),
    theory: ended.length > runs,
    runs,
  };
}

/** One line for people. */
export function stateText(state: ExperimentState): string {
  switch (state.kind) {
    case 'invalid':
      return counted('state.invalid', state.refusals);
    case 'queued':
      return t('state.queued');
    case 'running': {
      const runs = state.asked > 0 ? t('state.runsOf', { n: state.finished, all: state.asked }) : t('state.theory');
      return state.secondsLeft === null ? runs : t('state.left', { runs, time: formatDuration(state.secondsLeft) });
    }
    case 'failed':
      return t(state.status === 'diverged' ? 'state.diverged' : 'state.failed', {
        of: partsText(state),
        t: Number(state.t.toPrecision(3)),
      });
    case 'stale':
      return t('state.stale');
    case 'earlier-version':
      return t('state.earlierVersion');
    case 'unverified':
      return t('state.unverified');
    case 'partial':
      return state.asked === 0 ? t('state.theoryPartial') : t('state.partial', { n: state.finished, all: state.asked });
    case 'complete':
      return t('state.done', { of: partsText(state) });
    case 'none':
      return t('state.none');
  }
}

/** `theory · 12 runs`. */
const partsText = ({ theory, runs }: { readonly theory: boolean; readonly runs: number }): string =>
  [...(theory ? [t('source.theory')] : []), ...(runs > 0 ? [counted('count.runs', runs)] : [])].join(' · ');

/** What is said on the Run button: what there is to run, or why there is nothing. */
export interface RunOffer {
  readonly text: string;
  /** How many experiments are in which state, for its tooltip. */
  readonly detail: string;
}

/** States that a run changes. */
const RUNNABLE = ['none', 'partial', 'stale', 'earlier-version', 'unverified'] as const;

/** @param states of all experiments of the study. */
export function runOffer(states: readonly ExperimentState[]): RunOffer {
  const words = states.map((state) => (state.kind === 'failed' ? state.status : state.kind));
  const count = (word: (typeof words)[number]) => words.filter((each) => each === word).length;
  const pending = RUNNABLE.filter((kind) => count(kind) > 0);
  const total = pending.reduce((sum, kind) => sum + count(kind), 0);
  const kinds = [...pending, 'invalid', 'failed', 'diverged', 'complete'] as const;
  const detail = kinds
    .filter((kind) => count(kind) > 0)
    .map((kind) => t(`run.states.${kind}`, { n: count(kind) }))
    .join(' · ');
  if (pending.length > 1) return { text: t('run.mixed', { n: total }), detail };
  if (pending.length === 1) return { text: t(`run.${pending[0]}`, { n: total }), detail };
  if (states.length === 0) return { text: t('run.empty'), detail };
  const worst = (['invalid', 'failed', 'diverged'] as const).find((kind) => count(kind) > 0);
  return { text: worst ? t(`run.states.${worst}`, { n: count(worst) }) : t('run.nothing'), detail };
}
