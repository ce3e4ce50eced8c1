/**
 * Checksums of records: of the columns that say what a record is, as they were written. Triggers take the checksum away
 * when a column changes (migration 5), and this program sets it again; what no program has changed must match it.
 * The columns are those of migration 5: others need a migration that takes its place.
 */
import { crc32 } from 'node:zlib';
import { type Connection, type Row, type Value } from './connection.ts';
import { DamagedRecord } from './errors.ts';

const COVERED = {
  studies: ['name', 'excerpt', 'tags', 'experiments', 'created'],
  documents: ['draft'],
  curves: ['key', 'kind', 'run', 'description', 'status', 'outcome', 'report', 'points', 'row_size'],
  descriptions: ['experiment', 'theory_key', 'simulation_key'],
  frames: ['layout', 'labels', 't', 'upper', 'energy', 'size', 'teacher_norm'],
} as const;

export type Table = keyof typeof COVERED;
export const tableNames = Object.keys(COVERED) as Table[];
export const coveredColumns = (table: Table): readonly string[] => COVERED[table];

/** The columns that `requireSound` needs, for a SELECT. */
export const sealedColumns = (table: Table): string => [...COVERED[table], 'checksum'].join(', ');

function checksumOf(table: Table, row: Row): number {
  return COVERED[table].reduce((sum, column) => crc32(bytesOf(row[column]), sum), 0);
}

/** Each value with its end, so that two columns cannot share a letter. */
const bytesOf = (value: Value): Uint8Array =>
  value instanceof Uint8Array
    ? value
    : Buffer.from(`${JSON.stringify(typeof value === 'bigint' ? `${value}n` : value)}\n`);

/** Sets the checksum of a record that this program has just written. */
export function seal(connection: Connection, table: Table, key: string, value: string | number): void {
  const row = connection.get(`SELECT ${COVERED[table].join(', ')} FROM ${table} WHERE ${key} = ?`, [value]);
  if (row) connection.run(`UPDATE ${table} SET checksum = ? WHERE ${key} = ?`, [checksumOf(table, row), value]);
}

/** Sets the checksums of all records, of a library that had none. */
export function sealAll(connection: Connection): void {
  for (const table of tableNames) {
    for (const { rowid } of connection.all(`SELECT rowid FROM ${table}`))
      seal(connection, table, 'rowid', Number(rowid));
  }
}

/** Whether a record is as it was written, as far as its checksum tells. @param row with `sealedColumns`. */
export const isSound = (table: Table, row: Row): boolean =>
  typeof row.checksum !== 'number' || row.checksum === checksumOf(table, row);

/** @throws DamagedRecord if a record is not as it was written. @param row with `sealedColumns`. */
export function requireSound(table: Table, row: Row): void {
  if (!isSound(table, row)) throw new DamagedRecord('it does not match its checksum');
}
