import { existsSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { acquireLock } from '../../../src/lab/database/lock.ts';
import { newFolder } from './folder.ts';

/** No process has it: above every pid that Linux gives. */
const GONE = 2 ** 30;
const holder = (over: object) => JSON.stringify({ pid: process.pid, host: hostname(), started: '', ...over });

describe('the lock', () => {
  it.each([
    ['of a process that is gone', holder({ pid: GONE })],
    ['of a process whose number was given again', holder({ started: 'long ago' })],
  ])('%s is taken over', (_, content) => {
    const path = join(newFolder(), 'lock');
    writeFileSync(path, content);
    const lock = acquireLock(path);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ pid: process.pid });
    lock.release();
    expect(existsSync(path)).toBe(false);
  });

  it.each([
    ['of a living process', holder({})],
    ['of another machine', holder({ pid: GONE, host: 'elsewhere' })],
    ['that is just being written', ''],
  ])('%s is respected', (_, content) => {
    const path = join(newFolder(), 'lock');
    writeFileSync(path, content);
    expect(() => acquireLock(path)).toThrowError(expect.objectContaining({ trouble: 'busy' }));
    expect(readFileSync(path, 'utf8')).toBe(content);
  });

  it.each(['', 'null', '{"pid":-1}', '{"pid":"1"}', 'garbage'])(
    'with content %j is taken over once it is old',
    (content) => {
      const path = join(newFolder(), 'lock');
      writeFileSync(path, content);
      utimesSync(path, 1000, 1000);
      expect(() => acquireLock(path).release()).not.toThrow();
    },
  );

  it('is not released by one that has lost it', () => {
    const path = join(newFolder(), 'lock');
    const lock = acquireLock(path);
    writeFileSync(path, holder({ pid: 1 }));
    lock.release();
    expect(existsSync(path)).toBe(true);
  });
});
