/** A study on a real Slurm whose daemons and tasks are killed: the result is that of one machine, bit for bit. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { root } from '../../scripts/ensure-build.mjs';
import { readArchive } from '../../src/lab/archive/index.ts';
import { Slurm } from './slurm.ts';

const TASKS = 100;
const cli = join(root, 'out', 'main', 'cli.js');
const folder = mkdtempSync(join(tmpdir(), 'sgdlab-cluster-'));
const slurm = new Slurm();
beforeAll(() => slurm.start());
afterAll(() => {
  slurm.stop();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

const sgdlab = (...args: string[]) =>
  spawnSync(process.execPath, [cli, ...args], { cwd: folder, env: slurm.env, encoding: 'utf8' });

const experiment = (id: string, dimension: number, seed: number) => ({
  id,
  model: {
    dimension,
    priors: [0.5, 0.5],
    spectrum: { kind: 'power-law', exponents: [1.1, 1.5] },
    means: { arrangement: { kind: 'opposite' }, profile: { kind: 'flat' } },
  },
  loss: { kind: 'logistic' },
  optimizer: { schedule: { kind: 'constant', rate: 1 } },
  horizon: 20,
  grid: { kind: 'linear', points: 6 },
  simulation: { runs: 80, seed },
});
const study = {
  format: 'sgdlab-study',
  version: 1,
  name: 'On a cluster',
  experiments: [experiment('a', 1000, 1), experiment('b', 500, 2)],
};

interface Status {
  tasks: number;
  done: number[];
  missing: number[];
  damaged: { task: number; reason: string }[];
}
const status = (): Status => JSON.parse(sgdlab('cluster', 'status', 'plan', '--json').stdout) as Status;

/** Processes of tasks, from the process table. */
const taskProcesses = (): number[] =>
  spawnSync('pgrep', ['-f', `cli.js cluster task ${join(folder, 'plan')}`], { encoding: 'utf8' })
    .stdout.split('\n')
    .filter(Boolean)
    .map(Number);

it(`${TASKS} tasks are done through kills of a task, of slurmd and of slurmctld, and give the bits of one machine`, async () => {
  writeFileSync(join(folder, 'study.json'), JSON.stringify(study));
  const planned = sgdlab('cluster', 'plan', 'study.json', '--out', 'plan', '--tasks', String(TASKS));
  expect(planned).toMatchObject({ status: 0, stderr: '' });
  expect(status()).toMatchObject({ tasks: TASKS, done: [], damaged: [] });
  const submitted = sgdlab('cluster', 'submit', 'plan');
  expect(submitted).toMatchObject({ status: 0, stderr: '' });
  expect(submitted.stdout).toMatch(new RegExp(`${TASKS} tasks in ${TASKS} jobs of the array \\d+`));

  await slurm.until(() => status().done.length >= 5, 'the first tasks');
  let killed = 0;
  await slurm.until(() => {
    for (const pid of taskProcesses().slice(0, 1)) {
      process.kill(pid, 'SIGKILL');
      killed++;
    }
    return killed > 0;
  }, 'a task to kill');
  await slurm.kill('slurmd');
  slurm.startNode();
  await slurm.ready();
  await slurm.until(() => status().done.length >= 20, 'tasks after the node was killed');
  await slurm.kill('slurmctld');
  slurm.startController();
  await slurm.emptied('the end of the queue');

  // a file that is damaged is done again, like what was killed; nothing else is
  const [first] = status().done;
  const path = join(folder, 'plan', 'results', '000', `${String(first).padStart(6, '0')}.result`);
  const bytes = readFileSync(path);
  bytes[bytes.length >> 1] ^= 1;
  writeFileSync(path, bytes);
  const part = sgdlab('cluster', 'collect', 'plan', '--out', 'part.sgdlab');
  expect(part.status).toBe(3);
  expect(part.stderr).toContain(`task ${first}: the file does not match its checksum`);
  const { done, missing, damaged } = status();
  expect(damaged.map(({ task }) => task)).toEqual([first]);
  expect(done.length + missing.length + 1).toBe(TASKS);
  expect(sgdlab('cluster', 'submit', 'plan').stdout).toContain(`${TASKS - done.length} task`);
  await slurm.emptied('the end of the second array');
  expect(status()).toMatchObject({ done: Array.from({ length: TASKS }, (_, k) => k), missing: [], damaged: [] });

  expect(sgdlab('cluster', 'collect', 'plan', '--out', 'part.sgdlab')).toMatchObject({ status: 0, stderr: '' });
  expect(sgdlab('run', 'study.json', '--out', 'alone.sgdlab').status).toBe(0);
  const [collected, alone] = ['part', 'alone'].map((name) => readArchive(join(folder, `${name}.sgdlab`)));
  expect(collected.refusals).toEqual([]);
  const bits = ({ results }: typeof alone) =>
    results.map(({ experiment: { id }, curves }) => [
      id,
      curves.map(({ key, outcome, rows }) => [key, outcome, Buffer.from(rows.buffer).toString('base64')]),
    ]);
  expect(collected.results.flatMap(({ curves }) => curves)).toHaveLength(162);
  expect(bits(collected)).toEqual(bits(alone));
}, 600_000);
