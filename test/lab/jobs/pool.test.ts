import { join } from 'node:path';
import { englishLine } from '../../../src/text/refusals/index.ts';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { defaultRates } from '../../../src/study/estimate.ts';
import { type JobInfo, type LiveRows } from '../../../src/api/types.ts';
import { type Curve, theoryCurve } from '../../../src/study/experiment-results.ts';
import { parseStudy, requireParsed } from '../../../src/study/parse.ts';
import { type Study } from '../../../src/core/experiment/schema.ts';
import { WorkerPool } from '../../../src/lab/jobs/pool.ts';
import { runStudy, type StudyRun } from '../../../src/lab/jobs/run-study.ts';
import { JobRunner, type EndedCurve } from '../../../src/lab/jobs/runner.ts';
import { askedCurves } from '../../../src/lab/jobs/work.ts';
import { root } from '../../../scripts/ensure-build.mjs';

const workerUrl = pathToFileURL(join(root, 'out', 'main', 'worker.js'));

/** A study of one power-law experiment. */
function study(change: { horizon?: number; runs?: number; rate?: number; dimension?: number } = {}): Study {
  const { horizon = 5, runs = 4, rate = 1, dimension = 200 } = change;
  return requireParsed(
    parseStudy({
      format: 'sgdlab-study',
      version: 1,
      experiments: [
        {
          id: 'e',
          model: {
            dimension,
            priors: [0.5, 0.5],
            spectrum: { kind: 'power-law', exponents: [1, 1.5] },
            means: { arrangement: { kind: 'opposite' }, profile: { kind: 'flat' } },
          },
          loss: { kind: 'binary-least-squares' },
          optimizer: { schedule: { kind: 'constant', rate } },
          horizon,
          grid: { kind: 'linear', points: 6 },
          simulation: { runs, seed: 3 },
        },
      ],
    }),
  );
}

function run(input: Study, threads: number, signal = new AbortController().signal): Promise<StudyRun> {
  return runStudy(input, { workerUrl, threads, only: null, signal, onProgress: () => {} });
}

/** A study of one experiment of exact reduced SGD, without theory. */
function reducedStudy(change: {
  horizon?: number;
  runs: number;
  rate?: number;
  dimension?: number;
  points?: number;
}): Study {
  const { horizon = 5, runs, rate = 1, dimension = 200, points = 6 } = change;
  return requireParsed(
    parseStudy({
      format: 'sgdlab-study',
      version: 1,
      experiments: [
        {
          id: 'e',
          model: {
            dimension,
            priors: [0.4, 0.6],
            spectrum: { kind: 'identity' },
            means: { arrangement: { kind: 'opposite' }, profile: { kind: 'flat' } },
          },
          loss: { kind: 'binary-least-squares' },
          optimizer: { schedule: { kind: 'constant', rate } },
          horizon,
          grid: { kind: 'linear', points },
          theory: { curves: [] },
          simulation: { engine: 'reduced', runs, seed: 1 },
        },
      ],
    }),
  );
}

/** Number of a run, −1 for theory. */
const runOf = ({ source }: Curve): number => source.run ?? -1;

const pools: WorkerPool[] = [];
afterEach(() => pools.splice(0).forEach((pool) => pool.close()));

/** A runner that collects what it tells. */
function collector(threads: number, url = workerUrl) {
  const pool = new WorkerPool(url, threads);
  pools.push(pool);
  const seen = { jobs: [] as JobInfo[], rows: [] as LiveRows[], curves: [] as EndedCurve[] };
  const runner = new JobRunner(pool, {
    job: (info) => void seen.jobs.push(info),
    rows: (rows) => void seen.rows.push(...rows),
    curve: (curve) => void seen.curves.push(curve),
  });
  return { runner, seen };
}

const work = (input: Study) =>
  input.experiments.map((experiment) => ({ experiment, sources: askedCurves(experiment) }));

