/**
 * What has happened to the library's files since this program wrote to them last. This build of SQLite takes no lock
 * that other programs see, and writes on into a file that has been removed: both are noticed here, before each
 * transaction.
 */
import {
  closeSync,
  existsSync,
  fstatSync,
  openSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  rmSync,
  statSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';

/**
 * 'gone': no file at the library's place; 'replaced': another one; 'written': by another program, as SQLite does it;
 * 'overwritten': with other content in place, that the log is not of; 'emptied': cut to no bytes.
 */
export type FileState = 'as it was' | 'gone' | 'replaced' | 'written' | 'log removed' | 'overwritten' | 'emptied';

/** A file by identity and content, as far as the file system tells without reading it. */
interface Print {
  readonly file: string;
  readonly content: string;
  readonly size: bigint;
}

const NOTHING: Print = { file: '', content: '', size: 0n };

function printOf(path: string): Print {
  try {
    const { dev, ino, size, mtimeNs } = statSync(path, { bigint: true });
    return { file: `${dev}:${ino}`, content: `${size}:${mtimeNs}`, size };
  } catch {
    // whatever the reason: it is not to be had at its place
    return NOTHING;
  }
}

export class FileWatch {
  /** A handle of its own on the library's file: it keeps the file readable if its name is taken away. */
  readonly handle: number;
  private readonly file: string;
  private open = true;
  private main = NOTHING;
  private log = NOTHING;

  /** @param path of a database that has just been opened. */
  constructor(private readonly path: string) {
    this.handle = openSync(path, 'r');
    const { dev, ino } = fstatSync(this.handle, { bigint: true });
    this.file = `${dev}:${ino}`;
    this.note();
  }

  /** Remembers the files as they are now: this program has just written them. */
  note(): void {
    this.main = printOf(this.path);
    this.log = printOf(`${this.path}-wal`);
  }

  state(): FileState {
    const main = printOf(this.path);
    if (main.file === '') return 'gone';
    if (main.file !== this.file) return 'replaced';
    const log = printOf(`${this.path}-wal`);
    const sameMain = main.content === this.main.content;
    if (sameMain && log.file === this.log.file && log.content === this.log.content) return 'as it was';
    if (main.size === 0n) return 'emptied';
    // SQLite moves a log into the database when it closes it, or goes on in the log: it leaves none as it was
    if (!sameMain && log.size > 0n && log.file === this.log.file && log.content === this.log.content)
      return 'overwritten';
    // who closes a database moves the log into it; a log that is gone without that was taken away
    return sameMain && log.file !== this.log.file ? 'log removed' : 'written';
  }

  close(): void {
    if (this.open) closeSync(this.handle);
    this.open = false;
  }
}

/**
 * Whether another program has the library open: SQLite keeps a file `-shm` beside a database that is in use, which this
 * build never does. One that a killed program has left is removed where the system tells that nobody has it.
 */
export function isOpenElsewhere(path: string): boolean {
  const shared = `${path}-shm`;
  if (!existsSync(shared)) return false;
  if (process.platform === 'linux' && isHeldOnLinux(shared)) return true;
  // Windows refuses to remove a file that somebody has open; elsewhere nothing tells
  if (process.platform !== 'linux' && process.platform !== 'win32') return true;
  try {
    rmSync(shared, { force: true });
    return false;
  } catch {
    return true;
  }
}

function isHeldOnLinux(path: string): boolean {
  const target = join(realpathSync(dirname(path)), basename(path));
  return list('/proc').some(
    (pid) => /^\d+$/.test(pid) && list(`/proc/${pid}/fd`).some((fd) => linkOf(`/proc/${pid}/fd/${fd}`) === target),
  );
}

/** Entries of a folder; none where it may not be read (processes of others). */
function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}
