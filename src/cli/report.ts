/** Writes the report of a file of results. */
import { texts } from '../text/texts.ts';
import { basename, dirname, join } from 'node:path';
import { englishLine } from '../text/refusals/index.ts';
import { writeFileAtomically } from '../lab/files.ts';
import { renderReport } from '../lab/report/index.ts';
import { reasonOf } from '../text/reason.ts';
import { BAD_INPUT, DONE, Exit, RUN_FAILED } from './exit.ts';
import { beginningOf, requirePlace } from './place.ts';
import { readResults, shownResults } from './file-results.ts';
import { print } from './streams.ts';

/** Start of a page that this program wrote, in which it says so. */
const PAGE_START = 4096;
const PAGE = '<meta name="generator" content="SGD Dynamics Lab">';

/** @param out beside the results if not given; a file that is there is replaced if it is a report. */
export async function writeReport(path: string, out: string | undefined): Promise<number> {
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
  const remarks = [...archive.refusals, ...archive.notices].map(englishLine);
  await write(place, renderReport(texts('en'), shownResults(archive), archive.study, archive.provenance, { remarks }));
  print(`Written: ${target}\n`);
  return left ? RUN_FAILED : DONE;
}

async function write(path: string, text: string): Promise<void> {
  try {
    await writeFileAtomically(path, new TextEncoder().encode(text));
  } catch (error) {
    throw new Exit(BAD_INPUT, `${path}: ${reasonOf(error)}`);
  }
}
