/** Start, rest and drawing of the app: the built app in the real Electron. Needs a display. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { _electron, type ElectronApplication } from 'playwright-core';
import { answerDialogs, electronPath, libraryFolder, startApp } from '../e2e/app.ts';
import { type BenchRow } from './row.ts';

/** The first start reads Electron from the disk; the median of the others is told. */
const STARTS = 6;
/** How long the app is left alone before its memory is read. */
const REST_MS = 5000;

interface Measured {
  readonly usable: number;
  readonly resident: number;
  readonly proportional: number;
}

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

/**
 * Milliseconds from the start of the process to a library that can be clicked, the driver's own time included;
 * and MB of all processes together after a rest: resident (shared pages counted in each) and proportional (once).
 */
async function measure(folder: string, rest: number): Promise<Measured> {
  const { app, page } = await startApp(folder);
  try {
    await page.getByTestId('new-study').first().click({ trial: true });
    const usable = Date.now() - (await app.evaluate(() => process.getCreationTime() ?? Number.NaN));
    await new Promise((resolve) => setTimeout(resolve, rest));
    const pids = await processes(app);
    const sum = (field: string) => pids.reduce((total, pid) => total + memory(pid, field), 0);
    return { usable, resident: sum('Rss'), proportional: sum('Pss') };
  } finally {
    await app.close();
  }
}

/** An app that opens an empty window: what Electron itself takes to start here. */
const EMPTY_APP = `
const { app, BrowserWindow } = require('electron');
app.whenReady().then(() => new BrowserWindow({ width: 1280, height: 800 }).loadURL('data:text/html,<p>empty</p>'));
`;

/** Milliseconds from the start of the process to an empty page that can be clicked, measured as `measure` does. */
async function emptyStart(folder: string): Promise<number> {
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'empty', main: 'main.js' }));
  writeFileSync(join(folder, 'main.js'), EMPTY_APP);
  const app = await _electron.launch({ executablePath: electronPath(), args: [folder] });
  try {
    const page = await app.firstWindow();
    await page.locator('p').click({ trial: true });
    return Date.now() - (await app.evaluate(() => process.getCreationTime() ?? Number.NaN));
  } finally {
    await app.close();
  }
}

const processes = (app: ElectronApplication) =>
  app.evaluate(({ app: electron }) => electron.getAppMetrics().map(({ pid }) => pid));

/** MB, by Linux's own sum over the mappings of a process. */
function memory(pid: number, field: string): number {
  const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  return Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(text)?.[1]) / 1024;
}

/** What is drawn: so many theory curves with so many points each. */
const CURVES = 200;
const POINTS = 2000;
const REDRAWS = 15;

function manyCurves(): unknown {
  return {
    format: 'sgdlab-study',
    version: 1,
    name: 'Many curves',
    experiments: Array.from({ length: CURVES }, (_, k) => ({
      id: `e${k}`,
      model: {
        dimension: 1000,
        priors: [0.5, 0.5],
        spectrum: { kind: 'identity' },
        means: { arrangement: { kind: 'opposite' }, profile: { kind: 'flat' } },
      },
      loss: { kind: 'logistic' },
      optimizer: { schedule: { kind: 'constant', rate: 0.1 + 0.01 * k } },
      horizon: 20,
      grid: { kind: 'linear', points: POINTS },
    })),
  };
}

/**
 * Milliseconds from the click that changes the axis of a figure of all the curves to the frame that shows it, median:
 * up to two frames of waiting are in it.
 */
async function redraw(folder: string): Promise<number> {
  const path = join(folder, 'many.json');
  writeFileSync(path, JSON.stringify(manyCurves()));
  const { app, page } = await startApp(folder);
  try {
    await answerDialogs(app, { open: [path] });
    await page.getByTestId('import').click();
    await page.getByTestId('run').click();
    const curves = () =>
      page.evaluate(async () => (await window.lab.listStudies({ search: '', archived: false }))[0].curves);
    while ((await curves()) < CURVES) await page.waitForTimeout(200);
    await page.getByTestId('overlay-all').click();
    await page.getByTestId('figure-risk').getByRole('button', { name: 'Enlarge' }).click();
    await page.waitForTimeout(2000);
    const waits = await page.evaluate(async (times) => {
      const button = document.querySelector<HTMLElement>('[data-testid="value-log"]');
      const found: number[] = [];
      for (let k = 0; k < times; k++) {
        const start = performance.now();
        button?.click();
        await new Promise((resolve) => requestAnimationFrame(resolve));
        await new Promise((resolve) => requestAnimationFrame(resolve));
        await new Promise((resolve) => setTimeout(resolve));
        found.push(performance.now() - start);
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      return found;
    }, REDRAWS);
    return median(waits);
  } finally {
    await app.close();
  }
}

export async function benchApp(): Promise<BenchRow[]> {
  const { folder, remove } = libraryFolder();
  const emptyFolder = libraryFolder();
  try {
    const starts: Measured[] = [];
    const empty: number[] = [];
    for (let k = 0; k < STARTS; k++) {
      starts.push(await measure(folder, k === STARTS - 1 ? REST_MS : 0));
      empty.push(await emptyStart(emptyFolder.folder));
    }
    const [first, ...later] = starts;
    const last = starts[STARTS - 1];
    const usable = median(later.map((start) => start.usable));
    return [
      {
        what: 'app: process start to usable window, median',
        value: usable,
        unit: 'ms',
        ratios: { 'first start': first.usable / usable, 'empty Electron window': median(empty) / usable },
        target: '<= 1500 ms',
      },
      {
        what: 'app: memory at rest, all processes, shared pages once (PSS)',
        value: last.proportional,
        unit: 'MB',
        ratios: { 'RSS / PSS': last.resident / last.proportional },
      },
      {
        what: `app: figure of ${CURVES} curves × ${POINTS} points, click to drawn, median`,
        value: await redraw(folder),
        unit: 'ms',
        ratios: {},
        target: '<= 50 ms',
      },
    ];
  } finally {
    remove();
    emptyFolder.remove();
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  for (const row of await benchApp()) console.log(JSON.stringify(row));
}
