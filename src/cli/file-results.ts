/** Results of a file that a command writes in another form. */
import { englishLine } from '../text/refusals/index.ts';
import { readArchive, type Archive, type ArchivedResults } from '../lab/archive/index.ts';
import { withoutResults } from '../lab/left-out.ts';
import { reasonOf } from '../text/reason.ts';
import { BAD_INPUT, Exit } from './exit.ts';
import { say } from './streams.ts';

/** Results of the study's own descriptions; those of earlier ones have other times and settings. */
export const shownResults = ({ results }: Archive): ArchivedResults[] =>
  results.filter(({ standing }) => standing !== 'stale');

/** The results of a file; says what of its study is not there, and is `left` out of whatever is made of it. */
export function readResults(path: string): { archive: Archive; left: boolean } {
  let archive: Archive;
  try {
    archive = readArchive(path);
  } catch (error) {
    throw new Exit(BAD_INPUT, `${path}: ${reasonOf(error)}`);
  }
  const left = [
    ...archive.refusals,
    ...withoutResults(
      archive.study.experiments.map(({ id }) => ({ id })),
      shownResults(archive),
    ),
  ];
  for (const each of [...archive.notices, ...left]) say(`${path}: ${englishLine(each)}`);
  return { archive, left: left.length > 0 };
}
