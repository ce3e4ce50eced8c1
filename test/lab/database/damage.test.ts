import { openSync, closeSync, writeSync, writeFileSync, statSync } from 'node:fs';
import { inEnglish } from '../../refusals.ts';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Library } from '../../../src/lab/database/library.ts';
import { keysOf } from '../../../src/core/experiment/identity.ts';
import { binary, powerLaw, resultsFor, studyOf } from '../synthetic.ts';
import { salvage } from '../../../src/lab/database/salvage.ts';
import { newFolder, open, query, tamper } from './folder.ts';

const study = studyOf([binary, powerLaw], 'Good');
const results = study.experiments.map((experiment) => resultsFor(experiment));

/** A library with two studies, `first` of which is damaged by SQL. */
function damaged(...statements: string[]): { library: Library; folder: string } {
  const folder = newFolder();
  const ids = ['first', 'second'];
  const library = open(folder, { newId: () => ids.shift() ?? 'third' });
  library.importStudy(study, results, ['paper']);
  library.importStudy(study, results);
  library.close();
  tamper(folder, ...statements);
  return { library: open(folder, { newId: () => 'third' }), folder };
}

const damageOf = (library: Library) =>
  Object.fromEntries(library.listStudies({ search: '', archived: false }).map(({ id, damage }) => [id, damage]));

describe('a damaged document', () => {
  it.each([
    ['no JSON', `UPDATE documents SET draft = substr(draft, 1, 50) WHERE study = 'first'`],
    ['not a study', `UPDATE documents SET draft = '{"name": 7}' WHERE study = 'first'`],
    ['gone', `DELETE FROM documents WHERE study = 'first'`],
  ])('(%s) is named, refuses to open, and hides no other', (_, sql) => {
    const { library } = damaged(sql);
    const listed = damageOf(library);
    expect(listed).toEqual({ first: expect.any(String) as string, second: null });
    const opened = library.openStudy('first');
    expect(inEnglish(opened.ok ? [] : opened.refusals)).toMatchObject([{ message: listed.first }]);
    expect(library.openStudy('second').ok).toBe(true);
    expect(library.exportable('second')).toMatchObject({ ok: true, value: { damage: [] } });
  });

  it('is recovered as far as it can be read: name, tags, and the experiments that have results', () => {
    const { library } = damaged(`UPDATE documents SET draft = substr(draft, 1, 50) WHERE study = 'first'`);
    expect(library.rawDocument('first')).toEqual({ name: 'Good', text: expect.stringMatching(/^.{50}$/s) as string });
    expect(library.recoverStudy('first')).toEqual({ ok: true, value: 'third' });
    expect(library.openStudy('third')).toMatchObject({
      ok: true,
      value: {
        summary: { name: 'Good', tags: ['paper'], curves: 6, damage: null },
        draft: { experiments: [{ id: 'binary' }, { id: 'power-law' }] },
      },
    });
    expect(library.exportable('third')).toMatchObject({ ok: true, value: { results } });
  });

  it('that is JSON is recovered with its sound experiments as they are now, and its notes', () => {
    const broken = { name: 7, notes: 'kept', experiments: [{ id: 'binary', horizon: 'soon' }, 3, { id: 'new' }] };
    const { library } = damaged(`UPDATE documents SET draft = '${JSON.stringify(broken)}' WHERE study = 'first'`);
    expect(library.recoverStudy('first')).toEqual({ ok: true, value: 'third' });
    const opened = library.openStudy('third');
    expect(opened).toMatchObject({ ok: true, value: { draft: { name: 'Good', notes: 'kept' } } });
    // one was no experiment: those that have results and are not among the sound ones come after them
    expect(opened.ok && opened.value.draft.experiments).toMatchObject([
      { id: 'binary', horizon: 'soon' },
      { id: 'new' },
      { id: 'power-law', horizon: powerLaw.horizon },
    ]);
  });

  it('of which nothing can be read is refused, and stays', () => {
    const { library } = damaged(
      `UPDATE documents SET draft = '[' WHERE study = 'first'`,
      `DELETE FROM lineage WHERE study = 'first'`,
    );
    expect(library.recoverStudy('first')).toMatchObject({ ok: false });
    expect(library.rawDocument('first')).toEqual({ name: 'Good', text: '[' });
  });

  it('with unreadable tags still opens', () => {
    const { library } = damaged(`UPDATE studies SET tags = '[' WHERE id = 'first'`);
    expect(damageOf(library).first).toMatch(/tags/);
    expect(library.openStudy('first').ok).toBe(true);
    library.setTags('first', ['new']);
    expect(damageOf(library).first).toBeNull();
  });
});

