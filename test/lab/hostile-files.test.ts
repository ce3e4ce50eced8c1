/** Files that are made to harm, as both app and command line read them: refused before the work that they ask for. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { writeArchive } from '../../src/lab/archive/index.ts';
import { readImported } from '../../src/lab/imported-file.ts';
import { floatArray, npyPieces } from '../../src/study/npy.ts';
import { parseStudy } from '../../src/study/parse.ts';
import { englishLine } from '../../src/text/refusals/index.ts';
import { newFolder } from './database/folder.ts';
import { binary, frameOf, resultsFor, studyOf } from './synthetic.ts';

const HEAD = { format: 'sgdlab-study', version: 1 };
// eslint-disable-next-line no-control-regex -- they are what is looked for
const ACTING = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;
const fixture = (name: string) => join(import.meta.dirname, '../fixtures/hostile', name);

/** What is said of a file that is refused, or of one that is read. */
function said(path: string): string[] {
  const read = readImported(path);
  return (read.ok ? read.value.said : read.refusals).map(englishLine);
}
function saidOf(name: string, content: string | Uint8Array): string[] {
  const path = join(newFolder(), name);
  writeFileSync(path, content);
  return said(path);
}

describe('a study file', () => {
  it.each([
    ['escape.json', /^expected JSON: .*\\u001b\]0;PWNT\\u0007/],
    ['deep-5000.json', /nested too deep: expected at most 64 .* character 132$/],
    ['latin1-name.json', /^byte 81 \(line 1\): expected UTF-8 text, got the byte 0xF6/],
  ])('%s is refused in one line that acts on no terminal', (name, expected) => {
    const lines = said(fixture(name));
    expect(lines).toEqual([expect.stringMatching(expected)]);
    expect(lines.join()).not.toMatch(ACTING);
  });

  it('in UTF-16 of either byte order is read by its mark, in UTF-32 refused by its name', () => {
    const text = JSON.stringify({ ...studyOf([binary]), name: 'Größe 全' });
    const little = Buffer.from(`\ufeff${text}`, 'utf16le');
    expect(saidOf('little.json', little)).toEqual([]);
    expect(saidOf('big.json', Buffer.from(little).swap16())).toEqual([]);
    expect(saidOf('utf32.json', Buffer.from([0xff, 0xfe, 0, 0, 0x7b, 0, 0, 0]))).toEqual([
      expect.stringMatching(/UTF-32/),
    ]);
    expect(saidOf('half.json', little.subarray(0, 9))).toEqual([expect.stringMatching(/^byte 9/)]);
  });

  it('of 50 000 unknown keys or 100 000 experiments has about a hundred refusals, or one', () => {
    const keys = Object.fromEntries(Array.from({ length: 50_000 }, (_, k) => [`k${k}`, 1]));
    expect(saidOf('keys.json', JSON.stringify({ ...HEAD, experiments: [keys] })).length).toBeLessThan(110);
    const many = { ...HEAD, experiments: Array.from({ length: 100_000 }, () => ({ id: 'e' })) };
    expect(saidOf('many.json', JSON.stringify(many))).toHaveLength(1);
  });

  it('that is a pipe or a device, which need not end, is refused', () => {
    const pipe = join(newFolder(), 'pipe.json');
    execFileSync('mkfifo', [pipe]);
    expect(said(pipe)).toEqual([expect.stringMatching(/is not a file$/)]);
    expect(said('/dev/zero')).toEqual([expect.stringMatching(/is not a file$/)]);
  });
});

describe('a sweep', () => {
  const { id: _id, name: _name, ...base } = binary;
  const axis = (parameter: string, points: number) => ({
    parameter,
    range: { kind: 'linear', from: 1, to: 2, points },
  });
  const swept = (points: readonly number[], change: object) => ({
    ...HEAD,
    name: 'Swept',
    notes: '',
    experiments: [],
    sweep: {
      axes: points.map((count, k) => axis(['horizon', 'optimizer.schedule.rate'][k], count)),
      base: { ...base, ...change },
    },
  });
  const codes = (input: unknown) => {
    const parsed = parseStudy(input);
    return parsed.ok ? [] : parsed.refusals.map(({ path, code }) => `${path}: ${code}`);
  };

  it('of 40 401 points is counted, not made', () => {
    expect(codes(swept([201, 201], { junk: 'x'.repeat(200_000) }))).toEqual(['sweep.axes: sweep-size']);
  });

  it('with a large base that is wrong tells so of the first experiment, and makes no other', () => {
    // 'at-point' is said where all are made
    expect(codes(swept([31, 32], { junk: Array.from({ length: 50_000 }, () => []) }))).toEqual([
      'sweep.base.junk: unknown-key',
    ]);
    expect(codes(swept([2, 2], { junk: 1 }))).toEqual(['sweep.base.junk: at-point']);
  });

  it('whose experiments are sound and together too long is refused by their length', () => {
    const data = Array.from({ length: 100_000 }, () => 1);
    const model = { ...base.model, dimension: 100_000, spectrum: { kind: 'custom', eigenvalues: [data, data] } };
    expect(codes(swept([31, 32], { model }))).toEqual(['sweep.base: sweep-text']);
  });
});

