/**
 * Arrays from files: rows of numbers for custom spectra, means and teachers, as people have them. One reader for the
 * editor, for `{ "file": … }` in studies and for the command line. What common programs write is read, what is changed on
 * the way is said, and what can be read in two ways, or in none, is refused with place, reason and remedy. Files are
 * taken as hostile.
 */
import { isBracketed, readBrackets } from './arrays-brackets.ts';
import { isCount, readLines } from './arrays-lines.ts';
import { isMatrixMarket, readMatrixMarket } from './arrays-market.ts';
import { refuse, refuseWhole, remedyOf, type ArrayRefusal } from './arrays-refusal.ts';
import { IMAGINARY, type Table } from './arrays-table.ts';
import { decodeText } from './encoding.ts';
import { isComplex, isSingle, NPY_MAGIC, NpyError, numbersOf, parseNpy } from './npy.ts';
import { isZip, onlyMember } from './npz.ts';
import { type ArrayPlace, type Notice, type Notices, type OtherContent, type Remedy } from '../refusal/codes/arrays.ts';
import { reason } from '../refusal/refusal.ts';
import { ROUND_OFF, ROUND_OFF_SINGLE, withoutRoundOff } from '../core/description/round-off.ts';

/** What is wanted: rows × columns, and which numbers. */
export interface WantedShape {
  /** Null for any number of rows. */
  readonly rows: number | null;
  readonly columns: number;
  /**
   * - `any`: as they are (means, vectors).
   * - `not-negative`: eigenvalues, where negatives of the size of rounding count as 0.
   * - `either`: eigenvalues if no entry is negative but by rounding, else as they are. Refused where few entries are.
   */
  readonly numbers: 'any' | 'not-negative' | 'either';
}

export interface ArrayRows {
  readonly ok: true;
  readonly rows: number[][];
  /** Shape in the file. */
  readonly shape: readonly [rows: number, columns: number];
  /** What was left out, changed or chosen on the way. */
  readonly notices: readonly Notice[];
}

export type ArrayResult = ArrayRows | ArrayRefusal;

export const MAX_ARRAY_BYTES = 512 * 1024 * 1024;

/** Files of other kinds, by their first bytes. */
const OTHERS: readonly { readonly magic: string; readonly is: OtherContent; readonly remedy: Remedy | null }[] = [
  { magic: '\x89HDF', is: 'hdf5', remedy: remedyOf('text-or-npy', {}) },
  { magic: 'MATLAB 5.0 MAT-file', is: 'mat', remedy: remedyOf('as-text', { code: 'writematrix(A, "array.csv")' }) },
  { magic: '\x1f\x8b', is: 'gzip', remedy: remedyOf('unpack', {}) },
  { magic: 'PAR1', is: 'parquet', remedy: remedyOf('table-as-csv', {}) },
  { magic: '\xd0\xcf\x11\xe0', is: 'old-excel', remedy: remedyOf('sheet-as-csv', {}) },
  { magic: '%PDF', is: 'pdf', remedy: null },
];

const noticeOf = <Each extends keyof Notices>(code: Each, allowed: Notices[Each]): Notice =>
  // the compiler does not see that the pair is of one code
  ({ code, allowed }) as Notice;

/** Rows of numbers from the bytes of a file: .npy and .npz by their first bytes, else text. */
export function readArray(file: Uint8Array, wanted: WantedShape): ArrayResult {
  if (file.length > MAX_ARRAY_BYTES)
    return refuseWhole('most-bytes', { most: MAX_ARRAY_BYTES }, null, String(file.length));
  const begins = (magic: ArrayLike<number>) => Array.from(magic).every((byte, k) => file[k] === byte);
  try {
    if (begins(NPY_MAGIC)) return finished(npyTable(file), wanted);
    if (isZip(file)) return finished(npyTable(onlyMember(file, MAX_ARRAY_BYTES).bytes), wanted);
  } catch (error) {
    if (error instanceof NpyError) return refuse(error.place, error.why, error.remedy);
    throw error;
  }
  const other = OTHERS.find(({ magic }) => begins(Array.from(magic, (character) => character.charCodeAt(0))));
  if (other) return refuseWhole('rows-of-numbers', { is: other.is }, other.remedy);
  const decoded = decodeText(file);
  return decoded.ok ? readArrayText(decoded.text, wanted) : decoded;
}

