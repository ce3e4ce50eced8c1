/** Array files on the command line: `read-array`, `{ "file": … }` in a study, and arrays of other programs in results. */
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../../scripts/ensure-build.mjs';
import { readArchive } from '../../src/lab/archive/index.ts';

const cli = join(root, 'out', 'main', 'cli.js');
const fixtures = join(root, 'test', 'fixtures', 'arrays');
const held = JSON.parse(readFileSync(join(fixtures, 'data.json'), 'utf8')) as Record<string, number[][]>;
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sgdlab-arrays-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const sgdlab = (...args: string[]) => spawnSync(process.execPath, [cli, ...args], { cwd: folder, encoding: 'utf8' });
const shape = ['--classes', '2', '--dimension', '64'];

function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, content instanceof Uint8Array ? content : JSON.stringify(content));
  return path;
}

describe('sgdlab read-array', () => {
  const read = Object.keys(held).filter((name) => name !== 'eigenvalues-roundoff.csv');
  it.each(read)('%s prints its numbers', (name) => {
    const { status, stdout, stderr } = sgdlab('read-array', join(fixtures, name), ...shape);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(JSON.parse(stdout)).toEqual({ rows: held[name], notices: expect.any(Array) as string[] });
  });

  it('takes negatives of the size of rounding for 0, and says how many', () => {
    const { status, stdout } = sgdlab('read-array', join(fixtures, 'eigenvalues-roundoff.csv'), ...shape);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      rows: held['eigenvalues-roundoff.csv'].map((row) => row.map((entry) => Math.max(0, entry))),
      notices: ['10 negative entries of the size of rounding count as 0'],
    });
    const means = sgdlab('read-array', join(fixtures, 'eigenvalues-roundoff.csv'), ...shape, '--for', 'means');
    expect(JSON.parse(means.stdout)).toEqual({ rows: held['eigenvalues-roundoff.csv'], notices: [] });
  });

  it.each([
    [
      'csv-unicode-minus.csv',
      ['--for', 'eigenvalues'],
      /csv: line 1, entry 11: expected a finite number >= 0, got -0\.00279\d+; \S/,
    ],
    ['csv-column-decimal-comma.csv', [], /decimal commas, "0,0+"; \S/],
    ['npy-structured.npy', [], /structured array; .*np\.stack/],
    ['npz-two-arrays.npz', [], /got 2: "eigenvalues", "means"; \S/],
    ['none.csv', [], /none\.csv: no such file or folder/],
    ['', [], /this is a folder, not a file/],
  ])('refuses %s %j with status 2', (name, more, message) => {
    const { status, stdout, stderr } = sgdlab('read-array', join(fixtures, name), ...shape, ...more);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(message);
  });

  it.each([
    [['--classes', '0', '--dimension', '3'], /--classes: expected a whole number from 1 to 32, got "0"/],
    [['--classes', '2', '--dimension', '3.5'], /--dimension: expected a whole number/],
    [['--classes', '2'], /--dimension/],
    [[...shape, '--for', 'priors'], /--for: expected one of eigenvalues, means, vectors, got "priors"/],
  ])('refuses the arguments %j', (args, message) => {
    const { status, stderr } = sgdlab('read-array', join(fixtures, 'csv-header.csv'), ...args);
    expect(status).toBe(2);
    expect(stderr).toMatch(message);
  });
});

const experiment = (eigenvalues: unknown, priors = [0.5, 0.5]) => ({
  id: 'given',
  name: 'Größe',
  model: {
    dimension: 64,
    priors,
    spectrum: { kind: 'custom', eigenvalues },
    means: { arrangement: { kind: 'opposite' }, profile: { kind: 'flat' } },
  },
  loss: { kind: 'logistic' },
  optimizer: { schedule: { kind: 'constant', rate: 0.5 } },
  horizon: 2,
  grid: { kind: 'linear', points: 3 },
  simulation: { runs: 2, seed: 1 },
});
const study = (eigenvalues: unknown, priors?: number[]) => ({
  format: 'sgdlab-study',
  version: 1,
  experiments: [experiment(eigenvalues, priors)],
});

