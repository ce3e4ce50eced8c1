import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { saidBy } from '../../refusals.ts';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { beforeAll, describe, expect, it } from 'vitest';
import { keysOf, RESULTS_VERSION, splitKey } from '../../../src/core/experiment/identity.ts';
import { prepare } from '../../../src/core/experiment/setup.ts';
import { fieldOf } from '../../../src/core/observables/row-layout.ts';
import { curveField, spreadCurve, type ExperimentResults } from '../../../src/study/experiment-results.ts';
import { readArchive, writeArchive } from '../../../src/lab/archive/index.ts';
import { binary, curveOf, frameOf, origin, powerLaw, resultsFor, studyOf } from '../synthetic.ts';
import { newFolder } from '../database/folder.ts';
import { mixed } from './experiments.ts';
import { hasNumpy, loadPlainly, loadWithNumpy, type Loaded } from './numpy.ts';

const hexOf = (values: Float64Array): string =>
  Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('hex');

/** Results with everything that is hard to keep: special numbers, a diverged and a cancelled curve, missing runs. */
function awkward(): ExperimentResults {
  const [experiment] = studyOf([binary]).experiments;
  const frame = frameOf(experiment);
  const ode = curveOf(experiment, { kind: 'ode' });
  // of a number that may be any
  ode.rows.set([-0, Infinity, -Infinity, Number.MIN_VALUE], fieldOf(frame.layout, 'group_overlap').offset);
  const diverged = { status: 'diverged' as const, t: 0.4, quantity: 'norm', value: NaN };
  const run = curveOf(experiment, { kind: 'simulation', run: 2 }, { points: 2, outcome: diverged });
  const cancelled = curveOf(
    experiment,
    { kind: 'gradient-flow' },
    { points: 0, outcome: { status: 'cancelled', t: -0 } },
  );
  const report = { origin: null, seconds: Infinity, details: { a: NaN, b: 'NaN', seed: 77 } };
  return {
    experiment,
    frame,
    curves: [ode, cancelled, curveOf(experiment, { kind: 'simulation', run: 0 }), { ...run, report }],
  };
}

function written(results: readonly ExperimentResults[], study = mixed): string {
  const path = join(newFolder(), 'results.sgdlab');
  writeArchive(path, study, results);
  return path;
}

const isCurrent = (results: ExperimentResults) => ({ ...results, standing: 'current', version: RESULTS_VERSION });

describe('an archive', () => {
  it('gives back every study and result bit for bit, for every loss', () => {
    const results = mixed.experiments.map((experiment) => resultsFor(experiment));
    const archive = readArchive(written(results));
    expect(archive.refusals).toEqual([]);
    expect(archive.study).toEqual(mixed);
    expect(archive.results).toEqual(results.map(isCurrent));
    archive.results.forEach(({ curves }, e) =>
      curves.forEach(({ rows }, k) => expect(hexOf(rows)).toBe(hexOf(results[e].curves[k].rows))),
    );
  });

  it('gives back the spread of runs from theory, of the engine that it is of', () => {
    for (const [engine, kind] of [
      ['sgd', 'ode-spread'],
      ['hsgd', 'ode-spread-hsgd'],
    ] as const) {
      const study = studyOf([{ ...binary, theory: { spread: true }, simulation: { engine, runs: 2, seed: 1 } }]);
      const results = resultsFor(study.experiments[0]);
      const spread = curveOf(study.experiments[0], { kind });
      const path = written([{ ...results, curves: [...results.curves, spread] }], study);
      const [back] = readArchive(path).results;
      const read = spreadCurve(back);
      expect(read?.key).toBe(spread.key);
      expect(hexOf(read?.rows ?? new Float64Array())).toBe(hexOf(spread.rows));
      expect(Object.keys(unzipSync(readFileSync(path)))).toContain(`${binary.id}/ode/risk_sd.npy`);
    }
  });

  it('gives back special numbers, unfinished curves and runs with gaps', () => {
    const results = awkward();
    const archive = readArchive(written([results], studyOf([binary])));
    expect(archive.refusals).toEqual([]);
    expect(archive.results).toEqual([isCurrent(results)]);
    expect(hexOf(archive.results[0].curves[0].rows)).toBe(hexOf(results.curves[0].rows));
  });

  it('says of the results when, where and by what they were computed, whatever writes them out, with seeds and hashes', () => {
    const results = mixed.experiments.map((experiment) => resultsFor(experiment));
    const { provenance: found } = readArchive(written(results));
    expect(found).toEqual({
      ...origin,
      seeds: Object.fromEntries(mixed.experiments.map(({ id, simulation }) => [id, simulation.seed])),
      hashes: Object.fromEntries(
        mixed.experiments.map((experiment) => [experiment.id, splitKey(keysOf(experiment).description).digest]),
      ),
    });
  });

  it('is the same from bytes as from a file, and the same bytes for the same content', () => {
    const results = [awkward()];
    const [first, second] = [written(results, studyOf([binary])), written(results, studyOf([binary]))];
    expect(readFileSync(first).equals(readFileSync(second))).toBe(true);
    expect(readArchive(new Uint8Array(readFileSync(first)))).toEqual(readArchive(first));
  });

  it('written again from what was read has the same bytes', () => {
    const path = written([awkward()], studyOf([binary]));
    const { study, results } = readArchive(path);
    expect(readFileSync(written(results, study)).equals(readFileSync(path))).toBe(true);
  });

  it('refuses results of another description and leaves the file that was there', () => {
    const folder = newFolder();
    const path = join(folder, 'results.sgdlab');
    writeFileSync(path, 'before');
    const other = studyOf([{ ...binary, horizon: 3 }]);
    expect(saidBy(() => writeArchive(path, other, [awkward()]))).toMatch(/not of the work that was asked for/);
    expect(saidBy(() => writeArchive(path, studyOf([binary]), [awkward(), awkward()]))).toMatch(/once/);
    // fails half-way: an array cannot be made
    const [first, ...rest] = awkward().curves;
    const unreadable = Object.defineProperty({ ...first }, 'rows', {
      get: () => {
        throw new Error('no memory');
      },
    });
    const broken = { ...awkward(), curves: [unreadable, ...rest] };
    expect(saidBy(() => writeArchive(path, studyOf([binary]), [broken]))).toContain('no memory');
    expect(readFileSync(path, 'utf8')).toBe('before');
    expect(readdirSync(folder)).toEqual(['results.sgdlab']);
  });

  it('leaves eigenvalues and means out above a million directions', () => {
    const large = studyOf([
      {
        ...powerLaw,
        model: { ...powerLaw.model, dimension: 1_000_001 },
        horizon: 2,
        grid: { kind: 'linear', points: 3 },
      },
    ]);
    const keys = Object.keys(loadPlainly(written([], large)));
    expect(keys).toEqual(['power-law/priors', 'power-law/t']);
  });
});

