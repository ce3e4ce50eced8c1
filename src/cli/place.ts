/** Where a command writes: looked at before the work is done, not after it. */
import { lstatSync, openSync, readlinkSync, readSync, closeSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { reasonOf } from '../text/reason.ts';
import { BAD_INPUT, Exit } from './exit.ts';
import { statOf } from './input.ts';
import { temporaryFolder } from '../lab/temporary-folder.ts';

const MOST_LINKS = 40;

/**
 * The file that is written for a name: the target of a link, not the link. Tries to write beside it.
 * @param input what the command reads: never written over, by whatever name.
 * @throws Exit if it cannot be written, is no file, or is the input.
 */
export function requirePlace(out: string, input: string | null): string {
  try {
    const present = statOf(resolve(out));
    const source = input === null ? null : statOf(input);
    if (present && source && present.ino === source.ino && present.dev === source.dev) {
      throw new Exit(BAD_INPUT, `${out}: expected another file than the one that is read`);
    }
    if (present?.isDirectory()) throw new Exit(BAD_INPUT, `${out}: this is a folder, not a file`);
    if (present && !present.isFile())
      throw new Exit(BAD_INPUT, `${out}: expected a file, or nothing that is there yet`);
    const place = present ? realpathSync(out) : linked(resolve(out));
    tryFolder(dirname(place));
    return place;
  } catch (error) {
    if (error instanceof Exit) throw error;
    throw new Exit(BAD_INPUT, `${out}: ${reasonOf(error)}`);
  }
}

/** Where a file comes to be that is made at a path, through links that lead nowhere yet. */
function linked(path: string): string {
  let place = path;
  for (let k = 0; k < MOST_LINKS; k++) {
    if (!lstatSync(place, { throwIfNoEntry: false })?.isSymbolicLink()) return place;
    place = resolve(dirname(place), readlinkSync(place));
  }
  return path;
}

function tryFolder(folder: string): void {
  const trial = temporaryFolder(folder);
  try {
    writeFileSync(join(trial, 'trial'), 'sgdlab');
  } finally {
    rmSync(trial, { recursive: true, force: true });
  }
}

/** The first bytes of a file, as text of one byte a character; empty if there is none. */
export function beginningOf(path: string, length: number): string {
  if (!statOf(path)) return '';
  const handle = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(length);
    return bytes.toString('latin1', 0, readSync(handle, bytes));
  } finally {
    closeSync(handle);
  }
}
