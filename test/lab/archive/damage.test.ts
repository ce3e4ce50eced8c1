import { execFileSync } from 'node:child_process';
import { inEnglish } from '../../refusals.ts';
import { englishLine } from '../../../src/text/refusals/index.ts';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { RESULTS_VERSION } from '../../../src/core/experiment/identity.ts';
import { curveField, type ExperimentResults } from '../../../src/study/experiment-results.ts';
import { readArchive, writeArchive } from '../../../src/lab/archive/index.ts';
import { floatArray, npyPieces } from '../../../src/study/npy.ts';
import { binary, powerLaw, resultsFor, studyOf } from '../synthetic.ts';
import { newFolder } from '../database/folder.ts';
import { everyLoss } from './experiments.ts';
import { hasNumpy } from './numpy.ts';

const study = studyOf([binary, powerLaw]);
const results = study.experiments.map((experiment) => resultsFor(experiment));
/** As they are read from a file that says what they are of. */
const current = results.map((each) => ({ ...each, standing: 'current', version: RESULTS_VERSION }));
/** What is said of results that nothing ties to a description. */
const unverified = (of = study) =>
  of.experiments.map(({ id }) => ({
    path: id,
    message: expect.stringContaining('nothing in the file says') as string,
  }));

function members(of = study, given: readonly ExperimentResults[] = results): Record<string, Uint8Array> {
  const path = join(newFolder(), 'a.sgdlab');
  writeArchive(path, of, given);
  return unzipSync(new Uint8Array(readFileSync(path)));
}

/** What another program writes: the study and the arrays of the study format, no records, no arrays of our own. */
function foreign(of = study, given: readonly ExperimentResults[] = results): Record<string, Uint8Array> {
  const own = /^results\.json$|groups\/size|teacher\/norm|group_norm|teacher_overlap|teacher_product/;
  return Object.fromEntries(Object.entries(members(of, given)).filter(([name]) => !own.test(name)));
}

const npy = (shape: number[]): Uint8Array =>
  Buffer.concat(npyPieces(floatArray(shape, new Float64Array(shape.reduce((a, b) => a * b, 1)))));

describe('a damaged array', () => {
  it.each([
    ['of another shape', npy([5])],
    ['that is no array', Buffer.from('text')],
  ])('%s is named, is NaN, and hides no other', (_, content) => {
    const archive = readArchive(zipSync({ ...members(), 'binary/ode/norm.npy': content }));
    expect(archive.refusals.map(({ path }) => path)).toEqual(['binary/ode/norm.npy']);
    const [first, second] = archive.results;
    expect(second).toEqual(current[1]);
    expect(first.curves.slice(1)).toEqual(results[0].curves.slice(1));
    const { frame, curves } = first;
    expect(curveField(frame, curves[0].rows, 'norm')).toEqual(new Float64Array(6).fill(NaN));
    expect(curveField(frame, curves[0].rows, 'risk')).toEqual(curveField(frame, results[0].curves[0].rows, 'risk'));
  });

  it('whose bytes do not match their checksum is named', () => {
    const bytes = Buffer.from(zipSync(members(), { level: 0 }));
    const at = bytes.indexOf('binary/ode/risk.npy') + 150;
    bytes[at] ^= 1;
    const archive = readArchive(bytes);
    expect(inEnglish(archive.refusals)).toEqual([
      { path: 'binary/ode/risk.npy', message: expect.stringContaining('checksum') as string },
    ]);
    expect(archive.results[1]).toEqual(current[1]);
  });

  it('of the model is named, and the results are read', () => {
    const archive = readArchive(zipSync({ ...members(), 'power-law/means.npy': npy([2, 99]) }));
    expect(archive.refusals.map(({ path }) => path)).toEqual(['power-law/means.npy']);
    expect(archive.results).toEqual(current);
  });

  it('of times leaves the results of that experiment out', () => {
    const archive = readArchive(zipSync({ ...members(), 'binary/t.npy': npy([6]) }));
    expect(archive.results).toEqual([current[1]]);
    expect(inEnglish(archive.refusals)).toEqual([
      { path: 'binary/t.npy', message: expect.stringContaining('times') as string },
    ]);
  });

  it('of groups is computed again from the description', () => {
    const archive = readArchive(zipSync({ ...members(), 'binary/groups/energy.npy': npy([1]) }));
    expect(archive.results).toEqual(current);
    expect(archive.refusals).toHaveLength(1);
  });
});

