/** Rows of numbers as they stand in a file, before they are laid out as they are wanted. */
import { parseDecimalComma, parseNumber } from './arrays-numbers.ts';
import { quoted, refuse, type Refusal } from './arrays-refusal.ts';
import { NOT_REAL, NOT_REAL_REMEDY } from './npy.ts';

export interface Table {
  readonly ok: true;
  readonly rows: readonly (readonly number[])[];
  /** Where an entry stands in the file. */
  place(row: number, column: number): string;
  /** What was changed on the way, a sentence each. */
  readonly notices: readonly string[];
  /** The numbers have single precision. */
  readonly single: boolean;
  /** The first column may be a count of the lines: nothing in the file says what the columns are. */
  readonly mayCount: boolean;
}

const POINTS = 'write it with a decimal point and without separators of thousands';

/** Numbers of cells; says afterwards what was left out of them. */
export class CellReader {
  private complex = false;
  private commas = false;

  /** @param decimalComma whether a comma can only be a decimal one. */
  read(cell: string, place: () => string, decimalComma = false): number | Refusal {
    const value = parseNumber(cell);
    if (typeof value === 'number') return value;
    if (value === null) {
      const number = decimalComma && cell.includes(',') ? parseDecimalComma(cell) : null;
      if (number === null) {
        return refuse(place(), `expected a finite number, got ${quoted(cell)}`, /\d/.test(cell) ? POINTS : '');
      }
      this.commas = true;
      return number;
    }
    if (value.imaginary !== 0) return refuse(place(), NOT_REAL(value.imaginary), NOT_REAL_REMEDY);
    this.complex = true;
    return value.real;
  }

  notices(): string[] {
    return [...(this.complex ? [IMAGINARY] : []), ...(this.commas ? ['commas are read as decimal commas'] : [])];
  }
}

export const IMAGINARY = 'all imaginary parts are 0 and are left out';