describe('a result file', () => {
  const study = studyOf([binary]);
  const results = study.experiments.map((experiment) => resultsFor(experiment));
  function members(): Record<string, Uint8Array> {
    const path = join(newFolder(), 'a.sgdlab');
    writeArchive(path, study, results);
    return unzipSync(new Uint8Array(readFileSync(path)));
  }
  const { layout, t } = frameOf(study.experiments[0]);
  const risk = (...values: number[]) =>
    Buffer.concat(
      npyPieces(
        floatArray(
          [t.length],
          Float64Array.from(t, (_, p) => values[p] ?? 1),
        ),
      ),
    );
  const saidWith = (change: Record<string, Uint8Array>) =>
    saidOf('a.sgdlab', zipSync({ ...members(), ...change }, { level: 6 }));

  it('as it was written has nothing to be said of it', () => expect(saidWith({})).toEqual([]));

  it.each([
    ['below zero', [1, -5], 'risk is -5 at t = 0.4'],
    ['no number', [1, 1, NaN], 'risk is NaN at t = 0.8'],
    ['infinite', [1, 1, 1, 1, 1, Infinity], 'risk is Infinity at t = 2'],
  ])('whose finished curve has a risk %s is read without that curve, which is named', (_, values, expected) => {
    const lines = saidWith({ 'binary/ode/risk.npy': risk(...values) });
    expect(lines).toEqual([`binary/ode/risk.npy: ode: its curve is left out, ${expected}, which it cannot be`]);
  });

  it('whose shares, errors, norms or rates cannot be is read without these curves', () => {
    const wrong: [string, number][] = [
      ['error', 1.5],
      ['norm', -1],
      ['learning_rate', -1],
    ];
    for (const [key, value] of wrong) {
      expect(saidWith({ [`binary/ode/${key}.npy`]: risk(value) })).toEqual([
        expect.stringContaining(`${key} is ${value} at t = 0`),
      ]);
    }
    const shares = floatArray([t.length, layout.groups], new Float64Array(t.length * layout.groups).fill(-0.1));
    expect(saidWith({ 'binary/ode/group_share.npy': Buffer.concat(npyPieces(shares)) })).toHaveLength(1);
    const sizes = floatArray([layout.groups], new Float64Array(layout.groups).fill(-1));
    expect(saidWith({ 'binary/groups/size.npy': Buffer.concat(npyPieces(sizes)) })).toEqual([
      expect.stringMatching(/^binary\/groups\/size.npy: it is not that of the description/),
    ]);
  });

  it('a little below zero by rounding is taken as it is', () => {
    expect(saidWith({ 'binary/ode/risk.npy': risk(1, -1e-17) })).toEqual([]);
  });

  it('whose study is 60 MiB of brackets in 100 kB, or millions of levels deep, is refused before it is unpacked', () => {
    const bomb = new Uint8Array(60 << 20).fill(0x5b);
    const deep = strToU8(`{"experiments":${'['.repeat(5_000_000)}${']'.repeat(5_000_000)}}`);
    for (const wrong of [bomb, deep]) {
      expect(saidWith({ 'study.json': wrong })).toEqual([
        expect.stringMatching(/^study.json: expected at most 10 times its size unpacked/),
      ]);
    }
  });

  it('whose study is in UTF-16 is read by its mark, in Latin-1 refused with the place of the byte', () => {
    const text = JSON.stringify(study);
    expect(saidWith({ 'study.json': Buffer.from(`\ufeff${text}`, 'utf16le') })).toEqual([]);
    const latin = Buffer.from(text.replace(binary.name, 'Größe'), 'latin1');
    const at = latin.indexOf(0xf6) + 1;
    expect(saidWith({ 'study.json': latin })).toEqual([
      `study.json: byte ${at} (line 1): expected UTF-8 text, got the byte 0xF6; save it as UTF-8`,
    ]);
  });
});
