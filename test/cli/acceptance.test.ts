import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { root } from '../../scripts/ensure-build.mjs';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sgdlab-acceptance-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const check = (name: string, line: string, mode = 0o755) =>
  writeFileSync(join(folder, name), `#!/usr/bin/env bash\n${line}\n`, { mode });
const run = () => spawnSync(process.execPath, [join(root, 'scripts', 'acceptance.mjs'), folder], { encoding: 'utf8' });
const lastLine = (text: string) => text.trimEnd().split('\n').at(-1);

describe('acceptance checks', () => {
  it('run every executable from the root of the checkout, show what it prints, and count each as one', () => {
    check('a', 'echo "5 passed, 5 failed"; test -f package.json');
    check('b', 'echo fine >&2');
    check('notes.md', 'exit 1', 0o644);
    mkdirSync(join(folder, 'lib'));
    const { status, stdout, stderr } = run();
    expect([status, lastLine(stdout), stderr]).toEqual([0, '2 passed, 0 failed', 'fine\n']);
    expect(stdout).toContain('5 passed, 5 failed');
  });

  it('fail if one fails, and run the others', () => {
    check('a', 'exit 7');
    check('b', 'kill -9 $$');
    check('c', 'true');
    const { status, stdout } = run();
    expect([status, lastLine(stdout)]).toEqual([1, '1 passed, 2 failed']);
    expect(stdout).toContain('a: failed (exit status 7)');
  });

  it('fail if there is none: then nothing was checked', () => {
    expect(run().status).toBe(1);
  });
});
