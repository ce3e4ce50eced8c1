/**
 * How long the window makes its user wait while every worker thread computes: frames, commands and clicks, measured in
 * the real app over the two large experiments that must take less than a minute each. Reported, not asserted: what is
 * asserted is that the work was done and that the measurement saw the window. For that a fourth of their runs is enough:
 * all of them are made with SGDLAB_LARGE=1.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Page } from 'playwright-core';
import { answerDialogs, libraryFolder, startApp, type RunningApp } from './app.ts';

/** Runs of the one and of the other. */
const [SEEDS, FEW_SEEDS] = process.env.SGDLAB_LARGE === '1' ? [100, 8] : [25, 2];

const place = libraryFolder();
let running: RunningApp | undefined;

const model = (dimension: number, spectrum: unknown, profile: unknown) => ({
  dimension,
  priors: [0.5, 0.5],
  spectrum,
  means: { arrangement: { kind: 'opposite' }, profile },
});
const common = { loss: { kind: 'logistic' }, optimizer: { schedule: { kind: 'constant', rate: 0.5 } } };
const study = {
  format: 'sgdlab-study',
  version: 1,
  name: 'Large',
  experiments: [
    {
      ...common,
      id: 'million',
      model: model(1e6, { kind: 'identity' }, { kind: 'flat' }),
      horizon: 50,
      simulation: { engine: 'reduced', runs: SEEDS, seed: 1 },
    },
    {
      ...common,
      id: 'power-law',
      model: model(20_000, { kind: 'power-law', exponents: [1.1, 1.5] }, { kind: 'power-law', exponent: 0.2 }),
      horizon: 20,
      simulation: { engine: 'sgd', runs: FEW_SEEDS, seed: 1 },
    },
  ],
};

beforeAll(async () => {
  const path = join(place.folder, 'large.json');
  writeFileSync(path, JSON.stringify(study));
  running = await startApp(place.folder);
  await answerDialogs(running.app, { open: [path] });
  await running.page.getByTestId('import').click();
  await running.page.getByTestId('run').waitFor();
});

afterAll(async () => {
  await running?.app.close();
  place.remove();
});

/** Milliseconds that were waited, sorted. */
interface Waits {
  readonly frames: number[];
  readonly commands: number[];
  readonly clicks: number[];
}

/** Starts measuring in the page; what `window.waits()` gives. */
const watch = (page: Page) =>
  page.evaluate(() => {
    const frames: number[] = [];
    const commands: number[] = [];
    const clicks: number[] = [];
    // now and then, not all the time: a page that asks for every frame keeps a core busy with drawing them
    setInterval(() => {
      const asked = performance.now();
      requestAnimationFrame(() => frames.push(performance.now() - asked));
    }, 250);
    const ask = async () => {
      const start = performance.now();
      await window.lab.settings();
      commands.push(performance.now() - start);
      setTimeout(() => void ask(), 100);
    };
    void ask();
    // from the event's own time until the page has handled it
    addEventListener('pointerdown', (event) => {
      setTimeout(() => clicks.push(performance.now() - event.timeStamp));
    });
    Object.assign(window, { waits: () => ({ frames, commands, clicks }) });
  });

const quantile = (values: number[], q: number): string => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))].toFixed(0);
};

it.each([
  { id: 'million', name: `d = 10⁶ identity, T = 50, ${SEEDS} seeds, reduced SGD`, runs: SEEDS },
  { id: 'power-law', name: `d = 20,000 power law, T = 20, ${FEW_SEEDS} seeds, SGD`, runs: FEW_SEEDS },
])('runs $name, and the window answers', { timeout: 300_000 }, async ({ id, name, runs }) => {
  const { page } = running as RunningApp;
  await watch(page);
  const start = Date.now();
  const studyId = await page.evaluate(async (experiment) => {
    const [{ id }] = await window.lab.listStudies({ search: '', archived: false });
    const record = await window.lab.openStudy({ id });
    const status = record.ok ? record.value.status.find((each) => each.experimentId === experiment) : undefined;
    await window.lab.run({ id, experiments: [{ id: experiment, key: status?.key ?? null }] });
    return id;
  }, id);
  // asking for the jobs costs next to nothing; opening the study would read all that is stored, four times a second
  const busy = () =>
    page.evaluate(async () => (await window.lab.listJobs()).some((job) => job.state.kind !== 'finished'));
  while (await busy()) {
    await page.mouse.click(640, 5);
    await page.waitForTimeout(250);
  }
  const seconds = (Date.now() - start) / 1000;
  const { frames, commands, clicks } = await page.evaluate(() => (window as unknown as { waits(): Waits }).waits());
  const told = (values: number[]) =>
    `median ${quantile(values, 0.5)}, 95 % ${quantile(values, 0.95)}, longest ${quantile(values, 1)} ms`;
  console.log(
    `${name}: ${seconds.toFixed(1)} s; frames ${told(frames)}; commands ${told(commands)}; clicks ${told(clicks)}`,
  );
  const stored = await page.evaluate(
    async ([study, experiment]) => {
      const opened = await window.lab.openStudy({ id: study });
      return opened.ok ? opened.value.status.find((each) => each.experimentId === experiment)?.finishedRuns : null;
    },
    [studyId, id] as const,
  );
  expect(stored).toBe(runs);
  expect(commands.length).toBeGreaterThan(3);
  expect(frames.length).toBeGreaterThan(3);
  expect(clicks.length).toBeGreaterThan(1);
});
