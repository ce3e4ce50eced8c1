/** The interface of a simulation engine, and the loop over grid points that every engine shares. */
import { type Setup } from '../experiment.ts';
import { rootStream, type Stream } from '../math/random.ts';
import { type Outcome, type RowSink, type ShouldStop } from '../outcome.ts';
import { type EngineKind } from '../study/schema.ts';

/** One run of an engine: a trajectory from t = 0. */
export interface EngineRun {
  /** Moves on by whole steps of SGD (time 1/d each). */
  advance(steps: number): void;
  /** Writes the observables of the current state. */
  observe(row: Float64Array): void;
  /** Gives memory back. */
  dispose(): void;
}

export interface Engine {
  readonly kind: EngineKind;
  /** Plain name for people. */
  readonly label: string;
  /** Why an experiment cannot be run by this engine, or null. */
  refuses(setup: Setup): string | null;
  /** Largest number of steps to take at once, so that a request to stop is seen within a fraction of a second. */
  chunk(setup: Setup): number;
  start(setup: Setup, stream: Stream): EngineRun;
}

/** Stream of one run: seed → simulation → run; purposes are children of it. Independent of workers and of other runs. */
export function runStream(seed: number, run: number): Stream {
  return rootStream(seed).child('simulation').child('run', run);
}

export interface SimulationOptions {
  readonly run: number;
  readonly onRow: RowSink;
  readonly shouldStop: ShouldStop;
}

/** ‖X‖² above which a run counts as diverged: far beyond any state that comes back. */
const DIVERGED_NORM = 1e100;

/**
 * Simulates one run and reports the rows of its grid points.
 * @throws RangeError if the engine refuses the experiment.
 */
export function simulate(engine: Engine, setup: Setup, { run, onRow, shouldStop }: SimulationOptions): Outcome {
  const refusal = engine.refuses(setup);
  if (refusal) throw new RangeError(refusal);
  const { steps, mixture, layout, experiment } = setup;
  const trajectory = engine.start(setup, runStream(experiment.simulation.seed, run));
  const row = new Float64Array(layout.size);
  const norm = layout.fields.find((field) => field.key === 'norm')?.offset ?? 0;
  const chunk = engine.chunk(setup);
  let step = 0;
  try {
    for (const [point, target] of steps.entries()) {
      while (step < target) {
        if (shouldStop()) return { status: 'cancelled', t: step / mixture.dimension };
        const count = Math.min(chunk, target - step);
        trajectory.advance(count);
        step += count;
      }
      trajectory.observe(row);
      const diverged = !(row[norm] <= DIVERGED_NORM);
      if (diverged) return { status: 'diverged', t: step / mixture.dimension, quantity: 'norm', value: row[norm] };
      onRow(point, row);
    }
    return { status: 'done', t: step / mixture.dimension };
  } finally {
    trajectory.dispose();
  }
}
