/** Tables as CSV: RFC 4180, full precision, never read as formulas. */
import { type FigureTable } from '../figure.ts';

/**
 * All sections below each other, full precision, with a column that says which curve, and one with the experiment's id
 * where curves are of experiments.
 * @throws RangeError if two columns of a section have one key: one of them would be lost.
 */
export function tableCsv(table: FigureTable): string {
  const keys = [...new Set(table.sections.flatMap((section) => section.columns.map((column) => column.key)))];
  const ofExperiments = table.sections.some(({ experiment }) => experiment !== undefined);
  const own = [...(ofExperiments ? ['experiment'] : []), 'curve'];
  const lines: string[][] = [[...own, ...keys]];
  for (const { name, experiment, columns } of table.sections) {
    const head = [...(ofExperiments ? [experiment ?? ''] : []), name];
    const rows = columns[0]?.values.length ?? 0;
    const byKey = new Map(columns.map((column) => [column.key, column.values]));
    if (byKey.size < columns.length || own.some((key) => byKey.has(key))) {
      throw new RangeError(`expected columns of different names, got ${columns.map(({ key }) => key).join(', ')}`);
    }
    for (let row = 0; row < rows; row++) {
      const cells = keys.map((key) => {
        const value = byKey.get(key)?.[row];
        return value === undefined ? '' : numberCell(value);
      });
      lines.push([...head, ...cells]);
    }
  }
  return csvText(lines);
}

/** A number with all its digits; empty where there is none. */
export const numberCell = (value: number): string => (Number.isNaN(value) ? '' : String(value));

const NUMBER = /^-?(\d+(\.\d*)?(e[+-]?\d+)?|Infinity)$/i;

/** Rows of cells as they are written; numbers are written by `numberCell`. */
export const csvText = (rows: readonly (readonly string[])[]): string =>
  rows.map((cells) => `${cells.map(quoteCsv).join(',')}\n`).join('');

/** A text cell: quoted where needed, and never read as a formula by a spreadsheet. */
function quoteCsv(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) && !NUMBER.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}
