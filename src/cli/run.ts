/** `sgdlab run`: runs a study, writes its results. */
import { existsSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { type JobInfo } from '../api/types.ts';
import { type ExperimentResults } from '../study/results.ts';
import { type Study } from '../core/experiment/schema.ts';
import { formatWarning } from '../text/warnings.ts';
import { studyWarnings } from '../study/warnings.ts';
import { writeArchive } from '../lab/archive/index.ts';
import { runStudy, type StudyRun } from '../lab/jobs/run-study.ts';
import { reasonOf } from '../text/reason.ts';
import { BAD_INPUT, DONE, Exit, INTERRUPTED, RUN_FAILED } from './exit.ts';
import { readStudy, STANDARD_INPUT } from './input.ts';
import { requirePlace } from './place.ts';
import { createProgressBar } from './progress.ts';
import { print, say } from './streams.ts';
import { finalRiskTable, summarize } from './summary.ts';
import { curvesFor, earlierResults, hasMore, keepCopy, stateOf } from './taken-up.ts';

export interface RunOptions {
  out?: string;
  workers?: string;
  only?: string;
  json?: boolean;
}

const STATUS: Record<StudyRun['status'], number> = {
  done: DONE,
  cancelled: INTERRUPTED,
  failed: RUN_FAILED,
  diverged: RUN_FAILED,
};

export async function runCommand(path: string, options: RunOptions): Promise<number> {
  if (path === STANDARD_INPUT && options.out === undefined) {
    throw new Exit(BAD_INPUT, '--out: expected a file for the results of a study from the standard input, got nothing');
  }
  const study = readStudy(path);
  const out = options.out ?? join(dirname(path), `${basename(path).replace(/\.json$/i, '')}.sgdlab`);
  const workers = parseWorkers(options.workers);
  const only = parseOnly(study, options.only);
  for (const warning of studyWarnings(study, only)) say(`warning: ${formatWarning(warning)}`);
  const { run, written } = await runAndSave(study, { input: path, out }, workers, only);
  if (options.json) {
    const experiments = run.results.map((result) => {
      const seconds = run.seconds.get(result.experiment.id) ?? { theory: 0, simulation: 0 };
      return summarize(result, seconds);
    });
    print(`${JSON.stringify({ out: written, experiments })}\n`);
  } else {
    print(`${finalRiskTable(run.results)}\n\nWritten: ${written}\n`);
  }
  for (const message of run.messages) say(message);
  return written === out || run.status !== 'done' ? STATUS[run.status] : RUN_FAILED;
}

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

function parseWorkers(text: string | undefined): number {
  if (text === undefined) return availableParallelism();
  const workers = Number(text);
  if (!Number.isInteger(workers) || workers < 1 || workers > 256) {
    throw new Exit(BAD_INPUT, `--workers: expected a whole number from 1 to 256, got ${JSON.stringify(text)}`);
  }
  return workers;
}

function parseOnly(study: Study, text: string | undefined): string[] | null {
  if (text === undefined) return null;
  const ids = text.split(',').map((id) => id.trim());
  const known = study.experiments.map(({ id }) => id);
  const unknown = ids.filter((id) => !known.includes(id));
  if (unknown.length > 0) {
    throw new Exit(
      BAD_INPUT,
      `--only: expected ids of the study (${known.join(', ')}), got ${unknown.map((id) => JSON.stringify(id)).join(', ')}`,
    );
  }
  return ids;
}
