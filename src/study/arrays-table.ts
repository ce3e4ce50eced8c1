/** Rows of numbers as they stand in a file, before they are laid out as they are wanted. */
import { parseDecimalComma, parseNumber } from './arrays-numbers.ts';
import { quoted, refuse, remedyOf, type ArrayRefusal } from './arrays-refusal.ts';
import { notReal } from './npy.ts';
import { type ArrayPlace, type Notice } from '../refusal/codes/arrays.ts';
import { reason } from '../refusal/refusal.ts';

export interface Table {
  readonly ok: true;
  readonly rows: readonly (readonly number[])[];
  /** Where an entry stands in the file. */
  place(row: number, column: number): ArrayPlace;
  /** What was changed on the way. */
  readonly notices: readonly Notice[];
  /** The numbers have single precision. */
  readonly single: boolean;
  /** The first column may be a count of the lines: nothing in the file says what the columns are. */
  readonly mayCount: boolean;
}

/** Numbers of cells; says afterwards what was left out of them. */
export class CellReader {
  private complex = false;
  private commas = false;

  /** @param decimalComma whether a comma can only be a decimal one. */
  read(cell: string, place: () => ArrayPlace, decimalComma = false): number | ArrayRefusal {
    const value = parseNumber(cell);
    if (typeof value === 'number') return value;
    if (value === null) {
      const number = decimalComma && cell.includes(',') ? parseDecimalComma(cell) : null;
      if (number === null) {
        const remedy = /\d/.test(cell) ? remedyOf('point-without-thousands', {}) : null;
        return refuse(place(), reason('finite-number', {}, quoted(cell)), remedy);
      }
      this.commas = true;
      return number;
    }
    if (value.imaginary !== 0) return refuse(place(), ...notReal(value.imaginary));
    this.complex = true;
    return value.real;
  }

  notices(): Notice[] {
    const commas: Notice = { code: 'commas-as-points', allowed: {} };
    return [...(this.complex ? [IMAGINARY] : []), ...(this.commas ? [commas] : [])];
  }
}

export const IMAGINARY: Notice = { code: 'imaginary-left-out', allowed: {} };
