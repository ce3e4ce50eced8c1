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
import { type Curve, experimentFrame } from '../../src/study/experiment-results.ts';
import { curveKind } from '../../src/core/theory/curves/curve-kind.ts';
import { DEFAULT_TOLERANCE } from '../../src/core/theory/theory.ts';
import { CANCEL, type RowBatch, type Task, type TaskResult } from '../../src/lab/jobs/task.ts';
import { answerCommand, commandNames } from '../../src/api/command.ts';
import { commands, type CommandHandlers, type LabApi } from '../../src/api/commands.ts';
import { type LabEvents } from '../../src/api/events.ts';
import { commandFunctions } from '../../src/main/ipc/bridge.ts';
import { draftPlaces, KeptDrafts } from '../../src/main/kept-drafts.ts';
import { libraryHandlers } from '../../src/main/library-handlers.ts';
import { Laboratory } from '../../src/main/laboratory.ts';
import { replaceLab } from '../../src/renderer/lab.ts';
import { ThreadlessPool } from '../lab/threadless-pool.ts';

/** Computes tasks in this thread, one after the other, when `open` says so. */
class LocalPool extends ThreadlessPool {
  private running = 0;
  private readonly gates: (() => void)[] = [];
  /** Tasks that may still begin; Infinity: all. */
  allowed = Infinity;

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
  const drafts = new KeptDrafts(() => draftPlaces(folder, folder));
  let observing = false;
  const own = libraryHandlers(() => lab, drafts);
  /** As in the app, where a window is not needed. */
  const handlers: CommandHandlers = {
    ...own,
    openStudy: ({ anew, ...query }) => own.openStudy({ ...query, anew: anew && !observing }),
    closing: () => undefined,
    importStudies: ({ paths }) => lab.importFiles(paths ?? []),
    changeSettings: (change) => lab.changeSettings(change),
    machine: () => ({ cores: 1, threads: 1, platform: 'test', versions: {}, dataFolder: folder, rates: null }),
    planCluster: () => null,
    watchCluster: () => null,
    emptyBin: () => null,
    exportStudy: () => null,
    exportStudies: () => null,
    saveFolder: () => null,
    copyPicture: () => undefined,
    printPdf: () => ({ ok: true, value: new Uint8Array() }),
    saveStudyText: () => null,
    saveFile: () => null,
    moveLibrary: () => null,
    notices: () => '',
    openLink: () => false,
  };
  // what crosses is copied, and parsed on the other side
  const api = commandFunctions(commandNames(commands), (name, argument) =>
    Promise.resolve().then(() =>
      Promise.resolve(answerCommand(commands, handlers, name, structuredClone(argument))).then(structuredClone),
    ),
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