/** Rows of numbers from text: lines, or one of the notations of matrices. */
export function readArrayText(text: string, wanted: WantedShape): ArrayResult {
  if (isMatrixMarket(text)) return finished(readMatrixMarket(text), wanted);
  const plain = plainSigns(text);
  const fits = (rows: number, columns: number) => fitting([rows, columns], wanted) !== null;
  return finished(isBracketed(plain) ? readBrackets(plain, fits) : readLines(plain), wanted);
}

/**
 * The minus of typesetting is a minus; a space that breaks no line is nothing at the edge of an entry, and wrong within
 * one. What NumPy sets apart of a complex number is put together, so that no imaginary part becomes an entry.
 */
const plainSigns = (text: string): string =>
  text
    .replace(/\u2212/g, '-')
    .replace(/[\u00a0\u2007\u2009\u202f]+/g, (spaces, at: number, whole: string) =>
      isEdge(whole[at - 1]) || isEdge(whole[at + spaces.length]) ? '' : spaces,
    )
    .replace(
      /(\d\.?) +([+-] *\d[\d.eE+-]*[ij])(?!\w)/gi,
      (_, real: string, rest: string) => real + rest.replace(/ /g, ''),
    );

/** Whether a character, or the end of the text, is no part of an entry. */
const isEdge = (character: string | undefined): boolean => character === undefined || /[\s,;[\]{}()]/.test(character);

function npyTable(file: Uint8Array): Table | ArrayRefusal {
  const array = parseNpy(file);
  const { shape } = array;
  if (shape.length !== 1 && shape.length !== 2) {
    return refuseWhole('dimensions', { dimensions: shape.length }, remedyOf('reshape', {}));
  }
  const [height, width] = shape.length === 1 ? [1, shape[0]] : shape;
  if (height * width === 0) return refuseWhole('rows-of-shape', { rows: height, columns: width });
  const values = numbersOf(array);
  const place = (i: number, j: number): ArrayPlace => ({ of: 'entry', indices: shape.length === 1 ? [j] : [i, j] });
  const wrong = values.findIndex((value) => !Number.isFinite(value));
  if (wrong >= 0) {
    return refuse(place(Math.floor(wrong / width), wrong % width), reason('finite-number', {}, String(values[wrong])));
  }
  return {
    ok: true,
    rows: Array.from({ length: height }, (_, i) => Array.from(values.subarray(i * width, (i + 1) * width))),
    place,
    notices: isComplex(array) ? [IMAGINARY] : [],
    single: isSingle(array),
    mayCount: false,
  };
}

type Layout = 'as it is' | 'transposed' | 'shared' | 'shared column';

/** How an array of a shape is laid out as it is wanted; null if it cannot be. */
function fitting([a, b]: readonly [number, number], { rows, columns }: WantedShape): Layout | null {
  if ((rows === null || a === rows) && b === columns) return 'as it is';
  if ((rows === null || b === rows) && a === columns) return 'transposed';
  if (rows === null) return null;
  if (a === 1 && b === columns) return 'shared';
  return b === 1 && a === columns ? 'shared column' : null;
}

