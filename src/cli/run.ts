/** Runs a study, shows its progress and writes its results to their place, or where they are not lost. */
import { dirname, resolve } from 'node:path';
import { type ExperimentResults } from '../study/experiment-results.ts';
import { type Study } from '../core/experiment/schema.ts';
import { runStudy, type StudyRun } from '../lab/jobs/run-study.ts';
import { STANDARD_INPUT } from './input.ts';
import { requirePlace } from './place.ts';
import { type Progress, withProgress } from './progress.ts';
import { saveResults } from './save.ts';
import { say } from './streams.ts';
import { curvesFor, earlierResults, hasMore, stateOf } from './taken-up.ts';

/** How a study is run. */
export interface Manner {
  readonly threads: number;
  /** Ids of the only experiments that are run; null for all. */
  readonly only: string[] | null;
  readonly progress: Progress;
}

export interface Places {
  /** The study's file, which is never written over; null for none. */
  readonly input: string | null;
  readonly out: string;
}

/**
 * Runs a study, shows its progress and writes the archive, also of what an interrupted study has finished. Finished
 * curves that the file has already are kept, and what it has beside them is copied before it is replaced.
 * @returns the run, and where its results are: beside the study, in the system's folder for temporary files or in the
 *   working folder where they could not be written to their place in the end.
 */
export async function runAndSave(
  study: Study,
  { input, out }: Places,
  manner: Manner,
): Promise<{ run: StudyRun; written: string }> {
  const place = requirePlace(out, input);
  const state = stateOf(place);
  const earlier = earlierResults(out, place);
  const have = curvesFor(study, earlier);
  const count = [...have.values()].reduce((sum, { curves }) => sum + curves.length, 0);
  if (count > 0) say(`${out}: ${count} finished curve${count === 1 ? '' : 's'} taken up`);
  const run = await runInterruptibly(study, manner, have);
  const computed = new Map(run.results.map((each) => [each.experiment.id, each]));
  const results = study.experiments.flatMap(({ id }) => computed.get(id) ?? have.get(id) ?? []);
  const loses = earlier !== null && hasMore(earlier, results);
  if (loses && run.computed === 0 && (run.status === 'cancelled' || run.status === 'failed')) {
    say(`${out}: left as it was, with the results of an earlier study: nothing was finished`);
    return { run, written: out };
  }
  const folders = input === null || input === STANDARD_INPUT ? [] : [dirname(resolve(input))];
  return { run, written: saveResults({ out, place, state, earlier, folders }, study, results) };
}

const runInterruptibly = (
  study: Study,
  { threads, only, progress }: Manner,
  have: ReadonlyMap<string, ExperimentResults>,
): Promise<StudyRun> =>
  withProgress(progress, (signal, onProgress) =>
    runStudy(study, {
      workerUrl: new URL('./worker.js', import.meta.url),
      threads,
      only,
      have,
      signal,
      onProgress,
    }),
  );
