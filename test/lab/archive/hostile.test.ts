import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { strToU8, zipSync, type Zippable } from 'fflate';
import { describe, expect, it } from 'vitest';
import { englishLine } from '../../../src/text/refusals/index.ts';
import { Refused } from '../../../src/refusal/refusal.ts';
import { bytesSource } from '../../../src/lab/archive/byte-source.ts';
import { ArchiveError, MemberError } from '../../../src/lab/archive/errors.ts';
import { readArchive } from '../../../src/lab/archive/index.ts';
import { floatArray, npyPieces } from '../../../src/study/npy.ts';
import { openZip, ZIP_LIMITS } from '../../../src/lab/archive/zip-reader.ts';
import { zipPieces } from '../../../src/lab/archive/zip-writer.ts';
import { binary, powerLaw, studyOf } from '../synthetic.ts';

const study = studyOf([binary, powerLaw]);
const studyJson = strToU8(JSON.stringify(study));
const open = (bytes: Uint8Array, limits = ZIP_LIMITS) => openZip(bytesSource(bytes), limits);
const npy = (shape: number[], values: number[]): Uint8Array =>
  Buffer.concat(npyPieces(floatArray(shape, Float64Array.from(values))));
const zip = (members: Zippable, level: 0 | 6 = 6): Uint8Array => zipSync(members, { level });
const stored = (...names: string[]): Buffer =>
  Buffer.concat([...zipPieces(names.map((name) => ({ name, pieces: [strToU8('content')] })))]);

/** The bytes with an integer of the first record of a kind replaced. */
function patched(bytes: Uint8Array, signature: number, offset: number, size: 2 | 4, value: number): Buffer {
  const copy = Buffer.from(bytes);
  const needle = Buffer.alloc(4);
  needle.writeUInt32BE(signature);
  const at = copy.indexOf(needle) + offset;
  if (size === 2) copy.writeUInt16LE(value, at);
  else copy.writeUInt32LE(value, at);
  return copy;
}
const [LOCAL, CENTRAL, END] = [0x504b0304, 0x504b0102, 0x504b0506];

