/** The library, the editor and the notes as somebody uses them, in the real window. */
import { afterAll, expect, it } from 'vitest';
import { libraryFolder, startApp } from './app.ts';

const { folder, remove } = libraryFolder();
afterAll(remove);

it('writes numbers and formulas, goes through the panes, and handles several studies at once', async () => {
  const { app, page, complaints } = await startApp(folder);
  try {
    await page.getByTestId('new-study').click();
    const dimension = page.locator('[data-field="model.dimension"]');
    await dimension.fill('1,000');
    await page.getByRole('button', { name: '1000', exact: true }).click();
    await expect.poll(() => dimension.inputValue()).toBe('1000');
    const rate = page.locator('[data-field="optimizer.schedule.rate"]');
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
    await page.getByText('Undo').click();
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
