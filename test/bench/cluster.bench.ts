/**
 * Plans of 10⁵ tasks: `npm run bench -- cluster`. The result files are written here, whole and of the planned keys, with
 * numbers that nobody computed; planning, status and collecting are those of the command line, in processes of their own.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../scripts/ensure-build.mjs';
import { keysOf, workKey } from '../../src/core/experiment/identity.ts';
import { prepare } from '../../src/core/experiment/setup.ts';
import { type Experiment } from '../../src/core/experiment/schema.ts';
import { folderOf, resultPath } from '../../src/lab/cluster/folder.ts';
import { readPlan, studyOf } from '../../src/lab/cluster/plan.ts';
import { encodeTask } from '../../src/lab/cluster/result-file.ts';
import { sourcesOf } from '../../src/lab/cluster/split.ts';
import { byId } from '../../src/lab/cluster/task.ts';
import { experimentFrame } from '../../src/study/experiment-results.ts';
import { type BenchRow } from './row.ts';

const TASKS = 100_000;

const experiment = (id: string, runs: number) => ({
  id,
  name: id,
  model: {
    dimension: 100,
    priors: [0.5, 0.5],
    spectrum: { kind: 'power-law', exponents: [1, 1.5] },
    means: { arrangement: { kind: 'opposite' }, profile: { kind: 'flat' } },
  },
  loss: { kind: 'logistic' },
  optimizer: { schedule: { kind: 'constant', rate: 1 } },
  horizon: 10,
  grid: { kind: 'linear', points: 11 },
  theory: { curves: [] },
  simulation: { runs, seed: 1 },
});

const REPORT = {
  origin: { app: '0', versions: {}, platform: 'bench', started: '2026-01-01T00:00:00Z', ended: '2026-01-01T00:00:01Z' },
  seconds: 1,
  details: { engine: 'sgd', seed: 1 },
};

const SHAPES = [
  { what: '10 experiments of 10,000 runs', experiments: 10, runs: 10_000 },
  { what: '1000 experiments of 100 runs', experiments: 1000, runs: 100 },
];

export function benchCluster(): Promise<BenchRow[]> {
  return Promise.resolve(SHAPES.flatMap(measured));
}

function measured({ what, experiments, runs }: (typeof SHAPES)[number]): BenchRow[] {
  const folder = mkdtempSync(join(tmpdir(), 'sgdlab-bench-cluster-'));
  try {
    const study = join(folder, 'study.json');
    const list = Array.from({ length: experiments }, (_, k) => experiment(`e-${k}`, runs));
    writeFileSync(study, JSON.stringify({ format: 'sgdlab-study', version: 1, name: what, experiments: list }));
    const work = join(folder, 'work');
    const planned = sgdlab('plan', study, '--out', work, '--tasks', String(TASKS));
    const bytes = writeResults(work);
    const status = sgdlab('status', work);
    const out = join(folder, 'all.sgdlab');
    const collected = sgdlab('collect', work, '--out', out);
    const size = `${TASKS} tasks of ${what}, ${(bytes / 1e6).toFixed(0)} MB`;
    const row = (name: string, { seconds, memory }: Used, target?: string): BenchRow[] => [
      { what: `${name}: ${size}`, value: seconds, unit: 's', ratios: {}, target: target && '<= 60 s' },
      { what: `${name}: memory`, value: memory / 1e9, unit: 'GB', ratios: {}, target: target && '<= 1 GB' },
    ];
    return [
      ...row('cluster plan', planned),
      ...row('cluster status', status),
      ...row('cluster collect', collected, 'collect'),
      { what: 'cluster collect: file', value: statSync(out).size / 1e6, unit: 'MB', ratios: {} },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Writes the file of every task. @returns bytes of all. */
function writeResults(work: string): number {
  const plan = readPlan(work);
  const experiments = byId(studyOf(plan).experiments);
  const known = new Map([...experiments].map(([id, each]) => [id, shapeOf(each)]));
  let bytes = 0;
  plan.tasks.forEach(({ parts }, task) => {
    const path = resultPath(plan, task);
    mkdirSync(folderOf(path), { recursive: true });
    const curves = parts.flatMap((part) => {
      const { keys, points, numbers } = known.get(part.experiment) as Shape;
      return sourcesOf(part).map((source) => ({
        experiment: part.experiment,
        curve: {
          source,
          key: workKey(keys, source),
          points,
          outcome: { status: 'done' as const, t: 10 },
          report: REPORT,
          rows: Float64Array.from({ length: numbers }, (_, k) => Math.sin(task + k)),
        },
      }));
    });
    const file = encodeTask(plan.hash, task, curves);
    bytes += file.length;
    writeFileSync(path, file);
  });
  return bytes;
}

type Shape = ReturnType<typeof shapeOf>;

function shapeOf(each: Experiment) {
  const frame = experimentFrame(prepare(each));
  return { keys: keysOf(each), points: frame.t.length, numbers: frame.t.length * frame.layout.size };
}

interface Used {
  readonly seconds: number;
  /** Most bytes held at a time. */
  readonly memory: number;
}

const TELL = 'data:text/javascript,process.on("exit",()=>console.error("KiB "+process.resourceUsage().maxRSS))';

function sgdlab(...args: string[]): Used {
  const started = performance.now();
  const command = ['--import', TELL, join(root, 'out', 'main', 'cli.js'), 'cluster', ...args];
  const { status, stderr } = spawnSync(process.execPath, command, { encoding: 'utf8', maxBuffer: 1 << 28 });
  const seconds = (performance.now() - started) / 1000;
  const kibibytes = /^KiB (\d+)$/m.exec(stderr)?.[1];
  if (status !== 0 || kibibytes === undefined) throw new Error(`sgdlab cluster ${args[0]}: ${stderr.slice(0, 2000)}`);
  return { seconds, memory: 1024 * Number(kibibytes) };
}
