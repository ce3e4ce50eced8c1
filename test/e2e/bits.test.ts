import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { prepare } from '../../src/core/experiment/setup.ts';
import { refusalOf } from '../../src/core/engines/engine.ts';
import { engineKinds } from '../../src/core/engines/engine-kinds.ts';
import { parseStudy, requireParsed } from '../../src/study/parse.ts';
import { presets } from '../../src/study/presets/presets.ts';
import { type Experiment } from '../../src/core/experiment/schema.ts';
import { root } from '../../scripts/ensure-build.mjs';
import { answerDialogs, archiveDigest, libraryFolder, startApp, type RunningApp } from './app.ts';

const { folder, remove } = libraryFolder();
afterAll(remove);

let running: RunningApp | null = null;
afterEach(async () => {
  await running?.app.close().catch(() => {});
  running = null;
});

/** Every experiment of every preset with its theory, and one run of each engine that takes a preset's first one. */
function everything(): Experiment[] {
  return presets.flatMap((preset) => {
    const { experiments } = requireParsed(parseStudy(preset.study()));
    const renamed = (experiment: Experiment, suffix: string) => ({
      ...experiment,
      id: `${preset.name}--${experiment.id}${suffix}`,
    });
    const [first] = experiments;
    const setup = prepare(first);
    const able = engineKinds.filter((engine) => refusalOf(engine, setup) === null);
    return [
      ...experiments.map((each) => ({ ...renamed(each, ''), simulation: { ...each.simulation, runs: 0 } })),
      ...able.map(({ kind }) => ({
        ...renamed(first, `--${kind}`),
        // one preset goes on to t = 1e9, by theory alone
        horizon: Math.min(first.horizon, 5),
        simulation: { ...first.simulation, engine: kind, runs: 1 },
      })),
    ];
  });
}

describe('the command line and the app', () => {
  it('compute the same bits for every preset and engine: spectra, means, theory and runs', async () => {
    const experiments = everything();
    const study = join(folder, 'study.json');
    // a geometric axis, expanded by each of the two for itself
    const { id: _id, name: _name, ...base } = experiments[0];
    const range = { kind: 'log', from: 0.3, to: 0.7, points: 7 };
    const sweep = { axes: [{ parameter: 'horizon', range }], base };
    const described = { format: 'sgdlab-study', version: 1, name: 'Everything', experiments, sweep };
    writeFileSync(study, JSON.stringify(described));

    const byNode = join(folder, 'node.sgdlab');
    const cli = join(root, 'out', 'main', 'cli.js');
    const { status, stderr } = spawnSync(process.execPath, [cli, 'run', study, '--out', byNode], {
      encoding: 'utf8',
    });
    expect(stderr).not.toContain('experiments[');
    expect(status).toBe(0);

    running = await startApp(folder);
    const { app, page } = running;
    // else nothing is compared
    expect(await app.evaluate(() => process.versions.v8)).not.toBe(process.versions.v8);
    const byApp = join(folder, 'app.sgdlab');
    await answerDialogs(app, { open: [study], save: byApp });
    await page.getByTestId('import').click();
    await expect.poll(() => page.getByTestId('study-name').inputValue()).toBe('Everything');
    await page.getByTestId('run').click();
    await page.getByTestId('cancel').waitFor();
    await page.getByTestId('cancel').waitFor({ state: 'hidden', timeout: 800_000 });
    await page.keyboard.press('Control+s');
    await expect.poll(() => digest(byApp).length, { timeout: 60_000 }).toBeGreaterThan(0);

    const [ofApp, ofNode] = [digest(byApp), digest(byNode)];
    // spectra, means, theory and runs are there
    for (const array of ['eigenvalues', 'means', 'ode/risk', 'sgd/risk']) {
      expect(
        ofNode.filter(([name]) => name.endsWith(`/${array}.npy`) || name.endsWith(`/${array}`)).length,
      ).toBeGreaterThan(presets.length - 1);
    }
    const different = ofNode.filter(([name, value], k) => ofApp[k]?.[0] !== name || ofApp[k][1] !== value);
    expect(different.map(([name]) => name)).toEqual([]);
    expect(ofApp.length).toBe(ofNode.length);
  }, 1_800_000);
});

/** Names and hashes of an archive's arrays; none while it is not there. */
function digest(path: string): [string, string][] {
  try {
    return Object.entries(archiveDigest(path)).map(([name, value]) => [name, JSON.stringify(value)]);
  } catch {
    return [];
  }
}
