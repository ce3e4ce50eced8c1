/** Plain words for what the file system says. */
import { Refused } from '../refusal/refusal.ts';
import { englishLine } from './refusals/index.ts';

const KNOWN: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or folder',
  EACCES: 'no permission',
  EPERM: 'no permission',
  EISDIR: 'this is a folder, not a file',
  ENOTDIR: 'a part of the path is not a folder',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no space left',
};

/** Why something failed, in one line; the message of an error that did not come from the file system. */
export function reasonOf(error: unknown): string {
  if (error instanceof Refused) return error.refusals.map(englishLine).join('\n');
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return KNOWN[code] ?? error.message;
}
