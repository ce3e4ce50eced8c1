/** A new engine, theory curve and observable are a file and a registry line each: parsed, estimated, run, drawn, exported. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { runStream } from '../../src/core/experiment/start.ts';
import { gridTimes } from '../../src/core/experiment/grid.ts';
import { isRun } from '../../src/core/experiment/curve-source.ts';
import { keysOf, RESULTS_VERSION } from '../../src/core/experiment/identity.ts';
import { fieldOf } from '../../src/core/observables/row-layout.ts';
import { defaultView, figureKind } from '../../src/figures/index.ts';
import { exportCsv, provenanceOf, readArchive, writeArchive } from '../../src/lab/archive/index.ts';
import { measureRates } from '../../src/lab/jobs/measure.ts';
import { perform } from '../../src/lab/jobs/perform.ts';
import { WorkerPool } from '../../src/lab/jobs/pool.ts';
import { JobRunner, type EndedCurve } from '../../src/lab/jobs/runner.ts';
import { type RowBatch, type Task } from '../../src/lab/jobs/task.ts';
import { askedCurves } from '../../src/lab/jobs/work.ts';
import { defaultRates, estimateCost } from '../../src/study/estimate.ts';
import { parseStudy, requireParsed } from '../../src/study/parse.ts';
import { bySource, type ExperimentResults } from '../../src/study/experiment-results.ts';
import { renderReport } from '../../src/lab/report/index.ts';
import { texts } from '../../src/text/texts.ts';
import { newFolder, open } from './database/folder.ts';

vi.mock('../../src/core/engines/engine-kinds.ts', async (original) => {
  const { engineKinds } = await original<{ readonly engineKinds: readonly object[] }>();
  const { toyEngine } = await import('../toys/engine.ts');
  return { engineKinds: [...engineKinds, toyEngine] };
});
vi.mock('../../src/core/theory/curves/curve-kinds.ts', async (original) => {
  const { curveKinds, ...others } = await original<{ readonly curveKinds: readonly object[] }>();
  const { toyCurve } = await import('../toys/curve.ts');
  return { ...others, curveKinds: [...curveKinds, toyCurve] };
});
vi.mock('../../src/core/observables/observable-kinds.ts', async (original) => {
  const { observableKinds } = await original<{ readonly observableKinds: readonly object[] }>();
  const { toyMeans, toySteps } = await import('../toys/observable.ts');
  return { observableKinds: [...observableKinds, toySteps, toyMeans] };
});

vi.mock('../../src/figures/figure-kinds.ts', async (original) => {
  const { figureKinds } = await original<{ readonly figureKinds: readonly object[] }>();
  const { toyFigure } = await import('../toys/figure.ts');
  return { figureKinds: [...figureKinds, toyFigure] };
});

const described = (model: object = {}) => ({
  format: 'sgdlab-study',
  version: 1,
  name: 'Toys',
  experiments: [
    {
      id: 'toy',
      model: {
        dimension: 40,
        priors: [0.5, 0.5],
        spectrum: { kind: 'identity' },
        means: { arrangement: { kind: 'opposite' }, profile: { kind: 'flat' } },
        ...model,
      },
      loss: { kind: 'logistic' },
      optimizer: { schedule: { kind: 'constant', rate: 0.5 } },
      horizon: 2,
      grid: { kind: 'linear', points: 5 },
      theory: { curves: ['ode', 'toy-curve'] },
      simulation: { engine: 'toy-engine', runs: 3, seed: 1 },
    },
  ],
});

/** Performs tasks as a worker does, on this thread. */
class LocalPool extends WorkerPool {
  private running = 0;
  constructor() {
    super(new URL('file:///no-threads'), 1);
  }
  override get free(): number {
    return 1 - this.running;
  }
  override async run(task: Task, { control, onRows }: { control: Int32Array; onRows(batch: RowBatch): void }) {
    this.running++;
    try {
      return await perform(task, control, onRows);
    } finally {
      this.running--;
    }
  }
}

const study = requireParsed(parseStudy(described()));
const [experiment] = study.experiments;
const bytes = (rows: Float64Array) => Buffer.from(rows.buffer, rows.byteOffset, rows.byteLength).toString('hex');

