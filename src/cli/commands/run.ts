/** `sgdlab run`: runs a study, writes its results. */
import { availableParallelism } from 'node:os';
import { englishLine } from '../../text/refusals/index.ts';
import { basename, dirname, join } from 'node:path';
import { MAX_THREADS } from '../../api/settings.ts';
import { type Study } from '../../core/experiment/schema.ts';
import { type StudyRun } from '../../lab/jobs/run-study.ts';
import { studyWarnings } from '../../study/warnings.ts';
import { formatWarning } from '../../text/warnings.ts';
import { cliCommand } from '../command.ts';
import { BAD_INPUT, DONE, Exit, INTERRUPTED, RUN_FAILED } from '../exit.ts';
import { readStudy, STANDARD_INPUT } from '../input.ts';
import { PROGRESS, progressOf } from '../progress.ts';
import { runAndSave } from '../run.ts';
import { print, say } from '../streams.ts';
import { finalRiskTable, summarize, sweepExtremes } from '../summary.ts';
import { wholeNumber } from '../whole-number.ts';

const STATUS: Record<StudyRun['status'], number> = {
  done: DONE,
  cancelled: INTERRUPTED,
  failed: RUN_FAILED,
  diverged: RUN_FAILED,
};

export const command = cliCommand({
  arguments: [{ name: 'study.json', required: true, completes: 'studies' }],
  about: 'run every experiment of a study (`-` for standard input) and write its results',
  more:
    'Finished curves that the file has already are kept and not computed again; what it has of earlier descriptions is ' +
    'copied to `NAME.earlier.sgdlab`. Progress is shown on standard error.',
  options: {
    out: { value: 'file.sgdlab', completes: 'results', about: 'where to write (default: beside the study)' },
    workers: {
      value: 'n',
      about: 'worker threads (default: one per core)',
      more: 'The results do not depend on it.',
    },
    only: { value: 'ids', about: 'run only these experiments, separated by commas' },
    progress: {
      value: 'how',
      completes: PROGRESS,
      about: 'show progress as a `bar` (default; on a terminal alone), as lines of `json`, or `none`',
      more: 'A line of JSON has the fraction done, the seconds left (null before there is a rate) and the same for each experiment.',
    },
    json: { about: 'print one JSON object with the curves on stdout' },
  },
  async run([path], options) {
    if (path === STANDARD_INPUT && options.out === undefined) {
      throw new Exit(
        BAD_INPUT,
        '--out: expected a file for the results of a study from the standard input, got nothing',
      );
    }
    const study = readStudy(path);
    const out = options.out ?? join(dirname(path), `${basename(path).replace(/\.json$/i, '')}.sgdlab`);
    const workers =
      options.workers === undefined
        ? availableParallelism()
        : wholeNumber('--workers', options.workers, 1, MAX_THREADS);
    const only = parseOnly(study, options.only);
    const progress = progressOf(options.progress);
    for (const warning of studyWarnings(study, only)) say(`warning: ${formatWarning(warning)}`);
    const { run, written } = await runAndSave(study, { input: path, out }, { threads: workers, only, progress });
    if (options.json) {
      const experiments = run.results.map((result) => {
        const seconds = run.seconds.get(result.experiment.id) ?? { theory: 0, simulation: 0 };
        return summarize(result, seconds);
      });
      print(`${JSON.stringify({ out: written, experiments })}\n`);
    } else {
      const extremes = sweepExtremes(study.sweep, run.results);
      const parts = [finalRiskTable(run.results), ...(extremes === '' ? [] : [extremes]), `Written: ${written}\n`];
      print(parts.join('\n\n'));
    }
    for (const each of run.refusals) say(englishLine(each));
    return written === out || run.status !== 'done' ? STATUS[run.status] : RUN_FAILED;
  },
});

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
