/**
 * The SQLite connection of a library (node-sqlite3-wasm).
 *
 * The journal is a write-ahead log with locking mode EXCLUSIVE, the one mode in which this build survives SIGKILL.
 * Without shared memory WAL needs exclusive locking. With a rollback journal the build never rolls a hot journal back
 * (its check for a RESERVED lock sees its own lock folder), so that a half-written transaction would stay. The build's
 * lock is a folder `FILE.lock` that outlives a killed process; the caller holds the instance lock (lock.ts), so a lock
 * folder that is found is a stale one.
 *
 * Other programs do not see that lock, and the file may be removed or replaced under it: before each transaction the
 * files are looked at (file-watch.ts). What this program has saved is written out again to its place; what another one
 * has written is read again. Nothing is written while another program has the library open.
 */
import { existsSync, rmSync, statSync } from 'node:fs';
import { reason, whyOf } from '../../refusal/refusal.ts';
import sqlite from 'node-sqlite3-wasm';
import { type Intervention } from '../../api/intervention.ts';
import { reasonOf } from '../../text/reason.ts';
import { LibraryError } from './errors.ts';
import { FileWatch, isOpenElsewhere } from './file-watch.ts';
import { Reserve } from './reserve.ts';
import { rescue, setLogAside, writeOut, writeOutMemory } from './write-out.ts';
import { writeTrouble } from './write-trouble.ts';

/** `SGDL`: says in the file's header whose database it is. */
export const APPLICATION_ID = 0x5347444c;

export type Value = number | bigint | string | Uint8Array | null;
export type Row = Readonly<Record<string, Value>>;
/** Longest log, in pages, before it is moved into the database: what is in it needs room there, on a full disk too. */
const LOG_PAGES = 256;

/** Pages given back to the file system in one transaction. */
const SHRUNK_AT_ONCE = 64;

export type Parameters = readonly (number | string | Uint8Array | null)[];

export interface ConnectionOptions {
  /** Before each transaction: makes sure that this process still is the one that may write. */
  readonly ensureOwner?: () => void;
  readonly onIntervention?: (what: Intervention) => void;
}

export class Connection {
  private database: sqlite.Database;
  private watch: FileWatch;
  private closed = false;
  /** What is wrong with the file as it is now. */
  private damage: LibraryError | null = null;
  /** Whether the file as it is now is open, not one from before. */
  private connected = true;
  private readonly reserve: Reserve;
  private readonly statements = new Map<string, sqlite.Statement>();
  /** Is told after the file was read again: what was known of its content may be out of date. */
  onReread: () => void = () => {};

  /** @throws LibraryError 'damaged' if the file is not a database that can be read. */
  constructor(
    readonly path: string,
    private readonly options: ConnectionOptions = {},
  ) {
    this.database = connect(path);
    this.watch = new FileWatch(path);
    this.reserve = new Reserve(`${path}.reserve`);
    this.reserve.take();
  }
  exec(sql: string): void {
    this.database.exec(sql);
  }

  /** Rows changed. */
  run(sql: string, parameters: Parameters = []): number {
    return this.transaction(() => this.use(sql, (statement) => statement.run([...parameters]).changes));
  }

