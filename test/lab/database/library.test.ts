import { describe, expect, it } from 'vitest';
import { inEnglish, saidBy } from '../../refusals.ts';
import { englishLine } from '../../../src/text/refusals/index.ts';
import { initialOf, settings } from '../../../src/api/settings.ts';
import { type Answer, type StudyDraft } from '../../../src/api/types.ts';
import { parseStudy, requireParsed } from '../../../src/study/parse.ts';
import { concentration } from '../../../src/study/presets/concentration.ts';
import { binary, curveOf, powerLaw, resultsFor, studyOf } from '../synthetic.ts';
import { newFolder, open } from './folder.ts';

const draft = (over: Partial<StudyDraft> = {}): StudyDraft => ({
  name: 'Spectra',
  notes: '',
  experiments: [binary, powerLaw],
  ...over,
});

function value<T>(answer: Answer<T>): T {
  if (!answer.ok) throw new Error(answer.refusals.map(englishLine).join('\n'));
  return answer.value;
}

describe('documents', () => {
  it('gives back the draft that was saved, also one that does not parse as a study', () => {
    const folder = newFolder();
    const first = open(folder);
    const id = first.createStudy(draft({ experiments: [{ id: 'x', horizon: 'soon', deep: [{ a: null }] }] }));
    first.close();
    const record = value(open(folder).openStudy(id));
    expect(record.draft.experiments).toEqual([{ id: 'x', horizon: 'soon', deep: [{ a: null }] }]);
    expect(record.status).toEqual([
      { experimentId: 'x', key: null, state: 'invalid', finishedRuns: 0, askedRuns: 0, troubles: [] },
    ]);
  });

  it('counts revisions and refuses a save that was made from another one', () => {
    const library = open(newFolder());
    const id = library.createStudy(draft());
    const saved = value(library.saveStudy({ id, draft: draft({ name: 'Renamed' }), revision: 1 }));
    expect(saved.revision).toBe(2);
    const refused = library.saveStudy({ id, draft: draft({ name: 'Too late' }), revision: 1 });
    expect(refused).toMatchObject({ ok: false, refusals: [{ path: 'revision' }] });
    expect(value(library.openStudy(id)).draft.name).toBe('Renamed');
  });

  it('lists last modified first, with times of the given clock', () => {
    let time = 100;
    const library = open(newFolder(), { now: () => time });
    const first = library.createStudy(draft({ name: 'first' }));
    time = 200;
    library.createStudy(draft({ name: 'second' }));
    time = 300;
    library.saveStudy({ id: first, draft: draft({ name: 'first' }), revision: 1 });
    const listed = library.listStudies({ search: '', archived: false });
    expect(listed.map(({ name, created, modified }) => [name, created, modified])).toEqual([
      ['first', 100, 300],
      ['second', 200, 200],
    ]);
  });

  it('keeps archived studies apart, and deleted ones in the bin until it is purged', () => {
    let time = 100;
    const library = open(newFolder(), { now: () => time });
    const names = (archived: boolean) => library.listStudies({ search: '', archived }).map(({ name }) => name);
    const a = library.createStudy(draft({ name: 'a' }));
    const b = library.createStudy(draft({ name: 'b' }));
    library.archiveStudy(a, true);
    expect([names(false), names(true)]).toEqual([['b'], ['a']]);
    library.archiveStudy(a, false);
    library.deleteStudy(b);
    expect(names(false)).toEqual(['a']);
    expect(library.openStudy(b).ok).toBe(false);
    library.restoreStudy(b);
    expect(value(library.openStudy(b)).draft.name).toBe('b');
    library.deleteStudy(b);
    time = 500;
    expect(library.purgeBin(100)).toBe(0); // deleted at 100, not before
    expect(library.purgeBin(500)).toBe(1);
    expect(saidBy(() => library.restoreStudy(b))).toMatch(/no study/);
  });

  it('says of an unknown study that it is not there', () => {
    const library = open(newFolder());
    expect(library.openStudy('nothing')).toMatchObject({ ok: false });
    expect(library.results('nothing', { id: 'x' })).toMatchObject({ results: null, refusals: [{ path: '' }] });
    expect(() => library.setTags('nothing', [])).toThrow(RangeError);
    expect(library.exportable('nothing').ok).toBe(false);
  });

  it('copies a study with tags and results under a new name', () => {
    const library = open(newFolder());
    const study = studyOf([binary]);
    const id = library.importStudy(study, [resultsFor(study.experiments[0])], ['paper']);
    const copy = value(library.copyStudy(id, 'Copy'));
    library.deleteStudy(id);
    library.purgeBin(Infinity);
    expect(value(library.openStudy(copy)).summary).toMatchObject({ name: 'Copy', tags: ['paper'], curves: 5 });
    expect(library.results(copy, study.experiments[0]).results?.curves).toEqual(
      resultsFor(study.experiments[0]).curves,
    );
  });
});

