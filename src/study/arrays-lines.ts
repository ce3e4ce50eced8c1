/**
 * Rows of numbers as lines: entries separated by commas, semicolons, tabs or spaces, as CSV files, spreadsheets, R,
 * pandas, NumPy, Fortran and Octave write them. A header and a column of row names are left out where the file says that
 * they are these; empty lines and lines that begin with # or % always.
 */
import { hasDecimalComma, isName, mayBeThousands, parseNumber } from './arrays-numbers.ts';
import { lineEntry, quoted, refuse, refuseWhole, remedyOf, type ArrayRefusal } from './arrays-refusal.ts';
import { type ArrayPlace, type Notice, type Remedy } from '../refusal/codes/arrays.ts';
import { reason, type Reason } from '../refusal/refusal.ts';
import { CellReader, type Table } from './arrays-table.ts';

type Separator = ',' | ';' | '\t' | ' ';

interface Line {
  /** From 1. */
  readonly number: number;
  readonly text: string;
}

interface Row {
  readonly line: number;
  readonly cells: string[];
  /** Which cells stood in quotes; null if none did. */
  readonly quotes: readonly boolean[] | null;
}

/** Eigenvalues and means above a million that are whole throughout a file are rarer than decimals of so many digits. */
const MOST_WHOLE_DIGITS = 6;
const MOST_SHOWN = 3;
/** Names of a first column that only counts. */
const INDEX_NAMES = /^(?:index|id|row|direction|rho|ρ|unnamed: 0)$/i;

export const TO_POINTS: Remedy = remedyOf('to-points', {});

const lineAt = (line: number): ArrayPlace => ({ of: 'line', at: line });

export function readLines(text: string): Table | ArrayRefusal {
  const lines = contentOf(text);
  if (!Array.isArray(lines)) return lines;
  const chosen = /^sep=([,;\t])$/.exec(lines[0]?.text ?? '')?.[1] as Separator | undefined;
  if (chosen) lines.shift();
  if (lines.length === 0) return refuseWhole('rows-of-numbers', { is: 'none' });
  const separator = chosen ?? separatorOf(lines.length > 1 ? lines.slice(1) : lines);
  const rows: Row[] = [];
  for (const line of lines) {
    const row = split(line, separator);
    if (!row) return refuse(lineAt(line.number), reason('open-quotation', {}));
    rows.push(row);
  }
  const notices: Notice[] = [];
  const header = headerOf(rows);
  if (header) rows.shift();
  if (rows.length === 0) return refuseWhole('rows-of-numbers', { is: 'header' });
  withoutTrailing(rows, header);
  const ragged = rows.find(({ cells }) => cells.length !== rows[0].cells.length);
  if (ragged) {
    const { length } = rows[0].cells;
    return refuse(
      lineAt(ragged.line),
      reason('entries-as', { entries: length, as: 'lines' }, String(ragged.cells.length)),
    );
  }
  const isIndexed = hasIndex(rows, header, separator);
  const width = rows[0].cells.length;
  if (header && header.cells.length !== width && !(isIndexed && header.cells.length === width - 1)) {
    return refuse(
      lineAt(rows[0].line),
      reason('entries-as', { entries: header.cells.length, as: 'header' }, String(width)),
      remedyOf('name-each-column', {}),
    );
  }
  if (header) notices.push({ code: 'header-left-out', allowed: { line: header.line, ...shown(header.cells) } });
  if (isIndexed) notices.push({ code: 'index-left-out', allowed: shown(rows.map(({ cells }) => cells[0])) });
  const first = isIndexed ? 1 : 0;
  const refused = ambiguousCommas(rows, separator, first);
  if (refused) return refused;
  const reader = new CellReader();
  const numbers: number[][] = [];
  for (const { line, cells, quotes } of rows) {
    const row: number[] = [];
    for (let k = first; k < cells.length; k++) {
      const isCommaDecimal = separator === ';' || separator === '\t' || quotes?.[k] === true;
      const value = reader.read(cells[k], () => lineEntry(line, k + 1), isCommaDecimal);
      if (typeof value !== 'number') return value;
      row.push(value);
    }
    numbers.push(row);
  }
  if (numbers[0].length === 0) return refuseWhole('rows-of-numbers', { is: 'index' });
  return {
    ok: true,
    rows: numbers,
    place: (i, j) => lineEntry(rows[i].line, first + j + 1),
    notices: [...notices, ...reader.notices()],
    single: false,
    mayCount: !isIndexed,
  };
}

