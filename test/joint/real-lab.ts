/**
 * The main process of the app behind the page, in this process: the real library on disk, the real queue, the real
 * parsers of arguments, and copies of all that crosses. Only the threads are missing: tasks are computed when the test
 * lets them.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isRun, type CurveSource } from '../../src/core/experiment/curve-source.ts';
import { prepare } from '../../src/core/experiment/setup.ts';
import { type Outcome } from '../../src/core/experiment/outcome.ts';
import { simulate } from '../../src/core/engines/engine.ts';
import { engineKind } from '../../src/core/engines/engine-kind.ts';
import { keysOf, workKey } from '../../src/core/experiment/identity.ts';
import { type Curve, experimentFrame } from '../../src/study/results.ts';
import { curveKind } from '../../src/core/theory/curves/curve-kind.ts';
import { DEFAULT_TOLERANCE } from '../../src/core/theory/theory.ts';
import { WorkerPool } from '../../src/lab/jobs/pool.ts';
import { CANCEL, type RowBatch, type Task, type TaskResult } from '../../src/lab/jobs/task.ts';
import { argumentParsers } from '../../src/api/arguments.ts';
import { type LabApi, type LabCommands, type LabEvents } from '../../src/api/surface.ts';
import { draftPlaces, KeptDrafts } from '../../src/main/kept-drafts.ts';
import { Laboratory } from '../../src/main/laboratory.ts';
import { replaceLab } from '../../src/renderer/lab.ts';

/** Computes tasks in this thread, one after the other, when `open` says so. */
class LocalPool extends WorkerPool {
  private running = 0;
  private readonly gates: (() => void)[] = [];
  /** Tasks that may still begin; Infinity: all. */
  allowed = Infinity;

  constructor() {
    super(new URL('file:///no-threads'), 1);
  }

  override get free(): number {
    return this.running === 0 ? 1 : 0;
  }

  /** Lets tasks begin. */
  open(count = Infinity): void {
    this.allowed = count;
    this.gates.splice(0).forEach((go) => go());
  }

  override async run(
    task: Task,
    { control, onRows }: { control: Int32Array; onRows(batch: RowBatch): void },
  ): Promise<TaskResult> {
    this.running++;
    try {
      while (this.allowed <= 0 && Atomics.load(control, CANCEL) === 0) {
        await new Promise<void>((resolve) => {
          this.gates.push(resolve);
          setTimeout(resolve, 20);
        });
      }
      this.allowed--;
      return compute(structuredClone(task), control, onRows);
    } finally {
      this.running--;
    }
  }

  override close(): void {}
}

async function compute(
  { experiment, sources }: Task,
  control: Int32Array,
  onRows: (batch: RowBatch) => void,
): Promise<TaskResult> {
  const setup = prepare(experiment);
  const { size } = setup.layout;
  const shouldStop = () => Atomics.load(control, CANCEL) === 1;
  const curve = async (source: CurveSource, place: number): Promise<Curve> => {
    const rows = new Float64Array(setup.steps.length * size).fill(NaN);
    let points = 0;
    const take = (point: number, row: Float64Array) => {
      rows.set(row, point * size);
      points = point + 1;
      onRows({ place, first: point, points: 1, rows: row.slice() });
    };
    const outcome: Outcome = isRun(source)
      ? (
          await simulate(engineKind(experiment.simulation.engine), setup, {
            runs: [source.run],
            onRow: (_, point, row) => take(point, row),
            shouldStop,
          })
        )[0]
      : (await curveKind(source.kind).solve(setup, { tolerance: DEFAULT_TOLERANCE, onRow: take, shouldStop })).outcome;
    const key = workKey(keysOf(experiment), source);
    return { source, key, rows, points, outcome, report: { origin: null, seconds: 0, details: {} } };
  };
  const curves = await Promise.all(sources.map(curve));
  return { frame: experimentFrame(setup), curves, started: 0, ended: 1 };
}

export interface RealLab {
  readonly lab: Laboratory;
  readonly pool: { open(count?: number): void };
  /** Opens studies beside the page, which may still undo: nothing is put in order for them. */
  observe<T>(work: () => Promise<T>): Promise<T>;
  /** Removes the library. */
  remove(): Promise<void>;
}

/** Puts a fresh laboratory behind `window.lab`. */
export function useRealLab(): RealLab {
  const folder = mkdtempSync(join(tmpdir(), 'sgdlab-page-'));
  const listeners = new Map<string, Set<(payload: never) => void>>();
  const emit = <Name extends keyof LabEvents>(name: Name, payload: LabEvents[Name]) =>
    listeners.get(name)?.forEach((listener) => listener(structuredClone(payload) as never));
  const pool = new LocalPool();
  const lab = new Laboratory(folder, () => pool, emit);
  const { library } = lab;
  const drafts = new KeptDrafts(() => draftPlaces(folder, folder));
  let observing = false;
  const commands: Partial<LabCommands> = {
    listStudies: (query) => library.listStudies(query),
    createStudy: (from) => lab.create(from),
    openStudy: ({ id, anew = false }) => lab.open(id, anew && !observing),
    saveStudy: (change) => library.saveStudy(change),
    keepDraft: ({ text, ...key }) => drafts.keep(key, text),
    dropDraft: (key) => drafts.drop(key),
    keptDrafts: () => drafts.list(),
    closing: () => undefined,
    setTags: ({ id, tags }) => library.setTags(id, tags),
    archiveStudy: ({ id, archived }) => library.archiveStudy(id, archived),
    deleteStudy: ({ id }) => lab.delete(id),
    restoreStudy: ({ id }) => library.restoreStudy(id),
    results: ({ id, experiment }) => library.results(id, experiment),
    run: ({ id, experiments }) => lab.run(id, experiments),
    pauseJob: ({ job, paused }) => lab.runner.pause(job, paused),
    cancelJob: ({ job }) => lab.runner.cancel(job),
    listJobs: () => lab.runner.list(),
    presets: () => lab.presets(),
    importStudies: ({ paths }) => lab.importFiles(paths ?? []),
    settings: () => library.settings(),
    changeSettings: (change) => lab.changeSettings(change),
    machine: () => ({ cores: 1, threads: 1, platform: 'test', versions: {}, dataFolder: folder, rates: null }),
  };
  const api = Object.fromEntries(
    Object.entries(commands).map(([name, command]) => [
      name,
      (argument: unknown) =>
        // what crosses is copied, and parsed on the other side
        Promise.resolve().then(() => {
          const parsed = argumentParsers[name as keyof LabCommands].parse(structuredClone(argument));
          return structuredClone((command as (argument: unknown) => unknown)(parsed));
        }),
    ]),
  );
  replaceLab({
    ...api,
    on(event: string, listener: (payload: never) => void) {
      const all = listeners.get(event) ?? new Set();
      listeners.set(event, all.add(listener));
      return () => void all.delete(listener);
    },
    pathOf: () => '',
  } as unknown as LabApi);
  return {
    lab,
    pool,
    async observe(work) {
      observing = true;
      try {
        return await work();
      } finally {
        observing = false;
      }
    },
    async remove() {
      pool.open();
      await lab.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
