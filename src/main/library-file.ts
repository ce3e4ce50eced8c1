/** The file of a study library that is not open. */
import {
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  fsyncSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { LIBRARY_FILE } from '../lab/database/open.ts';
import { makeFolder, syncFolder } from '../lab/files.ts';

/** Whether a folder has a study library. */
export function hasLibrary(folder: string): boolean {
  return existsSync(join(folder, LIBRARY_FILE));
}

/** Removes a closed library that was copied to a folder in vain. */
export function removeLibrary(folder: string): void {
  rmSync(join(folder, LIBRARY_FILE), { force: true });
}

/**
 * Copies a closed library.
 * @throws the file system's error, or Error if the library was not closed in order; `to` then has no library, and
 * nothing else of this attempt.
 */
export function copyLibrary(from: string, to: string): void {
  const target = join(to, LIBRARY_FILE);
  const partial = `${target}.partial`;
  const log = statSync(`${join(from, LIBRARY_FILE)}-wal`, { throwIfNoEntry: false });
  if (log && log.size > 0)
    throw new Error('the library was not closed in order: what was saved last is still in a file beside it');
  makeFolder(to);
  try {
    copyFileSync(join(from, LIBRARY_FILE), partial, constants.COPYFILE_FICLONE);
    const handle = openSync(partial, 'r+');
    try {
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(partial, target);
  } catch (error) {
    rmSync(partial, { force: true });
    throw error;
  }
  syncFolder(to);
}
