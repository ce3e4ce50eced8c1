/** What files of arrays must be, in English. */
import { type ArrayCodes, type OtherContent, type OtherType } from '../../../refusal/codes/arrays.ts';
import { type ArrayWords, type Sentences } from '../sentences.ts';
import { expected } from './expected.ts';

const CONTENTS: Readonly<Record<OtherContent, string>> = {
  none: 'none',
  header: 'a header alone',
  index: 'an index alone',
  excel: 'an Excel workbook',
  'old-excel': 'an old Excel workbook',
  'open-document': 'an OpenDocument file',
  pytorch: 'a PyTorch file',
  results: 'a results file',
  hdf5: 'an HDF5 file (or one of MATLAB 7.3)',
  mat: 'a MAT-file',
  gzip: 'a file packed with gzip',
  parquet: 'a Parquet file',
  pdf: 'a PDF document',
  'json-object': 'a JSON object',
};

const TYPES: Readonly<Record<OtherType, string>> = {
  objects: 'Python objects',
  bytes: 'byte strings',
  strings: 'strings',
  dates: 'dates',
  spans: 'time spans',
  raw: 'raw bytes',
  extended: 'numbers of extended precision',
  'complex-extended': 'complex numbers of extended precision',
};

const AS = { lines: 'as in the lines before', rows: 'as in the rows before', header: 'as in the header' } as const;

const entriesOf = (count: number): string => `${count} ${count === 1 ? 'entry' : 'entries'}`;
const some = (names: readonly string[], more: boolean): string => [...names, ...(more ? ['…'] : [])].join(', ');

export const arrays: Sentences<ArrayCodes> = {
  'rows-of-numbers': ({ is }) => `expected rows of numbers, got ${CONTENTS[is]}`,
  'rows-of-shape': ({ rows, columns }) => `expected rows of numbers, got shape ${rows} × ${columns}`,
  'array-shape': ({ rows, columns }, by) =>
    expected(`${rows === null ? `rows of ${columns}` : `${rows} × ${columns}`} numbers or their transpose`, by),
  'entries-as': ({ entries, as }, by) => expected(`${entriesOf(entries)} ${AS[as]}`, by),
  'decimal-commas': ({ read }) =>
    `expected decimal points, or semicolons between the entries of a line, got what reads as decimal commas, ${read}`,
  'mixed-decimals': ({ cell }) =>
    `expected decimal points or decimal commas, got both, ${cell} and numbers with points`,
  'comma-of-two-readings': ({ cell }) =>
    `expected numbers of one reading, got ${cell}, which may be thousands or have a decimal comma`,
  'count-of-lines': ({ first }) => `expected numbers of a row, got a count of the lines, ${first.join(', ')}, …`,
  'open-quotation': () => 'expected a closing quotation mark, got the end of the line',
  'one-array': ({ names }) => `expected one array, got ${names.length}: ${names.join(', ')}`,
  'after-array': ({ rest }) => `expected one array, got more after its last bracket, ${rest}`,
  'open-bracket': () => 'expected a closing bracket, got the end of the text',
  'other-bracket': (_, by) => expected('another bracket', by),
  abbreviated: () => 'expected every number, got a print that leaves some out ("...")',
  dimensions: ({ dimensions }) => `expected an array of one or two dimensions, got ${dimensions ?? 'more'}`,
  'bracket-among-numbers': () => 'expected a number as before, got a row in brackets',
  'bracket-row': (_, by) => expected('a row in brackets', by),
  'empty-row': () => 'expected numbers, got an empty row',
  'comma-between': (_, by) => `${expected('a comma between entries as before', by)} after a space`,
  'space-between': () => 'expected a space between entries as before, got ","',
  'no-semicolon': () => 'expected a comma, got ";"',
  'market-banner': (_, by) => expected('"%%MatrixMarket matrix array real general"', by),
  'market-size': () => 'expected the numbers of rows and columns after the first line',
  'market-entries': ({ rows, columns }, by) => expected(`${rows} × ${columns} entries as the file says`, by),
  'real-numbers': ({ imaginary }) => `expected real numbers, got the imaginary part ${imaginary}`,

  'npy-file': () => 'expected a .npy file',
  'npy-version': (_, by) => expected('.npy version 1.0, 2.0 or 3.0', by),
  'npy-header': () => 'its header is damaged',
  'npy-shape': () => 'its shape is impossible',
  'npy-structured': () => 'expected a type of numbers, got a structured array',
  'npy-type': ({ type, is }) =>
    `expected a type of numbers (f2, f4, f8, i1 to i8, u1 to u8, b1, c8, c16), got ${JSON.stringify(type)}${is === null ? '' : `, ${TYPES[is]}`}`,
  'bytes-of-data': ({ bytes }, by) => expected(`${bytes} bytes of data`, by),
  'most-bytes': ({ most }, by) => expected(`at most ${most} bytes`, by),
  'one-npz-array': ({ names, more, count }) =>
    `expected an .npz file with one array, got ${count}: ${some(names, more)}`,
  'npz-without-arrays': () => 'expected an .npz file with one array, got a ZIP without .npy members',
  'zip-directory': () => 'its ZIP directory is damaged',

  'utf8-byte': ({ hex }) => `expected UTF-8 text, got the byte 0x${hex}`,
  utf32: () => 'expected UTF-8 text, got UTF-32',
  'utf16-half': () => 'expected UTF-16 text as its mark says, got half a character',
  'zero-byte': () => 'expected text, got a zero byte',
};

