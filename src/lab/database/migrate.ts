/** Brings a library to the present schema, one numbered migration after the other; PRAGMA user_version counts them. */
import {
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  readSync,
  readdirSync,
  statSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { syncFolder } from '../files.ts';
import { APPLICATION_ID, type Connection } from './connection.ts';
import { LibraryError } from './errors.ts';

export interface Migration {
  /** The schema's version after it; versions count 1, 2, 3, … */
  readonly version: number;
  readonly name: string;
  readonly sql: string;
  /**
   * Tables that are made anew, and those that refer to them: foreign keys are off meanwhile, and those of these tables
   * checked before the end (https://sqlite.org/lang_altertable.html, section 7).
   */
  readonly rebuilds?: readonly string[];
  /** What SQL alone cannot do, after `sql` and within the same transaction. */
  readonly convert?: (connection: Connection) => void;
}

const HEADER = 100;

/**
 * Looks at a database file without opening it as a database (that may already write).
 * @throws LibraryError 'newer', 'foreign' or 'damaged' if it is not a library that this version can use.
 */
export function inspectFile(path: string, latest: number): void {
  const header = readHeader(path);
  if (header.length === 0) return;
  if (header.length < HEADER || header.toString('latin1', 0, 16) !== 'SQLite format 3\0') {
    throw new LibraryError('damaged', `${path} is not a study library: it does not begin as an SQLite database.`);
  }
  // offsets of the file header: https://sqlite.org/fileformat2.html
  const application = header.readUInt32BE(68);
  if (application !== APPLICATION_ID && application !== 0) {
    throw new LibraryError('foreign', `${path} is a database of another program.`);
  }
  refuseNewer(path, header.readUInt32BE(60), latest);
}

function readHeader(path: string): Buffer {
  if (!existsSync(path)) return Buffer.alloc(0);
  const handle = openSync(path, 'r');
  try {
    const header = Buffer.alloc(HEADER);
    return header.subarray(0, readSync(handle, header, 0, HEADER, 0));
  } finally {
    closeSync(handle);
  }
}

function refuseNewer(path: string, version: number, latest: number): void {
  if (version <= latest) return;
  throw new LibraryError(
    'newer',
    `${path} was written by a later version of this program (schema ${version}; this version reads up to ${latest}). ` +
      'It was not touched. Please use the later version.',
  );
}

/** Schema version of an open library. */
function schemaVersion(connection: Connection): number {
  return Number(connection.get('PRAGMA user_version')?.user_version ?? 0);
}

/**
 * Runs the migrations that are missing, each in a transaction, after a backup copy of a library that has content.
 * @returns path of the backup, or null if none was needed.
 * @throws LibraryError 'migration' if one fails; the library is then as after the last one that succeeded.
 */
export function migrate(connection: Connection, migrations: readonly Migration[], now: number): string | null {
  const version = schemaVersion(connection);
  refuseNewer(connection.path, version, migrations.length);
  const missing = migrations.filter((migration) => migration.version > version);
  if (missing.length === 0) return null;
  const backup = version > 0 ? backUp(connection, version, now) : null;
  for (const migration of missing) apply(connection, migration, backup);
  // the file's header now says the version, also to a program that does not read the log
  connection.checkpoint();
  return backup;
}

function apply(connection: Connection, migration: Migration, backup: string | null): void {
  try {
    if (migration.rebuilds) connection.exec('PRAGMA foreign_keys = OFF');
    connection.transaction(() => {
      connection.exec(migration.sql);
      migration.convert?.(connection);
      for (const table of migration.rebuilds ?? []) requireForeignKeys(connection, table);
      connection.exec(`PRAGMA user_version = ${migration.version}`);
    });
  } catch (error) {
    const kept = backup ? ` A copy from before is in ${backup}.` : '';
    throw new LibraryError(
      'migration',
      `Upgrading the study library failed at step ${migration.version} (${migration.name}) and was undone: ` +
        `${(error as Error).message}.${kept}`,
      { cause: error },
    );
  } finally {
    if (migration.rebuilds) connection.exec('PRAGMA foreign_keys = ON');
  }
}

function requireForeignKeys(connection: Connection, table: string): void {
  const broken = connection.get(`PRAGMA foreign_key_check(${table})`);
  if (broken) throw new Error(`a row of ${table} would refer to one of ${String(broken.parent)} that is not there`);
}

/** A copy of the same bytes that an attempt before has left. */
function sameBackup(path: string, version: number): string | null {
  const begins = `${basename(path)}.v${version}-`;
  const copies = readdirSync(dirname(path)).filter((name) => name.startsWith(begins) && name.endsWith('.backup'));
  const found = copies.find((name) => {
    const copy = join(dirname(path), name);
    return statSync(copy).size === statSync(path).size && readFileSync(copy).equals(readFileSync(path));
  });
  return found === undefined ? null : join(dirname(path), found);
}

/** A copy beside the library, named by version and time. Nobody else writes meanwhile: the lock is held. */
function backUp(connection: Connection, version: number, now: number): string {
  connection.checkpoint();
  const there = sameBackup(connection.path, version);
  if (there !== null) return there;
  const stamp = new Date(now).toISOString().replace(/[:.]/g, '-');
  const backup = `${connection.path}.v${version}-${stamp}.backup`;
  copyFileSync(connection.path, backup, constants.COPYFILE_EXCL);
  const handle = openSync(backup, 'r+');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  syncFolder(dirname(backup));
  return backup;
}
