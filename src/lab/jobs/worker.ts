/** Entry of a worker thread: solves theory curves and simulates runs, one task at a time. */
import { expose, transfer } from 'comlink';
import { prepare, type Setup } from '../../core/experiment.ts';
import { type Outcome } from '../../core/outcome.ts';
import { engineOf } from '../../core/simulation/registry.ts';
import { runStream, simulate } from '../../core/simulation/engine.ts';
import { experimentFrame, type CurveReport } from '../../core/study/results.ts';
import { type CurveKind } from '../../core/study/schema.ts';
import { solveTheory } from '../../core/theory/solve.ts';
import { DEFAULT_TOLERANCE } from '../../core/theory/theory.ts';
import { measureRates } from './measure.ts';
import { yieldToWindow } from './priority.ts';
import { CANCEL, HELLO, PAUSE, type RowBatch, type Task, type WorkerApi } from './task.ts';

/** Rows are sent on at most this often. */
const FLUSH_MS = 100;

let prepared: { hash: string; setup: Setup } | null = null;

/** The arrays of an experiment; consecutive tasks of one experiment share them. */
function setupOf({ hash, experiment }: Task): Setup {
  if (prepared?.hash !== hash) prepared = { hash, setup: prepare(experiment) };
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

const api: WorkerApi = {
  hello: () => HELLO,
  measure: measureRates,
  run(task, control, port) {
    const setup = setupOf(task);
    const { size } = setup.layout;
    const rows = new Float64Array(setup.steps.length * size).fill(Number.NaN);
    const shouldStop = stopSignal(control);
    let points = 0;
    let sent = 0;
    let flushed = now();
    const flush = () => {
      if (points > sent) {
        const batch: RowBatch = { first: sent, points: points - sent, rows: rows.slice(sent * size, points * size) };
        port.postMessage(batch, [batch.rows.buffer as ArrayBuffer]);
      }
      sent = points;
      flushed = now();
    };
    const onRow = (point: number, row: Float64Array) => {
      rows.set(row, point * size);
      points = point + 1;
      if (now() - flushed > FLUSH_MS) flush();
    };
    const started = now();
    const { outcome, details } =
      task.source.kind === 'simulation'
        ? runSimulation(setup, task.source.run, onRow, shouldStop)
        : runTheory(setup, task.source.kind, onRow, shouldStop);
    const ended = now();
    flush();
    port.close();
    const report: CurveReport = { seconds: (ended - started) / 1000, details };
    return transfer({ frame: experimentFrame(setup), rows, points, outcome, report, started, ended }, [rows.buffer]);
  },
};

type OnRow = (point: number, row: Float64Array) => void;
type Ended = { outcome: Outcome; details: CurveReport['details'] };

function runTheory(setup: Setup, curve: CurveKind, onRow: OnRow, shouldStop: () => boolean): Ended {
  const { outcome, ...details } = solveTheory(setup, { curve, tolerance: DEFAULT_TOLERANCE, onRow, shouldStop });
  return { outcome, details };
}

function runSimulation(setup: Setup, run: number, onRow: OnRow, shouldStop: () => boolean): Ended {
  const { engine: kind, seed } = setup.experiment.simulation;
  const outcome = simulate(engineOf(kind), setup, { run, onRow, shouldStop });
  // the first word of the run's stream names it: the whole stream follows from (seed, run)
  return { outcome, details: { engine: kind, studySeed: seed, run, seed: runStream(seed, run).key[0] } };
}

yieldToWindow();
expose(api);
