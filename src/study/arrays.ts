/**
 * Arrays from files: rows of numbers for custom spectra, means and teachers, out of CSV or .npy. Files are taken as
 * hostile; nothing is guessed.
 */
import { NPY_MAGIC, NpyError, numbersOf, parseNpy } from './npy.ts';

/** The shape that is wanted: rows × columns. */
export interface WantedShape {
  /** Null for any number of rows. */
  readonly rows: number | null;
  readonly columns: number;
}

export type ArrayResult =
  | {
      readonly ok: true;
      readonly rows: number[][];
      /** Shape in the file. */
      readonly shape: readonly [rows: number, columns: number];
      /** The file had columns for rows. */
      readonly transposed: boolean;
    }
  | {
      readonly ok: false;
      /** Where in the file: `line 3, entry 17`, `[2][16]`, or empty for the whole. */
      readonly place: string;
      /** What was expected there, and what was found. */
      readonly message: string;
    };

export const MAX_ARRAY_BYTES = 512 * 1024 * 1024;

/** Eigenvalues and means above a million that are whole throughout a file are rarer than decimals of so many digits. */
const MOST_WHOLE_DIGITS = 6;
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** Rows of numbers from the bytes of a file: .npy by its first bytes, else text. */
export function readArray(file: Uint8Array, wanted: WantedShape): ArrayResult {
  if (file.length > MAX_ARRAY_BYTES) return refuse('', `expected at most ${MAX_ARRAY_BYTES} bytes, got ${file.length}`);
  const npy = NPY_MAGIC.every((byte, k) => file[k] === byte);
  return npy ? readNpy(file, wanted) : readArrayText(textOf(file), wanted);
}

/**
 * Rows of numbers from text: a row a line, entries separated by commas, semicolons, tabs or spaces; empty lines and
 * lines that begin with # are left out.
 */
export function readArrayText(text: string, wanted: WantedShape): ArrayResult {
  const rows: number[][] = [];
  const cells: string[][] = [];
  for (const [index, line] of text.split(/\r\n?|\n/).entries()) {
    const trimmed = line.trim();
    if (trimmed === '' || trimmed.startsWith('#')) continue;
    const row: number[] = [];
    const found = cellsOf(trimmed);
    for (const [k, cell] of found.entries()) {
      const value = NUMBER.test(cell) ? Number(cell) : NaN;
      if (!Number.isFinite(value)) {
        return refuse(`line ${index + 1}, entry ${k + 1}`, `expected a finite number, got ${quoted(cell)}`);
      }
      row.push(value);
    }
    if (rows.length > 0 && row.length !== rows[0].length) {
      const entries = `${rows[0].length} ${rows[0].length === 1 ? 'entry' : 'entries'}`;
      return refuse(`line ${index + 1}`, `expected ${entries} as in the lines before, got ${row.length}`);
    }
    rows.push(row);
    if (found.length === 2 && trimmed.includes(',') && !trimmed.includes(';')) cells.push(found);
  }
  if (rows.length === 0) return refuse('', 'expected rows of numbers, got none');
  if (cells.length === rows.length && areDecimals(cells)) {
    const [longest] = cells.map((pair) => pair.join(',')).sort((a, b) => b.length - a.length);
    return refuse(
      '',
      `expected decimal points, or semicolons between the entries of a line, got what reads as decimal commas, ${quoted(longest)}`,
    );
  }
  const result = shaped(rows, wanted);
  if (result.ok && result.transposed && isIndex(rows)) {
    const count = `${rows[0][0]}, ${rows[1][0]}, ${rows[2][0]}, …`;
    return refuse(
      'column 1',
      `expected numbers of a row (if these are some, write each row as a line), got a count of the lines, ${count}`,
    );
  }
  return result;
}

/**
 * Whether lines of two whole numbers can be one number each with a decimal comma: a second one has digits that no
 * number is written with but behind the comma (leading zeros, very many, several before an exponent), or all are
 * rounded to one length.
 */
