import { copyFileSync, readdirSync, readFileSync } from 'node:fs';
import { inEnglish } from '../refusals.ts';
import { englishLine } from '../../src/text/refusals/index.ts';
import { join } from 'node:path';
import { unzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { parseStudyText, requireParsed } from '../../src/study/parse.ts';
import { curveField, simulationCurves } from '../../src/study/experiment-results.ts';
import { texts } from '../../src/text/texts.ts';
import { renderReport } from '../../src/lab/report/index.ts';
import { readArchive } from '../../src/lab/archive/index.ts';
import { type Library } from '../../src/lab/database/library.ts';
import { newFolder, open, query, tamper } from './database/folder.ts';
import { resultsFor } from './synthetic.ts';

const fixture = (name: string) => join(import.meta.dirname, '..', 'fixtures', 'version-0.1.0', name);
const study = requireParsed(parseStudyText(readFileSync(fixture('two-seeds.json'), 'utf8')));
const [a, b] = study.experiments;

function migrated(): { folder: string; library: Library } {
  const folder = newFolder();
  copyFileSync(fixture('library.sqlite'), join(folder, 'library.sqlite'));
  return { folder, library: open(folder) };
}

const statesOf = (library: Library, id: string) => {
  const record = library.openStudy(id);
  if (!record.ok) throw new Error(englishLine(record.refusals[0]));
  return record.value.status.map(({ experimentId, state, finishedRuns }) => [experimentId, state, finishedRuns]);
};

describe('a library that version 0.1.0 wrote', () => {
  it('opens with every study, its text and its tags, after a backup copy', () => {
    const { folder, library } = migrated();
    expect(library.listStudies({ search: '', archived: false })).toMatchObject([
      { id: 'two-seeds', name: study.name, tags: ['kept'], experiments: 2, damage: null },
    ]);
    expect(library.openStudy('two-seeds')).toMatchObject({ value: { draft: { notes: study.notes } } });
    library.close();
    const backup = readdirSync(folder).filter((name) => name.endsWith('.backup'));
    expect(backup).toHaveLength(1);
    expect(readFileSync(join(folder, backup[0])).equals(readFileSync(fixture('library.sqlite')))).toBe(true);
    expect(query(folder, 'PRAGMA foreign_key_check')).toEqual([]);
    expect(query(folder, 'PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }]);
  });

  it('shows its results as computed by an earlier version, never as done', () => {
    const { library } = migrated();
    expect(statesOf(library, 'two-seeds')).toEqual([
      ['a', 'earlier-version', 0],
      ['b', 'earlier-version', 0],
    ]);
    for (const experiment of [a, b]) {
      const { results, standing, refusals } = library.results('two-seeds', experiment);
      expect([standing, refusals]).toEqual(['earlier-version', []]);
      expect(results?.curves.map(({ source }) => source.kind)).toEqual(['ode', ...Array(3).fill('simulation')]);
      expect(library.missingWork('two-seeds', experiment)).toEqual({ theory: ['ode'], runs: [0, 1, 2] });
    }
    expect(library.exportable('two-seeds')).toMatchObject({
      value: {
        results: [],
        order: [{ id: 'a' }, { id: 'b' }],
        older: new Map([a, b].map(({ id }) => [id, 'earlier-version'])),
      },
    });
  });

  it('says in a report that its results were computed by an earlier version, and of which experiments by name', () => {
    const { library } = migrated();
    const exportable = library.exportable('two-seeds');
    if (!exportable.ok) throw new Error(englishLine(exportable.refusals[0]));
    const { study: shown, results, order, older } = exportable.value;
    const html = renderReport(texts('en'), results, { ...shown, experiments: order }, null, { older });
    for (const { id, name } of order) {
      expect(name).not.toBe(id);
      expect(html).toContain(`<li>${name}: it is left out: its results were computed by an earlier version`);
    }
    expect(html).not.toContain('no results');
  });

  it('holds the runs of one seed under another, as that version computed them', () => {
    const { library } = migrated();
    const risks = [a, b].map((experiment) => {
      const { results } = library.results('two-seeds', experiment);
      return results && simulationCurves(results).map(({ rows }) => [...curveField(results.frame, rows, 'risk')]);
    });
    expect(a.simulation.seed).not.toBe(b.simulation.seed);
    expect(risks[0]).toEqual(risks[1]);
  });

  it('after an edit shows them as of an earlier description; run again they are replaced', () => {
    const { library } = migrated();
    const edited = { ...a, horizon: 3 };
    library.saveStudy({ id: 'two-seeds', draft: { ...study, experiments: [edited, b] }, revision: 1 });
    expect(statesOf(library, 'two-seeds')[0][1]).toBe('stale');
    library.noteRun('two-seeds', [b]);
    for (const curve of resultsFor(b).curves) library.storeCurve('two-seeds', b, curve);
    expect(statesOf(library, 'two-seeds')[1]).toEqual(['b', 'complete', 3]);
    // the runs of b; their theory is also that of a before its edit
    expect(library.tidy('two-seeds')).toBe(3);
    expect(statesOf(library, 'two-seeds')[0][1]).toBe('stale');
  });
});

describe('a library of version 0.1.0 with rows that belong to nothing', () => {
  it.each([
    ['a description', `DELETE FROM descriptions WHERE rowid = (SELECT min(rowid) FROM descriptions)`],
    ['the frames', 'DELETE FROM frames'],
    ['a study', `DELETE FROM studies`],
  ])('(%s is missing) opens all the same, with one backup however often it is tried', (_, sql) => {
    const folder = newFolder();
    copyFileSync(fixture('library.sqlite'), join(folder, 'library.sqlite'));
    tamper(folder, 'PRAGMA foreign_keys = OFF', sql);
    const library = open(folder);
    expect(library.listStudies({ search: '', archived: false }).length).toBe(sql.includes('studies') ? 0 : 1);
    if (!sql.includes('studies')) expect(library.openStudy('two-seeds').ok).toBe(true);
    library.close();
    expect(readdirSync(folder).filter((name) => name.endsWith('.backup'))).toHaveLength(1);
  });
});

describe('a results file that version 0.1.0 wrote', () => {
  it('says why its results are not done', () => {
    const archive = readArchive(fixture('two-seeds.sgdlab'));
    expect(archive.results.map(({ standing }) => standing)).toEqual(['earlier-version', 'earlier-version']);
    expect(inEnglish(archive.refusals)).toEqual(
      ['a', 'b'].map((path) => ({ path, message: expect.stringContaining('earlier version') as string })),
    );
  });

  it('whose study.json was edited is not taken for one of the edited description', () => {
    const all = unzipSync(new Uint8Array(readFileSync(fixture('two-seeds.sgdlab'))));
    const edited = JSON.parse(Buffer.from(all['study.json']).toString()) as typeof study;
    edited.experiments[0].optimizer.schedule = { kind: 'constant', rate: 0.25 };
    edited.experiments[1].simulation.runs = 2;
    const archive = readArchive(zipSync({ ...all, 'study.json': Buffer.from(JSON.stringify(edited)) }));
    expect(archive.results.map(({ experiment, standing }) => [experiment.id, standing])).toEqual([
      ['b', 'earlier-version'],
    ]);
    expect(inEnglish(archive.refusals)[0]).toEqual({
      path: 'a',
      message: expect.stringContaining('left out') as string,
    });
  });

  it('is imported with its results as of that version', () => {
    const library = open(newFolder());
    const archive = readArchive(fixture('two-seeds.sgdlab'));
    const id = library.importStudy(archive.study, archive.results);
    expect(statesOf(library, id)).toEqual([
      ['a', 'earlier-version', 0],
      ['b', 'earlier-version', 0],
    ]);
    expect(library.results(id, b).results?.curves).toEqual(archive.results[1].curves);
  });
});
