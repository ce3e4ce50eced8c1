/** Opens a library: lock, file checks, connection, migrations. */
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Intervention } from '../../api/intervention.ts';
import { reason } from '../../refusal/refusal.ts';
import { reasonOf } from '../../text/reason.ts';
import { makeFolder, syncFolder } from '../files.ts';
import { Connection } from './connection.ts';
import { LibraryError } from './errors.ts';
import { acquireLock } from './lock.ts';
import { Library } from './library.ts';
import { inspectFile, migrate, type Migration } from './migrate.ts';
import { migrations as released } from './migrations/migrations.ts';

export interface LibraryOptions {
  /** Milliseconds since 1970; every stored time comes from here. */
  readonly now?: () => number;
  readonly newId?: () => string;
  /** Is told what was done about a file that was removed, replaced, or written by another program. */
  readonly onIntervention?: (what: Intervention) => void;
  /** Migrations other than the released ones: for tests of upgrading. */
  readonly migrations?: readonly Migration[];
}

export const LIBRARY_FILE = 'library.sqlite';
export const LOCK_FILE = 'library.lock';

/**
 * Opens the library of a folder, made if it is not there.
 * @throws LibraryError if another process has it, a later version wrote it, or it cannot be read; it is then untouched.
 */
export function openLibrary(folder: string, options: LibraryOptions = {}): Library {
  const { now = Date.now, newId = randomUUID, migrations = released, onIntervention } = options;
  const path = join(folder, LIBRARY_FILE);
  makeFolder(folder);
  const lock = acquireLock(join(folder, LOCK_FILE));
  let connection: Connection | undefined;
  try {
    const fresh = !existsSync(path);
    inspectFile(path, migrations.length);
    connection = new Connection(path, { ensureOwner: () => lock.renew(), onIntervention });
    migrate(connection, migrations, now());
    if (fresh) syncFolder(folder);
    else requireWhole(connection);
    return new Library(folder, connection, lock, now, newId);
  } catch (error) {
    connection?.close();
    lock.release();
    throw error;
  }
}

/** Of these one page that cannot be read takes more than its record. Curves' numbers are looked at when they are read. */
const NEEDED = ['studies', 'documents', 'descriptions', 'curves', 'lineage', 'settings'];

/** @throws LibraryError 'damaged' if a table is not whole: what can be read of it is for salvage.ts. */
function requireWhole(connection: Connection): void {
  for (const table of NEEDED) {
    const found = said(connection, table);
    if (found === 'ok') continue;
    throw new LibraryError('damaged', reason('library-not-whole', { path: connection.path, table, said: found }));
  }
}

function said(connection: Connection, table: string): string {
  try {
    return String(connection.get(`PRAGMA quick_check(${table})`)?.quick_check);
  } catch (error) {
    return reasonOf(error);
  }
}
