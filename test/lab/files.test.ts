import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { saidBy } from '../refusals.ts';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeFolder, writeFileAtomically } from '../../src/lab/files.ts';
import { newFolder } from './database/folder.ts';

describe('writeFileAtomically', () => {
  it('writes bytes, or pieces one after the other, and leaves nothing beside them', () => {
    const folder = newFolder();
    writeFileAtomically(join(folder, 'a'), Buffer.from('whole'));
    writeFileAtomically(join(folder, 'b'), [Buffer.from('in '), Buffer.from('pieces')]);
    expect(readFileSync(join(folder, 'a'), 'utf8')).toBe('whole');
    expect(readFileSync(join(folder, 'b'), 'utf8')).toBe('in pieces');
    expect(readdirSync(folder).sort()).toEqual(['a', 'b']);
  });

  it('replaces a file, and keeps it when the content fails half-way', () => {
    const folder = newFolder();
    const path = join(folder, 'a');
    writeFileSync(path, 'old');
    function* failing(): Generator<Uint8Array> {
      yield Buffer.from('half');
      throw new Error('disk is full');
    }
    expect(saidBy(() => writeFileAtomically(path, failing()))).toContain('disk is full');
    expect(readFileSync(path, 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['a']);
    writeFileAtomically(path, Buffer.from('new'));
    expect(readFileSync(path, 'utf8')).toBe('new');
  });

  it('fails without a trace where it cannot write', () => {
    const folder = newFolder();
    mkdirSync(join(folder, 'a', 'x'), { recursive: true });
    expect(() => writeFileAtomically(join(folder, 'a'), Buffer.from('x'))).toThrow();
    expect(() => writeFileAtomically(join(folder, 'nowhere', 'b'), Buffer.from('x'))).toThrow();
    expect(readdirSync(folder)).toEqual(['a']);
  });

  it('makes a file that others may read as the umask allows', () => {
    const path = join(newFolder(), 'a');
    writeFileAtomically(path, Buffer.from('x'));
    expect(statSync(path).mode & 0o777).toBe(0o666 & ~process.umask());
  });
});

describe('makeFolder', () => {
  it('makes folders in folders, and takes one that is there', () => {
    const folder = newFolder();
    makeFolder(join(folder, 'a', 'b', 'c'));
    makeFolder(join(folder, 'a', 'b', 'c'));
    expect(statSync(join(folder, 'a', 'b', 'c')).isDirectory()).toBe(true);
  });

  it('ends where a file is in the way, and where the system lets nothing be made', () => {
    const folder = newFolder();
    writeFileSync(join(folder, 'a'), '');
    expect(saidBy(() => makeFolder(join(folder, 'a', 'b')))).not.toBe('');
    expect(saidBy(() => makeFolder(join(folder, 'a')))).not.toBe('');
  });

  // Node's recursive call goes round for ever there
  it.runIf(process.platform === 'linux')('ends in /proc, where a folder that is there says that nothing is', () => {
    expect(saidBy(() => makeFolder('/proc/sgdlab/none'))).not.toBe('');
  });
});
