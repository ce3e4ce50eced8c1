/** Array files as people have them: each read to the right numbers, or refused with place, reason and remedy. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readArray, readArrayText, type WantedShape } from '../../src/study/arrays.ts';

const folder = new URL('../fixtures/arrays/', import.meta.url);
const file = (name: string) => new Uint8Array(readFileSync(new URL(name, folder)));
const held = JSON.parse(readFileSync(new URL('data.json', folder), 'utf8')) as Record<string, number[][]>;
const names = readdirSync(folder).filter((name) => !/^(?:make\.py|data\.json)$/.test(name));

const means: WantedShape = { rows: 2, columns: 64, numbers: 'any' };
const eigenvalues: WantedShape = { rows: 2, columns: 64, numbers: 'not-negative' };

/** Characters of a text whose cost is compared with that of one so many times as long. */
const SHORT = 4096;

/** Seconds of this process's own work, whatever else the machine does. */
function processorTime(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

function repeat(times: number, work: () => void): void {
  for (let k = 0; k < times; k++) work();
}

const HEADER = 'line 1 is a header and is left out: ';
const INDEX = 'column 1 is an index and is left out: ';
const ONE_ROW = 'the one row is used for each of the 2 classes';
const IMAGINARY = 'all imaginary parts are 0 and are left out';
const COMMAS = 'commas are read as decimal commas';
const COLUMNS = 'columns taken as rows';

const NOTICES: Readonly<Record<string, string[]>> = {
  'csv-header.csv': [`${HEADER}"lambda_0", "lambda_1", "lambda_2", …`],
  'csv-pandas-index-tall.csv': [`${HEADER}"", "class0", "class1"`, `${INDEX}"0", "1", "2", …`, COLUMNS],
  'csv-semicolon-decimal-comma.csv': [COMMAS],
  'npy-complex-zero-imaginary.npy': [IMAGINARY],
  'npy-one-row-for-all-classes.npy': [ONE_ROW],
  'text-complex-savetxt.txt': [IMAGINARY],
  'text-matrixmarket.mtx': [COLUMNS],
};
const REFUSED: Readonly<Record<string, { place: string; message: RegExp; remedy: RegExp }>> = {
  'csv-column-decimal-comma.csv': { place: '', message: /got what reads as decimal commas/, remedy: /points/ },
  'npy-structured.npy': { place: '', message: /got a structured array/, remedy: /np\.stack/ },
  'npz-two-arrays.npz': { place: '', message: /got 2: "eigenvalues", "means"$/, remedy: /\["eigenvalues"\]/ },
};

describe('the files of the fixtures', () => {
  it('are all looked at', () => expect(names.sort()).toEqual([...Object.keys(held), ...Object.keys(REFUSED)].sort()));

  it.each(Object.keys(held))('%s is read to the last bit, and what is changed is said', (name) => {
    expect(readArray(file(name), means)).toMatchObject({ ok: true, rows: held[name], notices: NOTICES[name] ?? [] });
  });

  it.each(Object.keys(REFUSED))('%s is refused by its name', (name) => {
    const { place, message, remedy } = REFUSED[name];
    expect(readArray(file(name), means)).toEqual({
      ok: false,
      place,
      message: expect.stringMatching(message) as string,
      remedy: expect.stringMatching(remedy) as string,
    });
  });
});

describe('eigenvalues below zero', () => {
  const roundOff = held['eigenvalues-roundoff.csv'];

  it('by rounding count as 0, and how many is said', () => {
    const result = readArray(file('eigenvalues-roundoff.csv'), eigenvalues);
    expect(result).toMatchObject({
      ok: true,
      rows: roundOff.map((row) => row.map((entry) => Math.max(0, entry))),
      notices: ['10 negative entries of the size of rounding count as 0'],
    });
    expect(result.ok && result.rows.flat().some((entry) => Object.is(entry, -0))).toBe(false);
  });

  it.each([
    [`np.array([[-0.9e-10, 2, 1], [1, 1, 1]])`, null],
    [
      `np.array([[1, 1, 1], [1, 2, -2.1e-10]])`,
      { place: '[1][2]', message: 'expected a finite number >= 0, got -2.1e-10' },
    ],
    [`np.array([[-0.9e-5, 2, 1], [1, 1, 1]], dtype='f4')`, null],
    [`np.array([[-0.9e-5, 2, 1], [1, 1, 1]], dtype='f4').T`, null],
    [`np.array([[1, 1, 1], [-2e-5, 1, 1]], dtype='f4').T`, { place: '[0][1]' }],
    [`np.array([[0, 0, -1e-300], [1, 1, 1]])`, { place: '[0][2]' }],
  ])('%s: within 1e-10 (single precision: 1e-5) of the largest of the row', (expression, refusal) => {
    const result = readArray(numpy(expression), { rows: 2, columns: 3, numbers: 'not-negative' });
    if (refusal) expect(result).toMatchObject({ ok: false, ...refusal });
    else
      expect(result).toMatchObject({
        ok: true,
        notices: expect.arrayContaining([expect.stringContaining('1 negative entry')]) as string[],
      });
  });

  it('are named by line and entry, past header and index', () => {
    expect(readArrayText(',a,b,c\nx,1,2,-3\ny,4,5,6', { rows: 2, columns: 3, numbers: 'not-negative' })).toMatchObject({
      ok: false,
      place: 'line 2, entry 4',
      message: 'expected a finite number >= 0, got -3',
      remedy: expect.stringContaining('1e-10') as string,
    });
  });

  it('where either may be meant are refused if few, and as they are if many', () => {
    const either: WantedShape = { ...means, numbers: 'either' };
    const few = roundOff.map((row) => row.map((entry, k) => (k === 20 ? -1e-3 : entry)).join(',')).join('\n');
    expect(readArrayText(few, either)).toMatchObject({ ok: false, place: 'line 1, entry 21' });
    expect(readArray(file('csv-unicode-minus.csv'), either)).toMatchObject({
      rows: held['csv-unicode-minus.csv'],
      notices: ['63 entries are negative: these are no eigenvalues'],
    });
  });
});

/** What NumPy writes for an expression. */
function numpy(expression: string, save = 'np.save(sys.stdout.buffer, a)'): Uint8Array {
  return execFileSync('python3', ['-c', `import numpy as np, sys, io; a = ${expression}; ${save}`]);
}

const small: WantedShape = { rows: 2, columns: 3, numbers: 'any' };
const digits = [
  [1, 2, 3],
  [4, 5, 6],
];

describe('.npy and .npz', () => {
  const types = ['f2', 'f4', 'f8', 'i1', 'i2', 'i4', 'i8', 'u1', 'u2', 'u4', 'u8', 'c8', 'c16'];
  const each = types.flatMap((type) => [`<${type}`, `>${type}`]);
  const made = JSON.parse(
    numpy(
      `{t: np.array([[1,2,3],[4,5,6]], dtype=t) for t in ${JSON.stringify(each)}}`,
      `import json, base64\ndef b(x):\n  f = io.BytesIO(); np.save(f, x); return base64.b64encode(f.getvalue()).decode()\nprint(json.dumps({t: [b(x), b(np.asfortranarray(x))] for t, x in a.items()}))`,
    ).toString(),
  ) as Record<string, [string, string]>;

  it.each(each)('of type %s, in C and Fortran order', (type) => {
    for (const content of made[type])
      expect(readArray(Buffer.from(content, 'base64'), small)).toMatchObject({ rows: digits });
  });

  it('of truth values', () => {
    expect(readArray(numpy('np.array([[True,False,True],[False,False,True]])'), small)).toMatchObject({
      rows: [
        [1, 0, 1],
        [0, 0, 1],
      ],
    });
  });

  it('of every half-precision number as NumPy reads it', () => {
    const all = `np.arange(65536, dtype='u2').view('f2')[np.isfinite(np.arange(65536, dtype='u2').view('f2'))]`;
    const want = JSON.parse(
      numpy(`${all}.astype(float).tolist()`, 'import json; print(json.dumps(a))').toString(),
    ) as number[];
    const got = readArray(numpy(all), { rows: 1, columns: want.length, numbers: 'any' });
    expect(got.ok && got.rows[0]).toEqual(want);
  });

  it.each(['np.savez', 'np.savez_compressed'])('as %s packs one array', (save) => {
    const packed = numpy(
      'np.array([[1.,2,3],[4,5,6]])',
      `f = io.BytesIO(); ${save}(f, a); sys.stdout.buffer.write(f.getvalue())`,
    );
    expect(readArray(packed, small)).toMatchObject({ ok: true, rows: digits });
    const broken = Uint8Array.from(packed);
    broken[30 + packed[26] + packed[28] + 20] ^= 1;
    expect(readArray(broken, small)).toMatchObject({ ok: false });
  });

  it.each([
    ['xlsx', '[Content_Types].xml', /Excel workbook/],
    ['pt', 'archive/data.pkl', /PyTorch/],
    ['sgdlab', 'study.json', /results file/],
    ['zip', 'notes.txt', /without \.npy/],
  ])('a .%s is refused by its name', (_, member, message) => {
    const zip = execFileSync('python3', [
      '-c',
      `import zipfile, sys, io; f = io.BytesIO(); z = zipfile.ZipFile(f, 'w'); z.writestr('${member}', 'x'); z.close(); sys.stdout.buffer.write(f.getvalue())`,
    ]);
    expect(readArray(zip, small)).toMatchObject({ ok: false, message: expect.stringMatching(message) as string });
  });
});

describe('text that is read', () => {
  it.each<[string, string, string[]]>([
    ['a header', 'a,b,c\n1,2,3\n4,5,6', [`${HEADER}"a", "b", "c"`]],
    [`R's write.csv`, '"","V1","V2","V3"\n"1",1,2,3\n"2",4,5,6', [`${HEADER}"", "V1", "V2", …`, `${INDEX}"1", "2"`]],
    [`R's write.table`, '"V1" "V2" "V3"\n"1" 1 2 3\n"2" 4 5 6', [`${HEADER}"V1", "V2", "V3"`, `${INDEX}"1", "2"`]],
    [`pandas with columns that count`, ',0,1,2\n0,1,2,3\n1,4,5,6', [`${HEADER}"", "0", "1", …`, `${INDEX}"0", "1"`]],
    ['row names', 'even,1,2,3\nodd,4,5,6', [`${INDEX}"even", "odd"`]],
    ['a column called index', 'index,a,b,c\n0,1,2,3\n1,4,5,6', [`${HEADER}"index", "a", "b", …`, `${INDEX}"0", "1"`]],
    [
      'an empty corner before tabs',
      '\ta\tb\tc\nx\t1\t2\t3\ny\t4\t5\t6',
      [`${HEADER}"", "a", "b", …`, `${INDEX}"x", "y"`],
    ],
    ['trailing commas', '1,2,3,\n4,5,6,', []],
    ['trailing semicolons', '1;2;3;\n4;5;6;\n', []],
    ['a trailing comma in the header too', 'a,b,c,\n1,2,3,\n4,5,6,', [`${HEADER}"a", "b", "c"`]],
    ['quotes around all', '"1","2","3"\n"4","5","6"', []],
    ['single quotes', `'1';'2';'3'\n'4';'5';'6'`, []],
    ['a named header in quotes around all', '"a","b","c"\n"1","2","3"\n"4","5","6"', [`${HEADER}"a", "b", "c"`]],
    ['decimal commas in quotes', '"1,0","2,0","3"\n"4","5","6,0"', [COMMAS]],
    ['decimal commas and tabs', '1,0\t2\t3,00\n4\t5\t6', [COMMAS]],
    ["Excel's sep", 'sep=;\n1;2;3\n4;5;6', []],
    ['Fortran', ' 1.0D+00 2.0d0 0.3Q1\n 400.-002 5D0 6.', []],
    ['no-break spaces at the edges', '\u00a01,2\u00a0,3\n4,\u202f5,6\u00a0', []],
    ['complex with spaces (MATLAB)', '1 + 0i  2 - 0i  3 + 0.00i\n4 + 0i 5 + 0i 6 + 0i', [IMAGINARY]],
    ['complex of older NumPy', '(1+-0j) (2+0j) (3+0j)\n(4+0j) (5+0j) (6+0j)', [IMAGINARY]],
    ['JSON over many lines', '[\n  [\n    1,\n    2,\n    3\n  ],\n  [\n    4,\n    5,\n    6\n  ]\n]\n', []],
    ["NumPy's print", '[[1. 2. 3.]\n [4. 5. 6.]]', []],
    ["NumPy's print, wrapped", '[[1. 2.\n  3.]\n [4. 5.\n  6.]]', []],
    ["NumPy's repr", 'array([[1., 2., 3.],\n       [4., 5., 6.]], dtype=float32)', []],
    ['a print of complex numbers', '[[1.+0.j 2.  +0.j 3. +0.j]\n [4.+0.j 5.+0.j 6.+0.j]]', [IMAGINARY]],
    ['PyTorch', "tensor([[1., 2., 3.],\n        [4., 5., 6.]], device='cuda:0', dtype=torch.float64)", []],
    ['MATLAB', 'A = [1 2 3; 4 5 6];', []],
    ['MATLAB over lines', 'A = [1, 2, 3 % first\n     4, 5, 6];', []],
    ['MATLAB with continued lines', '[1 2 ...\n 3; 4 5 6]', []],
    ['Mathematica', '{{1, 2., 3*^0}, {4.`, 0.5*^1, 6.`15.*^0}}', []],
    ['Octave', '# Created by Octave\n# name: A\n# type: matrix\n# rows: 2\n# columns: 3\n 1 2 3\n 4 5 6\n', []],
    ['Matrix Market', '%%MatrixMarket matrix array real general\n% x\n2 3\n1\n4\n2\n5\n3\n6\n', []],
    [
      'Matrix Market, complex',
      '%%MatrixMarket matrix array complex general\n2 3\n1 0\n4 0\n2 0\n5 0\n3 0\n6 0\n',
      [IMAGINARY],
    ],
  ])('%s', (_name, text, notices) => {
    expect(readArrayText(text, small)).toMatchObject({ ok: true, rows: digits, notices });
  });

  it('one row, or one column, is used for every class', () => {
    const row = [1, 2, 3];
    for (const text of ['1,2,3', '1;2;3', '[1, 2, 3]', '[1. 2.\n 3.]', '{1,2,3}', '[1;2;3]'])
      expect(readArrayText(text, small), text).toMatchObject({ rows: [row, row], notices: [ONE_ROW] });
    expect(readArrayText('5\n2\n3', small)).toMatchObject({
      rows: [
        [5, 2, 3],
        [5, 2, 3],
      ],
      notices: [ONE_ROW],
    });
    expect(readArrayText('1,2,3', { ...small, rows: null })).toMatchObject({ rows: [row], notices: [] });
  });

  it('UTF-16 of both byte orders by its mark', () => {
    const little = Buffer.from('\ufeff1\t2\t3\r\n4\t5\t6', 'utf16le');
    expect(readArray(little, small)).toMatchObject({ rows: digits });
    expect(readArray(Buffer.from(little).swap16(), small)).toMatchObject({ rows: digits });
  });
});

describe('text that is refused', () => {
  it.each<[string, (length: number) => string]>([
    ['spaces', (n) => `1,2,3\n4,${' '.repeat(n)}5 x,6`],
    ['spaces before tabs', (n) => `1${' '.repeat(n)}x\t2`],
    ['spaces in quotation marks', (n) => `"1"${' '.repeat(n)}x,"2`],
    ['no-break spaces', (n) => `1${'\u00a0'.repeat(n)}x`],
    ['quotation marks', (n) => '"'.repeat(n)],
    ['digits', (n) => `1,${'9'.repeat(n)}x`],
    ['points', (n) => `[1 ${'...\n'.repeat(n / 4)}`],
    ['what comes behind the array', (n) => `[1, 2, 3]${', a = '.repeat(n / 6)}x`],
  ])('at a cost that grows as its length: %s', (_name, text) => {
    const read = (length: number) => expect(readArrayText(text(length), small)).toMatchObject({ ok: false });
    const times = 32;
    const pieces = Math.min(...[1, 2, 3].map(() => processorTime(() => repeat(times, () => read(SHORT)))));
    const whole = Math.min(...[1, 2, 3].map(() => processorTime(() => read(times * SHORT))));
    // the same characters: equal but for noise; 32 times as much where all pairs of places are tried, 8 s
    expect(whole).toBeLessThan(8 * pieces + 0.1);
  });

  it.each<[string, string, string, string]>([
    ['1,2,3\n4,5+1j,6', 'line 2, entry 2', 'expected real numbers, got the imaginary part 1', 'eigvalsh'],
    ['1 2 3\n4 5 +1j', 'line 2', 'expected 3 entries as in the lines before, got 2', ''],
    ['nan,nan,nan\n1,2,3\n4,5,6', 'line 1, entry 1', 'expected a finite number, got "nan"', ''],
    ['a,b\n1,2,3\n4,5,6', 'line 2', 'expected 2 entries as in the header, got 3', 'header'],
    ['a,b,c,d\n1,2,3\n4,5,6', 'line 2', 'expected 4 entries as in the header, got 3', 'header'],
    ['a,b,c', '', 'expected rows of numbers, got a header alone', ''],
    ['a,b,c\nd,e,f\n1,2,3\n4,5,6', 'line 2, entry 1', '', ''],
    [
      '1;2;3,5\n4;5.5;6',
      'line 1, entry 3',
      'expected decimal points or decimal commas, got both, "3,5" and numbers with points',
      '',
    ],
    [
      '1,000;2,000;3,000\n4,000;5,000;6,000',
      'line 1, entry 1',
      'expected numbers of one reading, got "1,000", which may be thousands or have a decimal comma',
      'points',
    ],
    ['1.234,5;2;3\n4;5;6', 'line 1, entry 1', 'expected a finite number, got "1.234,5"', 'thousands'],
    ['0,5 0,7 0,9\n1,5 1,7 1,9', '', '', 'points'],
    ['1\u00a0000\n2\n3', 'line 1, entry 1', 'expected a finite number, got "1\\u00a0000"', 'thousands'],
    ['1,\u20132,3\n4,5,6', 'line 1, entry 2', 'expected a finite number, got "–2"', ''],
    ['1,"2,3\n4,5,6', 'line 1', 'expected a closing quotation mark, got the end of the line', ''],
    ['[[1, 2, 3], [4, null, 6]]', 'row 2, entry 2', 'expected a finite number, got "null"', ''],
    ['[[1, 2, 3], [4, 5]]', 'row 2', 'expected 3 entries as in the rows before, got 2', ''],
    ['[[1, 2, 3], [4,, 6]]', 'row 2, entry 2', 'expected a finite number, got ","', ''],
    ['[[0,5 0,7 0,9], [1,5 1,7 1,9]]', 'row 1, entry 3', '', 'points'],
    ['[[1, 2 3], [4, 5, 6]]', 'row 1, entry 3', '', 'spaces'],
    ['[[[1, 2, 3], [4, 5, 6]]]', '', 'expected an array of one or two dimensions, got more', ''],
    [
      '[[1. 2. ... 3.]\n [4. 5. ... 6.]]',
      '',
      'expected every number, got a print that leaves some out ("...")',
      'np.save',
    ],
    ['[[1, 2, 3], [4, 5, 6]', '', 'expected a closing bracket, got the end of the text', ''],
    ['[[1, 2, 3], [4, 5, 6}]', 'row 2, entry 4', 'expected another bracket, got "}"', ''],
    ["A = [1 2 3; 4 5 6]'", '', `expected one array, got more after its last bracket, "'"`, ''],
    ['A = [1 2 3]; B = [4 5 6];', '', 'expected one array, got more after its last bracket, "; B = [4 5 6];"', ''],
    ['[1] 1 2 3', '', 'expected one array, got more after its last bracket, "1 2 3"', ''],
    ['{"rows": [[1, 2, 3], [4, 5, 6]]}', '', 'expected rows of numbers, got a JSON object', 'alone'],
    ['# name: a\n1 2 3\n# name: b\n4 5 6', '', 'expected one array, got 2: "a", "b"', 'by itself'],
    ['%%MatrixMarket matrix coordinate real general\n2 3 1\n1 1 1', 'line 1', '', 'mmwrite'],
    ['%%MatrixMarket matrix array real symmetric\n2 2\n1\n2\n3', 'line 1', '', 'mmwrite'],
    [
      '%%MatrixMarket matrix array real general\n2 3\n1\n2\n3',
      '',
      'expected 2 × 3 entries as the file says, got 3',
      '',
    ],
    [
      '0,1,2\n1,2,3\n4,5,6',
      '',
      'expected 2 × 3 numbers or their transpose, got 3 × 3',
      'first line, which counts the columns',
    ],
    [
      '0,1,4\n1,2,5\n2,3,6',
      '',
      'expected 2 × 3 numbers or their transpose, got 3 × 3',
      'first column, which counts the lines',
    ],
    ['1\n2\n3', 'column 1', 'expected numbers of a row, got a count of the lines, 1, 2, 3, …', 'remove the column'],
    ['x\n0,1\n0,2\n0,3', 'line 2', 'expected 1 entry as in the header, got 2', 'header'],
    ['x\n0,1\n1,2\n2,3', 'line 2', 'expected 1 entry as in the header, got 2', 'header'],
    [
      '[0,25; 0,05; 0,75]',
      '',
      'expected decimal points, or semicolons between the entries of a line, got what reads as decimal commas, "0,25"',
      'points',
    ],
  ])('%j', (text, place, message, remedy) => {
    const result = readArrayText(text, small);
    expect(result).toMatchObject({ ok: false, place });
    if (result.ok) return;
    if (message !== '') expect(result.message).toBe(message);
    expect(result.remedy).toContain(remedy);
  });

  it.each<[string, Uint8Array, string, string]>([
    [
      'Latin-1',
      Buffer.from('# Größe\n1,2,3\n4,5,6', 'latin1'),
      'byte 5 (line 1)',
      'expected UTF-8 text, got the byte 0xF6',
    ],
    [
      'half a character of UTF-16',
      Buffer.from('\ufeff1', 'utf16le').subarray(0, 3),
      'byte 3',
      'expected UTF-16 text as its mark says, got half a character',
    ],
    ['UTF-16 without a mark', Buffer.from('1,2,3', 'utf16le'), 'byte 2 (line 1)', 'expected text, got a zero byte'],
    ['UTF-32', Buffer.from([0xff, 0xfe, 0, 0, 0x31, 0, 0, 0]), '', 'expected UTF-8 text, got UTF-32'],
    [
      'a surrogate in UTF-8',
      Buffer.from([0x31, 0xed, 0xa0, 0x80]),
      'byte 2 (line 1)',
      'expected UTF-8 text, got the byte 0xED',
    ],
    [
      'a MAT-file',
      Buffer.from('MATLAB 5.0 MAT-file, Platform: GLNXA64'),
      '',
      'expected rows of numbers, got a MAT-file',
    ],
    [
      'HDF5',
      Buffer.from('\x89HDF\r\n\x1a\n', 'latin1'),
      '',
      'expected rows of numbers, got an HDF5 file (or one of MATLAB 7.3)',
    ],
    ['gzip', Buffer.from([0x1f, 0x8b, 8]), '', 'expected rows of numbers, got a file packed with gzip'],
  ])('%s', (_name, bytes, place, message) => {
    expect(readArray(bytes, small)).toMatchObject({
      ok: false,
      place,
      message,
      remedy: expect.stringMatching(/./) as string,
    });
  });
});