describe('a ZIP', () => {
  it.each([
    '../escape',
    'a/../../b',
    '/absolute',
    'C:/drive',
    'back\\slash',
    'a//b',
    './a',
    'a/.',
    '',
    'nul\u0000',
    'line\n',
    'x'.repeat(300),
  ])('with a member named %j is refused', (name) => {
    expect(() => open(stored(name))).toThrow(ArchiveError);
  });

  it('with a name that is not UTF-8 is refused', () => {
    const bytes = stored('abc');
    bytes[bytes.lastIndexOf('abc')] = 0xff;
    expect(() => open(bytes)).toThrow(/UTF-8/);
  });

  it('with the same name twice, also in another case, is refused', () => {
    expect(() => open(stored('a', 'a'))).toThrow(/once/);
    expect(() => open(stored('study.json', 'Study.json'))).toThrow(/once/);
  });

  it('with more members than allowed is refused before any is read', () => {
    expect(() => open(stored('a', 'b', 'c'), { ...ZIP_LIMITS, members: 2 })).toThrow(/at most 2 members/);
  });

  it('larger than allowed, packed or unpacked, is refused', () => {
    expect(() => open(stored('a'), { ...ZIP_LIMITS, archive: 50 })).toThrow(/at most 50 bytes/);
    expect(() => open(stored('a'), { ...ZIP_LIMITS, member: 6 })).toThrow(/at most 6 bytes/);
    expect(() => open(stored('a', 'b'), { ...ZIP_LIMITS, total: 13 })).toThrow(/at most 13 bytes unpacked/);
  });

  it('that unpacks to far more than its size is refused', () => {
    const bomb = zip({ 'a.npy': new Uint8Array(100_000_000) });
    expect(() => open(bomb)).toThrow(/at most 100 times its size/);
  });

  it('that states less than it unpacks to is stopped at what it states', () => {
    const bytes = zip({ a: new Uint8Array(1_000_000) });
    const lying = patched(bytes, CENTRAL, 24, 4, 1000);
    expect(() => open(lying).read('a')).toThrow(MemberError);
  });

  it('whose members overlap is refused', () => {
    const bytes = stored('a', 'b');
    const second = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 1, 2]));
    bytes.writeUInt32LE(0, second + 42);
    expect(() => open(bytes)).toThrow(/overlaps/);
  });

  it.each([
    ['encrypted', CENTRAL, 8, 2, 1, /encryption/],
    ['packed by another method', CENTRAL, 10, 2, 12, /stored or deflated/],
    ['stored with two sizes', CENTRAL, 20, 4, 5, /sizes differ/],
    ['behind the directory', CENTRAL, 42, 4, 1000, /overlaps/],
    ['ZIP64', CENTRAL, 42, 4, 0xffffffff, /ZIP64/],
    ['in several parts', END, 4, 2, 1, /more than one part/],
    ['with a directory of other length', END, 12, 4, 10, /directory is damaged/],
    ['with a directory elsewhere', END, 16, 4, 1, /directory is damaged/],
    ['with a directory in ZIP64', END, 16, 4, 0xffffffff, /ZIP64/],
    ['with more members than its directory', END, 10, 2, 9, /part|directory/],
  ] as const)('%s is refused', (_, signature, offset, size, value, message) => {
    expect(() => open(patched(stored('a'), signature, offset, size, value))).toThrow(message);
  });

  it.each([
    ['its checksum', CENTRAL, 16, 4],
    ['its local header', LOCAL, 0, 4],
    ['its local name', LOCAL, 30, 2],
    ['its content', LOCAL, 31, 4],
  ] as const)('damaged in %s is found by reading', (_, signature, offset, size) => {
    const archive = open(patched(stored('a'), signature, offset, size, 0x2a2a));
    expect(() => archive.read('a')).toThrow(MemberError);
  });

  it.each([0, 1, 21, 22, 60])('cut to %i bytes is refused', (length) => {
    expect(() => open(stored('a').subarray(0, length))).toThrow(ArchiveError);
  });

  it('of another program is read: deflated, with a comment and folders', () => {
    const bytes = zipSync({ 'x/': new Uint8Array(0), 'x/a': [strToU8('text '.repeat(100)), { level: 9 }] });
    const comment = Buffer.concat([patched(bytes, END, 20, 2, 5), Buffer.from('hello')]);
    const archive = open(comment);
    expect(archive.names).toEqual(['x/a']);
    expect(Buffer.from(archive.read('x/a')).toString()).toBe('text '.repeat(100));
  });
});

