/** Files that are imported, on a thread of their own. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, expect, it } from 'vitest';
import { hashOfFile, readImported } from '../../../src/lab/imported-file.ts';
import { WorkerPool } from '../../../src/lab/jobs/pool.ts';
import { root } from '../../../scripts/ensure-build.mjs';

const pool = new WorkerPool(pathToFileURL(join(root, 'out', 'main', 'worker.js')), 1);
afterEach(() => pool.close());
const fixture = (name: string) => join(import.meta.dirname, '../../fixtures', name);

it('what a thread reads of a file is what is in it, refusals included', async () => {
  for (const name of ['version-0.1.0/two-seeds.sgdlab', 'version-0.1.0/two-seeds.json', 'hostile/latin1-name.json']) {
    expect(await pool.readImported(fixture(name))).toEqual(readImported(fixture(name)));
    expect(await pool.hashOfFile(fixture(name))).toEqual(hashOfFile(fixture(name)));
  }
  expect(await pool.hashOfFile(fixture('none'))).toMatchObject({ ok: false, refusals: [{ code: 'file-system' }] });
});
