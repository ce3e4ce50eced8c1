/** Dense arrays in the Matrix Market format: column-major, a number a line (math.nist.gov/MatrixMarket/formats.html). */
import { quoted, refuse, refuseWhole, remedyOf, type ArrayRefusal } from './arrays-refusal.ts';
import { type ArrayPlace } from '../refusal/codes/arrays.ts';
import { reason } from '../refusal/refusal.ts';
import { CellReader, IMAGINARY, type Table } from './arrays-table.ts';
import { notReal } from './npy.ts';

export const isMatrixMarket = (text: string): boolean => /^%%MatrixMarket\b/i.test(text);

const lineAt = (line: number): ArrayPlace => ({ of: 'line', at: line });

const BANNER = /^%%MatrixMarket\s+matrix\s+(\w+)\s+(\w+)\s+([\w-]+)\s*$/i;

export function readMatrixMarket(text: string): Table | ArrayRefusal {
  const lines = text.split(/\r\n?|\n/);
  const [, format, field, symmetry] = (BANNER.exec(lines[0]) ?? []).map((word) => word.toLowerCase());
  const dense =
    format === 'array' && ['real', 'double', 'integer', 'complex'].includes(field) && symmetry === 'general';
  if (!dense) {
    return refuse(lineAt(1), reason('market-banner', {}, quoted(lines[0])), remedyOf('full-matrix', {}));
  }
  const words: { readonly word: string; readonly line: number }[] = [];
  for (const [k, line] of lines.entries()) {
    if (line.startsWith('%')) continue;
    for (const word of line.split(/[ \t]+/)) if (word !== '') words.push({ word, line: k + 1 });
  }
  const [height, width] = words.splice(0, 2).map(({ word }) => (/^\d{1,9}$/.test(word) ? Number(word) : 0));
  if (!(height > 0 && width > 0)) return refuseWhole('market-size', {});
  const parts = field === 'complex' ? 2 : 1;
  if (words.length !== height * width * parts) {
    const found = String(words.length / parts);
    return refuseWhole('market-entries', { rows: height, columns: width }, null, found);
  }
  const reader = new CellReader();
  const rows = Array.from({ length: height }, () => new Array<number>(width));
  const indexOf = (i: number, j: number) => parts * (j * height + i);
  for (let k = 0; k < words.length; k++) {
    const { word, line } = words[k];
    const value = reader.read(word, () => lineAt(line));
    if (typeof value !== 'number') return value;
    const entry = Math.floor(k / parts);
    if (k % parts === 0) rows[entry % height][Math.floor(entry / height)] = value;
    else if (value !== 0) return refuse(lineAt(line), ...notReal(value));
  }
  return {
    ok: true,
    rows,
    place: (i, j) => lineAt(words[indexOf(i, j)].line),
    notices: [...reader.notices(), ...(parts === 2 ? [IMAGINARY] : [])],
    single: false,
    mayCount: false,
  };
}