  /** The row id that an INSERT made. */
  insert(sql: string, parameters: Parameters): number {
    return this.transaction(() => this.use(sql, (statement) => Number(statement.run([...parameters]).lastInsertRowid)));
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
    if (!this.connected && this.damage) throw this.damage;
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

  /**
   * Does all of `work` or nothing. Not nested: work within work is part of the outer transaction.
   * @throws LibraryError 'full' or 'unwritable' where the disk refuses, 'busy' while another program has the library
   * open, 'lost' if its file is gone and cannot be written out again.
   */
  transaction<T>(work: () => T): T {
    if (this.database.inTransaction) return work();
    this.attend();
    try {
      this.database.exec('BEGIN IMMEDIATE');
      const result = work();
      this.database.exec('COMMIT');
      return result;
    } catch (error) {
      // a full disk has rolled back by itself
      if (this.database.inTransaction) this.database.exec('ROLLBACK');
      throw writeTrouble(this.path, error);
    } finally {
      this.watch.note();
    }
  }

  /** Does work that frees room in the library, with the room that is kept for it where the disk is full. */
  makeRoom<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof LibraryError) || error.trouble !== 'full') throw error;
      this.reserve.giveUp();
      this.checkpoint();
      return work();
    } finally {
      this.reserve.take();
    }
  }

  /** Gives freed pages back to the file system, few at a time: what is moved goes through the log, which needs room. */
  shrink(): void {
    try {
      this.checkpoint();
      for (let free = this.freePages(), before = Infinity; free > 0 && free < before;) {
        this.all(`PRAGMA incremental_vacuum(${SHRUNK_AT_ONCE})`);
        this.checkpoint();
        before = free;
        free = this.freePages();
      }
    } catch (error) {
      throw writeTrouble(this.path, error);
    }
  }

  private freePages(): number {
    return Number(this.get('PRAGMA freelist_count')?.freelist_count ?? 0);
  }

  /** Moves the whole log into the database file. */
  checkpoint(): void {
    this.database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    this.watch.note();
  }

  /** Looks at the files, and acts on what has happened to them since this program wrote last. */
  attend(): void {
    this.notice();
    this.options.ensureOwner?.();
    this.refuseWhileOpenElsewhere();
  }

  /** As `attend`, before reading only: another program may have the library open. */
  notice(): void {
    if (this.closed || this.database.inTransaction) return;
    switch (this.watch.state()) {
      case 'gone':
      case 'replaced':
        this.restore();
        break;
      case 'log removed':
        // what was in the log is still in its open file
        this.checkpoint();
        this.reread();
        break;
      case 'overwritten':
        this.readOverwritten();
        break;
      case 'emptied':
        this.restoreEmptied();
        break;
      case 'written':
        this.reread();
        break;
      case 'as it was':
        break;
    }
    if (this.damage) throw this.damage;
  }

  private refuseWhileOpenElsewhere(): void {
    if (!isOpenElsewhere(this.path)) return;
    throw new LibraryError('busy', reason('library-open', { path: this.path }));
  }

  /** Writes the library out to its place again, from the file that is still open. */
  private restore(): void {
    let aside: string | null;
    try {
      this.checkpoint();
      aside = writeOut(this.watch.handle, this.path);
    } catch (error) {
      const why = whyOf(writeTrouble(this.path, error));
      throw new LibraryError('lost', reason('library-lost', { path: this.path, why }), { cause: error });
    }
    this.closeDatabase();
    this.closed = false;
    this.connectAnew();
    this.options.onIntervention?.({ kind: 'restored', path: this.path, aside });
  }

  /**
   * Opens the file anew. The connection from before is given up, not closed: closing would move its log, which is out
   * of date, into what the other program has written.
   */
  private reread(what: Intervention = { kind: 'reread', path: this.path }): void {
    this.giveUp();
    try {
      this.connectAnew();
      const sound = this.get('PRAGMA quick_check(1)')?.quick_check;
      if (sound !== 'ok') throw this.damagedBy(String(sound));
    } catch (error) {
      // stays so until the file changes again
      this.damage = error instanceof LibraryError ? error : this.damagedBy(reasonOf(error));
      if (!this.connected) this.watch = new FileWatch(this.path);
    }
    this.onReread();
    this.options.onIntervention?.(what);
    if (this.damage) throw this.damage;
  }

  private damagedBy(why: string): LibraryError {
    return new LibraryError('damaged', reason('library-damaged', { path: this.path, said: why }));
  }

  /** Content that was put in the file's place counts; the log is of what was there before, and is kept beside it. */
  private readOverwritten(): void {
    const aside = setLogAside(this.path);
    this.reread({ kind: 'overwritten', path: this.path, aside });
  }

  /** Writes an emptied file out again from what is still in memory; where that is not all of it, it is damaged. */
  private restoreEmptied(): void {
    try {
      if (!this.connected) throw this.damagedBy('the file is empty');
      writeOutMemory(this.path, (copy) => this.copySound(copy));
    } catch (error) {
      this.damage = this.damagedBy(`the file was emptied (${reasonOf(error)})`);
      this.watch.note();
      throw this.damage;
    }
    this.giveUp();
    this.connectAnew();
    this.options.onIntervention?.({ kind: 'restored', path: this.path, aside: null });
  }

  private copySound(copy: string): void {
    this.database.run('VACUUM INTO ?', [copy]);
    const written = new sqlite.Database(copy, { readOnly: true });
    try {
      const [{ integrity_check: sound }] = written.all('PRAGMA integrity_check(1)');
      if (sound !== 'ok') throw new Error(String(sound));
    } finally {
      written.close();
    }
  }

  /** Lets go of the connection without writing anything. */
  private giveUp(): void {
    for (const statement of this.statements.values()) finalize(statement);
    this.statements.clear();
    if (this.connected) this.database.exec('PRAGMA shrink_memory');
    this.watch.close();
    this.connected = false;
  }

  private connectAnew(): void {
    this.damage = null;
    this.database = connect(this.path);
    this.watch = new FileWatch(this.path);
    this.connected = true;
  }

  /** @throws LibraryError 'lost' if the file is gone and cannot be written again; it names the copy that was made. */
  close(): void {
    if (this.closed) return;
    try {
      const state = this.watch.state();
      if (state === 'gone' || state === 'replaced') this.restore();
      else if (state !== 'log removed') this.notice();
      // closing would take the log away from the other program: it stays, and counts at the next start
      if (isOpenElsewhere(this.path)) return this.abandon();
    } catch (error) {
      if (this.damage) {
        // nothing of it is to be mixed with what is there
        this.abandon();
        throw error;
      }
      const lost = error instanceof LibraryError && error.trouble === 'lost' ? error : null;
      const copy = lost ? rescue(this.watch.handle) : null;
      this.closeDatabase();
      if (!lost) throw error;
      throw new LibraryError('lost', reason('library-copied', { copy: String(copy), why: lost.why }), { cause: error });
    }
    this.closeDatabase();
  }

  private abandon(): void {
    this.giveUp();
    this.closed = true;
  }

  private closeDatabase(): void {
    for (const statement of this.statements.values()) finalize(statement);
    this.statements.clear();
    this.watch.close();
    this.closed = true;
    this.database.close();
  }
}

