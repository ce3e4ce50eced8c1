import fc from 'fast-check';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { prepare } from '../../src/core/experiment/setup.ts';
import { readArray, readArrayText, type WantedShape } from '../../src/study/arrays.ts';
import { arrayFiles } from '../../src/study/export-arrays.ts';
import { npyFile } from '../../src/study/npy.ts';
import { parseExperiment } from '../../src/study/parse.ts';

const wanted: WantedShape = { rows: 2, columns: 3, numbers: 'any' };
const bytes = (text: string) => new TextEncoder().encode(text);
const rows = [
  [1, 2.5, -3e-5],
  [4, 5, 6],
];

describe('rows of numbers from text', () => {
  it.each([
    ['commas', '1,2.5,-3e-5\n4,5,6\n'],
    ['commas and spaces', ' 1, 2.5, -3e-5\r\n4, 5, 6'],
    ['semicolons', '1;2.5;-3E-05\n4;5;6'],
    ['tabs', '1\t2.5\t-3e-5\n4\t5\t6'],
    ['spaces, comments and empty lines', '# rows\n\n1 2.5 -.3e-4\n# more\n+4 5. 6\n\n'],
  ])('with %s', (_name, text) => {
    expect(readArray(bytes(text), wanted)).toEqual({ ok: true, rows, shape: [2, 3], notices: [] });
    expect(readArray(bytes(`\uFEFF${text}`), wanted)).toMatchObject({ ok: true, rows });
  });

  it('are transposed where that alone fits', () => {
    expect(readArrayText('1 4\n2.5 5\n-3e-5 6', wanted)).toEqual({
      ok: true,
      rows,
      shape: [3, 2],
      notices: ['columns taken as rows'],
    });
    const square = readArrayText('1 2\n3 4', { rows: 2, columns: 2, numbers: 'any' });
    expect(square).toMatchObject({
      notices: ['as many lines as columns: each line is taken as a row'],
      rows: [
        [1, 2],
        [3, 4],
      ],
    });
  });

  it('of any number are taken where the number is open', () => {
    expect(readArrayText('1 2 3', { rows: null, columns: 3, numbers: 'any' })).toMatchObject({
      ok: true,
      rows: [[1, 2, 3]],
    });
  });

  it.each([
    ['1,x,3\n4,5,6', 'line 1, entry 2', 'expected a finite number, got "x"'],
    ['1,2,3\n4,,6', 'line 2, entry 2', 'expected a finite number, got ""'],
    ['1,nan,3', 'line 1, entry 2', 'expected a finite number, got "nan"'],
    ['1,1e999,3', 'line 1, entry 2', 'expected a finite number, got "1e999"'],
    ['1,Infinity,3', 'line 1, entry 2', 'expected a finite number, got "Infinity"'],
    ['0x10,2,3', 'line 1, entry 1', 'expected a finite number, got "0x10"'],
    [
      '1,5;2.5;3',
      'line 1, entry 1',
      'expected decimal points or decimal commas, got both, "1,5" and numbers with points',
    ],
    ['1,2,3\n4,5', 'line 2', 'expected 3 entries as in the lines before, got 2'],
    ['', '', 'expected rows of numbers, got none'],
    ['# only words', '', 'expected rows of numbers, got none'],
    ['1,2\n3,4', '', 'expected 2 × 3 numbers or their transpose, got 2 × 2'],
  ])('%j is refused, naming the entry', (text, place, message) => {
    expect(readArray(bytes(text), wanted)).toMatchObject({ ok: false, place, message });
  });

  const column = (entry: (k: number) => string, count = 64) =>
    Array.from({ length: count }, (_, k) => entry(k)).join('\n');
  const eigenvalues: WantedShape = { rows: 2, columns: 64, numbers: 'any' };

  it('a column with decimal commas is refused, not read as two columns', () => {
    const file = readFileSync(new URL('../fixtures/arrays/csv-column-decimal-comma.csv', import.meta.url));
    expect(readArray(file, eigenvalues)).toMatchObject({
      ok: false,
      place: '',
      message: expect.stringMatching(/decimal commas, "\d,\d{20}"$/),
    });
    for (const text of [column((k) => `${k},0${k}`), column((k) => `3,${100 + k}`), column((k) => `1,2${k}e-7`)]) {
      expect(readArrayText(text, eigenvalues), text.slice(0, 20)).toMatchObject({ ok: false });
    }
  });

  it('a first column that counts the lines is refused, not read as the first row', () => {
    for (const first of [0, 1]) {
      const refused = readArrayText(
        column((k) => `${k + first}\t${k / 64}`),
        eigenvalues,
      );
      expect(refused).toMatchObject({
        ok: false,
        place: 'column 1',
        message: expect.stringContaining('a count of the lines'),
      });
    }
  });

  it('two columns of whole numbers, and a row that counts, are still read', () => {
    expect(
      readArrayText(
        column((k) => `${k % 2},${1 - (k % 2)}`),
        eigenvalues,
      ),
    ).toMatchObject({ ok: true, notices: ['columns taken as rows'] });
    expect(
      readArrayText(
        column((k) => `${64 - k},${k * 20}`),
        eigenvalues,
      ),
    ).toMatchObject({ ok: true, notices: ['columns taken as rows'] });
    expect(
      readArrayText(
        column((k) => `${k + 0.5},0000001`),
        eigenvalues,
      ),
    ).toMatchObject({ ok: true, notices: ['columns taken as rows'] });
    const counting = `${column(String).replaceAll('\n', ' ')}\n${column(() => '1').replaceAll('\n', ' ')}`;
    expect(readArrayText(counting, eigenvalues)).toMatchObject({ ok: true, notices: [] });
  });

  it('that are not text at all are refused and quoted briefly', () => {
    const result = readArray(
      Uint8Array.from({ length: 5000 }, (_, k) => 128 + (k % 100)),
      wanted,
    );
    expect(result.ok).toBe(false);
    if (!result.ok) expect(result.message.length).toBeLessThan(120);
  });

  it('never throw, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.boolean(), (data, npy) => {
        const file = npy ? Uint8Array.of(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, ...data) : data;
        const result = readArray(file, wanted);
        expect(result.ok || result.message !== '').toBe(true);
      }),
    );
  });
});