describe('a study that names a file', () => {
  it('is run with its numbers, which the results hold, from any folder', () => {
    mkdirSync(join(folder, 'data'));
    copyFileSync(join(fixtures, 'csv-pandas-index-tall.csv'), join(folder, 'data', 'k.csv'));
    const named = file('data/named.json', study({ file: 'k.csv' }));
    const given = file('given.json', study(held['csv-pandas-index-tall.csv']));
    const ran = sgdlab('run', named, '--json');
    expect(ran.status).toBe(0);
    expect(ran.stderr).toContain('notice: experiments[0].model.spectrum.eigenvalues: k.csv: column 1 is an index');
    const curves = (text: string) => {
      const [{ seconds: _seconds, ...rest }] = (JSON.parse(text) as { experiments: Record<string, unknown>[] })
        .experiments;
      return rest;
    };
    expect(curves(ran.stdout)).toEqual(curves(sgdlab('run', given, '--json').stdout));
    const { study: stored } = readArchive(join(folder, 'data', 'named.sgdlab'));
    expect(stored.experiments[0].model.spectrum).toEqual({
      kind: 'custom',
      eigenvalues: held['csv-pandas-index-tall.csv'],
    });
  });

  it('is refused where the file is, beside what else is wrong', () => {
    const path = file('wrong.json', {
      ...study({ file: 'none.csv' }),
      experiments: [{ ...experiment({ file: 'none.csv' }), horizon: -1 }],
    });
    const { status, stderr } = sgdlab('validate', path);
    expect(status).toBe(2);
    expect(stderr.split('\n').slice(1, 3)).toEqual([
      '  experiments[0].model.spectrum.eigenvalues: none.csv: no such file or folder',
      '  experiments[0].horizon: expected a finite number > 0, got -1',
    ]);
  });

  it('a pipe, which need not end, is refused', () => {
    execFileSync('mkfifo', [join(folder, 'pipe.csv')]);
    expect(sgdlab('validate', file('pipe.json', study({ file: 'pipe.csv' }))).stderr).toContain(
      'pipe.csv: expected a file',
    );
  });
});

describe('a study of another program', () => {
  it('with eigenvalues below zero by rounding is valid, and that is said', () => {
    const { status, stderr, stdout } = sgdlab('validate', file('round.json', study(held['eigenvalues-roundoff.csv'])));
    expect(status).toBe(0);
    expect(stdout).toContain('valid');
    expect(stderr).toContain('eigenvalues: 10 negative entries of the size of rounding count as 0');
  });

  it('with priors of single precision is refused with what they are when normalised', () => {
    const ten = Array<number>(10).fill(0.10000000149011612);
    const { stderr } = sgdlab('validate', file('priors.json', study(Array(10).fill(Array(64).fill(1)), ten)));
    expect(stderr).toContain(
      'their sum is 1.0000000149011612; they have single precision: divided by their sum they are [0.1',
    );
  });

  it('in UTF-16 is read, in Latin-1 refused with the place of the byte', () => {
    const text = JSON.stringify(study(held['csv-header.csv']));
    expect(sgdlab('validate', file('utf16.json', Buffer.from(`\ufeff${text}`, 'utf16le'))).status).toBe(0);
    expect(sgdlab('validate', file('utf16be.json', Buffer.from(`\ufeff${text}`, 'utf16le').swap16())).status).toBe(0);
    const latin = sgdlab('validate', file('latin1.json', Buffer.from(text, 'latin1')));
    expect(latin.status).toBe(2);
    expect(latin.stderr).toContain(
      `byte ${text.indexOf('ö') + 1} (line 1): expected UTF-8 text, got the byte 0xF6; save it as UTF-8`,
    );
  });
});

const AS_NUMPY = `
import io, sys, zipfile
import numpy as np
source, target, change = sys.argv[1:]
with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, 'w') as new:
    for name in old.namelist():
        content = old.read(name)
        if name == 'given/sgd/risk.npy':
            out = io.BytesIO()
            np.save(out, eval(change, {'np': np, 'x': np.load(io.BytesIO(content))}))
            content = out.getvalue()
        new.writestr(name, content)
`;

describe('results that NumPy has written', () => {
  beforeAll(() => {
    expect(sgdlab('run', file('results.json', study(held['csv-header.csv']))).status).toBe(0);
    expect(sgdlab('export', 'results.sgdlab', '--csv', 'csv').status).toBe(0);
  });
  const exported = (name: string) => readFileSync(join(folder, name, 'given.csv'), 'utf8');
  const changed = (name: string, change: string) =>
    execFileSync('python3', ['-c', AS_NUMPY, join(folder, 'results.sgdlab'), join(folder, `${name}.sgdlab`), change]);

  it.each([
    ['fortran', 'np.asfortranarray(x)'],
    ['big-endian', "x.astype('>f8')"],
    ['complex', 'x.astype(complex)'],
  ])('%s are exported whole', (name, change) => {
    changed(name, change);
    expect(sgdlab('export', `${name}.sgdlab`, '--csv', name)).toMatchObject({ status: 0, stderr: '' });
    expect(exported(name)).toBe(exported('csv'));
  });

  it('as strings are left out, with status 3', () => {
    changed('strings', 'x.astype(str)');
    const { status, stderr } = sgdlab('export', 'strings.sgdlab', '--csv', 'strings');
    expect(status).toBe(3);
    expect(stderr).toMatch(/given\/sgd\/risk\.npy: expected a type of numbers .*strings/);
  });
});