/** As wanted, or its transpose where that alone fits, or one row for every class. */
function finished(table: Table | ArrayRefusal, wanted: WantedShape): ArrayResult {
  if (!table.ok) return table;
  const { rows } = table;
  const shape = [rows.length, rows[0].length] as const;
  const layout = fitting(shape, wanted);
  if (layout === null) return otherShape(table, wanted);
  const turned = layout === 'transposed' || layout === 'shared column';
  const first = rows.map(([entry]) => entry);
  if (turned && table.mayCount && rows.length > 2 && isCount(first)) {
    return refuse(
      { of: 'column', at: 1 },
      reason('count-of-lines', { first: first.slice(0, 3) }),
      remedyOf('remove-count', {}),
    );
  }
  const laid = turned ? rows[0].map((_, j) => rows.map((row) => row[j])) : rows.map((row) => [...row]);
  const place = (i: number, j: number) => (turned ? table.place(j, i) : table.place(i, j));
  const signed = withSigns(laid, place, table.single, wanted.numbers);
  if (!signed.ok) return signed;
  const { rows: height } = wanted;
  const isShared = layout === 'shared' || layout === 'shared column';
  const notices: Notice[] = [
    ...table.notices,
    ...(layout === 'transposed' && shape[0] > 1 ? [noticeOf('columns-as-rows', {})] : []),
    ...(shape[0] === shape[1] && shape[0] > 1 ? [noticeOf('square', {})] : []),
    ...(isShared ? [noticeOf('one-row-for-all', { classes: height ?? 1 })] : []),
    ...signed.notices,
  ];
  const [one] = signed.rows;
  const result = isShared ? Array.from({ length: height ?? 1 }, () => [...one]) : signed.rows;
  return { ok: true, rows: result, shape, notices };
}

/** Fewest negatives, as a share of all entries, that make numbers other than eigenvalues where either is read. */
const MANY = 0.1;

/** Entries below zero are rounding, or wrong, or as they are. */
function withSigns(
  rows: number[][],
  place: (i: number, j: number) => ArrayPlace,
  single: boolean,
  numbers: WantedShape['numbers'],
): { readonly ok: true; readonly rows: number[][]; readonly notices: Notice[] } | ArrayRefusal {
  if (numbers === 'any') return { ok: true, rows, notices: [] };
  const share = single ? ROUND_OFF_SINGLE : ROUND_OFF;
  const cleared = rows.map((row) => withoutRoundOff(row, share));
  const i = cleared.findIndex(({ wrong }) => wrong >= 0);
  if (i >= 0) {
    const negatives = rows.reduce((sum, row) => sum + row.filter((entry) => entry < 0).length, 0);
    if (numbers === 'either' && negatives >= MANY * rows.length * rows[0].length) {
      return { ok: true, rows, notices: [noticeOf('no-eigenvalues', { negatives })] };
    }
    const j = cleared[i].wrong;
    return refuse(
      place(i, j),
      reason('finite-number', { min: 0 }, String(rows[i][j])),
      remedyOf('not-negative', { share }),
    );
  }
  const count = cleared.reduce((sum, each) => sum + each.count, 0);
  return {
    ok: true,
    rows: cleared.map(({ row }) => [...row]),
    notices: count > 0 ? [roundOffNotice(count)] : [],
  };
}

/** Of negatives that count as 0. */
export const roundOffNotice = (count: number): Notice => noticeOf('round-off', { count });

function otherShape({ rows, mayCount }: Table, wanted: WantedShape): ArrayRefusal {
  const { rows: height, columns } = wanted;
  const [a, b] = [rows.length, rows[0].length];
  const counted = (entries: readonly number[], shape: readonly [number, number]) =>
    entries.length > 2 && isCount(entries) && fitting(shape, wanted) !== null;
  let remedy = height === null ? null : remedyOf('row-per-class', {});
  if (counted(rows[0], [a - 1, b])) remedy = remedyOf('remove-first-line', {});
  if (
    mayCount &&
    counted(
      rows.map(([entry]) => entry),
      [a, b - 1],
    )
  )
    remedy = remedyOf('remove-first-column', {});
  return refuseWhole('array-shape', { rows: height, columns }, remedy, `${a} × ${b}`);
}
