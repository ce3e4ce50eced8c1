/** Reads studies and archives that are named on the command line. */
import { readFileSync, statSync } from 'node:fs';
import { MAX_STUDY_TEXT, parseStudyText } from '../core/study/parse.ts';
import { formatProblem } from '../core/study/problems.ts';
import { type Study } from '../core/study/schema.ts';
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

/** Plain words for what the file system says. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as { code?: string; message?: string };
  const known: Record<string, string> = {
    ENOENT: 'no such file or folder',
    EACCES: 'no permission',
    EISDIR: 'this is a folder, not a file',
    ENOTDIR: 'a part of the path is not a folder',
    EROFS: 'the file system is read-only',
    ENOSPC: 'no space left',
  };
  return known[code ?? ''] ?? message ?? String(error);
}
