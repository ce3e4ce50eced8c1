/** The file of a study library that is not open. */
import {
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { join } from 'node:path';
import { LIBRARY_FILE } from '../lab/database/open.ts';
import { syncFolder } from '../lab/files.ts';

/** Whether a folder has a study library. */
export function hasLibrary(folder: string): boolean {
  return existsSync(join(folder, LIBRARY_FILE));
}

/**
 * Copies a closed library.
 * @throws the file system's error; `to` then has no library, and nothing else of this attempt.
 */
export function copyLibrary(from: string, to: string): void {
  const target = join(to, LIBRARY_FILE);
  const partial = `${target}.partial`;
  mkdirSync(to, { recursive: true });
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