describe('running a study on worker threads', () => {
  it('gives the same bits with one worker and with three', async () => {
    const [one, three] = [await run(study(), 1), await run(study(), 3)];
    expect(one.status).toBe('done');
    expect(one.results[0].curves).toHaveLength(5);
    one.results[0].curves.forEach((curve, k) => {
      expect(three.results[0].curves[k].source).toEqual(curve.source);
      expect(three.results[0].curves[k].rows).toEqual(curve.rows);
    });
  });

  it('gives reduced runs the same bits with one worker and with three, whichever are simulated together', async () => {
    const input = reducedStudy({ runs: 7 });
    const [one, three] = [await run(input, 1), await run(input, 3)];
    expect(one.results[0].curves).toHaveLength(7);
    one.results[0].curves.forEach((curve, k) => {
      expect(three.results[0].curves[k].source).toEqual({ kind: 'simulation', run: k });
      expect(three.results[0].curves[k].rows).toEqual(curve.rows);
    });
  });

  it('gives different runs different samples', async () => {
    const { results } = await run(study({ runs: 2 }), 2);
    const [, first, second] = results[0].curves;
    expect(first.rows).not.toEqual(second.rows);
    expect(first.report.details.seed).not.toBe(second.report.details.seed);
  });

  it('reports a diverging learning rate as a result, with the time and the quantity, and keeps the rows before it', async () => {
    const { status, refusals, results } = await run(study({ rate: 50, horizon: 400, runs: 1 }), 2);
    expect(status).toBe('diverged');
    expect(refusals.map(englishLine).join('\n')).toMatch(/e, run 0: diverged at t = [\d.]+: norm (=|overflowed)/);
    const curve = results[0].curves.find(({ source }) => source.kind === 'simulation');
    expect(curve?.outcome.status).toBe('diverged');
    expect(curve && curve.points).toBeGreaterThan(0);
  });

  it('measures what the parts of the work cost here', async () => {
    const pool = new WorkerPool(workerUrl, 1);
    const rates = named(await pool.measure());
    expect(rates.map(([name]) => name)).toEqual(named(defaultRates).map(([name]) => name));
    // what further outputs add is a difference of two measurements, which may vanish
    const wrong = rates.filter(
      ([name, rate]) => !(rate < 60 && (rate > 0 || (rate === 0 && /furtherOutput$/.test(name)))),
    );
    expect(wrong).toEqual([]);
    expect(pool.free).toBe(1);
    pool.close();
  });

  it('a cancelled study returns what has finished', async () => {
    const controller = new AbortController();
    const long = study({ horizon: 4000, dimension: 2000, runs: 2 });
    const running = runStudy(long, {
      workerUrl,
      threads: 2,
      only: null,
      signal: controller.signal,
      onProgress: (info) => {
        if (info.experiments[0].t > 0) controller.abort();
      },
    });
    const { status, results } = await running;
    expect(status).toBe('cancelled');
    expect(results.flatMap(({ curves }) => curves).every(({ source }) => source.kind === 'ode')).toBe(true);
  });
});