describe.each([
  ['a plain reading of ZIP and .npy', loadPlainly],
  // where there is no NumPy, the same claims are checked by the plain reading alone
  [hasNumpy ? 'numpy.load' : 'a plain reading, for want of NumPy', hasNumpy ? loadWithNumpy : loadPlainly],
])('the arrays as seen by %s', (_, load) => {
  const study = studyOf([binary, powerLaw]);
  const results = resultsFor(study.experiments[0]);
  let arrays: Record<string, Loaded> = {};
  // two experiments, the second without results
  beforeAll(() => void (arrays = load(written([results], study))));

  it('have the keys and shapes of the study format', () => {
    const [P, N, C, L, G, d] = [6, 3, 2, 1, 2, 40];
    const curve = (prefix: string, lead: number[]) => ({
      [`${prefix}/risk`]: lead,
      [`${prefix}/error`]: lead,
      [`${prefix}/norm`]: lead,
      [`${prefix}/learning_rate`]: lead,
      [`${prefix}/overlap`]: [...lead, C, L],
      [`${prefix}/variance`]: [...lead, C, L, L],
      [`${prefix}/group_overlap`]: [...lead, G, C],
      [`${prefix}/group_share`]: [...lead, G],
      [`${prefix}/group_norm`]: [...lead, G, L],
    });
    expect(Object.fromEntries(Object.entries(arrays).map(([key, { shape }]) => [key, shape]))).toEqual({
      'binary/eigenvalues': [C, d],
      'binary/means': [C, d],
      'binary/priors': [C],
      'binary/t': [P],
      'binary/groups/upper': [G],
      'binary/groups/energy': [C, G],
      'binary/groups/size': [G],
      ...curve('binary/ode', [P]),
      ...curve('binary/gradient-flow', [P]),
      'binary/sgd/seed': [N],
      ...curve('binary/sgd', [N, P]),
      'power-law/eigenvalues': [C, 100],
      'power-law/means': [C, 100],
      'power-law/priors': [C],
      'power-law/t': [9],
    });
  });

  it('are little-endian float64, and int64 for seeds', () => {
    for (const [key, { type }] of Object.entries(arrays))
      expect([key, type]).toEqual([key, key.endsWith('seed') ? '<i8' : '<f8']);
  });

  it('hold the numbers of the results and of the model', () => {
    const { mixture, groups } = prepare(study.experiments[0]);
    const { frame, curves } = results;
    expect(arrays['binary/eigenvalues'].hex).toBe(hexOf(mixture.eigenvalues));
    expect(arrays['binary/means'].hex).toBe(hexOf(mixture.means));
    expect(arrays['binary/priors'].hex).toBe(hexOf(Float64Array.of(0.25, 0.75)));
    expect(arrays['binary/t'].hex).toBe(hexOf(frame.t));
    expect(arrays['binary/groups/energy'].hex).toBe(hexOf(groups.energy));
    for (const { key } of frame.layout.fields) {
      expect(arrays[`binary/ode/${key}`].hex).toBe(hexOf(curveField(frame, curves[0].rows, key)));
      const runs = curves.slice(2).map(({ rows }) => hexOf(curveField(frame, rows, key)));
      expect(arrays[`binary/sgd/${key}`].hex).toBe(runs.join(''));
    }
  });

  it('tell runs apart by their seeds', () => {
    const seeds = arrays['binary/sgd/seed'].hex.match(/.{16}/g) ?? [];
    expect(new Set(seeds).size).toBe(3);
  });
});
