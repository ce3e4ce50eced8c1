/** Columns of stored rows, checked: a record that is not as it was written is damaged, not a crash elsewhere. */
import { reasonOf } from '../../text/reason.ts';
import { parseJson } from '../../core/description/json.ts';
import { type Row } from './connection.ts';
import { DamagedRecord } from './errors.ts';

/** @throws DamagedRecord */
export function text(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== 'string') throw new DamagedRecord(`${column}: expected a text, got ${typeof value}`);
  return value;
}

/** @throws DamagedRecord */
export function integer(row: Row, column: string): number {
  const value = row[column];
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) {
    throw new DamagedRecord(`${column}: expected a whole number, got ${String(value)}`);
  }
  return value;
}

/** @throws DamagedRecord */
export function blob(row: Row, column: string): Uint8Array {
  const value = row[column];
  if (!(value instanceof Uint8Array)) throw new DamagedRecord(`${column}: expected bytes, got ${typeof value}`);
  return value;
}

/** @throws DamagedRecord */
export function json(row: Row, column: string): unknown {
  try {
    return parseJson(text(row, column));
  } catch (error) {
    throw new DamagedRecord(`${column}: ${reasonOf(error)}`, { cause: error });
  }
}

/** What went wrong, for a message. */
export const reason = reasonOf;
