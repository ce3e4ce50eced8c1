/** What diverged or failed, in as few lines as say it: runs that ended in the same way are told together. */
import { isRun, type TheorySource } from '../core/experiment/curve-source.ts';
import { type Reason } from '../refusal/refusal.ts';
import { type ExperimentResults } from '../study/experiment-results.ts';

/** Runs by number, ascending. */
export interface TroubledRuns {
  readonly kind: 'simulation';
  readonly runs: readonly number[];
}

export const areRuns = (of: Trouble['of']): of is TroubledRuns => of.kind === 'simulation';

export interface Trouble {
  /** A theory curve, or runs by number, ascending. */
  readonly of: TheorySource | TroubledRuns;
  readonly status: 'diverged' | 'failed';
  /** What overflowed, with its value where it is one curve's; or why it failed. */
  readonly quantity: string;
  readonly value: number | null;
  readonly why: Reason | null;
  /** First and last t at which it happened. */
  readonly from: number;
  readonly to: number;
}

/** Troubles of an experiment, theory first. */
export function troublesOf({ curves }: Pick<ExperimentResults, 'curves'>): Trouble[] {
  const found = new Map<string, Trouble>();
  for (const { source, outcome } of curves) {
    if (outcome.status !== 'diverged' && outcome.status !== 'failed') continue;
    const quantity = outcome.status === 'diverged' ? outcome.quantity : '';
    const why = outcome.status === 'failed' ? outcome.why : null;
    const key = JSON.stringify([source.kind, outcome.status, quantity, why]);
    const before = found.get(key);
    const runs = before && areRuns(before.of) ? before.of.runs : [];
    found.set(key, {
      of: isRun(source)
        ? { kind: 'simulation', runs: [...runs, source.run].sort((a, b) => a - b) }
        : { kind: source.kind },
      status: outcome.status,
      quantity,
      why,
      value: before || outcome.status === 'failed' ? null : outcome.value,
      from: Math.min(before?.from ?? Infinity, outcome.t),
      to: Math.max(before?.to ?? -Infinity, outcome.t),
    });
  }
  return [...found.values()];
}

/** Numbers as ranges: `3`, `0 … 10`, `0, 2, 5 … 8`; each number written by `word`. */
export function rangesOf(numbers: readonly number[], word: (n: number) => string = String): string {
  const ranges: [number, number][] = [];
  for (const n of numbers) {
    const last = ranges.at(-1);
    if (last && n === last[1] + 1) last[1] = n;
    else ranges.push([n, n]);
  }
  return ranges
    .map(([from, to]) => (from === to ? word(from) : `${word(from)}${to === from + 1 ? ', ' : ' … '}${word(to)}`))
    .join(', ');
}
