/** A study goes to a folder for a cluster, and its results come back while the app runs. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { root } from '../../scripts/ensure-build.mjs';
import { answerDialogs, libraryFolder, openPreset, startApp, type RunningApp } from './app.ts';

const { folder, remove } = libraryFolder();
let running: RunningApp | null = null;
afterAll(async () => {
  await running?.app.close().catch(() => {});
  remove();
});

it('plans a study for a cluster, shows how far its tasks are, and has the results without an import', async () => {
  running = await startApp(join(folder, 'library'));
  const { app, page } = running;
  await openPreset(page, 'clean-directions');
  await page.getByTestId('run').waitFor();
  const away = join(folder, 'shared disk');
  mkdirSync(away);
  await answerDialogs(app, { open: [away] });
  await page.getByTestId('export').click();
  await page.getByRole('menuitem', { name: 'Plan for a cluster' }).click();
  const strip = page.getByTestId('cluster');
  await strip.getByText(/^tasks: 0 of [1-9]\d*$/).waitFor();
  const plan = join(away, 'Clean directions-cluster');
  expect(existsSync(join(plan, 'job.sh'))).toBe(true);
  expect(await page.getByTestId('run').isEnabled()).toBe(true);

  // a node of the cluster
  const cli = join(root, 'out', 'main', 'cli.js');
  const tasks = Number(/of (\d+)/.exec(await strip.innerText())?.[1]);
  const done = spawnSync(process.execPath, [cli, 'cluster', 'task', plan, `0-${tasks - 1}`], { encoding: 'utf8' });
  expect(done).toMatchObject({ status: 0, stderr: '' });

  await strip.getByText(`tasks: ${tasks} of ${tasks}`, { exact: true }).waitFor({ timeout: 60_000 });
  // everything is there: nothing is left to run
  await expect.poll(() => page.getByTestId('run').isDisabled(), { timeout: 30_000 }).toBe(true);
  await page.getByTestId('figure-risk').first().waitFor();
  await page.getByTestId('cluster-forget').click();
  await expect.poll(() => strip.count()).toBe(0);
  expect(existsSync(join(plan, 'job.sh'))).toBe(true);
  expect(running.complaints).toEqual([]);
});
