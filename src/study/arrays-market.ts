/** Dense arrays in the Matrix Market format: column-major, a number a line (math.nist.gov/MatrixMarket/formats.html). */
import { quoted, refuse, type Refusal } from './arrays-refusal.ts';
import { CellReader, IMAGINARY, type Table } from './arrays-table.ts';
import { NOT_REAL, NOT_REAL_REMEDY } from './npy.ts';

export const isMatrixMarket = (text: string): boolean => /^%%MatrixMarket\b/i.test(text);

const BANNER = /^%%MatrixMarket\s+matrix\s+(\w+)\s+(\w+)\s+([\w-]+)\s*$/i;

export function readMatrixMarket(text: string): Table | Refusal {
  const lines = text.split(/\r\n?|\n/);
  const [, format, field, symmetry] = (BANNER.exec(lines[0]) ?? []).map((word) => word.toLowerCase());
  const dense =
    format === 'array' && ['real', 'double', 'integer', 'complex'].includes(field) && symmetry === 'general';
  if (!dense) {
    return refuse(
      'line 1',
      `expected "%%MatrixMarket matrix array real general", got ${quoted(lines[0])}`,
      'save the matrix in full: scipy.io.mmwrite(file, A.toarray(), symmetry="general")',
    );
  }
  const words: { readonly word: string; readonly line: number }[] = [];
  for (const [k, line] of lines.entries()) {
    if (line.startsWith('%')) continue;
    for (const word of line.split(/[ \t]+/)) if (word !== '') words.push({ word, line: k + 1 });
  }
  const [height, width] = words.splice(0, 2).map(({ word }) => (/^\d{1,9}$/.test(word) ? Number(word) : 0));
  if (!(height > 0 && width > 0)) return refuse('', 'expected the numbers of rows and columns after the first line');
  const parts = field === 'complex' ? 2 : 1;
  if (words.length !== height * width * parts) {
    return refuse('', `expected ${height} × ${width} entries as the file says, got ${words.length / parts}`);
  }
  const reader = new CellReader();
  const rows = Array.from({ length: height }, () => new Array<number>(width));
  const indexOf = (i: number, j: number) => parts * (j * height + i);
  for (let k = 0; k < words.length; k++) {
    const { word, line } = words[k];
    const value = reader.read(word, () => `line ${line}`);
    if (typeof value !== 'number') return value;
    const entry = Math.floor(k / parts);
    if (k % parts === 0) rows[entry % height][Math.floor(entry / height)] = value;
    else if (value !== 0) return refuse(`line ${line}`, NOT_REAL(value), NOT_REAL_REMEDY);
  }
  return {
    ok: true,
    rows,
    place: (i, j) => `line ${words[indexOf(i, j)].line}`,
    notices: [...reader.notices(), ...(parts === 2 ? [IMAGINARY] : [])],
    single: false,
    mayCount: false,
  };
}