describe('search', () => {
  it.each([
    ['spectra', true],
    ['SPECTRA', true],
    ['pect', true],
    ['power-law 1.1', true],
    ['0.5 zero-one', true],
    ['相転移', true],
    ['転移', true],
    ['ｐａｐｅｒ', true], // full width
    ['paper absent', false],
    ['%', false],
    ["' OR 1=1 --", false],
  ])('finds by %j: %s', (search, found) => {
    const library = open(newFolder());
    library.createStudy(draft({ name: 'Spectra', notes: 'スペクトルの相転移' }), ['paper']);
    library.createStudy({ name: 'Other', notes: '', experiments: [] });
    const names = library.listStudies({ search, archived: false }).map(({ name }) => name);
    expect(names).toEqual(found ? ['Spectra'] : []);
  });

  it('follows changed tags and notes', () => {
    const library = open(newFolder());
    const id = library.createStudy(draft());
    const found = (search: string) => library.listStudies({ search, archived: false }).length;
    library.setTags(id, [' thesis ', 'thesis', '']);
    expect(library.listStudies({ search: 'thesis', archived: false })[0].tags).toEqual(['thesis']);
    library.saveStudy({ id, draft: draft({ notes: 'boundary' }), revision: 1 });
    expect([found('thesis'), found('boundary')]).toEqual([1, 1]);
    library.setTags(id, []);
    expect(found('thesis')).toBe(0);
  });

  it('holds names with control characters and lone surrogates, and the document exactly', () => {
    const folder = newFolder();
    const library = open(folder);
    const name = 'a\u0000b\ud800c😀';
    const id = library.createStudy(draft({ name, notes: 'x\u0000y' }));
    library.close();
    const record = value(open(folder).openStudy(id));
    expect(record.draft.name).toBe(name);
    expect(record.draft.notes).toBe('x\u0000y');
    expect(record.summary.name).toBe('a b c😀');
  });
});

describe('settings', () => {
  it('are the defaults, then what was changed, also after reopening', () => {
    const folder = newFolder();
    const library = open(folder);
    expect(library.settings()).toEqual(initialOf(settings));
    expect(library.changeSettings({ theme: 'dark', threads: 3 })).toMatchObject({ theme: 'dark', threads: 3 });
    library.remember('window', { width: 900 });
    library.close();
    const again = open(folder);
    expect(again.settings()).toEqual({ ...initialOf(settings), theme: 'dark', threads: 3 });
    expect(again.recall('window')).toEqual({ width: 900 });
    expect(again.recall('recent')).toBeUndefined();
  });

  it('refuse what is not allowed and keep what they were', () => {
    const library = open(newFolder());
    expect(() => library.changeSettings({ threads: 0 })).toThrow();
    expect(library.settings().threads).toBeNull();
  });
});

describe('import and export', () => {
  it('exports what was imported, bit for bit', () => {
    const folder = newFolder();
    const study = studyOf([binary, powerLaw], 'Imported', '# Notes');
    const results = study.experiments.map((experiment) => resultsFor(experiment));
    const first = open(folder);
    const id = first.importStudy(study, results);
    first.close();
    const exported = value(open(folder).exportable(id));
    expect(exported.study).toEqual(study);
    expect(exported.results).toEqual(results);
    expect(exported.damage).toEqual([]);
  });

  it('keeps a sweep with the experiments that came of it', () => {
    const folder = newFolder();
    const study = requireParsed(parseStudy(concentration.study()));
    const first = open(folder);
    const id = first.importStudy(study, []);
    first.close();
    const library = open(folder);
    expect(value(library.openStudy(id)).draft.sweep).toEqual(study.sweep);
    expect(value(library.exportable(id)).study).toEqual(study);
  });

  it('imports all of a study or nothing', () => {
    const library = open(newFolder());
    const study = studyOf([binary]);
    const results = resultsFor(study.experiments[0]);
    const wrong = { ...results, curves: [...results.curves, { ...results.curves[0], rows: new Float64Array(3) }] };
    expect(saidBy(() => library.importStudy(study, [wrong]))).toMatch(/expected 6 rows/);
    expect(library.listStudies({ search: '', archived: false })).toEqual([]);
  });

  it('refuses to export a study that does not parse, with the refusals', () => {
    const library = open(newFolder());
    const id = library.createStudy(draft({ experiments: [{ ...binary, horizon: -1 }] }));
    expect(library.exportable(id)).toMatchObject({ ok: false, refusals: [{ path: 'experiments[0].horizon' }] });
  });

  it('exports what is sound of a study, with the reason for what is not, and the order of all', () => {
    const library = open(newFolder());
    const study = studyOf([binary, { ...binary, id: 'other' }]);
    const results = study.experiments.map((experiment) => resultsFor(experiment));
    const id = library.importStudy(study, results);
    const experiments = [{ ...study.experiments[0], horizon: -1 }, study.experiments[1]];
    library.saveStudy({ id, draft: { ...study, experiments }, revision: 1 });
    const exported = value(library.exportable(id));
    expect(exported.study.experiments).toEqual([study.experiments[1]]);
    expect(exported.results).toEqual([results[1]]);
    expect(exported.order.map(({ id }) => id)).toEqual(['binary', 'other']);
    expect(inEnglish(exported.left)).toEqual([
      { path: 'binary', message: 'it is left out: horizon: expected a finite number > 0, got -1' },
    ]);
  });

  it('exports only results of the present description', () => {
    const library = open(newFolder());
    const study = studyOf([binary]);
    const id = library.importStudy(study, [resultsFor(study.experiments[0])]);
    library.saveStudy({ id, draft: { ...study, experiments: [{ ...study.experiments[0], horizon: 3 }] }, revision: 1 });
    expect(value(library.exportable(id)).results).toEqual([]);
    expect(curveOf(study.experiments[0], { kind: 'ode' }).points).toBe(6);
  });
});
