/** Results that are already where a run writes: what of them belongs to the study is kept and not computed again. */
import { constants, copyFileSync, existsSync, rmSync } from 'node:fs';
import { prepare } from '../core/experiment/setup.ts';
import { keysOf, workKey } from '../core/experiment/identity.ts';
import {
  experimentFrame,
  type Curve,
  type ExperimentFrame,
  type ExperimentResults,
} from '../study/experiment-results.ts';
import { type Experiment, type Study } from '../core/experiment/schema.ts';
import { readArchive, type Archive } from '../lab/archive/index.ts';
import { isFinished } from '../lab/archive/curve-record.ts';
import { askedCurves } from '../lab/jobs/work.ts';
import { reasonOf } from '../text/reason.ts';
import { BAD_INPUT, Exit } from './exit.ts';
import { statOf } from './input.ts';

/** What was found at a place. */
export interface Earlier {
  readonly place: string;
  readonly archive: Archive;
}

/**
 * The results at a place; null if there is nothing, or an empty file.
 * @throws Exit if something else is there: it is not this program's to replace.
 */
export function earlierResults(out: string, place: string): Earlier | null {
  const stat = statOf(place);
  if (!stat || stat.size === 0n) return null;
  try {
    return { place, archive: readArchive(place) };
  } catch (error) {
    const why = reasonOf(error).split('\n', 1)[0];
    throw new Exit(
      BAD_INPUT,
      `${out}: this file is there already and cannot be read as results (${why}); remove it, or write to another one`,
    );
  }
}

/** Tells whether another program has written to a place in between. */
export const stateOf = (place: string): string => {
  const stat = statOf(place);
  return stat ? [stat.dev, stat.ino, stat.size, stat.mtimeNs].join() : '';
};

/** Finished curves of a file that a study asks for, by experiment, whatever the file calls them. */
export function curvesFor(study: Study, earlier: Earlier | null): Map<string, ExperimentResults> {
  const stored = new Map<string, { curve: Curve; frame: ExperimentFrame }>();
  for (const { experiment, frame, curves } of earlier?.archive.results ?? []) {
    if (!isUndamaged(earlier?.archive, experiment)) continue;
    for (const curve of curves) if (isFinished(curve.outcome)) stored.set(curve.key, { curve, frame });
  }
  const kept = new Map<string, ExperimentResults>();
  if (stored.size === 0) return kept;
  for (const experiment of study.experiments) {
    const keys = keysOf(experiment);
    const found = askedCurves(experiment).flatMap((source) => stored.get(workKey(keys, source)) ?? []);
    if (found.length === 0) continue;
    const frame = experimentFrame(prepare(experiment));
    const curves = found.filter((each) => sameTimes(frame, each.frame)).map(({ curve }) => curve);
    if (curves.length > 0) kept.set(experiment.id, { experiment, frame, curves });
  }
  return kept;
}

/** Whether nothing is said of an experiment's arrays, or of the file's records. */
const isUndamaged = (archive: Archive | undefined, { id }: Experiment): boolean =>
  archive?.refusals.every(({ path }) => !path.startsWith(`${id}/`) && !path.endsWith('.json')) ?? false;

/** A file of another program may have times of its own. */
const sameTimes = (a: ExperimentFrame, b: ExperimentFrame): boolean =>
  a.t.length === b.t.length && a.t.every((time, p) => Object.is(time, b.t[p]));

/** Whether a file has, or may have, curves that new results, which take its place, have not. */
export function hasMore({ archive }: Earlier, results: readonly ExperimentResults[]): boolean {
  if (!archive.isWhole) return true;
  const there = new Set(results.flatMap(({ curves }) => curves.map(({ key }) => key)));
  return archive.results.some(({ curves }) => curves.some(({ key }) => !there.has(key)));
}

/** Copies a file beside itself under a name that is free: `results.earlier.sgdlab`, `results.earlier-2.sgdlab`, … */
export function keepCopy(place: string): string {
  const stem = place.replace(/\.sgdlab$/i, '');
  for (let n = 1; ; n++) {
    const copy = `${stem}.earlier${n === 1 ? '' : `-${n}`}.sgdlab`;
    if (existsSync(copy)) continue;
    try {
      copyFileSync(place, copy, constants.COPYFILE_EXCL);
      return copy;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') continue;
      rmSync(copy, { force: true });
      throw error;
    }
  }
}
