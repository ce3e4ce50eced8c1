/** The library, the editor and the notes as somebody uses them, in the real window. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ElectronApplication, type Page } from 'playwright-core';
import { afterAll, expect, it } from 'vitest';
import { answerDialogs, libraryFolder, openPreset, startApp } from './app.ts';

const { folder, remove } = libraryFolder();
afterAll(remove);

it('writes numbers and formulas, goes through the panes, and handles several studies at once', async () => {
  const { app, page, complaints } = await startApp(folder);
  try {
    await page.getByTestId('new-study').click();
    const dimension = page.locator('[data-field="model.dimension"] input');
    await dimension.fill('1,000');
    await page.getByRole('button', { name: '1000', exact: true }).click();
    await expect.poll(() => dimension.inputValue()).toBe('1000');
    const rate = page.locator('[data-field="optimizer.schedule.rate"] input');
    await rate.fill('2^-3');
    await rate.blur();
    await expect.poll(() => rate.inputValue()).toBe('0.125');
    await page.getByRole('group', { name: 'Kind' }).first().getByText('Zero-one').click();
    await page.getByRole('group', { name: 'Kind' }).first().getByText('Power law').click();
    await page.getByTestId('restored').waitFor();

    await page.keyboard.press('Control+4');
    await page.getByTestId('notes').fill('Here $\\gamma_1^2$.');
    await page.getByText('Read', { exact: true }).click();
    await page.locator('.page .katex').first().waitFor();
    const pane = () => page.evaluate(() => document.activeElement?.closest('[data-pane]')?.getAttribute('data-pane'));
    const seen = new Set<unknown>();
    for (let k = 0; k < 4; k++) {
      await page.keyboard.press('F6');
      seen.add(await pane());
    }
    expect(seen).toEqual(new Set(['bar', 'rail', 'main', 'inspector']));
    await page.getByTestId('status-saved').waitFor();

    await page.keyboard.press('Control+l');
    const rows = page.locator('[data-testid^="study-row-"]');
    await rows.locator('.katex').first().waitFor();
    await rows.first().getByRole('checkbox').check();
    await page.getByTestId('picked-duplicate').click();
    await expect.poll(() => rows.count()).toBe(2);
    await rows.nth(0).getByRole('checkbox').check();
    await page.getByTestId('picked-tag').click();
    await page.getByTestId('picked-tags').fill('paper, draft');
    await page.keyboard.press('Enter');
    await expect.poll(() => rows.getByText('paper').count()).toBe(2);
    await page.getByTestId('picked-delete').click();
    await expect.poll(() => rows.count()).toBe(0);
    await page.getByTestId('toast-action').click();
    await expect.poll(() => rows.count()).toBe(2);
    const names = await page.evaluate(async () =>
      (await window.lab.listStudies({ search: '', archived: false })).map(({ name }) => name).sort(),
    );
    expect(names).toEqual(['Untitled study', 'Untitled study (2)']);
    expect(complaints).toEqual([]);
  } finally {
    await app.close();
  }
});

it('keeps the widths of panes over a restart, lists files of late in its menu, and fits the window at 200 %', async () => {
  const first = await startApp(folder);
  const edge = (page: Page) => page.getByRole('separator').first();
  const openStudy = async (page: Page) => {
    await page.locator('[data-testid^="study-row-"] .open').first().click();
    await page.getByTestId('run').waitFor();
  };
  const file = join(folder, 'R&D.json');
  writeFileSync(file, JSON.stringify({ format: 'sgdlab-study', version: 1, name: 'From a file', experiments: [] }));
  let width: string | undefined;
  try {
    const { page, app } = first;
    await openStudy(page);
    const before = Number(await edge(page).getAttribute('aria-valuenow'));
    await edge(page).press('ArrowRight');
    await edge(page).press('ArrowRight');
    width = String(before + 32);
    await expect
      .poll(() => page.evaluate(() => window.lab.settings().then((all) => String(all.railWidth))))
      .toBe(width);

    await page.keyboard.press('Control+l');
    await answerDialogs(app, { open: [file] });
    await page.keyboard.press('Control+o');
    await expect.poll(() => page.getByTestId('study-name').inputValue()).toBe('From a file');
    await expect.poll(() => recentInMenu(app)).toEqual([file.replace('&', '&&')]);
  } finally {
    await first.app.close();
  }
  const { app, page, complaints } = await startApp(folder);
  try {
    expect(await recentInMenu(app)).toEqual([file.replace('&', '&&')]);
    const outside = () =>
      page.evaluate(() =>
        [...document.querySelectorAll('[data-pane="bar"] :is(button, input), [role="dialog"] button')]
          .map((element) => ({ box: element.getBoundingClientRect(), text: element.outerHTML.slice(0, 120) }))
          .filter(({ box }) => box.width > 0 && (box.left < 0 || box.right > innerWidth || box.top < 0))
          .map(({ text }) => text),
      );
    await app.evaluate(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows();
      window.setContentSize(1280, 800);
      window.webContents.setZoomFactor(2);
    });
    await expect.poll(() => page.evaluate(() => innerWidth)).toBe(640);
    for (const language of ['en', 'ja'] as const) {
      await page.evaluate((to) => window.lab.changeSettings({ language: to }), language);
      await page.reload();
      await page.getByTestId('library').waitFor();
      expect(await outside(), `library in ${language}`).toEqual([]);
      await page.keyboard.press('F1');
      await page.getByTestId('help').waitFor();
      expect(await outside(), `guide in ${language}`).toEqual([]);
      await page.keyboard.press('Escape');
      await openPreset(page, 'clean-directions');
      await page.getByTestId('run').waitFor();
      expect(await outside(), `study in ${language}`).toEqual([]);
      // nothing makes the page wider than the window
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(640);
      await page.keyboard.press('Control+l');
    }
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0].webContents.setZoomFactor(1));
    await openStudy(page);
    expect(await edge(page).getAttribute('aria-valuenow')).toBe(width);
    expect(complaints).toEqual([]);
  } finally {
    await app.close();
  }
});

/** Paths in the menu of files of late. */
const recentInMenu = (app: ElectronApplication) =>
  app.evaluate(({ Menu }) => {
    const items = Menu.getApplicationMenu()?.items.flatMap(({ submenu }) => submenu?.items ?? []) ?? [];
    return items
      .flatMap(({ submenu }) => submenu?.items ?? [])
      .flatMap(({ label }) => (/^\W/.test(label) ? [label] : []));
  });