function areDecimals(lines: readonly (readonly string[])[]): boolean {
  const pairs = lines.every(([whole, behind]) => /^[+-]?\d+$/.test(whole) && /^\d+(?:[eE][+-]?\d+)?$/.test(behind));
  if (!pairs) return false;
  const digits = lines.map(([, behind]) => behind.replace(/[eE].*$/, ''));
  const rounded =
    digits.length > 2 && digits[0].length > 1 && digits.every(({ length }) => length === digits[0].length);
  return (
    rounded ||
    digits.some((each) => /^0\d/.test(each) || each.length > MOST_WHOLE_DIGITS) ||
    lines.some(([, behind]) => /^\d\d+[eE]/.test(behind))
  );
}

/** Whether the first column only counts the lines, from 0 or 1, as tables of other programs do. */
function isIndex(rows: readonly (readonly number[])[]): boolean {
  const [[first]] = rows;
  return rows.length > 2 && (first === 0 || first === 1) && rows.every(([entry], k) => entry === first + k);
}

/** Semicolons separate before commas: `1,5;2` is refused at its decimal comma instead of being read as three numbers. */
function cellsOf(line: string): string[] {
  const separator = [';', ','].find((candidate) => line.includes(candidate));
  return separator ? line.split(separator).map((cell) => cell.trim()) : line.split(/[ \t]+/);
}

function readNpy(file: Uint8Array, wanted: WantedShape): ArrayResult {
  try {
    const array = parseNpy(file);
    const { shape } = array;
    if (shape.length !== 1 && shape.length !== 2) {
      return refuse('', `expected an array of one or two dimensions, got ${shape.length}`);
    }
    const [height, width] = shape.length === 1 ? [1, shape[0]] : shape;
    if (height * width === 0) return refuse('', `expected rows of numbers, got shape ${height} × ${width}`);
    const values = numbersOf(array);
    const wrong = values.findIndex((value) => !Number.isFinite(value));
    if (wrong >= 0) {
      const [i, j] = [Math.floor(wrong / width), wrong % width];
      return refuse(shape.length === 1 ? `[${j}]` : `[${i}][${j}]`, `expected a finite number, got ${values[wrong]}`);
    }
    const rows = Array.from({ length: height }, (_, i) => [...values.subarray(i * width, (i + 1) * width)]);
    return shaped(rows, wanted);
  } catch (error) {
    if (error instanceof NpyError) return refuse('', error.message);
    throw error;
  }
}

/** As wanted, or its transpose where that alone fits. */
function shaped(rows: number[][], { rows: height, columns }: WantedShape): ArrayResult {
  const shape = [rows.length, rows[0].length] as const;
  const fits = ([a, b]: readonly [number, number]) => (height === null || a === height) && b === columns;
  if (fits(shape)) return { ok: true, rows, shape, transposed: false };
  if (fits([shape[1], shape[0]])) {
    return { ok: true, rows: rows[0].map((_, j) => rows.map((row) => row[j])), shape, transposed: true };
  }
  const want = height === null ? `rows of ${columns}` : `${height} × ${columns}`;
  return refuse('', `expected ${want} numbers or their transpose, got ${shape[0]} × ${shape[1]}`);
}

const refuse = (place: string, message: string): ArrayResult => ({ ok: false, place, message });

const quoted = (cell: string): string => JSON.stringify(cell.length > 40 ? `${cell.slice(0, 40)}…` : cell);

/** Text of bytes, each a character: numbers need no others, and what is not one is refused where it stands. */
function textOf(file: Uint8Array): string {
  const start = file[0] === 0xef && file[1] === 0xbb && file[2] === 0xbf ? 3 : 0;
  const pieces: string[] = [];
  for (let k = start; k < file.length; k += 8192) pieces.push(String.fromCharCode(...file.subarray(k, k + 8192)));
  return pieces.join('');
}
