/** Files that are either the old or the new one whatever happens while they are written. */
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { temporaryFolder } from './temporary-folder.ts';

/** Bytes that go to one file: at once, or piece by piece. */
export type FileContent = Uint8Array | Iterable<Uint8Array>;

/** Makes the entries of a folder durable. Windows has no such call: there it does nothing. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/**
 * Makes a folder and those that it stands in. Node's own recursive call never ends where a folder that is there says
 * ENOENT of whatever is made in it, as /proc does.
 * @param mode of folders that are made.
 * @throws the file system's error.
 */
export function makeFolder(path: string, mode = 0o777): void {
  if (isFolder(path)) return;
  const parent = dirname(path);
  if (parent !== path && statSync(parent, { throwIfNoEntry: false }) === undefined) makeFolder(parent, mode);
  try {
    mkdirSync(path, { mode });
  } catch (error) {
    // another program may have made it in between
    if (!isFolder(path)) throw error;
  }
}

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;

/**
 * Writes a file through a temporary one in the same folder: write, fsync, rename, fsync of the folder. On failure the
 * file at `path` is as it was and nothing is left beside it.
 * @throws the file system's error.
 */
export function writeFileAtomically(path: string, content: FileContent): void {
  const folder = dirname(path);
  const temporary = temporaryFolder(folder);
  const file = join(temporary, basename(path));
  try {
    writeDurably(file, content instanceof Uint8Array ? [content] : content);
    renameSync(file, path);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
  syncFolder(folder);
}

function writeDurably(file: string, pieces: Iterable<Uint8Array>): void {
  const handle = openSync(file, 'wx', 0o666);
  try {
    for (const piece of pieces) {
      for (let offset = 0; offset < piece.length;) offset += writeSync(handle, piece, offset);
    }
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
