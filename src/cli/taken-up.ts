/** Results that are already where a run writes: what of them belongs to the study is kept and not computed again. */
import { constants, copyFileSync, existsSync, rmSync } from 'node:fs';
import { version } from '../../package.json';
import { prepare } from '../core/experiment.ts';
import { experimentHash, simulationHash, theoryHash } from '../core/study/hash.ts';
import {
  experimentFrame,
  type Curve,
  type CurveSource,
  type ExperimentFrame,
  type ExperimentResults,
} from '../core/study/results.ts';
import { type Experiment, type Study } from '../core/study/schema.ts';
import { readArchive, type Archive } from '../lab/archive/index.ts';
import { isFinished } from '../lab/archive/curve-record.ts';
import { askedCurves } from '../lab/jobs/work.ts';
import { reasonOf } from '../lab/reason.ts';
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

/**
 * Name of a piece of work of an experiment: curves of one name are the same curve, wherever they are stored. The
 * description, engine and seed are in the hash.
 */
function workOf(experiment: Experiment): (source: CurveSource) => string {
  const [theory, simulation] = [theoryHash(experiment), simulationHash(experiment)];
  return (source) => (source.kind === 'simulation' ? `${simulation} run ${source.run}` : `${theory} ${source.kind}`);
}

/** Whether a stored curve is finished, and says of itself that it was computed as what it is stored as. */
export function isAsStored({ simulation }: Experiment, { source, outcome, report }: Curve): boolean {
  if (!isFinished(outcome)) return false;
  const { engine, studySeed, run } = report.details;
  return (
    source.kind !== 'simulation' ||
    (engine === simulation.engine && studySeed === simulation.seed && run === source.run)
  );
}

/** Finished curves of a file that a study asks for, by experiment, whatever the file calls them. */
export function curvesFor(study: Study, earlier: Earlier | null): Map<string, ExperimentResults> {
  const stored = new Map<string, { curve: Curve; frame: ExperimentFrame }>();
  for (const { experiment, frame, curves } of earlier?.archive.results ?? []) {
    if (!isUntouched(earlier?.archive, experiment)) continue;
    const work = workOf(experiment);
    for (const curve of curves) {
      if (isAsStored(experiment, curve)) stored.set(work(curve.source), { curve, frame });
    }
  }
  const kept = new Map<string, ExperimentResults>();
  if (stored.size === 0) return kept;
  for (const experiment of study.experiments) {
    const work = workOf(experiment);
    const found = askedCurves(experiment).flatMap((source) => stored.get(work(source)) ?? []);
    if (found.length === 0) continue;
    // times and groups are made anew: the file's must be these, to the last bit
    const frame = experimentFrame(prepare(experiment));
    const curves = found.filter((each) => sameFrame(frame, each.frame)).map(({ curve }) => curve);
    if (curves.length > 0) kept.set(experiment.id, { experiment, frame, curves });
  }
  return kept;
}

/** Whether an experiment's results are as this version of the program wrote them. */
function isUntouched(archive: Archive | undefined, experiment: Experiment): boolean {
  const { id } = experiment;
  const provenance = archive?.provenance;
  return (
    archive !== undefined &&
    provenance?.app === version &&
    provenance.hashes[id] === experimentHash(experiment) &&
    archive.problems.every(({ path }) => path !== id && !path.startsWith(`${id}/`) && !path.endsWith('.json'))
  );
}

function sameFrame(a: ExperimentFrame, b: ExperimentFrame): boolean {
  const numbers = ({ t, groups, teacherNorm }: ExperimentFrame) => [
    t,
    groups.upper,
    groups.energy,
    groups.size,
    teacherNorm,
  ];
  const others = numbers(b);
  return (
    a.layout.size === b.layout.size &&
    numbers(a).every(
      (values, k) => values.length === others[k].length && values.every((value, j) => Object.is(value, others[k][j])),
    )
  );
}

/** Whether a file has curves that new results, which take its place, have not. */
export function hasMore({ archive }: Earlier, results: readonly ExperimentResults[]): boolean {
  const worksOf = ({ experiment, curves }: ExperimentResults) => {
    const work = workOf(experiment);
    return curves.map(({ source }) => work(source));
  };
  const there = new Set(results.flatMap(worksOf));
  return archive.results.some((each) => worksOf(each).some((work) => !there.has(work)));
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
