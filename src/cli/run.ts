/** Runs a study with a progress bar and writes its results to their place, or where they are not lost. */
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { type JobInfo } from '../api/types.ts';
import { type ExperimentResults } from '../study/experiment-results.ts';
import { type Study } from '../core/experiment/schema.ts';
import { writeArchive } from '../lab/archive/index.ts';
import { runStudy, type StudyRun } from '../lab/jobs/run-study.ts';
import { reasonOf } from '../text/reason.ts';
import { Exit, RUN_FAILED } from './exit.ts';
import { STANDARD_INPUT } from './input.ts';
import { requirePlace } from './place.ts';
import { createProgressBar } from './progress.ts';
import { say } from './streams.ts';
import { curvesFor, earlierResults, hasMore, keepCopy, stateOf } from './taken-up.ts';

export interface Places {
  /** The study's file, which is never written over; null for none. */
  readonly input: string | null;
  readonly out: string;
}

/**
 * Runs a study with a progress bar and writes the archive, also of what an interrupted study has finished. Finished
 * curves that the file has already are kept, and what it has beside them is copied before it is replaced.
 * @returns the run, and where its results are: beside the study, in the system's folder for temporary files or in the
 *   working folder where they could not be written to their place in the end.
 */
export async function runAndSave(
  study: Study,
  { input, out }: Places,
  threads: number,
  only: string[] | null,
): Promise<{ run: StudyRun; written: string }> {
  const place = requirePlace(out, input);
  const state = stateOf(place);
  const earlier = earlierResults(out, place);
  const have = curvesFor(study, earlier);
  const count = [...have.values()].reduce((sum, { curves }) => sum + curves.length, 0);
  if (count > 0) say(`${out}: ${count} finished curve${count === 1 ? '' : 's'} taken up`);
  const run = await runInterruptibly(study, threads, only, have);
  const computed = new Map(run.results.map((each) => [each.experiment.id, each]));
  const results = study.experiments.flatMap(({ id }) => computed.get(id) ?? have.get(id) ?? []);
  const loses = earlier !== null && hasMore(earlier, results);
  if (loses && run.computed === 0 && (run.status === 'cancelled' || run.status === 'failed')) {
    say(`${out}: left as it was, with the results of an earlier study: nothing was finished`);
    return { run, written: out };
  }
  const attempt = (target: string) => writeArchive(target, study, results);
  try {
    if (loses || stateOf(place) !== state) {
      say(`${out}: what was there and is not in the new results is kept in ${keepCopy(place)}`);
    }
    attempt(place);
    return { run, written: out };
  } catch (error) {
    say(`${out}: ${reasonOf(error)}`);
    const folders = input === null || input === STANDARD_INPUT ? [] : [dirname(resolve(input))];
    return { run, written: writeElsewhere(basename(out), [...folders, tmpdir(), process.cwd()], attempt) };
  }
}

async function runInterruptibly(
  study: Study,
  threads: number,
  only: string[] | null,
  have: ReadonlyMap<string, ExperimentResults>,
): Promise<StudyRun> {
  const bar = createProgressBar(process.stderr);
  const interrupt = new AbortController();
  const stop = () => interrupt.abort();
  process.on('SIGINT', stop).on('SIGTERM', stop);
  try {
    return await runStudy(study, {
      workerUrl: new URL('./worker.js', import.meta.url),
      threads,
      only,
      have,
      signal: interrupt.signal,
      onProgress: (info: JobInfo) => bar.update(info),
    });
  } finally {
    bar.end();
    process.off('SIGINT', stop).off('SIGTERM', stop);
  }
}

/** Results that their place would not take are not lost: the first folder that takes them, under a name that is free. */
function writeElsewhere(name: string, folders: readonly string[], write: (path: string) => void): string {
  const stem = name.replace(/\.sgdlab$/i, '');
  for (const folder of folders) {
    let path = join(folder, `${stem}.sgdlab`);
    for (let n = 2; existsSync(path); n++) path = join(folder, `${stem}-${n}.sgdlab`);
    try {
      write(path);
      say(`The results are in ${path}`);
      return path;
    } catch (error) {
      say(`${path}: ${reasonOf(error)}`);
    }
  }
  throw new Exit(RUN_FAILED, 'the results could not be written anywhere');
}
