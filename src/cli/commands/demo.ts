/** `sgdlab demo`: the main job without a window. Runs a preset, writes results and report, prints the table. */
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { makeFolder } from '../../lab/files.ts';
import { parseStudy, requireParsed } from '../../study/parse.ts';
import { spectraCompared } from '../../study/presets/spectra-compared.ts';
import { reasonOf } from '../../text/reason.ts';
import { cliCommand } from '../command.ts';
import { BAD_INPUT, Exit, RUN_FAILED } from '../exit.ts';
import { writeReport } from '../report.ts';
import { runAndSave } from '../run.ts';
import { print } from '../streams.ts';
import { finalRiskTable } from '../summary.ts';

export const command = cliCommand({
  arguments: [{ name: 'folder', required: false, completes: 'folders' }],
  about: 'run the preset “Spectra compared” and write its results and report',
  more: 'They go to the folder `studies` if none is named; the final risks are printed.',
  options: {},
  run: demo,
});

async function demo([folder = 'studies']: readonly [string | undefined]): Promise<number> {
  const study = requireParsed(parseStudy(spectraCompared.study()));
  const base = join(resolve(folder), spectraCompared.name);
  try {
    makeFolder(resolve(folder));
  } catch (error) {
    throw new Exit(BAD_INPUT, `${folder}: ${reasonOf(error)}`);
  }
  const threads = availableParallelism();
  const count = study.experiments.length;
  print(`Running “${study.name}”: ${count} experiments, theory and SGD, on ${threads} worker threads …\n`);
  const { run, written } = await runAndSave(
    study,
    { input: null, out: `${base}.sgdlab` },
    { threads, only: null, progress: 'bar' },
  );
  print(`\n${finalRiskTable(run.results)}\n\nResults: ${written}\n`);
  const reported = await writeReport(written, `${base}.html`);
  return run.status === 'done' ? reported : RUN_FAILED;
}
