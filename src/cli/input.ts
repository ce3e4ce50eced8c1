/** Reads studies and archives that are named on the command line. */
import { readFileSync, statSync } from 'node:fs';
import { MAX_STUDY_TEXT, parseStudyText } from '../core/study/parse.ts';
import { formatProblem } from '../core/study/problems.ts';
import { type Study } from '../core/study/schema.ts';
import { reasonOf } from '../lab/reason.ts';
import { BAD_INPUT, Exit } from './exit.ts';

/** Text of a file, or an Exit that says why it cannot be read. */
function readText(path: string): string {
  try {
    const { size } = statSync(path);
    if (size > MAX_STUDY_TEXT)
      throw new Exit(BAD_INPUT, `${path}: expected at most ${MAX_STUDY_TEXT} bytes, got ${size}`);
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Exit) throw error;
    throw new Exit(BAD_INPUT, `${path}: ${reasonOf(error)}`);
  }
}

/** A study file, or an Exit with every problem of it. */
export function readStudy(path: string): Study {
  const result = parseStudyText(readText(path));
  if (result.ok) return result.value;
  const count = result.problems.length;
  const lines = result.problems.map((problem) => `  ${formatProblem(problem)}`);
  throw new Exit(
    BAD_INPUT,
    `${path}: not a valid study, ${count} problem${count === 1 ? '' : 's'}:\n${lines.join('\n')}`,
  );
}
