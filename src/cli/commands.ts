/** The commands that only read and write files: validate, presets, report, export. */
import { basename, dirname, join } from 'node:path';
import { presetOf, presets } from '../study/presets/registry.ts';
import { formatProblem } from '../core/description/problems.ts';
import { formatWarning } from '../text/warnings.ts';
import { studyWarnings } from '../study/warnings.ts';
import { exportCsv, readArchive, type Archive, type ArchivedResults } from '../lab/archive/index.ts';
import { writeFileAtomically } from '../lab/files.ts';
import { withoutResults } from '../lab/left-out.ts';
import { renderReport } from '../lab/report/index.ts';
import { reasonOf } from '../text/reason.ts';
import { texts } from '../text/texts.ts';
import { BAD_INPUT, DONE, Exit, RUN_FAILED } from './exit.ts';
import { readStudy } from './input.ts';
import { beginningOf, requirePlace } from './place.ts';
import { print, say } from './streams.ts';

export function validateCommand(path: string): number {
  const study = readStudy(path);
  const { experiments } = study;
  for (const warning of studyWarnings(study)) say(`warning: ${formatWarning(warning)}`);
  print(`${path}: valid, ${experiments.length} experiment${experiments.length === 1 ? '' : 's'}\n`);
  return DONE;
}

export function presetsCommand(name: string | undefined): number {
  if (name === undefined) {
    const width = Math.max(...presets.map((preset) => preset.name.length));
    for (const { name: each, description } of presets) print(`${each.padEnd(width)}  ${description}\n`);
    return DONE;
  }
  const preset = presetOf(name);
  if (!preset) {
    throw new Exit(
      BAD_INPUT,
      `presets: expected one of ${presets.map((each) => each.name).join(', ')}, got ${JSON.stringify(name)}`,
    );
  }
  print(`${JSON.stringify(preset.study(), null, 2)}\n`);
  return DONE;
}

/** Start of a page that this program wrote, in which it says so. */
const PAGE_START = 4096;
const PAGE = '<meta name="generator" content="SGD Dynamics Lab">';

export async function reportCommand(path: string, out: string | undefined): Promise<number> {
  const { archive, left } = readResults(path);
  const target = out ?? join(dirname(path), `${basename(path).replace(/\.sgdlab$/i, '')}.html`);
  const place = requirePlace(target, path);
  const present = beginningOf(place, PAGE_START);
  if (present !== '' && !present.includes(PAGE)) {
    throw new Exit(
      BAD_INPUT,
      `${target}: this file is there already and is no report; remove it, or write to another one`,
    );
  }
  const remarks = [...archive.problems, ...archive.notices].map(formatProblem);
  await write(place, renderReport(texts('en'), shownResults(archive), archive.study, archive.provenance, { remarks }));
  print(`Written: ${target}\n`);
  return left ? RUN_FAILED : DONE;
}

export function exportCommand(path: string, folder: string): number {
  const { archive, left } = readResults(path);
  try {
    const files = exportCsv(folder, archive.study, shownResults(archive));
    for (const file of files) print(`${join(folder, file)}\n`);
  } catch (error) {
    throw new Exit(BAD_INPUT, `${folder}: ${reasonOf(error)}`);
  }
  return left ? RUN_FAILED : DONE;
}

/** Results of the study's own descriptions; those of earlier ones have other times and settings. */
const shownResults = ({ results }: Archive): ArchivedResults[] =>
  results.filter(({ standing }) => standing !== 'stale');

/** The results of a file; says what of its study is not there, and is `left` out of whatever is made of it. */
function readResults(path: string): { archive: Archive; left: boolean } {
  let archive: Archive;
  try {
    archive = readArchive(path);
  } catch (error) {
    throw new Exit(BAD_INPUT, `${path}: ${reasonOf(error)}`);
  }
  const left = [
    ...archive.problems,
    ...withoutResults(
      archive.study.experiments.map(({ id }) => ({ id })),
      shownResults(archive),
    ),
  ];
  for (const problem of [...archive.notices, ...left]) say(`${path}: ${formatProblem(problem)}`);
  return { archive, left: left.length > 0 };
}

async function write(path: string, text: string): Promise<void> {
  try {
    await writeFileAtomically(path, new TextEncoder().encode(text));
  } catch (error) {
    throw new Exit(BAD_INPUT, `${path}: ${reasonOf(error)}`);
  }
}
