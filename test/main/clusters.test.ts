/** Folders for clusters beside the real library: what tasks write is stored as it comes. */
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ClusterFolder } from '../../src/api/types.ts';
import { keysOf, workKey } from '../../src/core/experiment/identity.ts';
import { type Rates } from '../../src/core/experiment/cost.ts';
import { type Experiment } from '../../src/core/experiment/schema.ts';
import { resultPath } from '../../src/lab/cluster/folder.ts';
import { readPlan } from '../../src/lab/cluster/plan.ts';
import { encodeTask } from '../../src/lab/cluster/result-file.ts';
import { sourcesOf } from '../../src/lab/cluster/split.ts';
import { type Library } from '../../src/lab/database/library.ts';
import { openLibrary } from '../../src/lab/database/open.ts';
import { Clusters } from '../../src/main/clusters.ts';
import { refusalsOf } from '../../src/refusal/refusal.ts';
import { type CostRates, defaultRates } from '../../src/study/estimate.ts';
import { parseExperiment } from '../../src/study/parse.ts';
import { binary, curveOf } from '../lab/synthetic.ts';

/** Runs are dear, so that there are several tasks. */
const rates: CostRates = {
  engines: dear(defaultRates.engines),
  curves: defaultRates.curves,
};
function dear(kinds: CostRates['engines']): CostRates['engines'] {
  const times = (each: Rates) => Object.fromEntries(Object.entries(each).map(([name, rate]) => [name, 1e9 * rate]));
  return Object.fromEntries(Object.entries(kinds).map(([kind, each]) => [kind, times(each) as Rates]));
}
const draft = { ...binary, simulation: { ...binary.simulation, runs: 6 } };
const experiment: Experiment = (() => {
  const parsed = parseExperiment(draft);
  if (!parsed.ok) throw new Error('refused');
  return parsed.value;
})();

let home: string;
let library: Library;
let clusters: Clusters;
let told: (ClusterFolder | null)[];
let stored: string[];
let id: string;
let folder: string;

const begin = () =>
  new Clusters({
    library,
    emit: (name, payload) => {
      if (name === 'cluster') told.push((payload as { folder: ClusterFolder | null }).folder);
      if (name === 'stored') stored.push((payload as { key: string }).key);
    },
    said: (error) =>
      refusalsOf(error)
        .map(({ code }) => code)
        .join(),
    every: 5,
  });

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'sgdlab-clusters-'));
  library = openLibrary(join(home, 'library'), { onIntervention: () => {} });
  id = library.createStudy({ name: 'Far away', notes: '', experiments: [draft] });
  folder = join(home, 'work');
  told = [];
  stored = [];
  clusters = begin();
  await clusters.plan(id, folder, () => rates);
});
afterEach(() => {
  clusters.close();
  library.close();
  rmSync(home, { recursive: true, force: true });
});

/** Does a task as a node of the cluster would. */
function doTask(task: number, cut = 0): void {
  const plan = readPlan(folder);
  const keys = keysOf(experiment);
  const curves = plan.tasks[task].parts.flatMap((part) =>
    sourcesOf(part).map((source) => ({
      experiment: part.experiment,
      curve: { ...curveOf(experiment, source), key: workKey(keys, source) },
    })),
  );
  const path = resultPath(plan, task);
  mkdirSync(dirname(path), { recursive: true });
  const bytes = encodeTask(plan.hash, task, curves);
  writeFileSync(path, bytes);
  if (cut > 0) truncateSync(path, bytes.length - cut);
}

const tasks = () => readPlan(folder).tasks.length;
const shown = () => clusters.of(id);
const isMissing = () => {
  const { theory, runs } = library.missingWork(id, experiment);
  return theory.length + runs.length;
};

