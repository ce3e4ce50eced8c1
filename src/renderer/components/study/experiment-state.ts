/** What is said of an experiment in the list: one union, from its draft, its stored results and the running job. */
import { type ExperimentDraft, type ExperimentStatus, type JobInfo } from '../../../core/session/types.ts';
import { validated } from '../../draft/validate.ts';
import { formatDuration } from '../../format.ts';
import { counted, t } from '../../i18n/index.ts';

export type ExperimentState =
  | { readonly kind: 'invalid'; readonly problems: number }
  | { readonly kind: 'queued' }
  | {
      readonly kind: 'running';
      readonly fraction: number;
      readonly finished: number;
      readonly asked: number;
      readonly secondsLeft: number | null;
    }
  | { readonly kind: 'failed'; readonly status: 'failed' | 'diverged'; readonly t: number }
  | { readonly kind: 'stale' }
  /** Results that are not this version's, or not this program's. */
  | { readonly kind: 'other'; readonly standing: 'earlier-version' | 'unverified' }
  | { readonly kind: 'partial'; readonly finished: number; readonly asked: number }
  | { readonly kind: 'complete'; readonly runs: number }
  | { readonly kind: 'none' };

export function experimentState(
  draft: ExperimentDraft,
  status: ExperimentStatus | undefined,
  job: JobInfo | undefined,
): ExperimentState {
  const progress = job?.experiments.find((each) => each.experimentId === draft.id);
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
  if (!parsed.ok) return { kind: 'invalid', problems: parsed.problems.length };
  if (!status || status.state === 'none' || status.state === 'invalid') return { kind: 'none' };
  if (status.state === 'stale') return { kind: 'stale' };
  if (status.state === 'earlier-version' || status.state === 'unverified') {
    return { kind: 'other', standing: status.state };
  }
  const trouble = status.troubles.find(({ outcome }) => outcome.status === 'failed' || outcome.status === 'diverged');
  if (trouble) {
    const { status: ended, t: at } = trouble.outcome;
    return { kind: 'failed', status: ended === 'diverged' ? 'diverged' : 'failed', t: at };
  }
  if (status.state === 'partial') return { kind: 'partial', finished: status.finishedRuns, asked: status.askedRuns };
  return { kind: 'complete', runs: status.finishedRuns };
}

/** One line for people. */
export function stateText(state: ExperimentState): string {
  switch (state.kind) {
    case 'invalid':
      return counted('state.invalid', state.problems);
    case 'queued':
      return t('state.queued');
    case 'running': {
      const runs = state.asked > 0 ? t('state.runsOf', { n: state.finished, all: state.asked }) : t('state.theory');
      return state.secondsLeft === null ? runs : t('state.left', { runs, time: formatDuration(state.secondsLeft) });
    }
    case 'failed':
      return t(state.status === 'diverged' ? 'state.diverged' : 'state.failed', { t: Number(state.t.toPrecision(3)) });
    case 'stale':
      return t('state.stale');
    case 'other':
      return t(state.standing === 'unverified' ? 'state.unverified' : 'state.earlier');
    case 'partial':
      return t('state.partial', { n: state.finished, all: state.asked });
    case 'complete':
      return state.runs === 0 ? t('state.theoryDone') : counted('state.done', state.runs);
    case 'none':
      return t('state.none');
  }
}
