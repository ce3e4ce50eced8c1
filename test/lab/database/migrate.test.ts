import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Connection } from '../../../src/lab/database/connection.ts';
import { inspectFile, migrate, type Migration } from '../../../src/lab/database/migrate.ts';
import { migrations } from '../../../src/lab/database/migrations/migrations.ts';
import { binary, resultsFor, studyOf } from '../synthetic.ts';
import { newFolder, open, query, tamper } from './folder.ts';

const path = (folder: string) => join(folder, 'library.sqlite');
const backups = (folder: string) => readdirSync(folder).filter((name) => name.endsWith('.backup'));
const latest = migrations.length;
const next = (sql: string, convert?: Migration['convert']): readonly Migration[] => [
  ...migrations,
  { version: latest + 1, name: 'next', sql, convert },
];

/** A library as version `version` of the schema left it, with a row in each table that was there. */
function libraryOf(version: number): string {
  const folder = newFolder();
  const connection = new Connection(path(folder));
  migrate(connection, migrations.slice(0, version), 0);
  if (version >= 1) {
    const draft = JSON.stringify({ name: 'Old', notes: '', experiments: [] });
    connection.run(`INSERT INTO studies (id, name, excerpt, tags, experiments, created, modified, archived, deleted, revision)
      VALUES ('old', 'Old', '', '["kept"]', 0, 1, 2, 0, NULL, 5)`);
    connection.run(`INSERT INTO documents (study, draft, search) VALUES ('old', ?, 'old')`, [draft]);
  }
  connection.close();
  return folder;
}

describe('migrations', () => {
  it('are numbered 1, 2, 3, …', () => {
    expect(migrations.map(({ version }) => version)).toEqual(migrations.map((_, k) => k + 1));
  });

  it.each(Array.from({ length: latest + 1 }, (_, version) => version))(
    'bring version %i to the present one',
    (version) => {
      const folder = libraryOf(version);
      const library = open(folder);
      const listed = library.listStudies({ search: '', archived: false });
      expect(listed.map(({ id, tags, damage }) => [id, tags, damage])).toEqual(
        version >= 1 ? [['old', ['kept'], null]] : [],
      );
      const study = studyOf([binary]);
      const id = library.importStudy(study, [resultsFor(study.experiments[0])]);
      expect(library.results(id, study.experiments[0]).results).toEqual(resultsFor(study.experiments[0]));
      expect(library.changeSettings({ theme: 'dark' }).theme).toBe('dark');
      library.close();
      expect(query(folder, 'PRAGMA user_version')).toEqual([{ user_version: latest }]);
    },
  );

  it.each(Array.from({ length: latest + 1 }, (_, version) => version))(
    'keep a copy of version %i if it has content and changes',
    (version) => {
      const folder = libraryOf(version);
      open(folder).close();
      expect(backups(folder)).toHaveLength(version > 0 && version < latest ? 1 : 0);
      for (const name of backups(folder)) {
        const copy = new Connection(join(folder, name));
        expect(copy.get('PRAGMA user_version')).toEqual({ user_version: version });
        expect(copy.get('SELECT id FROM studies')).toEqual({ id: 'old' });
        copy.close();
      }
    },
  );

  it('that fail are undone, keep the copy, and can be tried again', () => {
    const folder = libraryOf(latest);
    const failing = next('ALTER TABLE studies ADD COLUMN colour TEXT', () => {
      throw new Error('cannot convert');
    });
    expect(() => open(folder, { migrations: failing })).toThrowError(
      expect.objectContaining({ trouble: 'migration', message: expect.stringContaining('cannot convert') as string }),
    );
    expect(backups(folder)).toHaveLength(1);
    expect(query(folder, 'PRAGMA user_version')).toEqual([{ user_version: latest }]);
    expect(query(folder, `SELECT * FROM pragma_table_info('studies') WHERE name = 'colour'`)).toEqual([]);
    const library = open(folder, { migrations: next('ALTER TABLE studies ADD COLUMN colour TEXT'), now: () => 5 });
    expect(library.openStudy('old').ok).toBe(true);
  });
});

describe('a file that is not a library of this version', () => {
  it('but of a later one is refused with an explanation and not touched', () => {
    const folder = newFolder();
    open(folder, { migrations: next('CREATE TABLE future (x TEXT) STRICT') }).close();
    const before = readFileSync(path(folder));
    const listed = readdirSync(folder);
    expect(() => open(folder)).toThrowError(
      expect.objectContaining({ trouble: 'newer', why: expect.objectContaining({ code: 'library-newer' }) as object }),
    );
    expect(readFileSync(path(folder)).equals(before)).toBe(true);
    expect(readdirSync(folder)).toEqual(listed);
  });

  it('but a database of another program is refused and not touched', () => {
    const folder = newFolder();
    open(folder).close();
    tamper(folder, 'PRAGMA application_id = 7');
    const before = readFileSync(path(folder));
    expect(() => open(folder)).toThrowError(expect.objectContaining({ trouble: 'foreign' }));
    expect(readFileSync(path(folder)).equals(before)).toBe(true);
  });

  it('but something that another program left half-written is refused, not ignored', () => {
    const folder = newFolder();
    open(folder).close();
    writeFileSync(`${path(folder)}-journal`, 'unfinished');
    expect(() => open(folder)).toThrowError(expect.objectContaining({ trouble: 'damaged' }));
    const left = readdirSync(folder).filter((name) => !name.endsWith('.reserve'));
    expect(left.sort()).toEqual(['library.sqlite', 'library.sqlite-journal']);
  });

  it('but is too short for a header is refused', () => {
    const folder = newFolder();
    writeFileSync(path(folder), 'SQLite format 3\0');
    expect(() => inspectFile(path(folder), latest)).toThrowError(expect.objectContaining({ trouble: 'damaged' }));
  });

  it('but is empty is made into one', () => {
    const folder = newFolder();
    writeFileSync(path(folder), '');
    expect(open(folder).listStudies({ search: '', archived: false })).toEqual([]);
  });
});
