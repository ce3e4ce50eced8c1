import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { answerDialogs, libraryFolder, openPreset, startApp, type RunningApp } from './app.ts';

const { folder, remove } = libraryFolder();
let running: RunningApp | null = null;
afterAll(async () => {
  await running?.app.close().catch(() => {});
  remove();
});

const required = process.env.SGDLAB_REQUIRE_E2E === '1';
const poppler = spawnSync('pdffonts', ['-v']).status === 0;

it('compares experiments of two studies, keeps what is shown over a restart, and writes a figure for a paper', async () => {
  running = await startApp(folder);
  let { page } = running;
  for (const preset of ['spectra-compared', 'clean-directions']) {
    await openPreset(page, preset);
    await page.getByTestId('run').waitFor();
    await page.getByTestId('back').click();
    await page.getByTestId('library').waitFor();
  }
  await page.getByTestId('compare').click();
  await page.getByTestId('compare-first').click();
  const studies = page.locator('[data-testid^="compare-study-"]');
  await expect.poll(() => studies.count()).toBe(2);
  for (const k of [0, 1]) await studies.nth(k).click();
  const boxes = page.getByTestId('compare-picker').locator('input[type="checkbox"]');
  await expect.poll(() => boxes.count()).toBeGreaterThan(12);
  await boxes.first().click();
  await boxes.last().click();
  await page.getByTestId('compare-done').click();
  await expect.poll(() => page.getByTestId('compared').locator('li').count()).toBe(2);
  await running.app.close();

  running = await startApp(folder);
  ({ page } = running);
  await page.getByTestId('compare').click();
  await expect.poll(() => page.getByTestId('compared').locator('li').count()).toBe(2);
  await page.getByTestId('back').click();
  // the first figure of the paper: four panels, twelve curves
  await page.locator('[data-testid^="study-row"]').filter({ hasText: 'Spectra compared' }).locator('.open').click();
  await page.getByTestId('run').click();
  await expect.poll(() => page.getByTestId('figure-risk').count(), { timeout: 60_000 }).toBe(4);
  const done = async () => (await page.getByTestId('run').count()) > 0 && page.getByTestId('run').isDisabled();
  await expect.poll(done, { timeout: 120_000 }).toBe(true);

  const file = join(folder, 'risk.pdf');
  await answerDialogs(running.app, { save: file });
  await page.getByTestId('figure-risk').first().hover();
  await page.getByTestId('figure-menu-risk').first().click();
  await page.getByRole('menuitem', { name: 'Export for a paper' }).click();
  await page.getByTestId('export-save').click();
  await page.getByText('Saved to').waitFor();
  expect(readFileSync(file).subarray(0, 5).toString()).toBe('%PDF-');
  if (poppler || required) {
    const fonts = execFileSync('pdffonts', [file], { encoding: 'utf8' }).trim().split('\n').slice(2);
    expect(fonts.length).toBeGreaterThan(0);
    for (const line of fonts) expect(line).toMatch(/TrueType .* yes yes yes/);
    const text = execFileSync('pdftotext', [file, '-'], { encoding: 'utf8' });
    expect(text).toContain('t = steps / d');
    for (const rate of ['0.5', '1', '2']) expect(text).toContain(`Identity, γ = ${rate}`);
    expect(execFileSync('pdfinfo', [file], { encoding: 'utf8' })).toMatch(/Pages: +1\n/);
  }
  expect(running.complaints).toEqual([]);
});