describe('a damaged curve', () => {
  const curve = `(SELECT id FROM curves WHERE study = 'first' AND kind = 'simulation' AND run = 1)`;
  it.each([
    ['truncated numbers', `UPDATE series SET rows = substr(rows, 1, 16) WHERE curve = ${curve}`],
    ['changed numbers', `UPDATE series SET rows = zeroblob(length(rows)) WHERE curve = ${curve}`],
    ['numbers of odd length', `UPDATE series SET rows = substr(rows, 2) WHERE curve = ${curve}`],
    ['no numbers', `DELETE FROM series WHERE curve = ${curve}`],
    ['an unreadable outcome', `UPDATE curves SET outcome = '{}' WHERE id = ${curve}`],
    ['an unreadable report', `UPDATE curves SET report = 'x' WHERE id = ${curve}`],
    ['an impossible number of points', `UPDATE curves SET points = -3 WHERE id = ${curve}`],
    ['another row size', `UPDATE curves SET row_size = row_size + 1 WHERE id = ${curve}`],
  ])('(%s) is in quarantine: named, counted as missing, and hides no other', (_, sql) => {
    const { library } = damaged(sql);
    const found = library.results('first', binary);
    expect(found.results?.curves).toEqual(results[0].curves.filter((__, k) => k !== 3));
    expect(inEnglish(found.refusals)).toEqual([
      { path: 'binary, run 1', message: expect.stringContaining('damaged') as string },
    ]);
    expect(library.missingWork('first', study.experiments[0])).toEqual({ theory: [], runs: [1] });
    expect(library.openStudy('first')).toMatchObject({
      value: {
        status: [
          { state: 'partial', troubles: [{ source: { run: 1 } }] },
          { state: 'complete', troubles: [] },
        ],
      },
    });
    expect(library.results('second', binary).results?.curves).toEqual(results[0].curves);
    // computed again, it is sound
    library.storeCurve('first', study.experiments[0], results[0].curves[3]);
    expect(library.results('first', binary)).toEqual({
      results: results[0],
      standing: 'current',
      key: keysOf(study.experiments[0]).description,
      refusals: [],
    });
  });

  it('is found by planning the work, also before its results are read', () => {
    const { library } = damaged(`UPDATE series SET rows = substr(rows, 1, 16) WHERE curve = ${curve}`);
    expect(library.missingWork('first', study.experiments[0])).toEqual({ theory: [], runs: [1] });
    expect(library.missingWork('second', study.experiments[0])).toEqual({ theory: [], runs: [] });
  });

  it('is not replaced by an unfinished one any less than a missing one', () => {
    const { library } = damaged(`UPDATE series SET rows = zeroblob(length(rows)) WHERE curve = ${curve}`);
    library.results('first', binary);
    const partial = { ...results[0].curves[3], outcome: { status: 'cancelled' as const, t: 0 } };
    library.storeCurve('first', study.experiments[0], partial);
    expect(library.results('first', binary).refusals).toEqual([]);
  });
});

describe('a damaged frame or description', () => {
  it.each(['layout', 'labels'])('(%s of the frame) is made again from the description', (column) => {
    const { library } = damaged(`UPDATE frames SET ${column} = '{'`);
    expect(library.results('first', binary)).toEqual({
      results: results[0],
      standing: 'current',
      key: keysOf(study.experiments[0]).description,
      refusals: [],
    });
  });

  it('(grid of the frame) is made again from the description', () => {
    const { library } = damaged(`UPDATE frames SET size = x'00'`);
    expect(library.results('first', binary).results).toEqual(results[0]);
  });

  it('(of older results) is named, and the draft opens', () => {
    const { library } = damaged(`UPDATE descriptions SET experiment = '{'`);
    const edited = { ...study, experiments: [{ ...study.experiments[0], horizon: 7 }] };
    expect(library.saveStudy({ id: 'first', draft: edited, revision: 1 }).ok).toBe(true);
    expect(library.results('first', edited.experiments[0])).toMatchObject({
      results: null,
      standing: 'stale',
      refusals: [{ path: 'binary' }],
    });
  });
});

describe('a damaged file', () => {
  it('that is no database is refused and left as it is', () => {
    const folder = newFolder();
    const path = join(folder, 'library.sqlite');
    writeFileSync(path, 'x'.repeat(5000));
    expect(() => open(folder)).toThrowError(expect.objectContaining({ trouble: 'damaged' }));
    expect(statSync(path).size).toBe(5000);
  });

  it('with unreadable pages of results is refused, and salvage makes a library of its studies', () => {
    const folder = newFolder();
    const library = open(folder, { newId: () => 'first' });
    library.importStudy(study, results);
    library.close();
    // the curves' table is overwritten on disk
    const path = join(folder, 'library.sqlite');
    const [{ rootpage }] = query(folder, `SELECT rootpage FROM sqlite_schema WHERE name = 'curves'`) as {
      rootpage: number;
    }[];
    const handle = openSync(path, 'r+');
    writeSync(handle, Buffer.alloc(4096, 0x5a), 0, 4096, (rootpage - 1) * 4096);
    closeSync(handle);
    expect(() => open(folder)).toThrowError(expect.objectContaining({ trouble: 'damaged' }));
    expect(salvage(folder)).toMatchObject({ studies: 1, curves: 0, lost: [], untold: 0 });
    const again = open(folder);
    const [{ id, name, damage }] = again.listStudies({ search: '', archived: false });
    expect([name, damage]).toEqual(['Good', null]);
    expect(again.missingWork(id, study.experiments[0]).runs).toEqual([0, 1, 2]);
  });
});