async function until(what: () => boolean): Promise<void> {
  for (let k = 0; !what(); k++) {
    if (k > 2000) throw new Error(`waited in vain: ${JSON.stringify(shown())}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

describe('a folder for a cluster', () => {
  it('is planned with what is missing, and its results are in the library as tasks end', async () => {
    expect(existsSync(join(folder, 'job.sh'))).toBe(true);
    expect(readFileSync(join(folder, 'README.md'), 'utf8')).toContain('Far away');
    const before = isMissing();
    expect(before).toBe(8);
    expect(tasks()).toBeGreaterThan(2);
    await until(() => shown()?.tasks === tasks());
    expect(shown()).toMatchObject({ folder, done: 0, trouble: null });
    for (let task = 0; task < tasks(); task++) doTask(task);
    await until(() => shown()?.done === tasks());
    expect(isMissing()).toBe(0);
    expect(new Set(stored).size).toBe(before);
    const curves = library.results(id, draft).results?.curves ?? [];
    expect(curves).toHaveLength(before);
    expect(curves.map(({ rows }) => [...rows])).toEqual(
      curves.map(({ source }) => [...curveOf(experiment, source).rows]),
    );
    expect(told.at(-1)).toEqual(shown());
  });

  it('has a damaged result counted, and taken once it has been computed again', async () => {
    doTask(0, 1);
    await until(() => shown()?.damaged === 1);
    expect(shown()?.done).toBe(0);
    rmSync(resultPath(readPlan(folder), 0));
    await new Promise((resolve) => setTimeout(resolve, 20));
    doTask(0);
    await until(() => shown()?.done === 1);
    expect(shown()?.damaged).toBe(0);
  });

  it('tells what a task that failed said', async () => {
    mkdirSync(join(folder, 'failures', '000'), { recursive: true });
    writeFileSync(join(folder, 'failures', '000', '000000.json'), 'out of memory\n');
    await until(() => shown()?.failed === 1);
    expect(shown()?.said).toBe('out of memory');
    doTask(0);
    await until(() => shown()?.done === 1);
    expect(shown()).toMatchObject({ failed: 0, said: null });
  });

  it('that has gone away is said, and looked at again when it is back, also over a restart', async () => {
    await until(() => shown()?.tasks === tasks());
    renameSync(folder, `${folder}-gone`);
    await until(() => shown()?.trouble !== null);
    clusters.close();
    clusters = begin();
    expect(shown()?.trouble).not.toBeNull();
    renameSync(`${folder}-gone`, folder);
    doTask(0);
    await until(() => shown()?.done === 1);
    expect(shown()?.trouble).toBeNull();
  });

  it('is watched no more once it is forgotten, and stays', async () => {
    clusters.forget(id);
    expect([shown(), told.at(-1)]).toEqual([null, null]);
    doTask(0);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(stored).toEqual([]);
    expect(existsSync(folder)).toBe(true);
    clusters.close();
    clusters = begin();
    expect(shown()).toBeNull();
    // and again, where somebody chooses it
    clusters.watch(id, folder);
    await until(() => shown()?.done === 1);
  });

  it('of other experiments, without a plan, or with nothing to do is refused', async () => {
    const other = library.createStudy({ name: 'Other', notes: '', experiments: [{ ...draft, horizon: 3 }] });
    const codes = (work: () => unknown) => {
      try {
        work();
      } catch (error) {
        return refusalsOf(error).map(({ code }) => code);
      }
      return [];
    };
    expect(codes(() => clusters.watch(other, folder))).toEqual(['cluster-not-of-study']);
    expect(codes(() => clusters.watch(id, home))).toEqual(['cluster-none']);
    expect(clusters.of(other)).toBeNull();
    for (let task = 0; task < tasks(); task++) doTask(task);
    await until(() => isMissing() === 0);
    const error: unknown = await clusters.plan(id, join(home, 'again'), () => rates).catch((why: unknown) => why);
    expect(refusalsOf(error).map(({ code }) => code)).toEqual(['nothing-to-run']);
    expect(existsSync(join(home, 'again'))).toBe(false);
  });

  it('that was copied to another place is that of the study too', async () => {
    clusters.forget(id);
    doTask(0);
    cpSync(folder, join(home, 'copy'), { recursive: true });
    rmSync(folder, { recursive: true });
    clusters.watch(id, join(home, 'copy'));
    await until(() => shown()?.done === 1);
  });
});
