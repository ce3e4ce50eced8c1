/** Entry of a worker thread: solves theory curves and simulates runs, one task at a time. */
import { expose, transfer } from 'comlink';
import { prepare, type Setup } from '../../core/experiment/setup.ts';
import { type Outcome, type RowSink } from '../../core/experiment/outcome.ts';
import { engineOf } from '../../core/engines/registry.ts';
import { runStream, simulate } from '../../core/engines/engine.ts';
import { keysOf, setupKey, workKey } from '../../core/experiment/identity.ts';
import { type CurveSource } from '../../core/experiment/curve-source.ts';
import { type Curve, type CurveReport, experimentFrame } from '../../study/results.ts';
import { type CurveKind } from '../../core/experiment/schema.ts';
import { solveTheory } from '../../core/theory/solve.ts';
import { DEFAULT_TOLERANCE } from '../../core/theory/theory.ts';
import { measureRates } from './measure.ts';
import { yieldToWindow } from './priority.ts';
import { CANCEL, HELLO, PAUSE, type RowBatch, type Task, type WorkerApi } from './task.ts';

/** Rows are sent on at most this often. */
const FLUSH_MS = 100;

let prepared: { arrays: string; description: string; setup: Setup } | null = null;

/** What a task computes with: its own description, and the arrays, which consecutive tasks of one model share. */
function setupOf({ experiment }: Task): Setup {
  const arrays = setupKey(experiment);
  const { description } = keysOf(experiment);
  if (prepared?.arrays !== arrays) prepared = { arrays, description, setup: prepare(experiment) };
  else if (prepared.description !== description) {
    prepared = { arrays, description, setup: { ...prepared.setup, experiment } };
  }
  return prepared.setup;
}

/** Looks at the job's flags; sleeps while the job is paused. */
function stopSignal(control: Int32Array): () => boolean {
  return () => {
    while (Atomics.load(control, PAUSE) === 1 && Atomics.load(control, CANCEL) === 0)
      Atomics.wait(control, PAUSE, 1, 500);
    return Atomics.load(control, CANCEL) === 1;
  };
}

const now = (): number => performance.timeOrigin + performance.now();

/** The rows of one curve of a task as they come, and how many of them were sent on. */
interface Record {
  /** P×size, NaN at first. */
  readonly rows: Float64Array;
  points: number;
  sent: number;
}

/** Keeps rows, and sends them on to a port from time to time. */
function createRecorder({ steps, layout }: Setup, count: number, port: MessagePort) {
  const { size } = layout;
  const records = Array.from({ length: count }, (): Record => {
    return { rows: new Float64Array(steps.length * size).fill(Number.NaN), points: 0, sent: 0 };
  });
  let flushed = now();
  function flush(): void {
    for (const [place, record] of records.entries()) {
      const { rows, points, sent } = record;
      if (points === sent) continue;
      const batch: RowBatch = {
        place,
        first: sent,
        points: points - sent,
        rows: rows.slice(sent * size, points * size),
      };
      port.postMessage(batch, [batch.rows.buffer as ArrayBuffer]);
      record.sent = points;
    }
    flushed = now();
  }
  const onRow: OnRow = (place, point, row) => {
    records[place].rows.set(row, point * size);
    records[place].points = point + 1;
    if (now() - flushed > FLUSH_MS) flush();
  };
  return { records, onRow, flush };
}

const api: WorkerApi = {
  hello: () => HELLO,
  measure: measureRates,
  run(task, control, port) {
    const setup = setupOf(task);
    const { sources } = task;
    const recorder = createRecorder(setup, sources.length, port);
    const started = now();
    const endings = compute(setup, sources, recorder.onRow, stopSignal(control));
    const ended = now();
    recorder.flush();
    port.close();
    const seconds = (ended - started) / 1000 / sources.length;
    // of the description that was computed with, whatever the task was meant for
    const keys = keysOf(setup.experiment);
    const curves = endings.map(({ outcome, details }, place): Curve => {
      const { rows, points } = recorder.records[place];
      const source = sources[place];
      return { source, key: workKey(keys, source), rows, points, outcome, report: { origin: null, seconds, details } };
    });
    const buffers = curves.map(({ rows }) => rows.buffer as ArrayBuffer);
    return transfer({ frame: experimentFrame(setup), curves, started, ended }, buffers);
  },
};

type OnRow = (place: number, point: number, row: Float64Array) => void;
type Ending = { outcome: Outcome; details: CurveReport['details'] };

/** How each of a task's curves ended. */
function compute(
  setup: Setup,
  sources: readonly CurveSource[],
  onRow: OnRow,
  shouldStop: () => boolean,
): readonly Ending[] {
  const runs = sources.flatMap((source) => (source.kind === 'simulation' ? [source.run] : []));
  if (runs.length > 0) return runSimulations(setup, runs, onRow, shouldStop);
  return sources.flatMap(({ kind }, place) =>
    kind === 'simulation' ? [] : [runTheory(setup, kind, (point, row) => onRow(place, point, row), shouldStop)],
  );
}

function runTheory(setup: Setup, curve: CurveKind, onRow: RowSink, shouldStop: () => boolean): Ending {
  const { outcome, ...details } = solveTheory(setup, { curve, tolerance: DEFAULT_TOLERANCE, onRow, shouldStop });
  return { outcome, details };
}

function runSimulations(setup: Setup, runs: readonly number[], onRow: OnRow, shouldStop: () => boolean): Ending[] {
  const { engine: kind, seed } = setup.experiment.simulation;
  const outcomes = simulate(engineOf(kind), setup, { runs, onRow, shouldStop });
  return runs.map((run, place) => ({
    outcome: outcomes[place],
    // the first word of the run's stream names it: the whole stream follows from (seed, run)
    details: { engine: kind, studySeed: seed, run, seed: runStream(seed, run).key[0] },
  }));
}

yieldToWindow();
expose(api);
