import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { saidBy } from '../../refusals.ts';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { curveField } from '../../../src/study/experiment-results.ts';
import { exportCsv, freeCsvFolder } from '../../../src/lab/archive/index.ts';
import { binary, curveOf, powerLaw, resultsFor, studyOf } from '../synthetic.ts';
import { newFolder } from '../database/folder.ts';

const study = studyOf([binary, powerLaw]);
const results = resultsFor(study.experiments[0]);

function table(folder: string, name: string): { columns: string[]; rows: string[][] } {
  const [columns, ...rows] = readFileSync(join(folder, name), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','));
  return { columns, rows };
}

describe('exported tables', () => {
  it('are written for the experiments that have results', () => {
    const folder = join(newFolder(), 'new', 'folder');
    const files = exportCsv(folder, study, [results]);
    expect(files).toEqual([
      'binary.csv',
      'binary-overlap.csv',
      'binary-variance.csv',
      'binary-group-overlap.csv',
      'binary-group-share.csv',
      'binary-group-norm.csv',
      'binary-groups.csv',
    ]);
    expect(readdirSync(folder).sort()).toEqual([...files].sort());
  });

  it('hold every number of every curve, exactly', () => {
    const folder = newFolder();
    exportCsv(folder, study, [results]);
    const { frame, curves } = results;
    const scalars = table(folder, 'binary.csv');
    expect(scalars.columns).toEqual(['curve', 'run', 't', 'risk', 'error', 'norm', 'learning_rate']);
    expect(scalars.rows.map((row) => Number(row[3]))).toEqual(
      curves.flatMap(({ rows }) => [...curveField(frame, rows, 'risk')]),
    );
    expect(scalars.rows.map(([curve, run]) => `${curve} ${run}`).filter((name, k, all) => name !== all[k - 1])).toEqual(
      ['ode ', 'gradient-flow ', 'sgd 0', 'sgd 1', 'sgd 2'],
    );
    const overlaps = table(folder, 'binary-group-overlap.csv');
    expect(overlaps.columns).toEqual(['curve', 'run', 't', 'group', 'class', 'value']);
    expect(overlaps.rows.map((row) => Number(row[5]))).toEqual(
      curves.flatMap(({ rows }) => [...curveField(frame, rows, 'group_overlap')]),
    );
    expect(overlaps.rows.slice(0, 4).map((row) => row.slice(3, 5).join())).toEqual(['0,0', '0,1', '1,0', '1,1']);
    expect(Number(overlaps.rows[4][2])).toBe(frame.t[1]);
  });

  it('have lines only for the grid points that were reached, and words for numbers without digits', () => {
    const folder = newFolder();
    const curve = curveOf(study.experiments[0], { kind: 'ode' }, { points: 1, outcome: { status: 'cancelled', t: 0 } });
    curve.rows.set([NaN, -0, Infinity, -Infinity]);
    exportCsv(folder, study, [{ ...results, curves: [curve] }]);
    expect(table(folder, 'binary.csv').rows).toEqual([['ode', '', '0', 'nan', '-0', 'inf', '-inf']]);
  });

  it('go to a folder of another name where tables of other curves are', () => {
    const folder = join(newFolder(), 'curves');
    const [theory, , ...runs] = results.curves;
    const of = (curves: typeof results.curves) => [{ ...results, curves }] as const;
    const changed = of(runs.map((curve) => ({ ...curve, rows: curve.rows.map((value) => value + 1) })));
    expect(freeCsvFolder(folder, study, of([theory]))).toBe(folder);
    exportCsv(folder, study, of([theory]));
    // more of the same replaces it
    expect(freeCsvFolder(folder, study, of([theory, ...runs]))).toBe(folder);
    expect(freeCsvFolder(folder, study, changed)).toBe(`${folder}-2`);
    writeFileSync(`${folder}-2`, 'a file');
    expect(freeCsvFolder(folder, study, changed)).toBe(`${folder}-3`);
    exportCsv(`${folder}-3`, study, changed);
    expect(freeCsvFolder(folder, study, changed)).toBe(`${folder}-3`);
  });

  it('replace tables that they have all lines of, and nothing else: nothing is written then', () => {
    const folder = newFolder();
    const [theory, flow, ...runs] = results.curves;
    exportCsv(folder, study, [{ ...results, curves: [theory, ...runs.slice(1)] }]);
    exportCsv(folder, study, [{ ...results, curves: [theory, flow, ...runs] }]);
    expect(table(folder, 'binary.csv').rows).toHaveLength(results.curves.length * results.frame.t.length);
    const bytes = () =>
      Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
    const before = bytes();
    const other = runs.map((curve) => ({ ...curve, rows: curve.rows.map((value) => value + 1) }));
    expect(saidBy(() => exportCsv(folder, study, [{ ...results, curves: other }]))).toBe(
      'binary.csv is there already and has other curves than these; remove it, or write to another folder',
    );
    expect(bytes()).toEqual(before);
    const mine = newFolder();
    writeFileSync(join(mine, 'binary-groups.csv'), 'my,own\n1,2\n');
    expect(saidBy(() => exportCsv(mine, study, [results]))).toContain(
      'binary-groups.csv is there already and is no table',
    );
    expect(readdirSync(mine)).toEqual(['binary-groups.csv']);
    expect(readFileSync(join(mine, 'binary-groups.csv'), 'utf8')).toBe('my,own\n1,2\n');
  });

  it('go to a folder: a file in its place is said', () => {
    const path = join(newFolder(), 'file.csv');
    writeFileSync(path, 'mine');
    expect(saidBy(() => exportCsv(path, study, [results]))).toContain(
      'expected a folder for the CSV files; this is a file',
    );
    expect(readFileSync(path, 'utf8')).toBe('mine');
  });

  it('name the groups', () => {
    const folder = newFolder();
    exportCsv(folder, study, [results]);
    expect(readFileSync(join(folder, 'binary-groups.csv'), 'utf8').split('\n').slice(0, 2)).toEqual([
      'group,label,upper,size,class,energy',
      `0,"(0,0)",0,10,0,${results.frame.groups.energy[0]}`,
    ]);
  });
});
