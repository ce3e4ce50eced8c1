import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { readArchive } from '../../src/lab/archive/index.ts';
import { answerDialogs, libraryFolder, startApp, type RunningApp, openPreset } from './app.ts';

const folders = [libraryFolder(), libraryFolder(), libraryFolder()];
afterAll(() => folders.forEach(({ remove }) => remove()));

let running: RunningApp | null = null;
afterEach(async () => {
  await running?.app.close().catch(() => {});
  running = null;
});

async function open(folder: string, args: string[] = []): Promise<RunningApp> {
  running = await startApp(folder, args);
  return running;
}

async function quit(): Promise<void> {
  await running?.app.close();
  running = null;
}

/** Arrays of an archive's curves, experiment by experiment. */
function curvesOf(path: string) {
  return readArchive(path).results.map(({ experiment, curves }) => ({
    id: experiment.id,
    curves: curves.map(({ source, rows }) => ({ source, rows })),
  }));
}

describe('a study session in the real app', () => {
  const [first, second] = folders;
  const exported = join(first.folder, 'exported.sgdlab');
  const again = join(first.folder, 'again.sgdlab');
  const imported = join(second.folder, 'imported.sgdlab');

  it('runs a preset with live curves, renames it, and exports it', async () => {
    const { app, page, complaints } = await open(first.folder);
    await openPreset(page, 'clean-directions');
    await page.getByTestId('run').click();
    // curves appear while the job runs
    await page.getByTestId('cancel').waitFor();
    await page.getByTestId('figure-risk').locator('canvas, svg').first().waitFor();
    await page.getByTestId('cancel').waitFor({ state: 'hidden', timeout: 120_000 });
    const name = page.getByTestId('study-name');
    await name.fill('My clean directions');
    await name.press('Enter');
    await page.getByTestId('status-saved').waitFor();
    await answerDialogs(app, { save: exported });
    await page.keyboard.press('Control+s');
    await expect.poll(() => curvesOf(exported).length, { timeout: 20_000 }).toBe(3);
    expect(complaints).toEqual([]);
    await quit();
  });

  it('after a restart the study is there, with bitwise the same numbers', async () => {
    const { app, page } = await open(first.folder);
    await page.locator('button[data-testid^="study-"]').first().click();
    await expect.poll(() => page.getByTestId('study-name').inputValue()).toBe('My clean directions');
    await page.getByTestId('figure-risk').waitFor();
    await answerDialogs(app, { save: again });
    await page.keyboard.press('Control+s');
    await expect.poll(() => curvesOf(again).length, { timeout: 20_000 }).toBe(3);
    expect(curvesOf(again)).toEqual(curvesOf(exported));
    await quit();
  });

  it('imported into an empty library it is the same study, with the same numbers', async () => {
    const { app, page } = await open(second.folder);
    await answerDialogs(app, { open: [exported], save: imported });
    await page.getByTestId('import').click();
    await expect.poll(() => page.getByTestId('study-name').inputValue()).toBe('My clean directions');
    await page.getByTestId('figure-risk').waitFor();
    await page.keyboard.press('Control+s');
    await expect.poll(() => curvesOf(imported).length, { timeout: 20_000 }).toBe(3);
    expect(curvesOf(imported)).toEqual(curvesOf(exported));
    await quit();
  });

  it('killed in the middle of a run, starts again with the study and every finished run', async () => {
    const { folder } = folders[2];
    const { app, page } = await open(folder);
    await openPreset(page, 'power-laws');
    await page.getByTestId('run').click();
    await page.getByTestId('cancel').waitFor();
    // some runs are finished and stored, not all
    const finished = () =>
      page.evaluate(async () => {
        const [study] = await window.lab.listStudies({ search: '', archived: false });
        return study.curves;
      });
    await expect.poll(finished, { timeout: 60_000, interval: 100 }).toBeGreaterThan(4);
    const before = await finished();
    app.process().kill('SIGKILL');
    running = null;
    const restarted = await open(folder);
    await restarted.page.locator('button[data-testid^="study-"]').first().click();
    await restarted.page.getByTestId('figure-risk').waitFor();
    const after = await restarted.page.evaluate(
      async () => (await window.lab.listStudies({ search: '', archived: false }))[0].curves,
    );
    expect(after).toBeGreaterThanOrEqual(before);
    // what is missing can be run on
    await restarted.page.getByTestId('run').click();
    const complete = () =>
      restarted.page.evaluate(async () => (await window.lab.listStudies({ search: '', archived: false }))[0].curves);
    await expect.poll(complete, { timeout: 120_000, interval: 200 }).toBe(33);
    await restarted.page.getByTestId('cancel').waitFor({ state: 'hidden' });
  });
});