/** The lines with something on them. Two variables that Octave has saved into one file are not one array. */
function contentOf(text: string): Line[] | ArrayRefusal {
  const lines: Line[] = [];
  const variables: string[] = [];
  for (const [index, whole] of text.split(/\r\n?|\n/).entries()) {
    const line = whole.trim();
    const variable = /^[#%]\s*name:\s*(\S+)/.exec(line)?.[1];
    if (variable !== undefined) variables.push(variable);
    // a tab at the beginning stands for an empty corner
    if (line !== '' && !/^[#%]/.test(line)) lines.push({ number: index + 1, text: withoutSpaces(whole) });
  }
  if (variables.length < 2) return lines;
  return refuseWhole('one-array', { names: variables.map(quoted) }, remedyOf('save-one', { code: null }));
}

/** Without the spaces around it; tabs separate. */
function withoutSpaces(text: string): string {
  let [start, end] = [0, text.length];
  while (text[start] === ' ') start++;
  while (end > start && text[end - 1] === ' ') end--;
  return text.slice(start, end);
}

function separatorOf(lines: readonly Line[]): Separator {
  const plain = lines.map(({ text }) => text.replace(/(["'])(?:(?!\1).)*\1/g, '0').trim());
  if (plain.some((text) => text.includes(';'))) return ';';
  const commas = plain.some((text) => text.includes(','));
  // a tab beside a comma only aligns
  if (plain.some((text) => text.split(',').some((piece) => piece.trim().includes('\t')))) return '\t';
  return commas ? ',' : ' ';
}

/** The cells of a line, or null if a quotation is not closed. */
function split({ number, text }: Line, separator: Separator): Row | null {
  if (!/["']/.test(text)) {
    const cells = separator === ' ' ? text.trim().split(/[ \t]+/) : text.split(separator);
    return { line: number, cells: cells.map((cell) => cell.trim()), quotes: null };
  }
  const cells: string[] = [];
  const quotes: boolean[] = [];
  const cell = separator === ' ' ? SPACED : SEPARATED[separator];
  let at = 0;
  for (;;) {
    cell.lastIndex = at;
    const found = cell.exec(text);
    if (!found) return null;
    const [whole, quotation, bare] = found;
    const mark = quotation?.[0];
    cells.push(
      mark
        ? quotation
            .slice(1, -1)
            .replaceAll(mark + mark, mark)
            .trim()
        : bare.trim(),
    );
    quotes.push(mark !== undefined);
    at += whole.length;
    if (at < text.length) continue;
    if (separator !== ' ' && whole.endsWith(separator)) {
      cells.push('');
      quotes.push(false);
    }
    break;
  }
  return { line: number, cells, quotes };
}

const QUOTATION = `("[^"]*(?:""[^"]*)*"|'[^']*(?:''[^']*)*')`;
const cellPattern = (separator: string, blank: string) =>
  new RegExp(`${blank}*(?:${QUOTATION}${blank}*|([^"'${separator} \\t][^"${separator}]*|))(?:[${separator}]|$)`, 'y');
const SEPARATED = { ',': cellPattern(',', '[ \\t]'), ';': cellPattern(';', '[ \\t]'), '\t': cellPattern('\\t', ' ') };
const SPACED = new RegExp(`[ \\t]*(?:${QUOTATION}|([^"'\\s][^"\\s]*|))(?:[ \\t]+|$)`, 'y');

/**
 * The first line, if it names the columns. Then there is no number in it, but names; or its first cell is empty, as
 * pandas and R leave the corner over row names, and the others are names or count the columns.
 */
function headerOf(rows: readonly Row[]): Row | null {
  const [first] = rows;
  const cells = first.cells.at(-1) === '' && first.cells.length > 1 ? first.cells.slice(0, -1) : first.cells;
  const named = cells[0] === '' ? cells.slice(1) : cells;
  if (named.length === 0) return null;
  const counts = cells[0] === '' && named.every((cell, k) => cell === String(Number(named[0] !== '0') + k));
  return named.every(isName) || counts ? first : null;
}

/** An empty last cell of every line comes from a separator behind the last entry. */
function withoutTrailing(rows: readonly Row[], header: Row | null): void {
  const isTrailed = ({ cells, quotes }: Row) => cells.length > 1 && cells.at(-1) === '' && quotes?.at(-1) !== true;
  if (rows.every(isTrailed)) rows.forEach(({ cells }) => cells.pop());
  if (header && isTrailed(header) && header.cells.length > rows[0].cells.length) header.cells.pop();
}

/** Whether the first column is row names: by the header's corner, by quotation marks, or because they are words. */
function hasIndex(rows: readonly Row[], header: Row | null, separator: Separator): boolean {
  const width = rows[0].cells.length;
  if (width < 2) return false;
  const [corner] = header?.cells ?? [];
  if (corner === '') return true;
  const entries = rows.map(({ cells }) => Number(cells[0]));
  if (corner !== undefined && INDEX_NAMES.test(corner) && isCount(entries)) return true;
  // R writes no name above row names; with commas the two may be one number with a decimal comma
  if (header?.cells.length === width - 1 && separator !== ',' && isCount(entries)) return true;
  // R quotes row names, not numbers
  const quotedAlone = rows.every(({ quotes }) => quotes?.[0] === true && !quotes.includes(true, 1));
  return quotedAlone || rows.every(({ cells }) => isName(cells[0]));
}

/** Whether numbers only count, from 0 or 1. */
export const isCount = (entries: readonly number[]): boolean =>
  (entries[0] === 0 || entries[0] === 1) && entries.every((entry, k) => entry === entries[0] + k);

const shown = (cells: readonly string[]): { cells: readonly string[]; more: boolean } => ({
  cells: cells.slice(0, MOST_SHOWN).map(quoted),
  more: cells.length > MOST_SHOWN,
});

/** Commas that may or may not be decimal ones. */
function ambiguousCommas(rows: readonly Row[], separator: Separator, first: number): ArrayRefusal | null {
  if (separator === ',') {
    const bare = rows.every(({ quotes }) => !quotes?.includes(true));
    const spaced = rows.flatMap(({ cells }) => cells.slice(0, -1)).find((cell) => /^\d+ +[+-]?\d+$/.test(cell));
    const pairs = first === 0 && bare && spaced === undefined ? decimalPairs(rows.map((row) => row.cells)) : null;
    const read = spaced === undefined ? pairs : `…,${spaced},…`;
    return read === null ? null : refuse(null, decimalCommas(read), TO_POINTS);
  }
  if (separator === ' ') return null;
  const cells = rows.flatMap(({ line, cells: each }) =>
    each.flatMap((cell, k) => (k >= first && hasDecimalComma(cell) ? [{ cell, place: lineEntry(line, k + 1) }] : [])),
  );
  if (cells.length === 0) return null;
  const pointed = rows.some(({ cells: each }) =>
    each.some((cell, k) => k >= first && cell.includes('.') && parseNumber(cell) !== null),
  );
  const [{ cell, place }] = cells;
  if (pointed) {
    return refuse(place, reason('mixed-decimals', { cell: quoted(cell) }));
  }
  return cells.every((each) => mayBeThousands(each.cell))
    ? refuse(place, reason('comma-of-two-readings', { cell: quoted(cell) }), remedyOf('points-without-thousands', {}))
    : null;
}

export const decimalCommas = (read: string): Reason => reason('decimal-commas', { read: quoted(read) });

/**
 * The longest of pairs of whole numbers that can be one number each with a decimal comma, or null if they cannot. A
 * second one has digits that no number is written with but behind the comma (leading zeros, very many, several before
 * an exponent), or, in lines of one pair, all are rounded to one length.
 */
export function decimalPairs(rows: readonly (readonly string[])[]): string | null {
  const pairs: [string, string][] = [];
  for (const cells of rows) {
    if (cells.length % 2 !== 0) return null;
    for (let k = 0; k < cells.length; k += 2) {
      if (!/^[+-]?\d+$/.test(cells[k]) || !/^\d+(?:[eE][+-]?\d+)?$/.test(cells[k + 1])) return null;
      pairs.push([cells[k], cells[k + 1]]);
    }
  }
  const digits = pairs.map(([, behind]) => behind.replace(/[eE].*$/, ''));
  const rounded =
    rows[0].length === 2 &&
    digits.length > 2 &&
    digits[0].length > 1 &&
    digits.every(({ length }) => length === digits[0].length);
  const found =
    rounded ||
    digits.some((each) => /^0\d/.test(each) || each.length > MOST_WHOLE_DIGITS) ||
    pairs.some(([, behind]) => /^\d\d+[eE]/.test(behind));
  return found ? pairs.map((pair) => pair.join(',')).reduce((a, b) => (b.length > a.length ? b : a)) : null;
}
