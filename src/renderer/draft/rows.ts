/** Rows of numbers from text: CSV, or numbers separated by spaces, one row a line. */
export type RowsResult =
  | { readonly ok: true; readonly rows: number[][] }
  | { readonly ok: false; readonly row: number; readonly text: string };

export function readRows(text: string): RowsResult {
  const rows: number[][] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '' || line.trimStart().startsWith('#')) continue;
    const row: number[] = [];
    for (const cell of line.trim().split(/[,;\t ]+/)) {
      const value = Number(cell);
      if (cell === '' || !Number.isFinite(value)) return { ok: false, row: index + 1, text: cell.slice(0, 40) };
      row.push(value);
    }
    rows.push(row);
  }
  return { ok: true, rows };
}