describe('records that do not fit the arrays', () => {
  it('leave out what they name and the file does not have', () => {
    const { 'binary/ode/risk.npy': _, ...rest } = members();
    const without = Object.fromEntries(Object.entries(rest).filter(([name]) => !name.startsWith('binary/ode/')));
    const archive = readArchive(zipSync(without));
    expect(archive.results[0].curves).toEqual(results[0].curves.slice(1));
    expect(inEnglish(archive.refusals)).toEqual([
      { path: 'binary', message: expect.stringContaining('ode') as string },
    ]);
  });

  it('with an impossible number of points are left out', () => {
    const all = members();
    const text = Buffer.from(all['results.json'])
      .toString()
      .replace(/("key": "[^"]+",\s+"points": )6/, '$1600');
    const archive = readArchive(zipSync({ ...all, 'results.json': Buffer.from(text) }));
    expect(archive.results[0].curves).toEqual(results[0].curves.slice(1));
    expect(archive.refusals).toHaveLength(1);
  });

  it('that are said to be of other work than their description are left out', () => {
    const all = members();
    const text = Buffer.from(all['results.json']).toString();
    const edited = text.replace(/"seed": 5/, '"seed": 6');
    expect(edited).not.toBe(text);
    const archive = readArchive(zipSync({ ...all, 'results.json': Buffer.from(edited) }));
    expect(archive.results).toEqual([current[1]]);
    expect(inEnglish(archive.refusals)).toEqual([
      { path: 'binary', message: expect.stringContaining('left out') as string },
    ]);
  });
});

/** The members with study.json changed, as by an editor. */
function edited(all: Record<string, Uint8Array>, change: (description: typeof study) => void): Uint8Array {
  const description = JSON.parse(Buffer.from(all['study.json']).toString()) as typeof study;
  change(description);
  return zipSync({ ...all, 'study.json': Buffer.from(JSON.stringify(description)) });
}

describe('results whose study.json was changed', () => {
  it.each([
    ['with its provenance', () => {}],
    ['without provenance', (description: object) => void delete (description as { provenance?: unknown }).provenance],
  ])('(%s) are those of the description that they were computed for, and said to be', (_, change) => {
    const bytes = edited(members(), (description) => {
      change(description);
      description.experiments[0].optimizer.schedule = { kind: 'constant', rate: 0.25 };
    });
    const archive = readArchive(bytes);
    expect(archive.results).toEqual([{ ...current[0], standing: 'stale' }, current[1]]);
    expect(inEnglish(archive.refusals)).toEqual([
      { path: 'binary', message: expect.stringContaining('changed') as string },
    ]);
  });

  it('in the number of runs, the names or the notes alone are still of their description', () => {
    const bytes = edited(members(), (description) => {
      description.notes = 'other';
      description.experiments[0].name = 'Renamed';
      description.experiments[0].simulation.runs = 2;
    });
    const archive = readArchive(bytes);
    expect(archive.refusals).toEqual([]);
    expect(archive.results.map(({ standing }) => standing)).toEqual(['current', 'current']);
    expect(archive.results[0].experiment.name).toBe('Renamed');
  });

  it.each([
    ['seed', { simulation: { engine: 'sgd', runs: 3, seed: 6 } }, ['ode', 'gradient-flow'], 3],
    ['engine', { simulation: { engine: 'hsgd', runs: 3, seed: 5 } }, ['ode', 'gradient-flow'], 3],
    ['limit', { theory: { curves: ['ode', 'gradient-flow'], limit: true } }, ['simulation'], 2],
  ] as const)(
    'in the %s keep what still fits, and the rest is said to be of the earlier description',
    (_, change, kept, lost) => {
      const bytes = edited(members(), (description) => void Object.assign(description.experiments[0], change));
      const archive = readArchive(bytes);
      const [now, before] = archive.results;
      expect([now.standing, before.standing]).toEqual(['current', 'stale']);
      expect([...new Set(now.curves.map(({ source }) => source.kind))]).toEqual(kept);
      expect(before.curves).toHaveLength(lost);
      expect(inEnglish(archive.refusals)).toEqual([
        { path: 'binary', message: expect.stringContaining('changed') as string },
      ]);
    },
  );

  it('so that two ids are exchanged are those of their descriptions all the same', () => {
    const two = studyOf([binary, { ...binary, id: 'other', horizon: 3 }]);
    const all = members(
      two,
      two.experiments.map((experiment) => resultsFor(experiment)),
    );
    const bytes = edited(all, (description) => {
      const [a, b] = description.experiments;
      [a.id, b.id] = [b.id, a.id];
    });
    const archive = readArchive(bytes);
    expect(archive.refusals).toEqual([]);
    expect(archive.results.map(({ experiment, standing }) => [experiment.id, experiment.horizon, standing])).toEqual([
      ['other', 2, 'current'],
      ['binary', 3, 'current'],
    ]);
  });

  it('so that an experiment is gone are said to be left out', () => {
    const bytes = edited(members(), (description) => void description.experiments.shift());
    const archive = readArchive(bytes);
    expect(archive.isWhole).toBe(false);
    expect(inEnglish(archive.refusals)).toEqual([
      { path: 'binary', message: expect.stringContaining('no experiment of the study') as string },
    ]);
  });

  it('of a later version are left out, and said to be of a later one', () => {
    const all = members();
    const text = Buffer.from(all['results.json'])
      .toString()
      .replaceAll(`"results": "${RESULTS_VERSION}"`, '"results": "99"');
    const archive = readArchive(zipSync({ ...all, 'results.json': Buffer.from(text) }));
    expect(archive.results).toEqual([]);
    expect(archive.refusals.map(englishLine)).toEqual(
      Array(2).fill(expect.stringContaining('later version') as string),
    );
  });

  it('of another program are left out where a hash says that they are of another description', () => {
    const bytes = edited(foreign(), (description) => (description.experiments[0].horizon = 1.9));
    const archive = readArchive(bytes);
    expect(archive.results.map(({ experiment }) => experiment.id)).toEqual(['power-law']);
    expect(inEnglish(archive.refusals)[0]).toMatchObject({
      path: 'binary',
      message: expect.stringContaining('left out') as string,
    });
  });
});

describe('a frame in a file', () => {
  it('that is not that of the description is named and not taken', () => {
    const energy = Buffer.concat(npyPieces(floatArray([2, 2], Float64Array.of(80, 80, 80, 80))));
    const archive = readArchive(zipSync({ ...members(), 'binary/groups/energy.npy': energy }));
    expect(archive.results).toEqual(current);
    expect(inEnglish(archive.refusals)).toEqual([
      { path: 'binary/groups/energy.npy', message: expect.stringContaining('not that of the description') as string },
    ]);
  });
});

describe('an archive of another program', () => {
  it('with the arrays of the study format alone is read', () => {
    const archive = readArchive(zipSync(foreign()));
    expect(archive.refusals).toEqual([]);
    expect(inEnglish(archive.notices)).toEqual(unverified());
    expect(archive.results.map(({ standing }) => standing)).toEqual(['unverified', 'unverified']);
    expect(archive.study).toEqual(study);
    archive.results.forEach(({ frame, curves, experiment }, e) => {
      expect(experiment).toEqual(results[e].experiment);
      expect(frame).toEqual(results[e].frame);
      expect(curves.map(({ source, outcome }) => [source, outcome])).toEqual(
        results[e].curves.map(({ source, outcome }) => [source, outcome]),
      );
      curves.forEach(({ rows }, k) => {
        const given = results[e].curves[k].rows;
        for (const { key } of frame.layout.fields) {
          if (key !== 'group_norm') expect(curveField(frame, rows, key)).toEqual(curveField(frame, given, key));
        }
        // one output: share times norm, one product
        const [share, norm] = [curveField(frame, rows, 'group_share'), curveField(frame, rows, 'norm')];
        const expected = share.map((value, j) => value * norm[Math.floor(j / frame.layout.groups)]);
        expect(curveField(frame, rows, 'group_norm')).toEqual(expected);
      });
    });
  });

  it('has NaN where several outputs or a teacher would be needed, for every loss', () => {
    const losses = { ...study, experiments: everyLoss };
    const given = everyLoss.map((experiment) => resultsFor(experiment));
    const archive = readArchive(zipSync(foreign(losses, given)));
    expect(archive.refusals).toEqual([]);
    expect(inEnglish(archive.notices)).toEqual(unverified(losses));
    expect(archive.results.map(({ frame }) => frame)).toEqual(given.map(({ frame }) => frame));
    for (const { frame, curves } of archive.results) {
      const values = curveField(frame, curves[0].rows, 'group_norm');
      expect(values.every(Number.isNaN)).toBe(frame.layout.outputs > 1);
      if (frame.layout.teacherOutputs > 0) {
        expect(curveField(frame, curves[0].rows, 'teacher_overlap').every(Number.isNaN)).toBe(true);
      }
    }
  });

  it('whose runs left off is read as far as they got', () => {
    const all = foreign();
    const risk = new Float64Array(18).fill(1);
    risk.fill(NaN, 10, 12); // run 1 from point 4 on
    const archive = readArchive(
      zipSync({ ...all, 'binary/sgd/risk.npy': Buffer.concat(npyPieces(floatArray([3, 6], risk))) }),
    );
    const runs = archive.results[0].curves.slice(2);
    expect(runs.map(({ points, outcome }) => [points, outcome.status])).toEqual([
      [6, 'done'],
      [4, 'cancelled'],
      [6, 'done'],
    ]);
    expect(runs[1].outcome.t).toBe(results[0].frame.t[3]);
  });

  it('names arrays of the study format that are missing', () => {
    const { 'binary/ode/overlap.npy': _, ...rest } = foreign();
    const { refusals } = readArchive(zipSync(rest));
    expect(inEnglish(refusals)).toEqual([{ path: 'binary/ode/overlap.npy', message: 'it is missing' }]);
  });

  it(hasNumpy ? 'that NumPy wrote is read' : 'written by another ZIP library is read (for want of NumPy)', () => {
    const folder = newFolder();
    const path = join(folder, 'a.npz');
    const mine = join(folder, 'mine.sgdlab');
    writeArchive(mine, study, results);
    const script = `
import sys, zipfile, numpy as np
source = np.load(sys.argv[1])
np.savez_compressed(sys.argv[2], **{k: source[k] for k in source.files if not k.endswith('.json')})
with zipfile.ZipFile(sys.argv[2], 'a') as archive:
    archive.writestr('study.json', source['study.json'])
    archive.writestr('results.json', source['results.json'])
`;
    if (hasNumpy) execFileSync('python3', ['-c', script, mine, path]);
    const archive = hasNumpy ? readArchive(path) : readArchive(zipSync(members(), { level: 9 }));
    expect(archive.refusals).toEqual([]);
    expect(archive.results).toEqual(current);
  });
});
