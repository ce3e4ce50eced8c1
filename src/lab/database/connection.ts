/**
 * The SQLite connection of a library (node-sqlite3-wasm).
 *
 * The journal is a write-ahead log with locking mode EXCLUSIVE, the one mode in which this build survives SIGKILL:
 * without shared memory WAL needs exclusive locking, and with a rollback journal the build never rolls a hot journal
 * back (its check for a RESERVED lock sees its own lock folder), so that a half-written transaction would stay.
 * The build's lock is a folder `FILE.lock` that outlives a killed process; the caller holds the instance lock
 * (lock.ts), so a lock folder that is found is a stale one.
 */
import { existsSync, rmSync, statSync } from 'node:fs';
import sqlite from 'node-sqlite3-wasm';
import { LibraryError } from './errors.ts';

/** `SGDL`: says in the file's header whose database it is. */
export const APPLICATION_ID = 0x5347444c;

export type Value = number | bigint | string | Uint8Array | null;
export type Row = Readonly<Record<string, Value>>;
export type Parameters = readonly (number | string | Uint8Array | null)[];

export class Connection {
  private readonly database: sqlite.Database;
  private readonly statements = new Map<string, sqlite.Statement>();

  /** @throws LibraryError 'damaged' if the file is not a database that can be read. */
  constructor(readonly path: string) {
    const fresh = !existsSync(path) || statSync(path).size === 0;
    refuseRollbackJournal(path, fresh);
    rmSync(`${path}.lock`, { recursive: true, force: true });
    this.database = new sqlite.Database(path);
    try {
      this.database.exec('PRAGMA locking_mode = EXCLUSIVE');
      // freed pages go back to the system in purgeBin; can only be set before the first table
      if (fresh) this.database.exec(`PRAGMA auto_vacuum = INCREMENTAL; PRAGMA application_id = ${APPLICATION_ID}`);
      const mode = this.get('PRAGMA journal_mode = WAL')?.journal_mode;
      if (mode !== 'wal') throw new Error(`write-ahead log refused, journal mode is ${String(mode)}`);
      this.database.exec('PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF');
      this.database.exec('PRAGMA cache_size = -16000'); // KiB
      this.get('SELECT count(*) FROM sqlite_schema');
    } catch (error) {
      this.close();
      throw new LibraryError('damaged', `${path} cannot be read: ${(error as Error).message}`, { cause: error });
    }
  }

  exec(sql: string): void {
    this.database.exec(sql);
  }

  /** Rows changed. */
  run(sql: string, parameters: Parameters = []): number {
    return this.use(sql, (statement) => statement.run([...parameters]).changes);
  }

  /** The row id that an INSERT made. */
  insert(sql: string, parameters: Parameters): number {
    return this.use(sql, (statement) => Number(statement.run([...parameters]).lastInsertRowid));
  }

  /** The first row, or null. Asks for all: a statement that has not come to its end would hold the log open. */
  get(sql: string, parameters: Parameters = []): Row | null {
    return this.all(sql, parameters)[0] ?? null;
  }

  all(sql: string, parameters: Parameters = []): Row[] {
    return this.use(sql, (statement) => statement.all([...parameters]) as Row[]);
  }

  /** Compiles a statement once; one that failed cannot be reset in this build, so it is given up. */
  private use<T>(sql: string, work: (statement: sqlite.Statement) => T): T {
    const statement = this.statements.get(sql) ?? this.database.prepare(sql);
    this.statements.set(sql, statement);
    try {
      return work(statement);
    } catch (error) {
      this.statements.delete(sql);
      finalize(statement);
      throw error;
    }
  }

  /** Does all of `work` or nothing. Not nested: work within work is part of the outer transaction. */
  transaction<T>(work: () => T): T {
    if (this.database.inTransaction) return work();
    this.database.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.database.exec('COMMIT');
      return result;
    } catch (error) {
      // a full disk has rolled back by itself
      if (this.database.inTransaction) this.database.exec('ROLLBACK');
      throw error;
    }
  }

  /** Moves the whole log into the database file. */
  checkpoint(): void {
    this.database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  }

  close(): void {
    for (const statement of this.statements.values()) finalize(statement);
    this.statements.clear();
    if (this.database.isOpen) this.database.close();
  }
}

function finalize(statement: sqlite.Statement): void {
  try {
    statement.finalize();
  } catch {
    // says again what the last step has said; it is finalized all the same
  }
}

/**
 * A library never has a rollback journal, but for the moment in which its file is made. One beside a library with
 * content comes from another program that was killed, and this build of SQLite would ignore it.
 */
function refuseRollbackJournal(path: string, fresh: boolean): void {
  const journal = `${path}-journal`;
  if (!existsSync(journal) || statSync(journal).size === 0) return;
  if (fresh) rmSync(journal);
  else {
    throw new LibraryError(
      'damaged',
      `${journal} is left from another program that was writing to the library. Open ${path} once with the sqlite3 ` +
        'program (it undoes the unfinished change), then start again.',
    );
  }
}
