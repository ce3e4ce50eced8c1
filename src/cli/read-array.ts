/** `sgdlab read-array`: rows of numbers out of a file, as the editor reads them. */
import { MAX_ARRAY_DIMENSION, MAX_CLASSES } from '../core/model/model.ts';
import { readArray, type WantedShape } from '../study/arrays.ts';
import { formatRefusal } from '../study/arrays-refusal.ts';
import { ROWS, wantedRows } from '../study/array-files.ts';
import { readArrayFile } from '../lab/study-file.ts';
import { BAD_INPUT, DONE, Exit } from './exit.ts';
import { print } from './streams.ts';

export interface ReadArrayOptions {
  readonly classes: string;
  readonly dimension: string;
  readonly for?: string;
}

export function readArrayCommand(path: string, options: ReadArrayOptions): number {
  const classes = wholeNumber('--classes', options.classes, MAX_CLASSES);
  const dimension = wholeNumber('--dimension', options.dimension, MAX_ARRAY_DIMENSION);
  const result = readArray(bytesOf(path), wanted(options.for, classes, dimension));
  if (!result.ok) throw new Exit(BAD_INPUT, `${path}: ${formatRefusal(result)}`);
  print(`${JSON.stringify({ rows: result.rows, notices: result.notices })}\n`);
  return DONE;
}

function bytesOf(path: string): Uint8Array {
  try {
    return readArrayFile(path);
  } catch (error) {
    throw new Exit(BAD_INPUT, `${path}: ${(error as Error).message}`);
  }
}

/** Rows for a place of a study, by its last name; a row per class of either kind if none is said. */
function wanted(name: string | undefined, classes: number, dimension: number): WantedShape {
  if (name === undefined) return { rows: classes, columns: dimension, numbers: 'either' };
  const place = ROWS.find(({ path }) => path.at(-1) === name);
  if (place) return wantedRows(place, classes, dimension);
  const names = ROWS.map(({ path }) => path.at(-1)).join(', ');
  throw new Exit(BAD_INPUT, `--for: expected one of ${names}, got ${JSON.stringify(name)}`);
}

function wholeNumber(option: string, text: string, most: number): number {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (value >= 1 && value <= most) return value;
  throw new Exit(BAD_INPUT, `${option}: expected a whole number from 1 to ${most}, got ${JSON.stringify(text)}`);
}
