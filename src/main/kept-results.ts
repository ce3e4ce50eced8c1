/** Results that the library has not taken when the program ends, in result files beside the drafts that are kept. */
import { join } from 'node:path';
import { type KeptResults } from '../api/types.ts';
import { writeArchive } from '../lab/archive/index.ts';
import { type EndedCurve } from '../lab/jobs/runner.ts';
import { refusalsIn } from '../text/refusals/index.ts';
import { type Texts } from '../text/texts.ts';
import { keysOf } from '../core/experiment/identity.ts';
import { type Study } from '../core/experiment/schema.ts';
import { type Curve, type ExperimentResults } from '../study/experiment-results.ts';
import { fileName } from './file-name.ts';
import { ownFilesIn, writeToFirst } from './kept-drafts.ts';

/**
 * Writes one `.sgdlab` file for each study to the first of the places that takes it.
 * @param nameOf a study's name by its id.
 * @returns what became of the results, a sentence for each study, in the language of `texts`.
 */
export function keepResults(
  ended: readonly EndedCurve[],
  places: readonly string[],
  nameOf: (studyId: string) => string,
  texts: Texts,
): string[] {
  return [...new Set(ended.map(({ studyId }) => studyId))].map((studyId) => {
    const own = ended.filter((each) => each.studyId === studyId);
    const name = nameOf(studyId);
    const results = byDescription(own);
    const experiments = results.map(({ experiment }) => experiment);
    const study: Study = { format: 'sgdlab-study', version: 1, name, notes: '', experiments };
    const kept = writeToFirst(places, `${fileName(name)}.${Date.now()}.sgdlab`, (path) =>
      writeArchive(path, study, results),
    );
    return kept.ok
      ? texts.counted('close.kept', own.length, { name, path: kept.value })
      : texts.counted('close.lost', own.length, {
          name,
          reason: kept.refusals.map(refusalsIn(texts.language).line).join('; '),
        });
  });
}

/** The files that `keepResults` has written to these places, youngest first. */
export function listKeptResults(places: readonly string[]): KeptResults[] {
  const found = places.flatMap((place) =>
    ownFilesIn(place).flatMap((file): KeptResults[] => {
      const [, name, saved] = /^(.+)\.(\d+)\.sgdlab$/.exec(file) ?? [];
      return name === undefined ? [] : [{ name, saved: Number(saved), path: join(place, file) }];
    }),
  );
  return found.sort((a, b) => b.saved - a.saved);
}

/** Curves put together by the description that they are of; an id that two descriptions have is told apart. */
function byDescription(ended: readonly EndedCurve[]): ExperimentResults[] {
  const found = new Map<string, ExperimentResults & { readonly curves: Curve[] }>();
  const ids = new Set<string>();
  for (const { experiment, frame, curve } of ended) {
    const { description } = keysOf(experiment);
    const known = found.get(description);
    if (known) {
      known.curves.push(curve);
      continue;
    }
    let { id } = experiment;
    for (let n = 2; ids.has(id); n++) id = `${experiment.id}-${n}`;
    ids.add(id);
    found.set(description, { experiment: { ...experiment, id }, frame, curves: [curve] });
  }
  return [...found.values()];
}
