/**
 * One process at a time has a library open. A lock file names its holder; a lock whose holder is gone (killed, or the
 * machine restarted) is taken over.
 */
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { reason } from '../../refusal/refusal.ts';
import { parseJson } from '../../core/description/json.ts';
import { isAlive, ownIdentity, type ProcessIdentity } from '../process-identity.ts';
import { LibraryError } from './errors.ts';

export interface InstanceLock {
  /**
   * Takes the lock again if its file was removed.
   * @throws LibraryError 'busy' if another process has it now.
   */
  renew(): void;
  release(): void;
}

/** A lock file without readable content this young (ms) may be one that is just being written. */
const WRITING = 2000;

/**
 * @param path of the lock file.
 * @throws LibraryError 'busy' if a living process, or one of another machine, holds the lock.
 */
export function acquireLock(path: string): InstanceLock {
  const own = JSON.stringify(ownIdentity());
  for (let attempt = 0; attempt < 3; attempt++) {
    if (create(path, own)) return { renew: () => renew(path, own), release: () => release(path, own) };
    const found = read(path);
    if (found === null) continue;
    const holder = parse(found);
    if (holder ? isAlive(holder) : isYoung(path)) throw busy(path, holder);
    setAside(path, found);
  }
  throw busy(path, null);
}

function create(path: string, content: string): boolean {
  let handle: number;
  try {
    handle = openSync(path, 'wx', 0o600);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
  try {
    writeSync(handle, content);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  return true;
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

function renew(path: string, own: string): void {
  const found = read(path);
  if (found === own || (found === null && create(path, own))) return;
  throw busy(path, parse(found ?? read(path) ?? ''));
}

function release(path: string, own: string): void {
  // not a lock that somebody else has taken over
  if (read(path) === own) rmSync(path, { force: true });
}

/** Removes a stale lock, unless it was replaced since it was read. */
function setAside(path: string, stale: string): void {
  const aside = `${path}.${process.pid}`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  if (read(aside) === stale) rmSync(aside, { force: true });
  else renameSync(aside, path);
}

function parse(content: string): ProcessIdentity | null {
  try {
    const value = parseJson(content) as Partial<ProcessIdentity> | null;
    if (typeof value?.pid !== 'number' || !Number.isSafeInteger(value.pid) || value.pid <= 0) return null;
    return { pid: value.pid, host: String(value.host), started: String(value.started ?? '') };
  } catch {
    return null;
  }
}

function isYoung(path: string): boolean {
  try {
    return Math.abs(Date.now() - statSync(path).mtimeMs) < WRITING;
  } catch {
    return false;
  }
}

function busy(path: string, holder: ProcessIdentity | null): LibraryError {
  const who = holder && { pid: holder.pid, host: holder.host };
  return new LibraryError('busy', reason('library-in-use', { holder: who, lock: path }));
}
