/** A new spectrum and a new learning-rate rule, one file and one line of a registry each: all that follows from them. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { refusalOf } from '../../src/core/engines/engine.ts';
import { engineKinds } from '../../src/core/engines/engine-kinds.ts';
import { prepare } from '../../src/core/experiment/setup.ts';
import { figureKinds } from '../../src/figures/figure-kinds.ts';
import { exportCsv, readArchive, writeArchive } from '../../src/lab/archive/index.ts';
import { modelTex, scheduleTex } from '../../src/renderer/equations.ts';
import { parseExperiment } from '../../src/study/parse.ts';
import { refusalsIn } from '../../src/text/refusals/index.ts';
import { ensemble, summary } from '../core/engines/ensembles.ts';
import { solved } from '../core/theory/solving.ts';
import { inputsOf, viewOf } from '../figures/synthetic.ts';
import { newFolder } from './database/folder.ts';
import { resultsFor, studyOf } from './synthetic.ts';

vi.mock('../../src/core/model/spectrum/spectrum-kinds.ts', async (original) => {
  const { spectrumKinds } = await original<{ spectrumKinds: readonly object[] }>();
  return { spectrumKinds: [...spectrumKinds, (await import('../toys/spectrum.ts')).toySpectrum] };
});
vi.mock('../../src/core/schedule/schedule-kinds.ts', async (original) => {
  const { scheduleKinds } = await original<{ scheduleKinds: readonly object[] }>();
  return { scheduleKinds: [...scheduleKinds, (await import('../toys/schedule.ts')).toySchedule] };
});

const DIMENSION = 120;
const spectrum = { kind: 'toy-exponential', decays: [3, 0.5] };
const schedule = { kind: 'toy-breathing', rate: 0.6, depth: 0.9 };
const described = (changes: { spectrum?: object; schedule?: object } = {}) => ({
  id: 'toy',
  model: {
    dimension: DIMENSION,
    priors: [0.4, 0.6],
    spectrum: { ...spectrum, ...changes.spectrum },
    means: { arrangement: { kind: 'opposite' }, profile: { kind: 'flat' } },
  },
  loss: { kind: 'logistic' },
  optimizer: { schedule: { ...schedule, ...changes.schedule } },
  horizon: 4,
  grid: { kind: 'linear', points: 5 },
  theory: { curves: ['ode', 'gradient-flow'] },
  simulation: { engine: 'sgd', runs: 2, seed: 4 },
});

function parsed(changes = {}) {
  const result = parseExperiment(described(changes));
  if (!result.ok) throw new Error(JSON.stringify(result.refusals));
  return result.value;
}
const complaints = (language: 'en' | 'ja', changes: object) => {
  const result = parseExperiment(described(changes));
  return result.ok ? [] : result.refusals.map(refusalsIn(language).line);
};

describe('a spectrum and a learning-rate rule of one file each', () => {
  it('are read, and refused in both languages', () => {
    expect(parsed().model.spectrum).toEqual(spectrum);
    expect(parsed().optimizer.schedule).toEqual(schedule);
    const wrong = { spectrum: { decays: [10, 1] }, schedule: { depth: 1 } };
    expect(complaints('en', wrong)).toEqual([
      'model.spectrum.decays: expected decays that leave something',
      'optimizer.schedule.depth: expected a breath that never stops',
    ]);
    expect(complaints('ja', wrong)).toEqual([
      expect.stringMatching(/^model\.spectrum\.decays.*何かが残る減衰が必要です$/),
      expect.stringMatching(/^optimizer\.schedule\.depth.*止まらない呼吸が必要です$/),
    ]);
    expect(complaints('en', { spectrum: { decays: [1] } })).toEqual([
      expect.stringMatching(/^model\.spectrum\.decays: .*2/),
    ]);
    expect(complaints('en', { schedule: { depth: 2 } })).toEqual([
      expect.stringMatching(/^optimizer\.schedule\.depth:/),
    ]);
  });

  it('stand in the formulas with their numbers', () => {
    expect(modelTex(parsed())[0]).toContain('a = (3,\\,0.5)');
    expect(scheduleTex(parsed())).toContain('1 - 0.9');
  });

  it('run: theory agrees with every engine that takes them, and is not that of another rule', async () => {
    const setup = prepare(parsed());
    const theory = solved(setup).curve('risk');
    const still = solved(prepare(parsed({ schedule: { depth: 0 } }))).curve('risk');
    expect(Math.abs(still[4] - theory[4])).toBeGreaterThan(0.01);
    const engines = engineKinds.filter((engine) => refusalOf(engine, setup) === null);
    expect(engines.length).toBeGreaterThan(1);
    for (const engine of engines) {
      const runs = await ensemble(engine, setup, 16);
      theory.forEach((risk, point) => {
        const { mean, meanError } = summary(runs.values(point, 'risk'));
        // 4 standard errors, and a bias of order 1/d
        expect(Math.abs(mean - risk), `${engine.kind} at ${point}`).toBeLessThan(4 * meanError + 1 / DIMENSION);
      });
    }
  });

  it('are drawn by every figure that applies', () => {
    const results = resultsFor(parsed());
    const applying = figureKinds.filter((kind) => kind.applies(results));
    expect(applying.length).toBeGreaterThan(3);
    for (const kind of applying) expect(kind.build(inputsOf(results), viewOf()).kind).toBe(kind.kind);
  });

  it('are exported, and read again bit for bit', () => {
    const study = studyOf([described()]);
    const results = study.experiments.map((experiment) => resultsFor(experiment));
    const folder = newFolder();
    const path = join(folder, 'toy.sgdlab');
    writeArchive(path, study, results);
    const archive = readArchive(path);
    expect(archive.refusals).toEqual([]);
    expect(archive.study).toEqual(study);
    expect(archive.results[0].curves).toEqual(results[0].curves);
    exportCsv(join(folder, 'csv'), study, results);
    expect(readdirSync(join(folder, 'csv')).length).toBeGreaterThan(0);
  });
});
