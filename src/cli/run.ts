/** `sgdlab run`: runs a study, writes its results. */
import { accessSync, constants } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { type JobInfo } from '../core/session/types.ts';
import { type Study } from '../core/study/schema.ts';
import { writeArchive } from '../lab/archive/index.ts';
import { runStudy, type StudyRun } from '../lab/jobs/run-study.ts';
import { reasonOf } from '../lab/reason.ts';
import { BAD_INPUT, DONE, Exit, INTERRUPTED, RUN_FAILED } from './exit.ts';
import { readStudy } from './input.ts';
import { createProgressBar } from './progress.ts';
import { finalRiskTable, summarize } from './summary.ts';

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
  const study = readStudy(path);
  const out = options.out ?? join(dirname(path), `${basename(path).replace(/\.json$/i, '')}.sgdlab`);
  const { run } = await runAndSave(study, out, parseWorkers(options.workers), parseOnly(study, options.only));
  if (options.json) {
    const experiments = run.results.map((result) => {
      const seconds = run.seconds.get(result.experiment.id) ?? { theory: 0, simulation: 0 };
      return summarize(result, seconds);
    });
    process.stdout.write(`${JSON.stringify({ out, experiments })}\n`);
  } else {
    process.stdout.write(`${finalRiskTable(run.results)}\n\nWritten: ${out}\n`);
  }
  for (const message of run.messages) process.stderr.write(`${message}\n`);
  return STATUS[run.status];
}

/** Runs a study with a progress bar and writes the archive, also of what an interrupted study has finished. */
export async function runAndSave(
  study: Study,
  out: string,
  threads: number,
  only: string[] | null,
): Promise<{ run: StudyRun }> {
  requireWritable(out);
  const bar = createProgressBar(process.stderr);
  const interrupt = new AbortController();
  const stop = () => interrupt.abort();
  process.on('SIGINT', stop).on('SIGTERM', stop);
  let run: StudyRun;
  try {
    run = await runStudy(study, {
      workerUrl: new URL('./worker.js', import.meta.url),
      threads,
      only,
      signal: interrupt.signal,
      onProgress: (info: JobInfo) => bar.update(info),
    });
  } finally {
    bar.end();
    process.off('SIGINT', stop).off('SIGTERM', stop);
  }
  try {
    writeArchive(out, study, run.results);
  } catch (error) {
    throw new Exit(BAD_INPUT, `${out}: ${reasonOf(error)}`);
  }
  return { run };
}

/** Said before the work is done, not after it. */
function requireWritable(out: string): void {
  try {
    accessSync(dirname(resolve(out)), constants.W_OK);
  } catch (error) {
    throw new Exit(BAD_INPUT, `${out}: ${reasonOf(error)}`);
  }
}

export function parseWorkers(text: string | undefined): number {
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
