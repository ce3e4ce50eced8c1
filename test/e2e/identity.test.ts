/** In the real app: what is shown and exported after every change of seed and engine is what was asked for. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { prepare } from '../../src/core/experiment/setup.ts';
import { simulate } from '../../src/core/engines/engine.ts';
import { engineKind } from '../../src/core/engines/engine-kind.ts';
import { keysOf, workKey } from '../../src/core/experiment/identity.ts';
import { parseStudy, requireParsed } from '../../src/study/parse.ts';
import { type Curve } from '../../src/study/experiment-results.ts';
import { type Experiment } from '../../src/core/experiment/schema.ts';
import { readArchive } from '../../src/lab/archive/index.ts';
import { answerDialogs, libraryFolder, startApp, type RunningApp } from './app.ts';

const { folder, remove } = libraryFolder();
afterAll(remove);

let running: RunningApp | null = null;
afterEach(async () => {
  await running?.app.close().catch(() => {});
  running = null;
});

const described = {
  format: 'sgdlab-study',
  version: 1,
  name: 'Seeds and engines',
  experiments: [
    {
      id: 'e',
      name: 'E',
      model: {
        dimension: 60,
        priors: [0.5, 0.5],
        spectrum: { kind: 'identity', variances: [1, 0.4] },
        means: { arrangement: { kind: 'opposite' }, profile: { kind: 'flat' } },
      },
      loss: { kind: 'logistic' },
      optimizer: { schedule: { kind: 'constant', rate: 0.6 } },
      horizon: 3,
      grid: { kind: 'linear', points: 4 },
      simulation: { engine: 'sgd', runs: 6, seed: 1 },
    },
  ],
};

/** The runs of an experiment as the engine gives them. */
function alone(experiment: Experiment): Promise<string[]> {
  const setup = prepare(experiment);
  const one = async (run: number) => {
    const rows = new Float64Array(setup.steps.length * setup.layout.size).fill(NaN);
    const onRow = (_place: number, point: number, row: Float64Array) => rows.set(row, point * setup.layout.size);
    await simulate(engineKind(experiment.simulation.engine), setup, { runs: [run], onRow, shouldStop: () => false });
    return hex(rows);
  };
  return Promise.all(Array.from({ length: experiment.simulation.runs }, (_, run) => one(run)));
}

const hex = (rows: Float64Array): string => Buffer.from(rows.buffer, rows.byteOffset, rows.byteLength).toString('hex');
const isRun = ({ source }: Curve): boolean => source.kind === 'simulation';

describe('runs in the app', () => {
  it('are those of the seed and the engine that are set, whatever was run before, and after a restart', async () => {
    const file = join(folder, 'study.json');
    writeFileSync(file, JSON.stringify(described));
    const [base] = requireParsed(parseStudy(described)).experiments;
    running = await startApp(folder);
    let { app, page } = running;
    await answerDialogs(app, { open: [file] });
    await page.getByTestId('import').click();
    await expect.poll(() => page.getByTestId('study-name').inputValue()).toBe('Seeds and engines');
    let exports = 0;
    const exported = async () => {
      const path = join(folder, `export-${exports++}.sgdlab`);
      await answerDialogs(app, { save: path });
      await page.keyboard.press('Control+s');
      await expect.poll(() => readArchive(path).results.length, { timeout: 20_000 }).toBe(1);
      return readArchive(path).results[0];
    };
    const runAll = async () => {
      await page.getByTestId('run').click();
      await page.getByTestId('experiment-e').getByText('6 runs · done').waitFor({ timeout: 60_000 });
    };
    // until they are run again nothing is called done
    const notDone = () => page.getByTestId('experiment-e').getByText('6 runs · done').waitFor({ state: 'detached' });
    const expected = (simulation: object) => ({ ...base, simulation: { ...base.simulation, ...simulation } });
    const check = async (simulation: object) => {
      const experiment = expected(simulation);
      const { curves } = await exported();
      expect(curves.filter(isRun).map(({ key }) => key)).toEqual(
        [0, 1, 2, 3, 4, 5].map((run) => workKey(keysOf(experiment), { kind: 'simulation', run })),
      );
      expect(curves.filter(isRun).map(({ rows }) => hex(rows))).toEqual(await alone(experiment));
    };
    await runAll();
    await check({});
    const seed = page.locator('[data-field="simulation.seed"] input');
    await seed.fill('2');
    await seed.press('Tab');
    await notDone();
    await runAll();
    await check({ seed: 2 });
    const engine = page
      .getByTestId('editor')
      .locator('select')
      .filter({ has: page.locator('option[value=hsgd]') });
    await engine.selectOption('hsgd');
    await notDone();
    await runAll();
    await check({ seed: 2, engine: 'hsgd' });
    await engine.selectOption('reduced');
    await notDone();
    await runAll();
    await check({ seed: 2, engine: 'reduced' });
    // back by undo: nothing is computed again, and the first runs are there
    await page.getByTestId('study-name').focus();
    // two changes of one field in quick succession are one step
    while ((await engine.inputValue()) !== 'sgd') await page.getByTestId('undo').click();
    await page.getByTestId('status-saved').waitFor();
    await page.getByTestId('experiment-e').getByText('6 runs · done').waitFor();
    await check({ seed: 2 });
    await app.close();
    running = await startApp(folder);
    ({ app, page } = running);
    await page.locator('button[data-testid^="study-"]').first().click();
    await page.getByTestId('experiment-e').getByText('6 runs · done').waitFor();
    await check({ seed: 2 });
    expect(running.complaints).toEqual([]);
  });
});
