/** What is made for Windows, as far as it can be made and looked into here. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { buildInstaller } from '../../scripts/dist/windows.mjs';
import { run } from './machine.ts';

const work = mkdtempSync(join(tmpdir(), 'sgdlab-windows-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));

describe('the installer for Windows', () => {
  it('compiles without a warning and holds every file of the packaged folder', async () => {
    const packaged = join(work, 'packaged');
    const files = {
      'sgdlab.exe': 'program',
      LICENSE: 'MIT',
      'resources/app.asar': 'archive',
      'locales/ja.pak': 'words',
      'locales/name with spaces & signs.pak': 'words',
    };
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(join(packaged, name, '..'), { recursive: true });
      writeFileSync(join(packaged, name), content);
    }
    const target = join(work, 'sgdlab-setup.exe');
    await buildInstaller({ packaged, target, work });
    expect(readFileSync(target).subarray(0, 2).toString()).toBe('MZ');
    const unpacked = join(work, 'unpacked');
    run('7z', ['x', '-y', `-o${unpacked}`, target]);
    for (const [name, content] of Object.entries(files))
      expect(readFileSync(join(unpacked, name), 'utf8'), name).toBe(content);
    // what is installed is what is taken away again
    const removed = readFileSync(join(work, 'uninstall-files.nsh'), 'utf8');
    for (const name of Object.keys(files)) expect(removed).toContain(`Delete "$INSTDIR\\${name.replace('/', '\\')}"`);
  });
});