export const arrayWords: ArrayWords = {
  place(place) {
    if (place.of === 'entry') return place.indices.map((index) => `[${index}]`).join('');
    if (place.of === 'column') return `column ${place.at}`;
    if (place.of === 'byte') return `byte ${place.at}${place.line === undefined ? '' : ` (line ${place.line})`}`;
    return `${place.of} ${place.at}${place.entry === undefined ? '' : `, entry ${place.entry}`}`;
  },
  remedies: {
    'to-points': () => 'replace the decimal commas by points',
    'point-without-thousands': () => 'write it with a decimal point and without separators of thousands',
    'points-without-thousands': () => 'write decimal points, and no separators of thousands',
    'points-and-one-separator': () => 'write decimal points, and commas alone or spaces alone between the entries',
    'name-each-column': () => 'write a name for each column, or remove the header',
    'row-per-class': () => 'write a row per class with an entry per direction, or one row for all classes',
    'remove-first-line': () => 'remove the first line, which counts the columns',
    'remove-first-column': () => 'remove the first column, which counts the lines',
    'remove-count': () => 'remove the column; if these are numbers of a row, write each row as a line',
    'not-negative': ({ share }) =>
      `eigenvalues of a covariance are not negative, but for rounding (${share} of the largest of the row)`,
    'real-eigenvalues': () => 'the eigenvalues of a covariance are real: take np.linalg.eigvalsh, or the real part',
    'stack-fields': () => 'save its fields as the rows of one array: np.stack([a[name] for name in a.dtype.names])',
    float64: () => 'save the numbers as float64: a.astype(float)',
    'save-with': ({ code }) => `save the numbers with ${code}`,
    'save-one': ({ code }) => `save one of them by itself${code === null ? '' : `: ${code}`}`,
    'print-in-full': () => "save them with np.save, or print them after np.set_printoptions(threshold=float('inf'))",
    'full-matrix': () => 'save the matrix in full: scipy.io.mmwrite(file, A.toarray(), symmetry="general")',
    'sheet-as-csv': () => 'save the sheet as CSV',
    'table-as-csv': () => 'save the table as CSV',
    utf8: () => 'save it as UTF-8',
    'utf8-text': () => 'save it as text, in UTF-8',
    'as-text': ({ code }) => `save it as text: ${code}`,
    'text-or-npy': () => 'save the array as text or .npy',
    unpack: () => 'unpack it first',
    'import-study': () => 'import it as a study, or save one of its arrays by itself',
    'rows-alone': () => 'write the list of rows alone',
    reshape: () => 'take a part of it, or reshape it',
  },
  notices: {
    'columns-as-rows': () => 'columns taken as rows',
    square: () => 'as many lines as columns: each line is taken as a row',
    'header-left-out': ({ line, cells, more }) => `line ${line} is a header and is left out: ${some(cells, more)}`,
    'index-left-out': ({ cells, more }) => `column 1 is an index and is left out: ${some(cells, more)}`,
    'one-row-for-all': ({ classes }) => `the one row is used for each of the ${classes} classes`,
    'round-off': ({ count }) =>
      `${count} negative ${count === 1 ? 'entry' : 'entries'} of the size of rounding ${count === 1 ? 'counts' : 'count'} as 0`,
    'no-eigenvalues': ({ negatives }) => `${negatives} entries are negative: these are no eigenvalues`,
    'imaginary-left-out': () => 'all imaginary parts are 0 and are left out',
    'commas-as-points': () => 'commas are read as decimal commas',
  },
};
