/** The commands that only read and write files: validate, presets, report, export. */
import { basename, dirname, join } from 'node:path';
import { presetOf, presets } from '../core/study/presets/registry.ts';
import { formatProblem } from '../core/study/problems.ts';
import { exportCsv, readArchive, type Archive, type ArchivedResults } from '../lab/archive/index.ts';
import { writeFileAtomically } from '../lab/files.ts';
import { renderReport } from '../lab/report/index.ts';
import { reasonOf } from '../lab/reason.ts';
import { BAD_INPUT, DONE, Exit, RUN_FAILED } from './exit.ts';
import { readStudy } from './input.ts';

export function validateCommand(path: string): number {
  const { experiments } = readStudy(path);
  process.stdout.write(`${path}: valid, ${experiments.length} experiment${experiments.length === 1 ? '' : 's'}\n`);
  return DONE;
}

export function presetsCommand(name: string | undefined): number {
  if (name === undefined) {
    const width = Math.max(...presets.map((preset) => preset.name.length));
    for (const { name: each, description } of presets) process.stdout.write(`${each.padEnd(width)}  ${description}\n`);
    return DONE;
  }
  const preset = presetOf(name);
  if (!preset) {
    throw new Exit(
      BAD_INPUT,
      `presets: expected one of ${presets.map((each) => each.name).join(', ')}, got ${JSON.stringify(name)}`,
    );
  }
  process.stdout.write(`${JSON.stringify(preset.study(), null, 2)}\n`);
  return DONE;
}

export async function reportCommand(path: string, out: string | undefined): Promise<number> {
  const archive = readResults(path);
  const target = out ?? join(dirname(path), `${basename(path).replace(/\.sgdlab$/i, '')}.html`);
  const remarks = archive.problems.map(formatProblem);
  await write(target, renderReport(shownResults(archive), archive.study, archive.provenance, remarks));
  process.stdout.write(`Written: ${target}\n`);
  return statusOf(archive);
}

export function exportCommand(path: string, folder: string): number {
  const archive = readResults(path);
  try {
    const files = exportCsv(folder, archive.study, shownResults(archive));
    for (const file of files) process.stdout.write(`${join(folder, file)}\n`);
  } catch (error) {
    throw new Exit(BAD_INPUT, `${folder}: ${reasonOf(error)}`);
  }
  return statusOf(archive);
}

/** Results of the study's own descriptions; those of earlier ones have other times and settings. */
const shownResults = ({ results }: Archive): ArchivedResults[] =>
  results.filter(({ standing }) => standing !== 'stale');

/** Results that are not of the study's description and this version are shown, or left out, and told by the status. */
const statusOf = ({ results }: Archive): number =>
  results.some(({ standing }) => standing === 'stale' || standing === 'earlier-version') ? RUN_FAILED : DONE;

function readResults(path: string): Archive {
  try {
    const archive = readArchive(path);
    for (const problem of archive.problems) process.stderr.write(`${path}: ${formatProblem(problem)}\n`);
    return archive;
  } catch (error) {
    throw new Exit(BAD_INPUT, `${path}: ${reasonOf(error)}`);
  }
}

async function write(path: string, text: string): Promise<void> {
  try {
    await writeFileAtomically(path, new TextEncoder().encode(text));
  } catch (error) {
    throw new Exit(BAD_INPUT, `${path}: ${reasonOf(error)}`);
  }
}
