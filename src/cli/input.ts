/** Reads studies that are named on the command line. */
import { closeSync, fstatSync, openSync, readSync, statSync, type BigIntStats } from 'node:fs';
import { dirname } from 'node:path';
import { MAX_STUDY_TEXT } from '../study/parse.ts';
import { englishLine } from '../text/refusals/index.ts';
import { type Study } from '../core/experiment/schema.ts';
import { studyOfBytes } from '../lab/study-file.ts';
import { reasonOf } from '../text/reason.ts';
import { BAD_INPUT, Exit } from './exit.ts';
import { say } from './streams.ts';

/** The name that stands for standard input. */
export const STANDARD_INPUT = '-';
/** Most refusals that are listed; what is wrong throughout a file is seen by then. */
const MOST_REFUSALS = 50;
const PIECE = 1 << 20;

/** What a name on the command line is, links followed; null if there is nothing. */
export function statOf(path: string): BigIntStats | null {
  if (path === STANDARD_INPUT) return fstatSync(0, { bigint: true });
  return statSync(path, { bigint: true, throwIfNoEntry: false }) ?? null;
}

/**
 * A study file or standard input, or an Exit with every refusal of it; says what was changed on the way. Arrays that it
 * names are relative to its folder, those of the standard input to the working folder.
 */
export function readStudy(path: string): Study {
  const { result, notices } = studyOfBytes(readBytes(path), path === STANDARD_INPUT ? '.' : dirname(path));
  for (const notice of notices) say(`notice: ${englishLine(notice)}`);
  if (result.ok) return result.value;
  const count = result.refusals.length;
  const lines = result.refusals.slice(0, MOST_REFUSALS).map((each) => `  ${englishLine(each)}`);
  if (count > MOST_REFUSALS) lines.push(`  … and ${count - MOST_REFUSALS} more`);
  throw new Exit(
    BAD_INPUT,
    `${path}: not a valid study, ${count} problem${count === 1 ? '' : 's'}:\n${lines.join('\n')}`,
  );
}

/** A file, or an Exit that says why it cannot be read. Devices and pipes, which need not end, are refused. */
function readBytes(path: string): Uint8Array {
  try {
    if (path === STANDARD_INPUT) return readAll(path, 0);
    const stat = statSync(path);
    if (stat.isDirectory()) throw new Exit(BAD_INPUT, `${path}: this is a folder, not a file`);
    if (!stat.isFile()) throw new Exit(BAD_INPUT, `${path}: expected a file; "-" reads the standard input`);
    const handle = openSync(path, 'r');
    try {
      return readAll(path, handle);
    } finally {
      closeSync(handle);
    }
  } catch (error) {
    if (error instanceof Exit) throw error;
    throw new Exit(BAD_INPUT, `${path}: ${reasonOf(error)}`);
  }
}

function readAll(path: string, handle: number): Uint8Array {
  const pieces: Buffer[] = [];
  let size = 0;
  for (;;) {
    const piece = Buffer.allocUnsafe(PIECE);
    const count = readPiece(handle, piece);
    if (count === 0) return Buffer.concat(pieces, size);
    size += count;
    if (size > MAX_STUDY_TEXT) throw new Exit(BAD_INPUT, `${path}: expected at most ${MAX_STUDY_TEXT} bytes, got more`);
    pieces.push(piece.subarray(0, count));
  }
}

/** Bytes read, 0 at the end; waits for a pipe that has nothing yet. */
function readPiece(handle: number, piece: Buffer): number {
  for (;;) {
    try {
      return readSync(handle, piece);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EOF') return 0;
      if (code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
    }
  }
}
