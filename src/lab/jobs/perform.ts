/** Performs a task: solves a theory curve or simulates runs, and sends rows on as they come. */
import { engineKind } from '../../core/engines/engine-kind.ts';
import { simulate } from '../../core/engines/engine.ts';
import { runStream } from '../../core/experiment/start.ts';
import { isRun, type CurveSource } from '../../core/experiment/curve-source.ts';
import { keysOf, setupKey, workKey } from '../../core/experiment/identity.ts';
import { type Outcome } from '../../core/experiment/outcome.ts';
import { prepare, type Setup } from '../../core/experiment/setup.ts';
import { curveKind } from '../../core/theory/curves/curve-kind.ts';
import { DEFAULT_TOLERANCE } from '../../core/theory/theory.ts';
import { type Curve, type CurveReport, experimentFrame } from '../../study/experiment-results.ts';
import { CANCEL, PAUSE, type RowBatch, type Task, type TaskResult } from './task.ts';

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

/** Keeps rows, and sends them on from time to time. */
function createRecorder({ steps, layout }: Setup, count: number, send: (batch: RowBatch) => void) {
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
      send(batch);
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

/**
 * Performs a task to its end.
 * @param control shared flags of the job (task.ts).
 * @param send receives rows as they are finished; they are the receiver's.
 */
export async function perform(task: Task, control: Int32Array, send: (batch: RowBatch) => void): Promise<TaskResult> {
  const setup = setupOf(task);
  const { sources } = task;
  const recorder = createRecorder(setup, sources.length, send);
  const started = now();
  const endings = await compute(setup, sources, recorder.onRow, stopSignal(control));
  const ended = now();
  recorder.flush();
  const seconds = (ended - started) / 1000 / sources.length;
  // of the description that was computed with, whatever the task was meant for
  const keys = keysOf(setup.experiment);
  const curves = endings.map(({ outcome, details }, place): Curve => {
    const { rows, points } = recorder.records[place];
    const source = sources[place];
    return { source, key: workKey(keys, source), rows, points, outcome, report: { origin: null, seconds, details } };
  });
  return { frame: experimentFrame(setup), curves, started, ended };
}

type OnRow = (place: number, point: number, row: Float64Array) => void;
type Ending = { outcome: Outcome; details: CurveReport['details'] };

/** How each of a task's curves ended. */
async function compute(
  setup: Setup,
  sources: readonly CurveSource[],
  onRow: OnRow,
  shouldStop: () => boolean,
): Promise<readonly Ending[]> {
  const runs = sources.filter(isRun).map(({ run }) => run);
  if (runs.length > 0) return runSimulations(setup, runs, onRow, shouldStop);
  const endings: Ending[] = [];
  for (const [place, { kind }] of sources.entries()) {
    const { outcome, ...details } = await curveKind(kind).solve(setup, {
      tolerance: DEFAULT_TOLERANCE,
      onRow: (point, row) => onRow(place, point, row),
      shouldStop,
    });
    endings.push({ outcome, details });
  }
  return endings;
}

async function runSimulations(
  setup: Setup,
  runs: readonly number[],
  onRow: OnRow,
  shouldStop: () => boolean,
): Promise<Ending[]> {
  const { engine, seed } = setup.experiment.simulation;
  const outcomes = await simulate(engineKind(engine), setup, { runs, onRow, shouldStop });
  return runs.map((run, place) => ({
    outcome: outcomes[place],
    // the first word of the run's stream names it: the whole stream follows from (seed, run)
    details: { engine, studySeed: seed, run, seed: runStream(seed, run).key[0] },
  }));
}