/** What NumPy writes for an expression. */
const numpy = (expression: string): Uint8Array =>
  execFileSync('python3', ['-c', `import numpy as np, sys; np.save(sys.stdout.buffer, ${expression})`]);

describe('rows of numbers from .npy', () => {
  it.each([
    ['<f8', `np.array([[1,2,3],[4,5,6]], dtype='<f8')`],
    ['<f4', `np.array([[1,2,3],[4,5,6]], dtype='<f4')`],
    ['<i8', `np.array([[1,2,3],[4,5,6]], dtype='<i8')`],
    ['<i4', `np.array([[1,2,3],[4,5,6]], dtype='<i4')`],
    ['Fortran order', `np.asfortranarray(np.array([[1.,2,3],[4,5,6]]))`],
    ['Fortran order, <i4', `np.asfortranarray(np.array([[1,2,3],[4,5,6]], dtype='<i4'))`],
    ['its transpose', `np.array([[1.,4],[2,5],[3,6]])`],
    ['its transpose in Fortran order', `np.array([[1.,2,3],[4,5,6]]).T`],
  ])('as NumPy writes them: %s', (_name, expression) => {
    expect(readArray(numpy(expression), wanted)).toMatchObject({
      ok: true,
      rows: [
        [1, 2, 3],
        [4, 5, 6],
      ],
    });
  });

  it('of one dimension are one row', () => {
    expect(readArray(numpy('np.arange(3.)'), { rows: 1, columns: 3, numbers: 'any' })).toMatchObject({
      ok: true,
      rows: [[0, 1, 2]],
    });
  });

  it.each([
    [`np.array([[1,2,3],[4,np.nan,6]])`, '[1][1]', 'expected a finite number, got NaN'],
    [`np.array([[1,2,np.inf],[4,5,6]])`, '[0][2]', 'expected a finite number, got Infinity'],
    [`np.asfortranarray(np.array([[1,2,np.inf],[4,5,6]]))`, '[0][2]', 'expected a finite number, got Infinity'],
    [`np.array([[1,2,3],[4,5+1e-9j,6]])`, '[1][1]', 'expected real numbers, got the imaginary part 1e-9'],
    [`np.array([[1,2,3],[4,5,6]], dtype=object)`, '', /expected a type of numbers .*"\|O", Python objects/],
    [`np.array([[1,2,3],[4,5,6]], dtype=np.longdouble)`, '', /expected a type of numbers .*extended precision/],
    [`np.zeros((1,2,3))`, '', 'expected an array of one or two dimensions, got 3'],
    [`np.array(1.0)`, '', 'expected an array of one or two dimensions, got 0'],
    [`np.zeros((0,3))`, '', 'expected rows of numbers, got shape 0 × 3'],
    [`np.zeros((4,4))`, '', 'expected 2 × 3 numbers or their transpose, got 4 × 4'],
  ])('%s is refused, naming the entry', (expression, place, message) => {
    const result = readArray(numpy(expression), wanted);
    expect(result.ok).toBe(false);
    if (result.ok) return;
    expect(result.place).toBe(place);
    expect(result.message).toMatch(message);
  });
});

