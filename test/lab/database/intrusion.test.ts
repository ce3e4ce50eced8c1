import { execFileSync, spawn } from 'node:child_process';
import { inEnglish } from '../../refusals.ts';
import { once } from 'node:events';
import fs, { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type StudyDraft } from '../../../src/api/types.ts';
import { type Intervention } from '../../../src/api/intervention.ts';
import { openLibrary } from '../../../src/lab/database/open.ts';
import { type Library } from '../../../src/lab/database/library.ts';
import { binary, curveOf, frameOf, studyOf } from '../synthetic.ts';
import { newFolder, open, query } from './folder.ts';

const draft = (name: string, notes = ''): StudyDraft => ({ name, notes, experiments: [binary] });

/** A library with one study, what it says about its file, and its names when it is opened again. */
function started(folder = newFolder()) {
  const told: Intervention[] = [];
  const library = open(folder, { onIntervention: (what) => told.push(what) });
  const id = library.createStudy(draft('Before'));
  return { folder, file: join(folder, 'library.sqlite'), library, id, told };
}

function save(library: Library, id: string, change: StudyDraft, revision = 1): void {
  const answer = library.saveStudy({ id, draft: change, revision });
  expect(answer).toMatchObject({ ok: true });
}

function namesAfterwards(library: Library, folder: string): string[] {
  library.close();
  expect(query(folder, 'PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }]);
  return open(folder)
    .listStudies({ search: '', archived: false })
    .map(({ name }) => name);
}

/** What the next start finds if the program ends here without closing the library. */
function namesIfKilledNow(folder: string): string[] {
  const copy = newFolder();
  for (const name of ['library.sqlite', 'library.sqlite-wal'])
    if (existsSync(join(folder, name))) copyFileSync(join(folder, name), join(copy, name));
  return open(copy)
    .listStudies({ search: '', archived: false })
    .map(({ name }) => name);
}

const python = (file: string, ...statements: string[]) =>
  execFileSync('python3', [
    '-c',
    'import sqlite3, sys\nc = sqlite3.connect(sys.argv[1])\nfor s in sys.argv[2:]: c.execute(s)\nc.commit()\nc.close()',
    file,
    ...statements,
  ]);

interface Place {
  readonly file: string;
}

describe('a library whose file is taken away while it is open', () => {
  it.each([
    ['its file is removed', ({ file }: Place) => rmSync(file)],
    [
      'all its files are removed',
      ({ file }: Place) => ['', '-wal'].forEach((end) => rmSync(file + end, { force: true })),
    ],
    ['its folder is removed', ({ file }: Place) => rmSync(join(file, '..'), { recursive: true })],
    ['its file is moved', ({ file }: Place) => renameSync(file, `${file}.elsewhere`)],
  ] as const)('is written out again with the next save, and says so: %s', (_, take) => {
    const { folder, file, library, id, told } = started();
    take({ file });
    save(library, id, draft('After'));
    expect(told).toEqual([{ kind: 'restored', path: file, aside: null }]);
    save(library, id, draft('Later'), 2);
    expect(told).toHaveLength(1);
    expect(namesIfKilledNow(folder)).toEqual(['Later']);
    expect(namesAfterwards(library, folder)).toEqual(['Later']);
  });

  it('is written out again when it is closed without another save', () => {
    const { folder, file, library, told } = started();
    rmSync(file);
    expect(namesAfterwards(library, folder)).toEqual(['Before']);
    expect(told).toHaveLength(1);
  });

  it('loses neither itself nor the file that was put in its place', () => {
    const { folder, file, library, id, told } = started();
    const other = started();
    other.library.close();
    rmSync(file);
    renameSync(other.file, file);
    save(library, id, draft('Mine'));
    expect(told).toEqual([{ kind: 'restored', path: file, aside: `${file}.found` }]);
    expect(namesAfterwards(library, folder)).toEqual(['Mine']);
    mkdirSync(join(folder, 'found'));
    renameSync(`${file}.found`, join(folder, 'found', 'library.sqlite'));
    const found = open(join(folder, 'found'));
    expect(found.listStudies({ search: '', archived: false }).map(({ name }) => name)).toEqual(['Before']);
  });

  it('keeps what stands only in the log when that is removed', () => {
    const { folder, file, library, id } = started();
    save(library, id, draft('Only in the log'));
    rmSync(`${file}-wal`);
    save(library, id, draft('Next'), 2);
    expect(namesIfKilledNow(folder)).toEqual(['Next']);
    expect(namesAfterwards(library, folder)).toEqual(['Next']);
  });

  it('names the copy that it keeps where its place cannot be written', () => {
    const { folder, library } = started();
    rmSync(folder, { recursive: true });
    writeFileSync(folder, 'a file where the folder was');
    let message = '';
    try {
      library.close();
    } catch (error) {
      message = (error as Error).message;
    }
    const copy = /A copy was kept: (.*)$/.exec(message)?.[1] ?? '';
    expect(existsSync(copy)).toBe(true);
    const place = newFolder();
    copyFileSync(copy, join(place, 'library.sqlite'));
    expect(open(place).listStudies({ search: '', archived: false })).toHaveLength(1);
    rmSync(join(copy, '..'), { recursive: true });
  });

  it('is not written by two: a lock that another process has taken meanwhile is respected', () => {
    const { folder, library, id } = started();
    writeFileSync(join(folder, 'library.lock'), JSON.stringify({ pid: 1, host: 'elsewhere' }));
    expect(() => library.saveStudy({ id, draft: draft('Mine'), revision: 1 })).toThrow(/in use by process 1/);
    rmSync(join(folder, 'library.lock'));
    save(library, id, draft('Mine'));
  });
});

describe('a library that another program writes to', () => {
  const rename = (name: string) => [
    `UPDATE studies SET name = '${name}'`,
    `UPDATE documents SET draft = json_set(draft, '$.name', '${name}')`,
  ];

  it('has what the other wrote, and refuses a save that was made before it', () => {
    const { folder, file, library, id, told } = started();
    python(file, ...rename('Theirs'));
    const refused = library.saveStudy({ id, draft: draft('Mine'), revision: 1 });
    expect(refused).toMatchObject({ ok: false, refusals: [{ path: 'revision' }] });
    expect(told).toEqual([{ kind: 'reread', path: file }]);
    const opened = library.openStudy(id);
    if (!opened.ok) throw new Error('refused');
    expect(opened.value.draft.name).toBe('Theirs');
    save(library, id, draft('Mine after all'), opened.value.revision);
    expect(namesAfterwards(library, folder)).toEqual(['Mine after all']);
  });

  it('says of a study that the other removed that it is not there', () => {
    const { file, library, id } = started();
    python(file, 'DELETE FROM studies');
    const saved = library.saveStudy({ id, draft: draft('Mine'), revision: 1 });
    expect(inEnglish(saved.ok ? [] : saved.refusals)).toEqual([
      { path: 'id', message: 'there is no such study in the library' },
    ]);
  });

  it('keeps rows of the other beside its own, however often they take turns', () => {
    const { folder, file, library, id } = started();
    const other = library.createStudy(draft('Other'));
    for (let k = 0; k < 6; k++) {
      python(file, `UPDATE studies SET tags = '["${k}"]' WHERE id = '${other}'`);
      save(library, id, draft(`Turn ${k}`), k + 1);
    }
    expect(library.listStudies({ search: '', archived: false }).map(({ tags }) => tags)).toContainEqual(['5']);
    expect(namesAfterwards(library, folder).sort()).toEqual(['Other', 'Turn 5']);
  });

  it('shows it as soon as something is read', () => {
    const { file, library, id } = started();
    python(file, ...rename('Theirs'));
    expect(library.listStudies({ search: '', archived: false })[0].name).toBe('Theirs');
    // whoever opens the study now knows what the other wrote, and may save
    const opened = library.openStudy(id);
    if (!opened.ok) throw new Error('refused');
    save(library, id, draft('Mine'), opened.value.revision);
  });

  it('is not written while the other has it open, and says so', async () => {
    const { folder, file, library, id } = started();
    const program = [
      'import sqlite3, sys',
      'c = sqlite3.connect(sys.argv[1])',
      'c.execute("UPDATE studies SET tags = \'[\\"held\\"]\'"); c.commit()',
      'print("open", flush=True); sys.stdin.read(); c.close()',
    ].join('\n');
    const holder = spawn('python3', ['-c', program, file], { stdio: ['pipe', 'pipe', 'inherit'] });
    await once(holder.stdout, 'data');
    expect(() => library.saveStudy({ id, draft: draft('Mine'), revision: 1 })).toThrow(
      /^Another program has the library open: close .*library\.sqlite there/,
    );
    holder.stdin.end();
    await once(holder, 'close');
    save(library, id, draft('Mine'));
    expect(library.listStudies({ search: '', archived: false })[0]).toMatchObject({ name: 'Mine', tags: ['held'] });
    expect(namesAfterwards(library, folder)).toEqual(['Mine']);
  });

  it('has what a program wrote that was killed before it closed the library', async () => {
    const { folder, file, library, id } = started();
    const program = [
      'import os, signal, sqlite3, sys',
      'c = sqlite3.connect(sys.argv[1])',
      'c.execute("UPDATE studies SET tags = \'[\\"killed\\"]\'"); c.commit()',
      'os.kill(os.getpid(), signal.SIGKILL)',
    ].join('\n');
    await once(spawn('python3', ['-c', program, file], { stdio: 'ignore' }), 'close');
    expect(existsSync(`${file}-shm`)).toBe(true);
    save(library, id, draft('Mine'));
    expect(library.listStudies({ search: '', archived: false })[0]).toMatchObject({ name: 'Mine', tags: ['killed'] });
    expect(namesAfterwards(library, folder)).toEqual(['Mine']);
  });
});

describe('a library whose file is given other content in place', () => {
  const overwrite = (file: string, content: Uint8Array) => writeFileSync(file, content);

  it('has what was put there, apart from the log of before, and says so', () => {
    const { folder, file, library, id, told } = started();
    const other = started();
    save(other.library, other.id, draft('Backup', 'y'.repeat(30_000)));
    other.library.close();
    save(library, id, draft('Newer', 'x'.repeat(20_000)));
    overwrite(file, readFileSync(other.file));
    expect(() => library.attend()).not.toThrow();
    expect(told).toEqual([{ kind: 'overwritten', path: file, aside: `${file}.log-of-before` }]);
    expect(existsSync(`${file}.log-of-before`)).toBe(true);
    expect(library.listStudies({ search: '', archived: false }).map(({ name }) => name)).toEqual(['Backup']);
    library.createStudy(draft('After'));
    expect(namesAfterwards(library, folder).sort()).toEqual(['After', 'Backup']);
  });

  it.each([
    ['garbage', (sound: Buffer) => new Uint8Array(sound.length).fill(7)],
    ['half of a backup', (sound: Buffer) => sound.subarray(0, 3 * 4096)],
  ])('is refused as damaged for as long as it is: %s', (_, damaged) => {
    const { file, library, id } = started();
    const other = started();
    save(other.library, other.id, draft('Backup', 'y'.repeat(30_000)));
    other.library.close();
    const sound = readFileSync(other.file);
    overwrite(file, damaged(sound));
    const found = readFileSync(file);
    for (let k = 0; k < 3; k++)
      expect(() => library.saveStudy({ id, draft: draft('Mine'), revision: 1 })).toThrow(
        /^Another program has damaged|cannot be read/,
      );
    expect(() => library.close()).toThrow(/damaged|cannot be read/);
    expect(readFileSync(file).equals(found)).toBe(true);
  });

  it('is well again once the file is', () => {
    const { folder, file, library } = started();
    const other = started();
    other.library.close();
    const sound = readFileSync(other.file);
    overwrite(file, new Uint8Array(sound.length).fill(7));
    expect(() => library.createStudy(draft('Mine'))).toThrow();
    overwrite(file, sound);
    library.createStudy(draft('Mine'));
    expect(namesAfterwards(library, folder).sort()).toEqual(['Before', 'Mine']);
  });

  it('is written out again when the file was emptied', () => {
    const { folder, file, library, id, told } = started();
    overwrite(file, new Uint8Array());
    save(library, id, draft('After'));
    expect(told).toEqual([{ kind: 'restored', path: file, aside: null }]);
    expect(namesIfKilledNow(folder)).toEqual(['After']);
    expect(namesAfterwards(library, folder)).toEqual(['After']);
  });
});

describe('a library on a full disk', () => {
  const mounted: string[] = [];
  afterEach(() => {
    for (const folder of mounted.splice(0)) execFileSync('umount', ['-l', folder]);
  });

  function smallDisk(kib: number): string | null {
    const folder = newFolder();
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${kib}k`, 'tmpfs', folder], { stdio: 'ignore' });
    } catch {
      return null;
    }
    mounted.push(folder);
    return folder;
  }

  it('says so in words, and goes on when there is room again', () => {
    const { folder, file, library, id } = started();
    const real = { writeSync: fs.writeSync, writeFileSync: fs.writeFileSync };
    const full = () => {
      throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
    };
    Object.assign(fs, { writeSync: full, writeFileSync: full });
    syncBuiltinESMExports();
    try {
      expect(() => library.saveStudy({ id, draft: draft('Mine'), revision: 1 })).toThrow(/^The disk is full$/);
      expect(() => library.createStudy(draft('New'))).toThrow(/^The disk is full$/);
      expect(() => library.setTags(id, ['tag'])).toThrow(/^The disk is full$/);
    } finally {
      Object.assign(fs, real);
      syncBuiltinESMExports();
    }
    expect(readFileSync(file).length).toBeGreaterThan(0);
    save(library, id, draft('Mine'));
    expect(namesAfterwards(library, folder)).toEqual(['Mine']);
  });

  it('can make room: a deleted study is purged, and what could not be saved is saved', (context) => {
    const folder = smallDisk(8 * 1024);
    if (folder === null) return context.skip('this machine does not let the test mount a small disk');
    const library = openLibrary(folder, { now: () => 1_000_000 });
    const study = studyOf([{ ...binary, simulation: { engine: 'sgd', runs: 100_000, seed: 5 } }]);
    const kept = library.createStudy(draft('Kept'));
    const large = library.importStudy(study, []);
    const frame = frameOf(study.experiments[0]);
    let stored = 0;
    const storeMore = () => {
      for (; stored < 100_000; stored++) {
        const curve = curveOf(study.experiments[0], { kind: 'simulation', run: stored });
        library.storeCurve(large, study.experiments[0], curve, frame);
      }
    };
    expect(storeMore).toThrow(/^The disk is full$/);
    // the last rest of the room as well
    expect(() => {
      for (let k = 0; ; k++) writeFileSync(join(folder, `filler-${k}`), new Uint8Array(4096));
    }).toThrow(/ENOSPC/);
    const notes = 'x'.repeat(600_000);
    expect(() => library.saveStudy({ id: kept, draft: draft('Kept', notes), revision: 1 })).toThrow(
      /^The disk is full$/,
    );
    library.deleteStudy(large);
    expect(library.purgeBin(2_000_000)).toBe(1);
    save(library, kept, draft('Kept', notes));
    expect(stored).toBeGreaterThan(10);
    library.close();
    const again = openLibrary(folder);
    const opened = again.openStudy(kept);
    expect(opened.ok && opened.value.draft.notes.length).toBe(600_000);
    again.close();
  });
});
