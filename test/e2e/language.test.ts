/** Switching the language with a study open: page, figures, native menu, dialogs and the exported report follow. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ElectronApplication } from 'playwright-core';
import { afterAll, expect, it } from 'vitest';
import { englishIn, japaneseIn } from '../text/english.ts';
import { answerDialogs, libraryFolder, startApp } from './app.ts';

const { folder, remove } = libraryFolder();
afterAll(remove);

const experiment = {
  id: 'one',
  name: 'Versuch',
  model: {
    dimension: 50,
    priors: [0.5, 0.5],
    spectrum: { kind: 'power-law', exponents: [1, 1] },
    means: { arrangement: { kind: 'opposite' }, profile: { kind: 'flat' } },
  },
  loss: { kind: 'binary-least-squares' },
  optimizer: { schedule: { kind: 'constant', rate: 0.5 } },
  horizon: 20,
  grid: { kind: 'log', first: 0.1, points: 20 },
  theory: { curves: ['ode'] },
  simulation: { engine: 'sgd', runs: 3, seed: 1 },
};

/** Labels of the native menu, and of its submenus. */
const menuLabels = (app: ElectronApplication) =>
  app.evaluate(({ Menu }) => {
    const menus = Menu.getApplicationMenu()?.items ?? [];
    return menus.flatMap(({ label, submenu }) => [label, ...(submenu?.items ?? []).map((item) => item.label)]);
  });

it('changes figures, menu and report while a study is open', async () => {
  const study = join(folder, 'study.json');
  writeFileSync(
    study,
    JSON.stringify({ format: 'sgdlab-study', version: 1, name: 'Studie', experiments: [experiment] }),
  );
  const { app, page, complaints } = await startApp(folder);
  try {
    await answerDialogs(app, { open: [study] });
    await page.keyboard.press('Control+o');
    await page.getByTestId('run').waitFor();
    await page.getByTestId('run').click();
    const risk = page.getByTestId('figure-risk');
    await expect.poll(() => page.getByTestId('run').innerText(), { timeout: 60_000 }).toContain('Up to date');
    await expect
      .poll(() => risk.locator('.subtitle').innerText())
      .toBe('line theory, dots SGD median, band 10–90 %, N = 3');
    expect((await menuLabels(app)).flatMap(japaneseIn)).toEqual([]);

    const change = (language: 'en' | 'ja') =>
      page.evaluate((to) => window.lab.changeSettings({ language: to }), language);
    await page.keyboard.press('Control+,');
    await page.getByTestId('settings').getByText('日本語').click();
    await page.keyboard.press('Escape');
    await expect.poll(() => risk.locator('.title').innerText()).toBe('リスク');
    await expect
      .poll(() => risk.locator('.subtitle').innerText())
      .toBe('線: 理論、点: SGD の中央値、帯: 10–90 %、N = 3');
    const labels = (await menuLabels(app)).filter((label) => label !== '');
    expect(labels).toContain('ファイル');
    expect(labels.flatMap((label) => englishIn(label, ['SGD Dynamics Lab']))).toEqual([]);

    const report = join(folder, 'report.html');
    await answerDialogs(app, { save: report });
    const id = await page.evaluate(async () => (await window.lab.listStudies({ search: '', archived: false }))[0].id);
    await page.evaluate((of) => window.lab.exportStudy({ id: of, format: 'html' }), id);
    expect(readFileSync(report, 'utf8')).toContain('<html lang="ja">');

    await change('en');
    expect((await menuLabels(app)).flatMap(japaneseIn)).toEqual([]);
    expect(complaints).toEqual([]);
  } finally {
    await app.close();
  }
});
