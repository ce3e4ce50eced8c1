/** The field of a typed loss in the real window: what is right is set and drawn, what is wrong or dangerous marked and refused. */
import { afterAll, expect, it } from 'vitest';
import { libraryFolder, startApp } from './app.ts';

const { folder, remove } = libraryFolder();
afterAll(remove);

it('checks a formula while it is typed, and runs what is right', async () => {
  const { app, page, complaints } = await startApp(folder);
  try {
    await page.getByTestId('new-study').click();
    await page.locator('select:has(option[value="formula"])').selectOption('formula');
    const field = page.locator('textarea[data-field="loss.formula"]');
    const tex = page.locator('[data-formula-tex] .katex');
    const marked = page.locator('.marked mark');
    const run = page.getByTestId('run');

    await field.fill('huber(r - y, 0.5) + 0.1*abs(r)');
    await tex.waitFor();
    await expect.poll(() => run.isEnabled()).toBe(true);

    await field.fill('max(0, 1 - y*rr)^2');
    await expect.poll(() => marked.innerText()).toBe('rr');
    expect(await tex.count()).toBe(0);
    expect(await run.isEnabled()).toBe(false);

    await field.fill('constructor.constructor("return process")()');
    await expect.poll(() => marked.innerText()).toBe('.');
    expect(await run.isEnabled()).toBe(false);
    await field.fill('__proto__');
    await expect.poll(() => marked.innerText()).toMatch(/^_/);

    await field.fill('max(0, 1 - y*r)^2');
    await tex.waitFor();
    await page.locator('[data-field="model.dimension"] input').fill('50');
    await page.locator('[data-field="optimizer.schedule.rate"] input').fill('0.2');
    await page.locator('[data-field="simulation.runs"] input').fill('2');
    await run.click();
    await expect.poll(() => run.innerText(), { timeout: 60_000 }).toContain('Up to date');
    expect(complaints).toEqual([]);
  } finally {
    await app.close();
  }
});
