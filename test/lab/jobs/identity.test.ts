/**
 * Whatever else is computed beside it, in which order and on how many threads: a run is the run that the engine gives
 * when it is called directly for that experiment alone.
 */
import { join } from 'node:path';
import { type Refusal } from '../../../src/refusal/refusal.ts';
import { englishLine } from '../../../src/text/refusals/index.ts';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { root } from '../../../scripts/ensure-build.mjs';
import { prepare } from '../../../src/core/experiment/setup.ts';
import { lossKinds } from '../../../src/core/loss/loss-spec.ts';
import { rootStream } from '../../../src/core/math/random.ts';
import { scheduleKinds } from '../../../src/core/schedule/schedule-kinds.ts';
import { simulate } from '../../../src/core/engines/engine.ts';
import { engineKind } from '../../../src/core/engines/engine-kind.ts';
import { engineKinds } from '../../../src/core/engines/engine-kinds.ts';
import { keysOf, workKey } from '../../../src/core/experiment/identity.ts';
import { parseExperiment, parseStudy, requireParsed } from '../../../src/study/parse.ts';
import { simulationCurves, theoryCurve, type Curve } from '../../../src/study/experiment-results.ts';
import { type Experiment, type Study } from '../../../src/core/experiment/schema.ts';
import { curveKind } from '../../../src/core/theory/curves/curve-kind.ts';
import { DEFAULT_TOLERANCE } from '../../../src/core/theory/theory.ts';
import { besidesOf } from '../../core/loss/pairs.ts';
import { runStudy } from '../../../src/lab/jobs/run-study.ts';
import { JobRunner } from '../../../src/lab/jobs/runner.ts';
import { WorkerPool } from '../../../src/lab/jobs/pool.ts';
import { askedCurves } from '../../../src/lab/jobs/work.ts';

const workerUrl = pathToFileURL(join(root, 'out', 'main', 'worker.js'));
const HORIZON = 1.5;
const POINTS = 4;

/** Every engine × loss × schedule × seed that may be combined, small. */
const every: Experiment[] = engineKinds.flatMap(({ kind: engine }) =>
  lossKinds.flatMap((loss) =>
    scheduleKinds.flatMap((schedule) =>
      [1, 2].flatMap((seed) => {
        const [least, most] = loss.classes;
        const classes = Math.min(Math.max(2, least), most);
        const parsed = parseExperiment({
          id: `${engine}-${loss.kind}-${schedule.kind}-${seed}`,
          model: {
            dimension: 24,
            priors: Array.from({ length: classes }, () => 1 / classes),
            spectrum: { kind: 'identity', variances: Array.from({ length: classes }, (_, i) => 1 / (1 + i)) },
            means: { arrangement: { kind: 'gaussian', seed: 3 }, profile: { kind: 'flat' } },
          },
          loss: loss.template(classes),
          // 21 flows for each experiment would take their time
          ...besidesOf(loss.kind, 'given'),
          optimizer: { schedule: schedule.template(0.5, HORIZON), start: { kind: 'gaussian', seed: 4, scale: 0.5 } },
          horizon: HORIZON,
          grid: { kind: 'linear', points: POINTS },
          simulation: { engine, runs: 3, seed },
        });
        return parsed.ok ? [parsed.value] : [];
      }),
    ),
  ),
);

const study = (experiments: readonly Experiment[]): Study =>
  requireParsed(parseStudy({ format: 'sgdlab-study', version: 1, experiments }));

