/**
 * Rows of numbers in brackets: JSON and Python lists, what NumPy prints, `[a b; c d]` of MATLAB, Octave and Julia, and
 * `{{…}}` of Mathematica; with a name and `=` before them, or in `array(…)`.
 */
import { decimalCommas, decimalPairs, TO_POINTS } from './arrays-lines.ts';
import { quoted, refuse, refuseWhole, remedyOf, rowEntry, type ArrayRefusal } from './arrays-refusal.ts';
import { type ArrayPlace } from '../refusal/codes/arrays.ts';
import { reason } from '../refusal/refusal.ts';
import { CellReader, type Table } from './arrays-table.ts';

const BEGINNING = /^\s*(?:[A-Za-z_]\w*\s*=\s*)?(?:[A-Za-z_][\w.]*\s*(\(\s*))?(?=[[{])/;
const END = /^\s*(?:,\s*\w+\s*=\s*[^[\]{}]*?)?(\)?)\s*[;,]?\s*$/;
const TOKEN = /[ \t]+|[\r\n]+|[[\]{},;]|[^\s[\]{},;]+/g;
/** Most characters behind the array: dtype and device of a print are fewer. */
const MOST_AFTER = 200;
const CLOSING: Readonly<Record<string, string>> = { '[': ']', '{': '}' };

/** Whether text has this notation. */
export const isBracketed = (text: string): boolean => BEGINNING.test(withoutComments(text));

const withoutComments = (text: string): string => text.replace(/[%#].*$/gm, '');

/** A row of the text: its entries, and where lines end within it that may or may not end rows. */
interface Entries {
  readonly words: string[];
  commas: number;
  /** Numbers of entries before breaks of lines. */
  readonly breaks: number[];
}

const empty = (): Entries => ({ words: [], commas: 0, breaks: [] });

/** @param fits whether an array of a shape is wanted, where lines in plain brackets may be rows or not. */
export function readBrackets(whole: string, fits: (rows: number, columns: number) => boolean): Table | ArrayRefusal {
  const plain = withoutComments(whole);
  // a row of MATLAB may go on behind three points
  const text = plain.includes(';') ? plain.replace(/\.\.\.[ \t]*\r?\n/g, ' ') : plain;
  if (/\.\.\.|…/.test(text)) {
    return refuseWhole('abbreviated', {}, remedyOf('print-in-full', {}));
  }
  const beginning = BEGINNING.exec(text);
  if (/^\s*\{\s*(?:["']|\})/.test(text)) {
    return refuseWhole('rows-of-numbers', { is: 'json-object' }, remedyOf('rows-alone', {}));
  }
  const rows = new RowsOf();
  let at = beginning?.[0].length ?? 0;
  TOKEN.lastIndex = at;
  for (let token = TOKEN.exec(text); token; token = TOKEN.exec(text)) {
    at = token.index + token[0].length;
    const wrong = rows.take(token[0]);
    if (wrong) return wrong;
    if (rows.depth === 0) break;
  }
  if (rows.depth > 0) return refuseWhole('open-bracket', {});
  const rest = text.slice(at).trim();
  const end = rest.length <= MOST_AFTER ? END.exec(rest) : null;
  if (!end || (end[1] === ')') !== (beginning?.[1] !== undefined)) {
    return refuseWhole('after-array', { rest: quoted(rest) });
  }
  const entries = rows.result(fits);
  const pairs = rows.mayBeDecimal ? decimalPairs(entries) : null;
  return pairs === null ? numbered(entries) : refuse(null, decimalCommas(pairs), TO_POINTS);
}

const rowAt = (row: number): ArrayPlace => ({ of: 'row', at: row });

class RowsOf {
  depth = 0;
  private readonly open: string[] = [];
  private readonly nested: Entries[] = [];
  /** Entries in the outer brackets, in rows that semicolons end. */
  private flat: Entries[] = [empty()];
  private hasSemicolon = false;
  /** What the last comma, if any, came after: two in a row are a missing entry. */
  private wasComma = true;

  private current(): Entries {
    const list = this.depth === 2 ? this.nested : this.flat;
    return list[list.length - 1];
  }

  private get place(): ArrayPlace {
    const count = this.depth === 2 ? this.nested.length : this.flat.length;
    return rowEntry(count, this.current().words.length + 1);
  }

  /** Commas in plain brackets: `[0,25; 0,5]` may be two numbers. */
  get mayBeDecimal(): boolean {
    return this.nested.length === 0 && this.flat.some(({ commas }) => commas > 0);
  }

  take(token: string): ArrayRefusal | null {
    if (token === '[' || token === '{') return this.opened(token);
    if (token === ']' || token === '}') return this.closed(token);
    if (token === ',') return this.comma();
    if (token === ';') return this.semicolon();
    if (/^[\r\n]/.test(token)) {
      const { words, breaks } = this.current();
      if (this.depth === 1 && !this.wasComma && breaks.at(-1) !== words.length) breaks.push(words.length);
      return null;
    }
    if (/^\s/.test(token)) return null;
    const row = this.current();
    if (this.depth === 1 && this.nested.length > 0) {
      return refuse(rowAt(this.nested.length + 1), reason('bracket-row', {}, quoted(token)));
    }
    if (row.commas > 0 && !this.wasComma && row.breaks.at(-1) !== row.words.length) {
      return refuse(this.place, reason('comma-between', {}, quoted(token)), remedyOf('points-and-one-separator', {}));
    }
    row.words.push(token);
    this.wasComma = false;
    return null;
  }

  private opened(token: string): ArrayRefusal | null {
    if (this.depth === 2) return refuseWhole('dimensions', { dimensions: null });
    if (this.depth === 1 && this.flat.some(({ words }) => words.length > 0)) {
      return refuse(this.place, reason('bracket-among-numbers', {}));
    }
    this.open.push(CLOSING[token]);
    this.depth++;
    if (this.depth === 2) this.nested.push(empty());
    this.wasComma = true;
    return null;
  }

  private closed(token: string): ArrayRefusal | null {
    if (this.open.pop() !== token) return refuse(this.place, reason('other-bracket', {}, quoted(token)));
    const isEmpty = this.depth === 2 && this.current().words.length === 0;
    if (isEmpty) return refuse(rowAt(this.nested.length), reason('empty-row', {}));
    this.depth--;
    this.wasComma = false;
    return null;
  }

  private comma(): ArrayRefusal | null {
    const row = this.current();
    if (this.wasComma) return refuse(this.place, reason('finite-number', {}, '","'));
    this.wasComma = true;
    if (this.depth === 1 && this.nested.length > 0) return null;
    if (row.commas + row.breaks.length + 1 < row.words.length) {
      return refuse(this.place, reason('space-between', {}), remedyOf('points-and-one-separator', {}));
    }
    row.commas++;
    return null;
  }

  private semicolon(): ArrayRefusal | null {
    if (this.depth === 2 || this.nested.length > 0) return refuse(this.place, reason('no-semicolon', {}));
    this.hasSemicolon = true;
    this.flat.push(empty());
    this.wasComma = true;
    return null;
  }

  /** The rows; lines within plain brackets are rows in MATLAB, and wrapped in NumPy: what fits is meant. */
  result(fits: (rows: number, columns: number) => boolean): string[][] {
    if (this.nested.length > 0) return this.nested.map(({ words }) => words);
    const byLines = this.flat.flatMap(({ words, breaks }) => {
      const ends = [...breaks, words.length];
      return ends.map((end, k) => words.slice(ends[k - 1] ?? 0, end)).filter(({ length }) => length > 0);
    });
    const whole = this.flat.map(({ words }) => words).filter(({ length }) => length > 0);
    const even = byLines.every(({ length }) => length === byLines[0].length);
    // where commas stand between entries, none at the end of a line means a new row
    const ended = this.flat.some(
      ({ commas, breaks, words }) => commas > 0 && (breaks[0] ?? words.length) < words.length,
    );
    const fit = even && byLines.length > 1 && fits(byLines.length, byLines[0].length);
    return this.hasSemicolon || ended || fit ? byLines : whole;
  }
}

function numbered(rows: readonly string[][]): Table | ArrayRefusal {
  if (rows.length === 0) return refuseWhole('rows-of-numbers', { is: 'none' });
  const reader = new CellReader();
  const numbers: number[][] = [];
  for (const [i, words] of rows.entries()) {
    if (words.length !== rows[0].length) {
      const { length } = rows[0];
      return refuse(rowAt(i + 1), reason('entries-as', { entries: length, as: 'rows' }, String(words.length)));
    }
    const row: number[] = [];
    for (const [j, word] of words.entries()) {
      const value = reader.read(word, () => rowEntry(i + 1, j + 1));
      if (typeof value !== 'number') return value;
      row.push(value);
    }
    numbers.push(row);
  }
  return {
    ok: true,
    rows: numbers,
    place: (i, j) => rowEntry(i + 1, j + 1),
    notices: reader.notices(),
    single: false,
    mayCount: false,
  };
}
