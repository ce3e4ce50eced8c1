/** A process that is killed while it exports: files are whole, and nothing hidden stays beside them. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readArchive } from '../../src/lab/archive/index.ts';
import { writeFileAtomically } from '../../src/lab/files.ts';
import { removeLeft } from '../../src/lab/temporary-folder.ts';

/** As many as SGDLAB_KILLS says, as the bench does. */
const KILLS = Number(process.env.SGDLAB_KILLS ?? 4);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sgdlab-kill-writing-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const hidden = (): string[] =>
  [folder, join(folder, 'tables')].flatMap((place) =>
    existsSync(place) ? readdirSync(place).filter((name) => name.startsWith('.')) : [],
  );

it('results, tables and report are whole after every kill; what was half-written goes with the next write', async () => {
  let left = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    const script = join(import.meta.dirname, 'write-forever.ts');
    const writer = spawn(process.execPath, ['--import', 'tsx', script, folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(writer.stdout, 'data');
    await new Promise((resolve) => setTimeout(resolve, 5 + 11 * kill));
    writer.kill('SIGKILL');
    await once(writer, 'close');
    if (hidden().length > 0) left++;
    if (existsSync(join(folder, 'r.sgdlab'))) {
      const { refusals, results } = readArchive(join(folder, 'r.sgdlab'));
      expect([refusals, results[0].curves.length]).toEqual([[], 152]);
    }
    if (existsSync(join(folder, 'report.html'))) {
      expect(readFileSync(join(folder, 'report.html'), 'utf8')).toMatch(/<\/html>\s*$/);
    }
    removeLeft(folder);
    removeLeft(join(folder, 'tables'));
    expect(hidden()).toEqual([]);
  }
  // else nothing was interrupted
  expect(left).toBeGreaterThan(0);
});

it.runIf(process.platform === 'linux')(
  'a hidden folder of a process that lives, of another machine, or of another name is left alone',
  () => {
    const started = readFileSync(`/proc/${process.ppid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')[19];
    const mine = `.sgdlab-00000000-1-1-abcdef`;
    const names = [mine, '.sgdlab-notes', `.sgdlab-x-${process.ppid}-${started}-abcdef`];
    for (const name of names) writeFileAtomically(join(folder, `${name}.txt`), Buffer.from('kept'));
    removeLeft(folder);
    expect(
      readdirSync(folder)
        .filter((name) => name.startsWith('.'))
        .sort(),
    ).toEqual(names.map((name) => `${name}.txt`).sort());
  },
);
