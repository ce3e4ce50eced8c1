/** Cuts the missing work of a study into tasks of about equal cost. */
import { isRun, type CurveSource } from '../../core/experiment/curve-source.ts';
import { type Experiment } from '../../core/experiment/schema.ts';
import { type CostRates, curveSeconds, estimateCost } from '../../study/estimate.ts';
import { askedCurves } from '../jobs/work.ts';

/** Curves of one experiment in a task. */
export interface Part {
  readonly experiment: string;
  /** Theory curves, by the names of their kinds. */
  readonly curves: readonly string[];
  /** The first run and how many follow it; null for none. Runs with a gap between them are two parts. */
  readonly runs: readonly [first: number, count: number] | null;
}

export interface PlannedTask {
  readonly parts: readonly Part[];
  /** Estimated seconds on one thread. */
  readonly seconds: number;
  /** Estimated bytes while it runs, beside the program itself. */
  readonly memory: number;
}

/** What a task should take where no number of tasks is asked for: long beside the start of a job, short beside a day. */
const SECONDS_PER_TASK = 300;
/** Most tasks where no number is asked for. */
const MOST_UNASKED = 10_000;
/** Most tasks of a plan: a file each. */
export const MOST_TASKS = 1_000_000;

interface Piece {
  readonly experiment: Experiment;
  readonly source: CurveSource;
  readonly seconds: number;
}

/**
 * @param missing of each experiment, in the order of the study.
 * @param count how many tasks, at least 1; null: as many as make tasks of some minutes. Never more than curves.
 * @returns tasks of neighbouring curves, each with at least one; none where nothing is missing.
 */
export function splitWork(
  missing: readonly { readonly experiment: Experiment; readonly sources: readonly CurveSource[] }[],
  count: number | null,
  rates: CostRates,
): PlannedTask[] {
  const pieces = missing.flatMap(({ experiment, sources }) => piecesOf(experiment, sources, rates));
  let left = pieces.reduce((sum, { seconds }) => sum + seconds, 0);
  const wanted = count ?? Math.min(MOST_UNASKED, Math.ceil(left / SECONDS_PER_TASK));
  const tasks: PlannedTask[] = [];
  const number = Math.min(pieces.length, Math.max(1, wanted));
  let from = 0;
  for (let remaining = number; remaining > 0; remaining--) {
    const most = pieces.length - (remaining - 1);
    const share = left / remaining;
    let seconds = pieces[from].seconds;
    let to = from + 1;
    // a piece is taken while more than half of it lies within the share
    while (to < most && (remaining === 1 || seconds + pieces[to].seconds / 2 <= share)) seconds += pieces[to++].seconds;
    tasks.push({ parts: partsOf(pieces.slice(from, to)), seconds, memory: memoryOf(pieces.slice(from, to), rates) });
    left -= seconds;
    from = to;
  }
  return tasks;
}

function piecesOf(experiment: Experiment, sources: readonly CurveSource[], rates: CostRates): Piece[] {
  // all runs cost the same
  const known = new Map<string, number>();
  return sources.map((source) => {
    const seconds = known.get(source.kind) ?? curveSeconds(experiment, source, 1, rates);
    known.set(source.kind, seconds);
    return { experiment, source, seconds };
  });
}

function partsOf(pieces: readonly Piece[]): Part[] {
  const parts: { experiment: string; curves: string[]; runs: [number, number] | null }[] = [];
  for (const { experiment, source } of pieces) {
    const last = parts.at(-1);
    const continues =
      last?.experiment === experiment.id &&
      (!isRun(source) || last.runs?.[0] === undefined || nextOf(last.runs) === source.run);
    const part = last && continues ? last : { experiment: experiment.id, curves: [], runs: null };
    if (part !== last) parts.push(part);
    if (!isRun(source)) part.curves.push(source.kind);
    else if (part.runs) part.runs[1]++;
    else part.runs = [source.run, 1];
  }
  return parts;
}

const nextOf = ([first, count]: readonly [number, number]): number => first + count;

const memoryOf = (pieces: readonly Piece[], rates: CostRates): number =>
  [...new Set(pieces.map(({ experiment }) => experiment))].reduce(
    (most, experiment) => Math.max(most, estimateCost(experiment, 1, rates).memory),
    0,
  );

/** The curves of a part. */
export const sourcesOf = ({ curves, runs }: Part): CurveSource[] => [
  ...curves.map((kind) => ({ kind })),
  ...(runs === null
    ? []
    : Array.from({ length: runs[1] }, (_, k) => ({ kind: 'simulation' as const, run: runs[0] + k }))),
];

/** What an experiment asks for and has not. */
export const missingOf = (experiment: Experiment, has: (source: CurveSource) => boolean): CurveSource[] =>
  askedCurves(experiment).filter((source) => !has(source));