describe('toy kinds', () => {
  let results: ExperimentResults;
  const live: number[] = [];

  beforeAll(async () => {
    const ended: EndedCurve[] = [];
    const runner = new JobRunner(new LocalPool(), {
      job: () => {},
      rows: (rows) => live.push(...rows.map(({ first }) => first)),
      curve: (curve) => ended.push(curve),
    });
    runner.submit('', [{ experiment, sources: askedCurves(experiment) }]);
    await runner.whenIdle();
    const curves = ended.map(({ curve }) => curve).sort(bySource);
    results = { experiment, frame: ended[0].frame, curves };
  });

  it('are chosen by name, and refused where they are not for the description', () => {
    expect(experiment.simulation.engine).toBe('toy-engine');
    const large = parseStudy(described({ dimension: 60 }));
    expect(large.ok ? [] : large.refusals.map(({ path }) => path)).toEqual(['experiments[0].simulation.engine']);
    const thirds = parseStudy(described({ priors: [0.5, 0.25, 0.25] }));
    expect(thirds.ok).toBe(false);
    const unknown = parseStudy(JSON.parse(JSON.stringify(described()).replace('toy-engine', 'toy-engin')));
    expect(unknown.ok).toBe(false);
  });

  it('are part of keys: a new observable makes older results those of an earlier version', () => {
    expect(RESULTS_VERSION).toBe('3');
    expect(keysOf(experiment).theory).toMatch(/^3-/);
  });

  it('are estimated by rates of their own, typical and measured', async () => {
    const cost = estimateCost(experiment, 1, defaultRates);
    expect(cost.secondsPerRun).toBeCloseTo(80 * 1e-6, 12);
    expect(cost.seconds).toBeGreaterThan(0.25);
    const { engines, curves } = await measureRates();
    expect(engines['toy-engine'].step).toBeGreaterThan(0);
    expect(curves['toy-curve'].curve).toBeGreaterThan(0);
    for (const rates of [...Object.values(engines), ...Object.values(curves)])
      for (const rate of Object.values(rates)) expect(Number.isFinite(rate) && rate >= 0).toBe(true);
  });

  it('run to the end, theory in the order of the registry, rows on the way', () => {
    expect(results.curves.map(({ source }) => source.run ?? source.kind)).toEqual(['ode', 'toy-curve', 0, 1, 2]);
    expect(results.curves.every(({ outcome }) => outcome.status === 'done')).toBe(true);
    expect(live.length).toBeGreaterThan(0);
    const [t] = gridTimes(experiment).slice(-1);
    const { offset } = fieldOf(results.frame.layout, 'norm');
    const last = 4 * results.frame.layout.size;
    const norms = results.curves.filter(({ source }) => isRun(source)).map(({ rows }) => rows[last + offset]);
    // x = pull · 1e-3 · steps in each of 40 directions, whichever runs were simulated together
    norms.forEach((norm, run) => {
      const pull = runStream(1, run).child('pull').normal();
      expect(norm).toBeCloseTo(40 * (pull * 1e-3 * t * 40) ** 2, 10);
    });
  });

  it('an observable is what the process says, and nothing where it says nothing', () => {
    const { layout } = results.frame;
    const { offset } = fieldOf(layout, 'toy_steps');
    const { offset: means } = fieldOf(layout, 'toy_means');
    const { offset: overlap } = fieldOf(layout, 'overlap');
    for (const { source, rows } of results.curves) {
      const last = 4 * layout.size;
      expect(rows[last + offset]).toEqual(isRun(source) ? 80 : NaN);
      expect([rows[last + means], rows[last + means + 1]]).toEqual([
        2 * rows[last + overlap],
        2 * rows[last + overlap + 1],
      ]);
    }
  });

  it('are drawn, named and tabled', () => {
    const figure = figureKind('risk')?.build([{ results, place: 0 }], defaultView);
    expect(figure?.subtitle).toContain('dotted toy theory');
    expect(figure?.subtitle).toContain('toy SGD');
    const [section] = figure?.table.sections ?? [];
    const column = section.columns.find(({ key }) => key === 'toy_curve');
    expect(column?.values[4]).toBeCloseTo(Math.LN2, 12);
    expect(JSON.stringify(figure?.readout(1).rows[0].parts)).toContain('toy theory');
  });

  it('a figure of the observable is drawn, in the report too', () => {
    const inputs = [{ results, place: 0 }];
    const figure = figureKind('toy-steps')?.build(inputs, defaultView);
    expect(figure?.empty).toBe(false);
    expect(figure?.table.sections[0].columns.find(({ key }) => key === 'median')?.values[4]).toBe(80);
    const page = renderReport(texts('en'), [results], study, provenanceOf(study, [results]));
    expect(page).toContain('Toy steps');
    expect(page).toContain('Toy theory');
  });

  it('are exported as CSV and as an archive that is read back bit for bit', () => {
    const folder = newFolder();
    expect(exportCsv(folder, study, [results])).toContain('toy-toy-means.csv');
    const lines = readFileSync(join(folder, 'toy.csv'), 'utf8').split('\n');
    expect(lines[0]).toBe('curve,run,t,risk,error,norm,learning_rate,toy_steps');
    expect(lines.some((line) => line.startsWith('toy-curve,,'))).toBe(true);
    expect(lines.some((line) => /^toy-engine,2,2,.*,80$/.test(line))).toBe(true);
    expect(readFileSync(join(folder, 'toy-toy-means.csv'), 'utf8')).toMatch(/^curve,run,t,class,value\n/);
    const path = join(folder, 'toy.sgdlab');
    writeArchive(path, study, [results]);
    const archive = readArchive(path);
    expect(archive.refusals).toEqual([]);
    const [read] = archive.results;
    expect(read.curves.map(({ source, rows }) => [source, bytes(rows)])).toEqual(
      results.curves.map(({ source, rows }) => [source, bytes(rows)]),
    );
  });

  it('are kept by the library', () => {
    const library = open(newFolder());
    const id = library.createStudy({ ...study });
    for (const curve of results.curves) library.storeCurve(id, experiment, curve, results.frame);
    expect(library.missingWork(id, experiment)).toEqual({ theory: [], runs: [] });
    const kept = library.results(id, study.experiments[0]);
    expect(kept.refusals).toEqual([]);
    expect(kept.results?.curves.map(({ rows }) => bytes(rows))).toEqual(results.curves.map(({ rows }) => bytes(rows)));
  });
});
