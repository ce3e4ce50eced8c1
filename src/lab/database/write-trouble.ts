/** Why the library could not be written: SQLite says "disk I/O error" of everything, the file system says more. */
import { rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { reason, whyOf } from '../../refusal/refusal.ts';
import { LibraryError } from './errors.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const IO = /disk I\/O error|database or disk is full|unable to open database file|readonly database/i;
/** What is tried to be written: more than the rest that a failed write of whole pages leaves. */
const PROBE_BYTES = 64 * 1024;

/** The error as one that says what the disk says; the error itself where the disk has nothing to say. */
export function writeTrouble(path: string, error: unknown): unknown {
  if (error instanceof LibraryError || !(error instanceof Error) || !IO.test(error.message)) return error;
  const refused = probe(dirname(path));
  if (refused === null) return error;
  const { code } = refused as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new LibraryError('full', reason('disk-full', {}), { cause: error });
  return new LibraryError('unwritable', reason('library-unwritable', { why: whyOf(refused) }), { cause: error });
}

/** What the file system says to a file that is written to a folder; null if nothing. */
function probe(folder: string): unknown {
  let place: string | undefined;
  try {
    place = temporaryFolder(folder);
    writeFileSync(join(place, 'probe'), new Uint8Array(PROBE_BYTES), { flush: true });
    return null;
  } catch (error) {
    return error;
  } finally {
    if (place !== undefined) rmSync(place, { recursive: true, force: true });
  }
}
