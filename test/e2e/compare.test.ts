/** From the library into the comparison: by dragging, by the keyboard, and out of it as a report. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Locator, type Page } from 'playwright-core';
import { afterAll, expect, it } from 'vitest';
import { root } from '../../scripts/ensure-build.mjs';
import { answerDialogs, libraryFolder, startApp, type RunningApp } from './app.ts';

const { folder, remove } = libraryFolder();
let running: RunningApp | null = null;
afterAll(async () => {
  await running?.app.close().catch(() => {});
  remove();
});

const required = process.env.SGDLAB_REQUIRE_E2E === '1';
const there = (command: string, ...args: string[]) => spawnSync(command, args).status === 0;
const poppler = there('pdffonts', '-v');
const python = there('/usr/bin/python3', '-c', 'import matplotlib, numpy');

const experiment = (id: string, rate: number) => ({
  id,
  name: `${id}, $γ = ${rate}`,
  model: {
    dimension: 30,
    priors: [0.5, 0.5],
    spectrum: { kind: 'identity' },
    means: { arrangement: { kind: 'opposite' }, profile: { kind: 'flat' } },
  },
  loss: { kind: 'logistic' },
  optimizer: { schedule: { kind: 'constant', rate } },
  horizon: 4,
  grid: { kind: 'log', first: 0.2, points: 8 },
  simulation: { engine: 'sgd', runs: 2, seed: 1 },
});
const study = (name: string, ...experiments: unknown[]) => {
  const path = join(folder, `${name}.json`);
  writeFileSync(path, JSON.stringify({ format: 'sgdlab-study', version: 1, name, notes: 'With $x^2$', experiments }));
  return path;
};

/** A drag by the browser's own events, which a synthetic mouse does not make. */
async function drag(page: Page, from: Locator): Promise<void> {
  const transfer = await page.evaluateHandle(() => new DataTransfer());
  await from.dispatchEvent('dragstart', { dataTransfer: transfer });
  await page.getByTestId('compare-drop').dispatchEvent('dragover', { dataTransfer: transfer });
  await page.getByTestId('compare-drop').dispatchEvent('drop', { dataTransfer: transfer });
}

it('studies and experiments are dragged into the comparison, or sent there by the keyboard', async () => {
  running = await startApp(folder);
  const { app, page } = running;
  const compared = page.getByTestId('compared').locator('li');
  for (const path of [
    study('First', experiment('a', 0.5), experiment('b', 1)),
    study('Second', experiment('c', 2), experiment('d', 0.1)),
  ]) {
    await answerDialogs(app, { open: [path] });
    await page.keyboard.press('Control+o');
    await page.getByTestId('run').waitFor();
    await page.getByTestId('back').click();
    await page.getByTestId('library').waitFor();
  }
  await drag(page, page.locator('[data-testid^="study-row"]').filter({ hasText: 'First' }));
  await expect.poll(() => compared.count()).toBe(2);
  await page.getByTestId('back').click();
  await page.locator('[data-testid^="study-row"]').filter({ hasText: 'Second' }).locator('.open').click();
  await drag(page, page.getByTestId('experiment-c'));
  await expect.poll(() => compared.count()).toBe(3);
  await page.getByTestId('back').click();
  await page.locator('[data-testid^="study-row"]').filter({ hasText: 'Second' }).locator('.open').click();
  await page.getByTestId('experiment-d').locator('.open').click();
  await page.keyboard.press('Control+Shift+B');
  await expect.poll(() => compared.allInnerTexts()).toHaveLength(4);
  expect((await compared.allInnerTexts()).join()).toMatch(/a, .*b, .*c, .*d, /s);
  await page.getByTestId('back').click();
});

it('a report is a PDF with its fonts and the numbers of the table, and the study a folder that runs', async () => {
  if (!running) throw new Error('not started');
  const { app, page } = running;
  await page.locator('[data-testid^="study-row"]').filter({ hasText: 'First' }).locator('.open').click();
  await page.getByTestId('run').click();
  const done = async () => (await page.getByTestId('run').count()) > 0 && page.getByTestId('run').isDisabled();
  await expect.poll(done, { timeout: 60_000 }).toBe(true);
  const file = join(folder, 'report.pdf');
  await answerDialogs(app, { save: file, open: [folder] });
  const palette = async (words: string) => {
    await page.keyboard.press('Control+k');
    await page.getByTestId('palette').locator('input').fill(words);
    await page.keyboard.press('Enter');
  };
  await palette('report (PDF)');
  await expect.poll(() => existsSync(file), { timeout: 30_000 }).toBe(true);
  expect(readFileSync(file).subarray(0, 5).toString()).toBe('%PDF-');
  await page.getByRole('tab', { name: 'Table' }).click();
  const risk = (
    await page.getByTestId('quantities').locator('tbody tr').first().locator('td').nth(1).innerText()
  ).trim();
  expect(risk).toMatch(/^0\.\d{5}$/);
  if (poppler || required) {
    for (const line of execFileSync('pdffonts', [file], { encoding: 'utf8' }).trim().split('\n').slice(2))
      expect(line).toMatch(/ yes (yes|no) +(yes|no) /);
    const text = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' });
    expect(text).toContain('a, $γ = 0.5');
    // the report has one digit less
    expect(text).toContain(Number(risk).toPrecision(4));
  }
  await page.getByRole('tab', { name: 'Results' }).click();
  await palette('folder that runs');
  const made = join(folder, 'First');
  await expect.poll(() => existsSync(join(made, 'figures', 'risk', 'load.py')), { timeout: 30_000 }).toBe(true);
  await expect.poll(() => page.getByText('Saved to').count(), { timeout: 30_000 }).toBeGreaterThan(0);
  if (python || required) {
    const bin = join(folder, 'sgdlab');
    writeFileSync(bin, `#!/bin/sh\nexec "${process.execPath}" "${join(root, 'out', 'main', 'cli.js')}" "$@"\n`, {
      mode: 0o755,
    });
    execFileSync('sh', ['run.sh'], {
      cwd: made,
      env: { ...process.env, SGDLAB: bin, MPLCONFIGDIR: folder, PATH: `/usr/bin:${process.env.PATH ?? ''}` },
    });
    for (const figure of readdirSync(join(made, 'figures')))
      expect(
        readFileSync(join(made, 'figures', figure, 'figure-matplotlib.pdf'))
          .subarray(0, 5)
          .toString(),
      ).toBe('%PDF-');
  }
  expect(running.complaints).toEqual([]);
});