/** @throws LibraryError 'damaged' if the file is not a database that can be read. */
function connect(path: string): sqlite.Database {
  const fresh = !existsSync(path) || statSync(path).size === 0;
  refuseRollbackJournal(path, fresh);
  rmSync(`${path}.lock`, { recursive: true, force: true });
  const database = new sqlite.Database(path);
  try {
    database.exec('PRAGMA locking_mode = EXCLUSIVE');
    // freed pages go back to the system in shrink; can only be set before the first table
    if (fresh) database.exec(`PRAGMA auto_vacuum = INCREMENTAL; PRAGMA application_id = ${APPLICATION_ID}`);
    const [mode] = database.all('PRAGMA journal_mode = WAL');
    if (mode?.journal_mode !== 'wal')
      throw new Error(`write-ahead log refused, journal mode is ${String(mode?.journal_mode)}`);
    database.exec('PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF');
    database.exec(`PRAGMA cache_size = -16000; PRAGMA wal_autocheckpoint = ${LOG_PAGES}`); // the cache in KiB
    database.all('SELECT count(*) FROM sqlite_schema');
    return database;
  } catch (error) {
    database.close();
    throw new LibraryError('damaged', reason('library-unreadable', { path, said: (error as Error).message }), {
      cause: error,
    });
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
    throw new LibraryError('damaged', reason('library-journal', { path, journal }));
  }
}
