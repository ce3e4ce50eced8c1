import { describe, expect, it } from 'vitest';
import { askedCurves } from '../../../src/lab/jobs/work.ts';
import { packed } from '../../../src/lab/cluster/submit.ts';
import { sourcesOf, splitWork } from '../../../src/lab/cluster/split.ts';
import { scriptOf, quoted } from '../../../src/lab/cluster/script.ts';
import { defaultRates } from '../../../src/study/estimate.ts';
import { parseExperiment, requireParsed } from '../../../src/study/parse.ts';
import { spawnSync } from 'node:child_process';

const experiment = (id: string, dimension: number, runs: number) =>
  requireParsed(
    parseExperiment({
      id,
      model: {
        dimension,
        priors: [0.5, 0.5],
        spectrum: { kind: 'identity' },
        means: { arrangement: { kind: 'opposite' }, profile: { kind: 'flat' } },
      },
      loss: { kind: 'logistic' },
      optimizer: { schedule: { kind: 'constant', rate: 0.5 } },
      horizon: 10,
      grid: { kind: 'linear', points: 3 },
      simulation: { runs, seed: 1 },
    }),
  );
const work = [experiment('a', 1000, 37), experiment('b', 100, 5), experiment('c', 3000, 20)].map((each) => ({
  experiment: each,
  sources: askedCurves(each),
}));
const named = (id: string, sources: readonly { kind: string; run?: number }[]) =>
  sources.map(({ kind, run }) => `${id}/${kind}${run ?? ''}`);
const all = work.flatMap(({ experiment: { id }, sources }) => named(id, sources));

describe('the work of a study', () => {
  it.each([1, 2, 7, 30, 65, 1000])('in %d tasks is every curve once, in as many tasks as there can be', (count) => {
    const tasks = splitWork(work, count, defaultRates);
    expect(tasks).toHaveLength(Math.min(count, all.length));
    const curves = tasks.flatMap(({ parts }) => parts.flatMap((part) => named(part.experiment, sourcesOf(part))));
    expect(curves).toEqual(all);
  });

  it('costs each task about the same: at most a curve more than its share', () => {
    const tasks = splitWork(work, 10, defaultRates);
    const total = tasks.reduce((sum, { seconds }) => sum + seconds, 0);
    const [{ seconds: longest }] = splitWork([work[2]], 1000, defaultRates).sort((a, b) => b.seconds - a.seconds);
    for (const { seconds } of tasks) expect(seconds).toBeLessThan(total / 10 + longest);
  });

  it('is no task where nothing is missing', () => {
    expect(splitWork([{ experiment: work[0].experiment, sources: [] }], 5, defaultRates)).toEqual([]);
  });

  it('with a gap between runs is two parts', () => {
    const runs = [0, 1, 5, 6].map((run) => ({ kind: 'simulation' as const, run }));
    const [{ parts }] = splitWork([{ experiment: work[0].experiment, sources: runs }], 1, defaultRates);
    expect(parts.map((part) => part.runs)).toEqual([
      [0, 2],
      [5, 2],
    ]);
  });
});

describe('an array of jobs', () => {
  it('longer than the site allows holds several tasks a job, each once', () => {
    const lists = packed(
      Array.from({ length: 25 }, (_, k) => 2 * k),
      10,
    );
    expect(lists).toHaveLength(10);
    expect(lists.flat().sort((a, b) => a - b)).toEqual(Array.from({ length: 25 }, (_, k) => 2 * k));
    expect(Math.max(...lists.map(({ length }) => length))).toBe(3);
  });

  it('is a script that bash reads, whatever the folder is called', () => {
    const plan = { folder: "/tmp/it's $HOME `x`", tasks: [], hash: '', format: '', version: 1 } as never;
    const script = scriptOf(plan, ['echo']).replace('cluster task', '');
    const { stdout, status } = spawnSync('bash', ['-c', script], {
      encoding: 'utf8',
      env: { PATH: process.env.PATH, SLURM_ARRAY_TASK_ID: '7' },
    });
    expect({ stdout, status }).toEqual({ stdout: "/tmp/it's $HOME `x` 7\n", status: 0 });
    expect(spawnSync('bash', ['-c', `printf %s ${quoted("a'b")}`], { encoding: 'utf8' }).stdout).toBe("a'b");
  });
});