describe('the job runner', () => {
  it('streams finished grid points before the run ends, in order', async () => {
    const { runner, seen } = collector(1);
    const input = study({ horizon: 2000, dimension: 400, runs: 1 });
    runner.submit('s', work(input));
    await runner.whenIdle();
    const batches = seen.rows.filter(({ source }) => source.kind === 'simulation');
    expect(batches.length).toBeGreaterThan(1);
    expect(batches.map(({ first }) => first)).toEqual([...batches.map(({ first }) => first)].sort((a, b) => a - b));
    const curve = seen.curves.find((each) => each.curve.source.kind === 'simulation')?.curve;
    const streamed = batches.flatMap(({ rows }) => [...rows]);
    expect(streamed).toEqual([...(curve?.rows ?? [])]);
  });

  it('ends with fraction 1 and state done, after progress that never falls', async () => {
    const { runner, seen } = collector(2);
    runner.submit('s', work(study()));
    await runner.whenIdle();
    const fractions = seen.jobs.map(({ fraction }) => fraction);
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
    expect(seen.jobs.at(-1)).toMatchObject({ fraction: 1, state: { kind: 'finished', status: 'done' } });
    expect(seen.jobs.at(-1)?.experiments[0]).toMatchObject({ finishedRuns: 4, askedRuns: 4 });
  });

  it('a paused job stands still and goes on', async () => {
    const { runner, seen } = collector(1);
    const { id } = runner.submit('s', work(study({ horizon: 2000, dimension: 400, runs: 2 })));
    await new Promise((resolve) => setTimeout(resolve, 700));
    runner.pause(id, true);
    await new Promise((resolve) => setTimeout(resolve, 400)); // what was under way is delivered
    const before = seen.rows.length;
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(seen.rows.length).toBe(before);
    runner.pause(id, false);
    await runner.whenIdle();
    expect(seen.jobs.at(-1)?.state).toMatchObject({ kind: 'finished', status: 'done' });
  });

  it('a worker that does not load fails the job with a message, and does not hang', async () => {
    const { runner, seen } = collector(1, new URL('data:text/javascript,throw new Error("broken")'));
    runner.submit('s', work(study({ runs: 0 })));
    await runner.whenIdle();
    const state = seen.jobs.at(-1)?.state;
    expect(state).toMatchObject({ kind: 'finished', status: 'failed' });
    expect(state?.kind === 'finished' && englishLine(state.refusals[0])).toMatch(
      /the worker thread (did not start|ended unexpectedly|failed)/,
    );
  });

  it('a worker thread that dies in a task fails that task alone; the next one gets a new thread', async () => {
    const dying = `
      import { parentPort } from 'node:worker_threads';
      addEventListener('message', ({ data }) => {
        if (data.path?.[0] === 'hello') postMessage({ id: data.id, type: 'RAW', value: 'sgdlab-worker' });
        else process.exit(7);
      });`;
    const { runner, seen } = collector(1, new URL(`data:text/javascript,${encodeURIComponent(dying)}`));
    runner.submit('s', work(study({ runs: 1 })));
    await runner.whenIdle();
    const state = seen.jobs.at(-1)?.state;
    expect(state?.kind === 'finished' && state.refusals).toHaveLength(2);
    expect(state?.kind === 'finished' && englishLine(state.refusals[0])).toMatch(/ended unexpectedly/);
  });

  it('computes the runs that are missing, with the bits that they have among all', async () => {
    const input = reducedStudy({ runs: 9 });
    const all = await run(input, 2);
    const { runner, seen } = collector(2);
    const [experiment] = input.experiments;
    const missing = [8, 1, 5, 2, 6];
    runner.submit('s', [{ experiment, sources: missing.map((each) => ({ kind: 'simulation', run: each })) }]);
    await runner.whenIdle();
    expect(seen.curves).toHaveLength(missing.length);
    for (const { curve } of seen.curves) {
      const { source } = curve;
      const same = all.results[0].curves.find((each) => source.kind === 'simulation' && runOf(each) === source.run);
      expect(curve.rows).toEqual(same?.rows);
    }
    expect(seen.curves.map(({ curve }) => runOf(curve)).sort()).toEqual([...missing].sort());
    expect(seen.jobs.at(-1)?.experiments[0]).toMatchObject({ finishedRuns: 5, askedRuns: 5 });
  });

  it('streams the rows of every run that is simulated with others, in order', async () => {
    const { runner, seen } = collector(1);
    runner.submit('s', work(reducedStudy({ runs: 4, horizon: 40_000 })));
    await runner.whenIdle();
    expect(seen.rows.filter(({ source }) => source.kind === 'simulation').length).toBeGreaterThan(4);
    for (const { curve } of seen.curves.filter((each) => each.curve.source.kind === 'simulation')) {
      const streamed = seen.rows.flatMap(({ source, rows }) =>
        source.kind === 'simulation' && source.run === runOf(curve) ? [...rows] : [],
      );
      expect(streamed).toEqual([...curve.rows]);
    }
  });

  it('keeps the runs that go on when others of their task diverge', async () => {
    const diverging = reducedStudy({ dimension: 8, rate: 2, horizon: 290, points: 60, runs: 8 });
    const { results, status, refusals } = await run(diverging, 2);
    const outcomes = results[0].curves.filter((curve) => runOf(curve) >= 0).map(({ outcome }) => outcome.status);
    expect(new Set(outcomes)).toEqual(new Set(['done', 'diverged']));
    expect(status).toBe('diverged');
    expect(refusals).toHaveLength(outcomes.filter((each) => each === 'diverged').length);
  });

  it('cancels all runs of a task at once', async () => {
    const { runner, seen } = collector(1);
    runner.submit('s', work(reducedStudy({ runs: 4, horizon: 1e9 })));
    await new Promise((resolve) => setTimeout(resolve, 700));
    runner.cancelAll();
    await runner.whenIdle();
    expect(seen.jobs.at(-1)).toMatchObject({ state: { kind: 'finished', status: 'cancelled' } });
    expect(seen.jobs.at(-1)?.experiments[0]).toMatchObject({ finishedRuns: 0, askedRuns: 4 });
  });

  it('solves a theory curve that the results then hold', async () => {
    const { results } = await run(study({ runs: 0 }), 1);
    const curve = theoryCurve(results[0], 'ode');
    expect(curve?.outcome.status).toBe('done');
    expect(curve?.rows[0]).toBeCloseTo(0.5, 12); // ½ (0 − y)² at X = 0
  });
});

/** The numbers of nested rates by their paths, in order of these. */
function named(rates: object, before = ''): [string, number][] {
  return Object.entries(rates)
    .flatMap(([key, value]: [string, unknown]): [string, number][] =>
      typeof value === 'number' ? [[before + key, value]] : named(value as object, `${before}${key}.`),
    )
    .sort(([a], [b]) => (a < b ? -1 : 1));
}
