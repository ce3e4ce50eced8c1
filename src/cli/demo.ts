/** The main job without a window: runs the preset "Spectra compared", writes results and report, prints the table. */
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseStudy, requireParsed } from '../study/parse.ts';
import { spectraCompared } from '../study/presets/spectra-compared.ts';
import { availableParallelism } from 'node:os';
import { reasonOf } from '../text/reason.ts';
import { BAD_INPUT, Exit, RUN_FAILED } from './exit.ts';
import { reportCommand } from './commands.ts';
import { runAndSave } from './run.ts';
import { print } from './streams.ts';
import { finalRiskTable } from './summary.ts';

export async function demoCommand(folder = 'studies'): Promise<number> {
  const study = requireParsed(parseStudy(spectraCompared.study()));
  const base = join(resolve(folder), spectraCompared.name);
  try {
    mkdirSync(resolve(folder), { recursive: true });
  } catch (error) {
    throw new Exit(BAD_INPUT, `${folder}: ${reasonOf(error)}`);
  }
  const threads = availableParallelism();
  const count = study.experiments.length;
  print(`Running “${study.name}”: ${count} experiments, theory and SGD, on ${threads} worker threads …\n`);
  const { run, written } = await runAndSave(study, { input: null, out: `${base}.sgdlab` }, threads, null);
  print(`\n${finalRiskTable(run.results)}\n\nResults: ${written}\n`);
  const reported = await reportCommand(written, `${base}.html`);
  return run.status === 'done' ? reported : RUN_FAILED;
}
