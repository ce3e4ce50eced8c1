/** The priority of worker threads: below the window, which must answer while all of them run. */
import { readlinkSync } from 'node:fs';
import { setPriority } from 'node:os';
import { basename } from 'node:path';

/** Niceness of a worker thread: computes at full speed on idle cores, and lets the window go first. */
const NICENESS = 10;

/**
 * Puts the calling thread behind the window's, where the process has one and the system sets priorities by thread
 * (Linux: POSIX says that they belong to processes, and elsewhere they do).
 */
export function yieldToWindow(): void {
  if (process.platform !== 'linux' || !process.versions.electron) return;
  try {
    setPriority(Number(basename(readlinkSync('/proc/thread-self'))), NICENESS);
  } catch {
    // a system that does not allow it runs the thread like any other
  }
}
