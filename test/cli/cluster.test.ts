/** Plans, tasks, status and collecting by the command line, without Slurm (test/cluster has one). */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../../scripts/ensure-build.mjs';
import { readArchive } from '../../src/lab/archive/index.ts';

const cli = join(root, 'out', 'main', 'cli.js');
const folder = mkdtempSync(join(tmpdir(), 'sgdlab-plans-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const sgdlab = (...args: string[]) => spawnSync(process.execPath, [cli, ...args], { cwd: folder, encoding: 'utf8' });
const statusOf = (plan: string) =>
  JSON.parse(sgdlab('cluster', 'status', plan, '--json').stdout) as Record<string, unknown>;
const result = (plan: string, task: number) => join(folder, plan, 'results', '000', `00000${task}.result`);

const experiment = (id: string, rate: number) => ({
  id,
  model: {
    dimension: 60,
    priors: [0.5, 0.5],
    spectrum: { kind: 'identity' },
    means: { arrangement: { kind: 'opposite' }, profile: { kind: 'flat' } },
  },
  loss: { kind: 'binary-least-squares' },
  optimizer: { schedule: { kind: 'constant', rate } },
  horizon: 3,
  grid: { kind: 'linear', points: 4 },
  simulation: { runs: 4, seed: 5 },
});
const study = (...rates: number[]) => ({
  format: 'sgdlab-study',
  version: 1,
  name: 'Planned',
  experiments: rates.map((rate, k) => experiment(`e${k}`, rate)),
});
const bits = (name: string) =>
  readArchive(join(folder, name)).results.map(({ experiment: { id }, curves }) => [
    id,
    curves.map(({ key, outcome, rows }) => [key, outcome, Buffer.from(rows.buffer).toString('base64')]),
  ]);

beforeAll(() => {
  writeFileSync(join(folder, 'study.json'), JSON.stringify(study(0.3, 0.4)));
  expect(sgdlab('cluster', 'plan', 'study.json', '--out', 'plan', '--tasks', '4')).toMatchObject({ status: 0 });
});

describe('a plan', () => {
  it('is not changed by planning again, nor taken for one of another study or number of tasks', () => {
    const before = readFileSync(join(folder, 'plan', 'plan.json'));
    expect(sgdlab('cluster', 'plan', 'study.json', '--out', 'plan').status).toBe(0);
    expect(sgdlab('cluster', 'plan', 'study.json', '--out', 'plan', '--tasks', '3')).toMatchObject({ status: 2 });
    writeFileSync(join(folder, 'other.json'), JSON.stringify(study(0.3, 0.5)));
    const other = sgdlab('cluster', 'plan', 'other.json', '--out', 'plan');
    expect(other.status).toBe(2);
    expect(other.stderr).toContain('plan of another study');
    expect(readFileSync(join(folder, 'plan', 'plan.json'))).toEqual(before);
  });

  it('that is damaged, missing, or whose study was changed is refused by its path', () => {
    cpSync(join(folder, 'plan'), join(folder, 'changed'), { recursive: true });
    writeFileSync(join(folder, 'changed', 'study.json'), JSON.stringify(study(0.3)));
    expect(sgdlab('cluster', 'status', 'changed').stderr).toContain('not the study that was planned');
    writeFileSync(join(folder, 'changed', 'plan.json'), '{');
    const { status, stderr } = sgdlab('cluster', 'task', 'changed', '0');
    expect({ status, said: stderr }).toEqual({
      status: 2,
      said: `sgdlab: ${join(folder, 'changed', 'plan.json')}: the plan is damaged; plan again into another folder\n`,
    });
    expect(sgdlab('cluster', 'status', 'nothing')).toMatchObject({ status: 2 });
  });

  it.each(['4', '-1', 'x', '1-9', ''])('has no task %j', (task) => {
    const { status, stderr } = sgdlab('cluster', 'task', 'plan', `--`, task);
    expect(status).toBe(2);
    expect(stderr).toMatch(/task: expected a whole number from [01] to 3, got/);
  });
});

describe('tasks', () => {
  it('are done once each, in any order; what is damaged is named and done again; the results are those of a run', () => {
    expect(sgdlab('cluster', 'task', 'plan', '2,0').stdout).toBe('task 2: done\ntask 0: done\n');
    const { mtimeMs } = statSync(result('plan', 2));
    expect(sgdlab('cluster', 'task', 'plan', '2').stdout).toBe('task 2: done before\n');
    expect(statSync(result('plan', 2)).mtimeMs).toBe(mtimeMs);
    truncateSync(result('plan', 0), 300);
    // a file of another task is none of this one
    cpSync(result('plan', 2), result('plan', 1));
    expect(statusOf('plan')).toEqual({
      tasks: 4,
      done: [2],
      missing: [3],
      failed: [],
      damaged: [
        { task: 0, reason: 'the file does not match its checksum' },
        { task: 1, reason: 'the file is of another plan or task' },
      ],
      complete: false,
    });
    const part = sgdlab('cluster', 'collect', 'plan', '--out', 'part.sgdlab');
    expect(part.status).toBe(3);
    expect(part.stderr.trim().split('\n')).toEqual([
      'task 0: the file does not match its checksum',
      'task 1: the file is of another plan or task',
      'task 3: missing',
    ]);
    expect(sgdlab('cluster', 'task', 'plan', '0-3').status).toBe(0);
    expect(sgdlab('cluster', 'collect', 'plan', '--out', 'part.sgdlab')).toMatchObject({ status: 0, stderr: '' });
    sgdlab('run', 'study.json', '--out', 'alone.sgdlab');
    expect(bits('part.sgdlab')).toEqual(bits('alone.sgdlab'));
    expect(bits('part.sgdlab')).toHaveLength(2);
  });

  it('of what results have already are not planned', () => {
    writeFileSync(join(folder, 'more.json'), JSON.stringify(study(0.3, 0.4, 0.6)));
    sgdlab('run', 'study.json', '--out', 'alone.sgdlab');
    expect(sgdlab('cluster', 'plan', 'more.json', '--out', 'more', '--have', 'alone.sgdlab').status).toBe(0);
    const { tasks } = JSON.parse(readFileSync(join(folder, 'more', 'plan.json'), 'utf8')) as {
      tasks: { parts: { experiment: string }[] }[];
    };
    expect(tasks.flatMap(({ parts }) => parts.map((part) => part.experiment))).toEqual(['e2']);
    expect(sgdlab('cluster', 'task', 'more', '0').status).toBe(0);
    cpSync(join(folder, 'alone.sgdlab'), join(folder, 'both.sgdlab'));
    expect(sgdlab('cluster', 'collect', 'more', '--out', 'both.sgdlab').status).toBe(0);
    expect(bits('both.sgdlab').map(([id]) => id)).toEqual(['e0', 'e1', 'e2']);
  });

  it('without sbatch are not submitted, which is said', () => {
    const { status, stderr } = spawnSync(process.execPath, [cli, 'cluster', 'submit', 'changed2'], {
      cwd: folder,
      encoding: 'utf8',
      env: { PATH: '/nowhere' },
    });
    expect(status).toBe(2);
    expect(stderr).toContain('there is no plan');
    writeFileSync(join(folder, 'small.json'), JSON.stringify(study(0.3)));
    sgdlab('cluster', 'plan', 'small.json', '--out', 'small');
    const submitted = spawnSync(process.execPath, [cli, 'cluster', 'submit', 'small'], {
      cwd: folder,
      encoding: 'utf8',
      env: { PATH: '/nowhere' },
    });
    expect(submitted.status).toBe(3);
    expect(submitted.stderr).toContain('sbatch');
  });
});
