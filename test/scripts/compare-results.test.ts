import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync, zipSync, type Unzipped } from 'fflate';
import { describe, expect, it } from 'vitest';
import { compareFiles } from '../../scripts/compare-results/compare.mjs';
import { writeArchive } from '../../src/lab/archive/index.ts';
import { binary, resultsFor, studyOf } from '../lab/synthetic.ts';

const study = studyOf([binary]);
const file = archive();

function archive(): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), 'sgdlab-compare-'));
  try {
    writeArchive(
      join(folder, 'results.sgdlab'),
      study,
      study.experiments.map((experiment) => resultsFor(experiment)),
    );
    return readFileSync(join(folder, 'results.sgdlab'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const changed = (change: (members: Unzipped) => void): Uint8Array => {
  const members = unzipSync(file);
  change(members);
  return zipSync(members, { level: 0 });
};
const array = (members: Unzipped): string =>
  Object.keys(members).find((name) => name.endsWith('/ode/risk.npy')) as string;
const count = Object.keys(unzipSync(file)).filter((name) => name.endsWith('.npy')).length;

describe('comparing results files', () => {
  it('finds a file equal to itself, every array of it', () => {
    const { equal, differences, extra } = compareFiles(file, file);
    expect([differences, extra]).toEqual([[], []]);
    // each array, two theory curves, three runs, one description
    expect(equal).toBe(count + 2 + 3 + 1);
  });

  it('finds one changed bit of one number, and says how large the difference is', () => {
    const { differences } = compareFiles(
      file,
      changed((members) => void (members[array(members)][members[array(members)].length - 8] ^= 1)),
    );
    expect(differences).toHaveLength(1);
    expect(differences[0]).toMatch(/ode\/risk\.npy: DIFFERENT in 1 of \d+, by up to \d\.?\d*e-1[5-8] /);
  });

  it('finds a missing array, and calls one that is only in the second new', () => {
    const without = changed((members) => void delete members[array(members)]);
    expect(compareFiles(file, without).differences).toEqual([expect.stringMatching(/ode\/risk\.npy: MISSING/)]);
    expect(compareFiles(without, file)).toMatchObject({ differences: [], extra: [array(unzipSync(file))] });
  });

  it('finds a curve with another key', () => {
    const edited = changed((members) => {
      const results = Buffer.from(members['results.json']).toString('utf8');
      members['results.json'] = Buffer.from(results.replace(/("key": ")./, '$1?'));
    });
    expect(compareFiles(file, edited).differences).toEqual([expect.stringMatching(/: key ".*" -> "\?/)]);
  });
});
