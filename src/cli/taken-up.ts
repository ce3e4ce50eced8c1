/** Results that are already where a run writes: what of them belongs to the study is kept and not computed again. */
import { copyFileSync, constants, existsSync } from 'node:fs';
import { version } from '../../package.json';
import { prepare } from '../core/experiment.ts';
import { experimentHash, simulationHash, theoryHash } from '../core/study/hash.ts';
import { experimentFrame, type Curve, type ExperimentFrame, type ExperimentResults } from '../core/study/results.ts';
import { type Experiment, type Study } from '../core/study/schema.ts';
import { readArchive, type Archive } from '../lab/archive/index.ts';
import { isFinished } from '../lab/archive/curve-record.ts';
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
 * Whether a stored curve is the one that an experiment asks for: of the same description, and computed as what it is
 * stored as.
 * @param stored description that the file gives the curve.
 */
export function curveIsOf(experiment: Experiment, stored: Experiment, { source, report }: Curve): boolean {
  if (source.kind !== 'simulation') {
    return theoryHash(stored) === theoryHash(experiment) && experiment.theory.curves.includes(source.kind);
  }
  const { engine, seed, runs } = experiment.simulation;
  const { details } = report;
  return (
    simulationHash(stored) === simulationHash(experiment) &&
    source.run < runs &&
    details.engine === engine &&
    details.studySeed === seed &&
    details.run === source.run
  );
}

/** Finished curves of a file that a study asks for, by experiment; in the frame of the description as it is. */
export function curvesFor(study: Study, earlier: Earlier | null): Map<string, ExperimentResults> {
  const kept = new Map<string, ExperimentResults>();
  if (!earlier) return kept;
  const sound = earlier.archive.results.filter(({ experiment }) => isUntouched(earlier.archive, experiment));
  for (const experiment of study.experiments) {
    const curves = new Map<string, Curve>();
    let frame: ExperimentFrame | undefined;
    // an experiment that was renamed is still the same work; one of the same id comes first
    for (const stored of [...sound].sort((a, b) => rank(a, experiment) - rank(b, experiment))) {
      const wanted = stored.curves.filter(
        (curve) =>
          isFinished(curve.outcome) && curveIsOf(experiment, stored.experiment, curve) && !curves.has(nameOf(curve)),
      );
      if (wanted.length === 0) continue;
      frame ??= experimentFrame(prepare(experiment));
      if (sameFrame(frame, stored.frame)) wanted.forEach((curve) => curves.set(nameOf(curve), curve));
    }
    if (frame && curves.size > 0) kept.set(experiment.id, { experiment, frame, curves: [...curves.values()] });
  }
  return kept;
}

const rank = ({ experiment }: ExperimentResults, { id }: Experiment): number => (experiment.id === id ? 0 : 1);
const nameOf = ({ source }: Curve): string => (source.kind === 'simulation' ? `run ${source.run}` : source.kind);

/** Whether an experiment's results are as this version of the program wrote them. */
function isUntouched({ provenance, problems }: Archive, experiment: Experiment): boolean {
  const { id } = experiment;
  return (
    provenance?.app === version &&
    provenance.hashes[id] === experimentHash(experiment) &&
    problems.every(({ path }) => path !== id && !path.startsWith(`${id}/`) && !path.endsWith('.json'))
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
  const keyOf = (experiment: Experiment, curve: Curve) =>
    `${curve.source.kind === 'simulation' ? simulationHash(experiment) : theoryHash(experiment)} ${nameOf(curve)}`;
  const there = new Set(results.flatMap(({ experiment, curves }) => curves.map((curve) => keyOf(experiment, curve))));
  return archive.results.some(({ experiment, curves }) => curves.some((curve) => !there.has(keyOf(experiment, curve))));
}

/** Copies a file beside itself under a name that is free: `results.earlier.sgdlab`, `results.earlier-2.sgdlab`, … */
export function keepCopy(place: string): string {
  const stem = place.replace(/\.sgdlab$/i, '');
  for (let n = 1; ; n++) {
    const copy = `${stem}.earlier${n === 1 ? '' : `-${n}`}.sgdlab`;
    if (existsSync(copy)) continue;
    copyFileSync(place, copy, constants.COPYFILE_EXCL);
    return copy;
  }
}