describe('exported arrays', () => {
  const parsed = parseExperiment({
    id: 'one',
    model: {
      dimension: 7,
      priors: [0.5, 0.5],
      spectrum: { kind: 'power-law', exponents: [1.1, 1.5] },
      means: { arrangement: { kind: 'gaussian', seed: 3 }, profile: { kind: 'flat' } },
    },
    loss: { kind: 'teacher-least-squares', teacher: { kind: 'gaussian', outputs: 2, seed: 1 } },
    optimizer: { schedule: { kind: 'constant', rate: 1 } },
    horizon: 2,
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.refusals));
  const setup = prepare(parsed.value);
  const files = new Map(arrayFiles(setup).map((file) => [file.name, file]));

  it.each([
    ['eigenvalues.npy', setup.mixture.eigenvalues],
    ['means.npy', setup.mixture.means],
    ['teacher.npy', setup.teacher],
  ])('%s reads back to the same bits', (name, values) => {
    const result = readArray(files.get(name)?.bytes() ?? new Uint8Array(0), { rows: 2, columns: 7, numbers: 'any' });
    expect(result.ok && Float64Array.from(result.rows.flat())).toEqual(values);
  });

  it('arrays.csv has a line per direction with all of them', () => {
    const text = new TextDecoder().decode(files.get('arrays.csv')?.bytes());
    const [head, first] = text.split('\n');
    expect(head).toBe('direction,eigenvalue_1,eigenvalue_2,mean_1,mean_2,teacher_1,teacher_2');
    expect(first.split(',').map(Number)).toEqual([
      1,
      setup.mixture.eigenvalues[0],
      setup.mixture.eigenvalues[7],
      setup.mixture.means[0],
      setup.mixture.means[7],
      setup.teacher[0],
      setup.teacher[7],
    ]);
    expect(text.trimEnd().split('\n').length).toBe(8);
  });

  it('are read by NumPy', () => {
    const file = npyFile([2, 3], Float64Array.from(rows.flat()));
    const said = execFileSync(
      'python3',
      [
        '-c',
        'import numpy as np, sys, io; a = np.load(io.BytesIO(sys.stdin.buffer.read())); print(a.shape, a.tolist())',
      ],
      { input: file },
    );
    expect(said.toString().trim()).toBe('(2, 3) [[1.0, 2.5, -3e-05], [4.0, 5.0, 6.0]]');
  });
});
