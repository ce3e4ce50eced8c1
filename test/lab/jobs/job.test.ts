/** How a job cuts its curves into tasks. */
import { describe, expect, it } from 'vitest';
import { defaultRates } from '../../../src/study/estimate.ts';
import { COMPILED_RUNS } from '../../../src/core/engines/reduced/coverage.ts';
import { parseExperiment, requireParsed } from '../../../src/study/parse.ts';
import { type Experiment } from '../../../src/core/experiment/schema.ts';
import { Job } from '../../../src/lab/jobs/job.ts';
import { askedCurves, planCurves } from '../../../src/lab/jobs/work.ts';

function experiment(runs: number, change: Record<string, unknown> = {}): Experiment {
  return requireParsed(
    parseExperiment({
      id: 'e',
      model: {
        dimension: 1000,
        priors: [0.5, 0.5],
        spectrum: { kind: 'identity' },
        means: { arrangement: { kind: 'opposite' }, profile: { kind: 'flat' } },
      },
      loss: { kind: 'logistic' },
      optimizer: { schedule: { kind: 'constant', rate: 1 } },
      horizon: 10,
      theory: { curves: [] },
      simulation: { engine: 'reduced', runs },
      ...change,
    }),
  );
}

/** Curves of each task, in the order in which threads take them. */
function tasksOf(experiments: readonly Experiment[], threads: number): string[][] {
  const plan = experiments.flatMap((each) => planCurves(each, askedCurves(each), threads, defaultRates));
  const job = new Job('j', 's', plan);
  const tasks: string[][] = [];
  for (let curves = job.next(threads); curves.length > 0; curves = job.next(threads)) {
    job.begin(curves);
    tasks.push(
      curves.map(({ experiment: of, source }) => `${of.id} ${source.kind === 'simulation' ? source.run : source.kind}`),
    );
  }
  return tasks;
}

const sizes = (tasks: readonly string[][]) => tasks.map((task) => task.length);

describe('the tasks of a job', () => {
  it.each([
    [1, 2],
    [2, 2],
    [5, 2],
    [30, 2],
    [30, 4],
    [100, 3],
    [7, 16],
  ])('%d runs of the compiled reduced chain on %d threads: every run once, equal work at the end', (runs, threads) => {
    const tasks = tasksOf([experiment(runs)], threads);
    expect(tasks.flat()).toEqual(Array.from({ length: runs }, (_, run) => `e ${run}`));
    // every thread takes a task when it is free, and all tasks of a size take as long
    const busy = new Array<number>(threads).fill(0);
    for (const size of sizes(tasks)) busy[busy.indexOf(Math.min(...busy))] += size;
    const most = Math.max(...busy);
    expect(Math.min(...busy)).toBeGreaterThanOrEqual(most - Math.max(1, Math.ceil(runs / threads / 4)));
    expect(Math.max(...sizes(tasks))).toBe(Math.min(COMPILED_RUNS, Math.ceil(runs / threads)));
  });

  it('hold one curve where runs gain nothing from one another', () => {
    const optimizer = { schedule: { kind: 'polyak' } };
    for (const each of [
      experiment(5, { simulation: { engine: 'sgd', runs: 5 } }),
      experiment(5, { optimizer }),
      experiment(5, { simulation: { engine: 'reduced', runs: 0 }, theory: { curves: ['ode', 'gradient-flow'] } }),
    ]) {
      expect(new Set(sizes(tasksOf([each], 1)))).toEqual(new Set([1]));
    }
  });

  it('are of one experiment, and full while others wait', () => {
    const tasks = tasksOf([experiment(4), experiment(4, { id: 'f' })], 2);
    expect(tasks).toEqual([['e 0', 'e 1', 'e 2', 'e 3'], ['f 0', 'f 1'], ['f 2'], ['f 3']]);
  });
});
