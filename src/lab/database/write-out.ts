/** Writing a library out from an open file whose name was taken away. */
import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  mkdtempSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { makeFolder, syncFolder } from '../files.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const CHUNK = 1024 * 1024;

/**
 * Copies the open file to `path`. A file that is there is kept beside it, with the files that belong to it.
 * @returns where the file that was found is now; null if there was none.
 * @throws the file system's error; the file that was found is then where it was.
 */
export function writeOut(handle: number, path: string): string | null {
  const folder = dirname(path);
  makeFolder(folder);
  const temporary = temporaryFolder(folder);
  try {
    const copy = join(temporary, basename(path));
    copyFrom(handle, copy);
    const aside = setAside(path);
    renameSync(copy, path);
    syncFolder(folder);
    return aside;
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

/**
 * Puts a copy in the place of a file that was emptied; the log beside it belongs to what is copied, and goes.
 * @param copyTo makes the copy. @throws what it throws; nothing was changed then.
 */
export function writeOutMemory(path: string, copyTo: (copy: string) => void): void {
  const folder = dirname(path);
  const temporary = temporaryFolder(folder);
  try {
    const copy = join(temporary, basename(path));
    copyTo(copy);
    syncFile(copy);
    rmSync(`${path}-wal`, { force: true });
    renameSync(copy, path);
    syncFolder(folder);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

function syncFile(path: string): void {
  const handle = openSync(path, 'r+');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Copies the open file to a folder for temporary files; where it is. */
export function rescue(handle: number): string {
  const copy = join(mkdtempSync(join(tmpdir(), 'sgdlab-rescued-')), 'library.sqlite');
  copyFrom(handle, copy);
  return copy;
}

function copyFrom(handle: number, path: string): void {
  const target = openSync(path, 'wx', 0o600);
  try {
    const { size } = fstatSync(handle);
    const buffer = new Uint8Array(CHUNK);
    for (let offset = 0; offset < size;) {
      const read = readSync(handle, buffer, 0, CHUNK, offset);
      if (read === 0) throw new Error(`the file ended at ${offset} of ${size} bytes`);
      for (let written = 0; written < read;) written += writeSync(target, buffer, written, read - written);
      offset += read;
    }
    fsyncSync(target);
  } finally {
    closeSync(target);
  }
}

/** Takes the log away from a library that it is not of; where it is now. */
export function setLogAside(path: string): string {
  const aside = freePath(`${path}.log-of-before`);
  renameSync(`${path}-wal`, aside);
  return aside;
}

/** A path that nothing has: the wanted one, or with a number. */
export function freePath(wanted: string): string {
  let path = wanted;
  for (let k = 2; existsSync(path); k++) path = `${wanted}-${k}`;
  return path;
}

function setAside(path: string): string | null {
  if (!existsSync(path)) return null;
  const aside = freePath(`${path}.found`);
  for (const suffix of ['-wal', '-journal', '-shm', ''])
    if (existsSync(path + suffix)) renameSync(path + suffix, aside + suffix);
  return aside;
}