/** The same experiments in an order of no meaning. */
function shuffled<T>(items: readonly T[], seed: number): T[] {
  const stream = rootStream(seed).child('order', 0);
  return items
    .map((item) => ({ item, at: stream.normal() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

/** Rows as the core computes them, without pool, thread or cache: by key of the work. */
async function alone(experiment: Experiment): Promise<Map<string, Float64Array>> {
  const setup = prepare(experiment);
  const keys = keysOf(experiment);
  const blank = () => new Float64Array(setup.steps.length * setup.layout.size).fill(NaN);
  const found = new Map<string, Float64Array>();
  for (const curve of experiment.theory.curves) {
    const rows = blank();
    const onRow = (point: number, row: Float64Array) => rows.set(row, point * setup.layout.size);
    await curveKind(curve).solve(setup, { tolerance: DEFAULT_TOLERANCE, onRow, shouldStop: () => false });
    found.set(workKey(keys, { kind: curve }), rows);
  }
  for (let run = 0; run < experiment.simulation.runs; run++) {
    const rows = blank();
    const onRow = (_: number, point: number, row: Float64Array) => rows.set(row, point * setup.layout.size);
    await simulate(engineKind(experiment.simulation.engine), setup, { runs: [run], onRow, shouldStop: () => false });
    found.set(workKey(keys, { kind: 'simulation', run }), rows);
  }
  return found;
}

const bytes = (rows: Float64Array) => Buffer.from(rows.buffer, rows.byteOffset, rows.byteLength);

describe('what the pool computes', () => {
  const expected = new Map<string, Float64Array>();
  beforeAll(async () => {
    for (const experiment of every) (await alone(experiment)).forEach((rows, key) => expected.set(key, rows));
  });

  it('is held against every engine, loss and schedule, and against numbers that differ', () => {
    for (const { kind } of engineKinds) expect(every.some(({ simulation }) => simulation.engine === kind)).toBe(true);
    for (const { kind } of lossKinds) expect(every.some(({ loss }) => loss.kind === kind)).toBe(true);
    for (const { kind } of scheduleKinds)
      expect(every.some(({ optimizer }) => optimizer.schedule.kind === kind)).toBe(true);
    expect(every.length).toBeGreaterThan(100);
    // a line search that finds no way down leaves a run at its start, which is the same for every engine
    const isAtRest = (rows: Float64Array) => rows[0] === rows[(rows.length * (POINTS - 1)) / POINTS];
    const runs = [...expected].filter(([key, rows]) => key.includes('/run-') && !isAtRest(rows));
    expect(runs.length).toBeGreaterThan(1000);
    expect(new Set(runs.map(([, rows]) => bytes(rows).toString('hex'))).size).toBe(runs.length);
  });

  it.each([1, 2, 3])('in any order on %i threads is bit for bit what is computed alone', async (threads) => {
    const { results, refusals } = await runStudy(study(shuffled(every, threads)), {
      workerUrl,
      threads,
      only: null,
      signal: new AbortController().signal,
      onProgress: () => {},
    });
    const wrong: string[] = [];
    let compared = 0;
    for (const { experiment, curves } of results) {
      const keys = keysOf(experiment);
      for (const curve of curves) {
        const key = workKey(keys, curve.source);
        const rows = expected.get(key);
        compared++;
        if (curve.key !== key || !rows || !bytes(rows).equals(bytes(curve.rows))) {
          wrong.push(`${experiment.id} ${JSON.stringify(curve.source)}`);
        }
      }
    }
    expect(wrong).toEqual([]);
    expect(refusals).toEqual([]);
    expect(compared).toBe(expected.size + duplicates());
  });

  /** Theory curves are those of all seeds and engines: they are counted once in `expected`. */
  function duplicates(): number {
    const theory = every.flatMap((experiment) =>
      experiment.theory.curves.map((kind) => workKey(keysOf(experiment), { kind })),
    );
    return theory.length - new Set(theory).size;
  }

  it('interleaved from several studies at once is the same', async () => {
    const some = shuffled(every, 9).slice(0, 24);
    const curves: Curve[] = [];
    const pool = new WorkerPool(workerUrl, 2);
    const runner = new JobRunner(pool, {
      job: () => {},
      rows: () => {},
      curve: ({ curve }) => void curves.push(curve),
    });
    some.forEach((experiment, k) =>
      runner.submit(`study-${k % 3}`, [{ experiment, sources: askedCurves(experiment) }]),
    );
    await runner.whenIdle();
    pool.close();
    expect(curves.length).toBe(some.flatMap(askedCurves).length);
    for (const { key, rows } of curves) expect(bytes(rows).equals(bytes(expected.get(key) as Float64Array))).toBe(true);
  });
});

describe('a worker that answers with the work of another', () => {
  it('fails the job with a sentence, and nothing is delivered', async () => {
    const [one, other] = every.filter(({ id }) => id.startsWith('sgd-logistic-constant'));
    const real = new WorkerPool(workerUrl, 1);
    // a thread that keeps the setup of the first description that it was given, as version 0.1.0 did
    const stubborn = Object.assign(Object.create(real) as WorkerPool, {
      run: (task: Parameters<WorkerPool['run']>[0], callbacks: Parameters<WorkerPool['run']>[1]) =>
        real.run({ ...task, experiment: one }, callbacks),
    });
    const given: string[] = [];
    let last: unknown;
    const runner = new JobRunner(stubborn, {
      job: (info) => (last = info.state),
      rows: () => {},
      curve: ({ curve }) => void given.push(curve.key),
    });
    runner.submit('s', [{ experiment: other, sources: [{ kind: 'simulation', run: 0 }] }]);
    await runner.whenIdle();
    real.close();
    expect(given).toEqual([]);
    expect(last).toMatchObject({ kind: 'finished', status: 'failed' });
    expect(englishLine((last as { refusals: Refusal[] }).refusals[0])).toMatch(/not of the work that was asked for/);
  });
});

describe('experiments that differ in the seed or the engine alone', () => {
  it('have other runs and the same theory', async () => {
    const [a] = every.filter(({ id }) => id.startsWith('sgd-logistic-constant'));
    const of = (id: string, simulation: object) => ({ ...a, id, simulation: { ...a.simulation, ...simulation } });
    const { results } = await runStudy(study([of('a', {}), of('b', { seed: 7 }), of('c', { engine: 'reduced' })]), {
      workerUrl,
      threads: 1,
      only: null,
      signal: new AbortController().signal,
      onProgress: () => {},
    });
    const hex = results.map((each) => simulationCurves(each).map(({ rows }) => bytes(rows).toString('hex')));
    expect(new Set(hex.flat()).size).toBe(9);
    const theory = results.map((each) => theoryCurve(each, 'ode')?.rows);
    expect(theory[1]).toEqual(theory[0]);
    expect(theory[2]).toEqual(theory[0]);
    expect(results.map((each) => simulationCurves(each)[0].report.details.engine)).toEqual(['sgd', 'sgd', 'reduced']);
    expect(results[0].curves[0].report.origin).toMatchObject({ platform: `${process.platform}-${process.arch}` });
  });
});
