/** The recipes of docs/python.md, typed from top to bottom into the system's Python. */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../../scripts/ensure-build.mjs';

const PYTHON = '/usr/bin/python3';
const required = process.env.SGDLAB_REQUIRE_E2E === '1';
const there = spawnSync(PYTHON, ['-c', 'import numpy, matplotlib, xarray']).status === 0;

const blocks = [...readFileSync(join(root, 'docs', 'python.md'), 'utf8').matchAll(/^```python\n(.*?)^```/gms)].map(
  ([, block]) => block,
);

describe.skipIf(!there && !required)('the recipes for Python', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'sgdlab-python-'));
    const launcher = join(folder, 'sgdlab');
    writeFileSync(launcher, `#!/bin/sh\nexec '${process.execPath}' '${join(root, 'out', 'main', 'cli.js')}' "$@"\n`);
    chmodSync(launcher, 0o755);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const python = (program: string) => {
    const PATH = [folder, process.env.PATH].join(delimiter);
    return spawnSync(PYTHON, ['-c', program], { cwd: folder, encoding: 'utf8', env: { ...process.env, PATH } });
  };

  it('run as they stand', () => {
    expect(blocks.length).toBeGreaterThan(6);
    const { status, stdout, stderr } = python(blocks.join('\n'));
    expect(stderr).toBe('');
    expect(status).toBe(0);
    // how far it was, up to the end
    expect(stdout).toMatch(/^\r0%.*\r100%/s);
    for (const name of ['mild', 'steep']) expect(stdout).toContain(`${name} theory 0.`);
    for (const file of ['risk.pdf', 'sweep.sgdlab', 'curves']) expect(existsSync(join(folder, file))).toBe(true);
  });

  it('say what is wrong with a study, and end', () => {
    const { status, stdout, stderr } = python(
      `${blocks[0]}\nstudy['experiments'][0]['horizon'] = -1\nrun(study, 'no.sgdlab')`,
    );
    expect(status).toBe(1);
    expect(stdout).toContain('experiments[0].horizon');
    expect(stderr).toContain('sgdlab ended with status 2');
    expect(existsSync(join(folder, 'no.sgdlab'))).toBe(false);
  });
});
