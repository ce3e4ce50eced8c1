/** Every view, dialog and menu in Japanese: no English sentence, no violation that axe finds, light and dark. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { root } from '../../scripts/ensure-build.mjs';
import { englishIn } from '../text/english.ts';
import { libraryFolder, openPreset, startApp, type RunningApp } from './app.ts';

/** What is the same in every language: methods, programs, formats, units, keys. */
const NAMES =
  'SGD Dynamics Lab|Heavy ball|XOR|DANA|SignSGD|Huber|Polyak|Python|Markdown|English|NumPy|LaTeX|Matplotlib|CSV|NPZ|PDF|SVG|PNG|HTML|load.py|DOP853|kB|MB|GB|cm|pt|dpi|Ctrl|Shift|Alt|Enter'.split(
    '|',
  );
/** Endings of files, and paths of settings as studies write them. */
const TECHNICAL = /\.(?:sgdlab|json|csv|npy)\b|\b[a-z]+(?:\.[a-zA-Z]+)+|\b(?:horizon|scale²)/g;

const { folder, remove } = libraryFolder();
const axe = readFileSync(join(root, 'node_modules', 'axe-core', 'axe.min.js'), 'utf8');
let running: RunningApp;
beforeAll(async () => {
  running = await startApp(folder);
  await running.page.evaluate(() => window.lab.changeSettings({ language: 'ja' }));
  await running.page.reload();
});
afterAll(async () => {
  await running.app.close();
  remove();
});

/** What is read on the page or out of it; keys, code, formulas and what is marked as English are not. */
const textsOf = (page: Page) =>
  page.evaluate(() => {
    const aside = 'style, script, kbd, code, .katex, [lang=en]';
    const found = new Set<string>();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode())
      if (!node.parentElement?.closest(aside)) found.add(node.textContent ?? '');
    for (const element of document.querySelectorAll('[aria-label], [title], [placeholder], [alt]'))
      for (const name of ['aria-label', 'title', 'placeholder', 'alt', 'aria-roledescription'])
        if (!element.closest(aside)) found.add(element.getAttribute(name) ?? '');
    return [...found];
  });

/** Menus float over the page, outside its landmarks. */
const violations = (page: Page) =>
  page.evaluate(async () => {
    const tool = (window as unknown as { axe: { run(of: unknown, options: unknown): Promise<unknown> } }).axe;
    const options = { resultTypes: ['violations'], rules: { region: { enabled: false } } };
    const { violations: all } = (await tool.run(document, options)) as {
      violations: { id: string; nodes: { html: string }[] }[];
    };
    return all.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
  });

async function look(name: string, schemes: readonly ('light' | 'dark')[] = ['light', 'dark']): Promise<void> {
  const { page } = running;
  // that the system has no font for Japanese is said in both languages
  const texts = (await textsOf(page)).filter((text) => !text.includes('Noto Sans CJK'));
  const english = texts.filter((text) => englishIn(text.replace(TECHNICAL, ' '), NAMES).length > 0);
  expect(english, name).toEqual([]);
  await page.evaluate(axe);
  for (const colorScheme of schemes) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.waitForFunction((theme) => document.documentElement.dataset.theme === theme, colorScheme);
    // colours change over some 100 ms, from the frame that follows
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
    await page.waitForFunction(() => document.getAnimations().length === 0);
    expect(await violations(page), `${name}, ${colorScheme}`).toEqual([]);
  }
}

it('the library with presets, the settings, the palette, the guide', async () => {
  const { page } = running;
  await page.getByTestId('library').waitFor();
  await look('library');
  for (const [keys, testid] of [
    ['Control+,', 'settings'],
    ['Control+k', 'palette'],
    ['F1', 'help'],
    ['Control+/', 'help'],
  ] as const) {
    await page.keyboard.press(keys);
    await page.getByTestId(testid).waitFor();
    await look(keys);
    await page.keyboard.press('Escape');
    await page.getByTestId(testid).waitFor({ state: 'hidden' });
  }
});

it('a study with its figures, its menus and its tabs', async () => {
  const { page } = running;
  await openPreset(page, 'clean-directions');
  await look('nothing is run');
  await page.getByTestId('run').click();
  await page.getByTestId('figure-body-risk').waitFor();
  await expect.poll(() => page.getByTestId('run').innerText(), { timeout: 120_000 }).toContain('最新です');
  await look('results');
  for (const menu of ['band', 'panels', 'figures', 'export']) {
    await page.getByTestId(menu).click();
    await page.getByRole('menu').waitFor();
    await look(menu, ['dark']);
    await page.keyboard.press('Escape');
    await page.getByRole('menu').waitFor({ state: 'hidden' });
  }
  for (const entry of ['論文用に書き出す…', '範囲と線…']) {
    await page.getByTestId('figure-risk').hover();
    await page.getByTestId('figure-menu-risk').click();
    await page.getByRole('menuitem', { name: entry }).click();
    await page.getByRole('dialog').waitFor();
    await look(entry);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
  }
  for (const key of ['2', '3', '4']) {
    await page.keyboard.press(`Control+${key}`);
    await look(`tab ${key}`);
  }
});

it('a sweep, the library with studies, and the comparison', async () => {
  const { page, complaints } = running;
  await page.keyboard.press('Control+l');
  await openPreset(page, 'concentration');
  await page.getByTestId('run').waitFor();
  await look('sweep');
  await page.keyboard.press('Control+l');
  const row = page.locator('[data-testid^="study-row-"]').first();
  await row.getByRole('checkbox').check();
  await look('library with studies');
  await row.locator('[data-testid^="study-menu-"]').click();
  await page.getByRole('menu').waitFor();
  await look('menu of a study');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+Shift+c');
  await page.getByTestId('compare-first').click();
  await page.getByRole('dialog').waitFor();
  await page.locator('[data-testid^="compare-study-"]').last().click();
  await page.getByTestId('compare-picker').getByRole('checkbox').first().check();
  await look('experiments to compare');
  await page.getByTestId('compare-done').click();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await look('comparison');
  expect(complaints).toEqual([]);
});