describe('an archive', () => {
  it('without a study, or with one that is no JSON, is refused', () => {
    expect(() => readArchive(zip({ a: strToU8('1') }))).toThrow(/study.json: it is missing/);
    expect(() => readArchive(zip({ 'study.json': strToU8('{') }))).toThrow(/study.json: /);
    expect(() => readArchive(zip({ 'study.json': new Uint8Array([0xff]) }))).toThrow(ArchiveError);
  });

  it.each([['null'], ['7'], ['[]'], ['{"format":"sgdlab-study","version":1,"experiments":[{"id":"../x"}]}']])(
    'with the study %s is refused with the refusals',
    (text) => expect(() => readArchive(zip({ 'study.json': strToU8(text) }))).toThrow(Refused),
  );

  it('does not let a study touch the prototype of objects', () => {
    const text = `{"__proto__":{"polluted":1},${JSON.stringify(study).slice(1)}`;
    try {
      readArchive(zip({ 'study.json': strToU8(text) }));
    } catch (error) {
      expect(error).toBeInstanceOf(Refused);
    }
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it('with a provenance or records that cannot be read says so and is read', () => {
    const archive = readArchive(
      zip({ 'study.json': strToU8(JSON.stringify({ ...study, provenance: 7 })), 'results.json': strToU8('[]') }),
    );
    expect(archive.study).toEqual(study);
    expect(archive.provenance).toBeNull();
    expect(archive.refusals.map(({ path }) => path)).toEqual(['provenance', 'results.json']);
  });

  it('whose small file asks for much memory is refused it', () => {
    // 100000 seeds, and of the observables only a risk
    const hostile = studyOf([{ ...powerLaw, simulation: { runs: 100_000 } }]);
    const runs = 5000;
    const archive = readArchive(
      zip({
        'study.json': strToU8(JSON.stringify(hostile)),
        'power-law/sgd/risk.npy': npy([runs, 9], Array.from({ length: 9 * runs }, Math.random)),
      }),
    );
    expect(archive.results).toEqual([]);
    expect(archive.refusals.map(englishLine).at(-1)).toMatch(/left out/);
  });

  it.each([
    ['study.json', (wrong: string) => ({ 'study.json': `{"notes":${wrong},${JSON.stringify(study).slice(1)}` })],
    [
      'results.json',
      (wrong: string) => ({
        'study.json': JSON.stringify(study),
        'results.json': `{"format":"sgdlab-results","version":1,"experiments":{"binary":${wrong}}}`,
      }),
    ],
  ])('whose %s is deep, or small and unpacks to much, is refused it before anything is parsed', (member, made) => {
    const said = (wrong: string, level: 0 | 6 = 6): string => {
      const members = Object.entries(made(wrong)).map(([name, text]) => [name, strToU8(text)]);
      try {
        return readArchive(zip(Object.fromEntries(members) as Zippable, level))
          .refusals.map(englishLine)
          .join();
      } catch (error) {
        if (!(error instanceof ArchiveError)) throw error;
        return error.message;
      }
    };
    expect(said(`${'['.repeat(5000)}${']'.repeat(5000)}`)).toMatch(`${member}: `);
    expect(said(`${'['.repeat(5000)}${']'.repeat(5000)}`)).toMatch(/nested too deep/);
    const bomb = `[${'{},'.repeat(2_000_000)}{}]`;
    expect(said(bomb)).toMatch(/expected at most 10 times its size unpacked, got 600\d+ from \d{4} bytes/);
  });

  it('with records of millions of wrong curves, or of millions of experiments, says so in a line', () => {
    const wrong = ['[{}]', `[${'1,'.repeat(200_000)}1]`, '[{"source":{"kind":"ode"}}]'];
    for (const curves of wrong) {
      const experiments = Array.from({ length: 50_000 }, (_, k) => `"e${k}":${k === 0 ? curves : 7}`).join();
      const records = `{"format":"sgdlab-results","version":1,"experiments":{${experiments}}}`;
      const { refusals } = readArchive(zip({ 'study.json': studyJson, 'results.json': strToU8(records) }));
      expect(refusals).toHaveLength(1);
      expect(englishLine(refusals[0])).toMatch(/at experiments\.e\d/);
      expect(englishLine(refusals[0]).length).toBeLessThan(1000);
    }
  });

  it('is never a pipe, which need not end', () => {
    const folder = mkdtempSync(join(tmpdir(), 'sgdlab-pipe-'));
    try {
      execFileSync('mkfifo', [join(folder, 'pipe.sgdlab')]);
      expect(() => readArchive(join(folder, 'pipe.sgdlab'))).toThrow(/is not a file/);
      expect(() => readArchive('/dev/zero')).toThrow(/is not a file/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('never throws anything but its own refusals, whatever bytes are changed', () => {
    const good = Buffer.from(zip({ 'study.json': studyJson, 'binary/ode/risk.npy': npy([6], [1, 2, 3, 4, 5, 6]) }, 0));
    const change = fc.tuple(fc.nat(good.length - 1), fc.nat(255));
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
        const bytes = Buffer.from(good);
        for (const [at, value] of changes) bytes[at] = value;
        try {
          readArchive(bytes);
        } catch (error) {
          if (!(error instanceof ArchiveError || error instanceof Refused)) throw error;
        }
      }),
      { numRuns: 300, seed: 1 },
    );
  });
});
