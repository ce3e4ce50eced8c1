/**
 * Standard output and error. A stream that fails is noted, never thrown: a command finishes its files whoever has
 * stopped reading. Text of files is escaped, so that it cannot act on a terminal.
 */
import { visible } from '../core/description/found.ts';
import { reasonOf } from '../text/reason.ts';
import { DONE, RUN_FAILED } from './exit.ts';

let failure: unknown = null;
const note = (error: unknown) => void (failure ??= error);

/** From here on a failing stream is noted. */
export function watchStreams(): void {
  failure = null;
  process.stdout.off('error', note).on('error', note);
  // nobody is left to be told
  process.stderr.off('error', ignore).on('error', ignore);
}

function ignore(): void {}

/** Lines as they may stand on a terminal. In JSON the escapes are JSON's own. */
const printable = (text: string): string => text.split('\n').map(visible).join('\n');

/** Writes to standard output. */
export function print(text: string): void {
  try {
    process.stdout.write(printable(text));
  } catch (error) {
    note(error);
  }
}

/** Writes a line to standard error. */
export function say(line: string): void {
  try {
    process.stderr.write(`${printable(line)}\n`);
  } catch {
    ignore();
  }
}

/**
 * The status of a command after all of its output was taken: one that could not be written is a failure. A reader that
 * has seen enough (`| head -1`) is none.
 */
export async function statusAfterOutput(status: number): Promise<number> {
  if (failure === null) await new Promise<void>((resolve) => process.stdout.write('', () => resolve()));
  const error = failure as NodeJS.ErrnoException | null;
  if (error === null || error.code === 'EPIPE') return status;
  say(`sgdlab: standard output: ${reasonOf(error)}`);
  return status === DONE ? RUN_FAILED : status;
}
