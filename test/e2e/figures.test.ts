import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Page } from 'playwright-core';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { answerDialogs, libraryFolder, startApp, type RunningApp, openPreset } from './app.ts';

const { folder, remove } = libraryFolder();
afterAll(remove);

let running: RunningApp | null = null;
afterEach(async () => {
  await running?.app.close().catch(() => {});
  running = null;
});

function experiment(id: string, name: string, rate: number, runs: number) {
  return {
    id,
    name,
    model: {
      dimension: 50,
      priors: [0.5, 0.5],
      spectrum: { kind: 'identity', variances: [1, 1] },
      means: { arrangement: { kind: 'opposite' }, profile: { kind: 'flat' } },
    },
    loss: { kind: 'binary-least-squares' },
    optimizer: { schedule: { kind: 'constant', rate } },
    horizon: 20,
    grid: { kind: 'log', first: 0.1, points: 20 },
    theory: { curves: ['ode'] },
    simulation: { engine: 'sgd', runs, seed: 1 },
  };
}

/** Opens the app with a study of these experiments. */
async function imported(name: string, experiments: readonly unknown[]): Promise<RunningApp> {
  const path = join(folder, `${name}.json`);
  writeFileSync(path, JSON.stringify({ format: 'sgdlab-study', version: 1, name, experiments }));
  running = await startApp(folder);
  await answerDialogs(running.app, { open: [path] });
  await running.page.keyboard.press('Control+o');
  await running.page.getByTestId('run').waitFor();
  return running;
}

async function run(page: Page): Promise<void> {
  await page.getByTestId('run').click();
  // there is nothing left to run once all is stored
  const done = async () => (await page.getByTestId('run').count()) > 0 && page.getByTestId('run').isDisabled();
  await expect.poll(done, { timeout: 120_000 }).toBe(true);
}

describe('figures in the real app', () => {
  it('name every one of twelve curves, on the screen and in the exported file', async () => {
    const names = Array.from({ length: 12 }, (_, k) => `Experiment of a long name, number ${k + 1}`);
    const { app, page, complaints } = await imported(
      'twelve',
      names.map((name, k) => experiment(`e${k}`, name, 0.1 * (k + 1), 1)),
    );
    await expect.poll(() => page.getByTestId('run').innerText()).toContain('Run 12');
    await run(page);
    await expect.poll(() => page.getByTestId('run').innerText(), { timeout: 20_000 }).toContain('Up to date');
    await page.getByTestId('overlay-all').click();
    const legend = page.getByTestId('figure-legend-risk').locator('li');
    await expect.poll(() => legend.allInnerTexts(), { timeout: 20_000 }).toEqual(names);
    const strokes = await page
      .locator('[data-testid^="experiment-"] .key path:first-child')
      .evaluateAll((paths) =>
        paths.map((path) => `${path.getAttribute('stroke')} ${path.getAttribute('stroke-dasharray')}`),
      );
    expect(new Set(strokes).size).toBe(12);
    const file = join(folder, 'risk.svg');
    await answerDialogs(app, { save: file });
    await page.getByTestId('figure-risk').hover();
    await page.getByTestId('figure-menu-risk').click();
    await page.getByRole('menuitem', { name: 'Export for a paper' }).click();
    await page.getByTestId('export-dialog').getByText('SVG', { exact: true }).click();
    await page.getByTestId('export-save').click();
    await page.getByText('Saved to').waitFor();
    const svg = readFileSync(file, 'utf8').replace(/<metadata>.*?<\/metadata>/s, '');
    for (const name of names) expect(svg).toContain(`>${name}<`);
    expect(complaints).toEqual([]);
  });

  it('of what diverged show the beginning, and say it in one line', async () => {
    const { page, complaints } = await imported('diverges', [experiment('nine', 'Nine', 9, 11)]);
    await run(page);
    await expect.poll(() => page.getByTestId('run').innerText(), { timeout: 20_000 }).toContain('1 diverged');
    await expect
      .poll(() => page.getByTestId('experiment-nine').innerText())
      .toMatch(/diverged at t = [\d.]+ · theory · 11 runs/);
    await expect.poll(() => page.getByTestId('figure-risk').innerText()).toContain('above where the curves begin');
    await expect.poll(() => page.getByTestId('figure-risk').innerText()).toContain('run 0 … run 10 diverged (norm)');
    await page.getByRole('tab', { name: 'Table' }).click();
    await expect.poll(() => page.getByTestId('table').innerText()).toContain('Nine');
    expect(complaints).toEqual([]);
  });

  it('of the preset Phase transition show every value of β', async () => {
    running = await startApp(folder);
    const { page, complaints } = running;
    await openPreset(page, 'phase-transition');
    await run(page);
    const titles = page.getByTestId('sweep').locator('h2');
    await expect
      .poll(() => titles.allInnerTexts(), { timeout: 20_000 })
      .toEqual([
        'Risk over α × β',
        'Risk against α',
        ...['0', '0.25', '0.5', '0.75', '1', '1.25', '1.5'].map((value) => `Risk, β = ${value}`),
      ]);
    expect(complaints).toEqual([]);
  });
});
