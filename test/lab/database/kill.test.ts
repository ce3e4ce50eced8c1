import { spawn } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { Connection } from '../../../src/lab/database/connection.ts';
import { openLibrary } from '../../../src/lab/database/open.ts';
import { binary, curveOf, studyOf } from '../synthetic.ts';
import { newFolder, open, query } from './folder.ts';

const child = fileURLToPath(new URL('./store-forever.ts', import.meta.url));
const study = studyOf([{ ...binary, simulation: { engine: 'sgd', runs: 100_000, seed: 5 } }]);

/** Lets a process store runs and kills it a while after it said that it has stored `count`; gives what it said last. */
function storeAndKill(folder: string, count: number, delay: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const writer = spawn(process.execPath, ['--import', 'tsx', child, folder, '0'], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said: string[] = [];
    let rest = '';
    let errors = '';
    let killed = false;
    writer.stderr.on('data', (data: Buffer) => (errors += data.toString()));
    writer.stdout.on('data', (data: Buffer) => {
      const lines = (rest + data.toString()).split('\n');
      rest = lines.pop() ?? '';
      said = [...said, ...lines];
      if (said.length < count || killed) return;
      killed = true;
      setTimeout(() => writer.kill('SIGKILL'), delay);
    });
    writer.on('error', reject);
    writer.on('close', (_, signal) => {
      if (signal === 'SIGKILL') resolve(Number(said.at(-1)));
      else reject(new Error(`the writer ended by itself: ${errors}`));
    });
  });
}

describe('a process that is killed while it stores curves', () => {
  it('has stored every curve that it said, and leaves a sound library that opens at once', async () => {
    const folder = newFolder();
    let least = -1;
    // delays that fall into different parts of a transaction
    for (const delay of [0, 1, 2, 3, 5, 8]) {
      least = await storeAndKill(folder, 4, delay);
      const library = open(folder);
      const [{ id }] = library.listStudies({ search: '', archived: false });
      const { results, refusals } = library.results(id, study.experiments[0]);
      expect(refusals).toEqual([]);
      const curves = results?.curves ?? [];
      expect(curves.length).toBeGreaterThan(least);
      // one more may have been stored without having been said
      expect(curves.length).toBeLessThanOrEqual(least + 2);
      expect(curves).toEqual(
        Array.from({ length: curves.length }, (_, run) => curveOf(study.experiments[0], { kind: 'simulation', run })),
      );
      library.close();
      expect(query(folder, 'PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }]);
      expect(query(folder, 'PRAGMA foreign_key_check')).toEqual([]);
    }
    expect(least).toBeGreaterThanOrEqual(23);
  });
});

describe('one process at a time', () => {
  it('has a library; the second is refused, and may open it afterwards', async () => {
    const folder = newFolder();
    const first = open(folder);
    expect(() => openLibrary(folder)).toThrowError(expect.objectContaining({ trouble: 'busy' }));
    await expect(storeAndKill(folder, 1, 0)).rejects.toThrow(/in use by process/);
    first.close();
    expect(await storeAndKill(folder, 1, 0)).toBeGreaterThanOrEqual(0);
  });

  it('is not kept out by the lock folder of a killed SQLite', () => {
    const folder = newFolder();
    open(folder).close();
    mkdirSync(join(folder, 'library.sqlite.lock'));
    expect(open(folder).listStudies({ search: '', archived: false })).toEqual([]);
  });

  it('closes with one file left, the library', () => {
    const folder = newFolder();
    open(folder).close();
    expect(
      ['library.sqlite-wal', 'library.sqlite.lock', 'library.lock'].filter((name) => existsSync(join(folder, name))),
    ).toEqual([]);
  });
});

describe('a half-written transaction', () => {
  it('larger than the cache is undone when the library is opened again', async () => {
    const folder = newFolder();
    open(folder).close();
    const script = `
      import { Connection } from ${JSON.stringify(new URL('../../../src/lab/database/connection.ts', import.meta.url).href)};
      const connection = new Connection(${JSON.stringify(join(folder, 'library.sqlite'))});
      connection.exec('CREATE TABLE big (k INTEGER PRIMARY KEY, b BLOB)');
      connection.exec('PRAGMA cache_size = 10');
      const fill = (value) => {
        connection.exec('BEGIN');
        for (let k = 0; k < 500; k++) connection.run('INSERT OR REPLACE INTO big VALUES (?, ?)', [k, new Uint8Array(3000).fill(value)]);
      };
      fill(1);
      connection.exec('COMMIT');
      connection.checkpoint();
      fill(2);
      process.kill(process.pid, 'SIGKILL');`;
    const writer = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', script]);
    const signal = await new Promise((resolve) => writer.on('close', (_, by) => resolve(by)));
    expect(signal).toBe('SIGKILL');
    const connection = new Connection(join(folder, 'library.sqlite'));
    const counts = connection.get(`SELECT count(*) AS n, sum(substr(b, 1, 1) = x'01') AS old FROM big`);
    connection.close();
    expect(counts).toEqual({ n: 500, old: 500 });
  });
});
