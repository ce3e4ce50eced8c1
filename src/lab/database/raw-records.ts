/**
 * Records of a database file without SQLite: it refuses a whole table for one page that is damaged, and a whole file for
 * its schema. Every page is looked at by itself (https://sqlite.org/fileformat2.html); what is no leaf of a table, or
 * does not read as records, is passed over.
 */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { type Value } from './connection.ts';

/** Of this program's libraries; a damaged header cannot be asked. */
const PAGE = 4096;
const FILE_HEADER = 100;
const LEAF_OF_TABLE = 0x0d;
const LEAF_HEADER = 8;
/** Payload of a cell that stays in its page, and the least that does; the rest is in a chain of pages. */
const MOST_LOCAL = PAGE - 35;
const LEAST_LOCAL = Math.floor(((PAGE - 12) * 32) / 255) - 23;
const MOST_COLUMNS = 32;

export interface RawRecord {
  readonly rowid: number;
  /** Columns as SQLite holds them: a key that is the row id is null. */
  readonly values: readonly Value[];
}

export class RawDatabase {
  private readonly handle: number;
  private readonly pages: number;

  constructor(path: string) {
    this.handle = openSync(path, 'r');
    this.pages = Math.floor(fstatSync(this.handle).size / PAGE);
  }

  close(): void {
    closeSync(this.handle);
  }

  /** Every record that reads as one, in the order of the pages. */
  *records(): Generator<RawRecord> {
    const free = this.freePages();
    for (let number = 1; number <= this.pages; number++) {
      if (!free.has(number)) yield* this.recordsOf(number);
    }
  }

  private page(number: number): Buffer {
    if (!(number >= 1 && number <= this.pages)) throw new RangeError(`no page ${number}`);
    const bytes = Buffer.alloc(PAGE);
    readSync(this.handle, bytes, 0, PAGE, (number - 1) * PAGE);
    return bytes;
  }

  /** Pages that hold what was deleted, as far as the list of them can be followed. */
  private freePages(): Set<number> {
    const free = new Set<number>();
    if (this.pages === 0) return free;
    let trunk = this.page(1).readUInt32BE(32);
    while (trunk >= 2 && trunk <= this.pages && !free.has(trunk)) {
      free.add(trunk);
      const page = this.page(trunk);
      const count = Math.min(page.readUInt32BE(4), PAGE / 4 - 2);
      for (let k = 0; k < count; k++) free.add(page.readUInt32BE(8 + 4 * k));
      trunk = page.readUInt32BE(0);
    }
    return free;
  }

  private *recordsOf(number: number): Generator<RawRecord> {
    const page = this.page(number);
    const start = number === 1 ? FILE_HEADER : 0;
    if (page[start] !== LEAF_OF_TABLE) return;
    const cells = Math.min(page.readUInt16BE(start + 3), PAGE / 4);
    for (let k = 0; k < cells; k++) {
      const at = start + LEAF_HEADER + 2 * k;
      if (at + 2 > PAGE) return;
      const record = this.cell(page, page.readUInt16BE(at));
      if (record) yield record;
    }
  }

  private cell(page: Buffer, at: number): RawRecord | null {
    try {
      const length = varint(page, at);
      const rowid = varint(page, length.end);
      const values = valuesOf(this.payload(page, rowid.end, length.value));
      return values && { rowid: rowid.value, values };
    } catch (error) {
      if (error instanceof RangeError) return null;
      throw error;
    }
  }

  private payload(page: Buffer, from: number, length: number): Buffer {
    if (length > this.pages * PAGE) throw new RangeError('longer than the file');
    if (length <= MOST_LOCAL) return slice(page, from, length);
    const fitting = LEAST_LOCAL + ((length - LEAST_LOCAL) % (PAGE - 4));
    const local = fitting <= MOST_LOCAL ? fitting : LEAST_LOCAL;
    const pieces = [slice(page, from, local)];
    let next = page.readUInt32BE(from + local);
    for (let left = length - local; left > 0; left -= PAGE - 4) {
      const overflow = this.page(next);
      pieces.push(overflow.subarray(4, 4 + Math.min(left, PAGE - 4)));
      next = overflow.readUInt32BE(0);
    }
    return Buffer.concat(pieces);
  }
}

function slice(bytes: Buffer, from: number, length: number): Buffer {
  if (from + length > bytes.length) throw new RangeError('beyond the page');
  return bytes.subarray(from, from + length);
}

/** A number of 1 to 9 bytes, big-endian, 7 bits in each but the ninth. */
function varint(bytes: Buffer, at: number): { value: number; end: number } {
  let value = 0;
  for (let k = 0; k < 8; k++) {
    const byte = bytes.readUInt8(at + k);
    value = value * 128 + (byte & 0x7f);
    if (byte < 0x80) return { value, end: at + k + 1 };
  }
  throw new RangeError('a number too large for this program');
}

/** The columns of a record; null if it is none. */
function valuesOf(payload: Buffer): Value[] | null {
  const header = varint(payload, 0);
  const types: number[] = [];
  for (let at = header.end; at < header.value;) {
    const type = varint(payload, at);
    types.push(type.value);
    at = type.end;
    if (types.length > MOST_COLUMNS) return null;
  }
  let at = header.value;
  const values = types.map((type): Value => {
    const length = lengthOf(type);
    const bytes = slice(payload, at, length);
    at += length;
    return valueOf(type, bytes);
  });
  return at === payload.length ? values : null;
}

const INTEGER_BYTES = [0, 1, 2, 3, 4, 6, 8];

function lengthOf(type: number): number {
  if (type <= 6) return INTEGER_BYTES[type];
  if (type === 7) return 8;
  return type < 12 ? 0 : Math.floor((type - 12) / 2);
}

function valueOf(type: number, bytes: Buffer): Value {
  if (type === 0 || type === 10 || type === 11) return null;
  if (type === 8 || type === 9) return type - 8;
  if (type === 7) return bytes.readDoubleBE(0);
  if (type === 6) return Number(bytes.readBigInt64BE(0));
  if (type < 6) return bytes.readIntBE(0, bytes.length);
  return type % 2 === 1 ? bytes.toString('utf8') : Uint8Array.from(bytes);
}
