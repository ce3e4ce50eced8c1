/** The interface of a simulation engine, and the loop over grid points that every engine shares. */
import { type Setup } from '../experiment/setup.ts';
import { rootStream, type Stream } from '../math/random.ts';
import { DIVERGED_NORM, overflowed, type Outcome, type ShouldStop } from '../experiment/outcome.ts';
import { type EngineKind } from '../experiment/schema.ts';

/** One run of an engine: a trajectory from t = 0. */
export interface EngineRun {
  /** Moves on by whole steps of SGD (time 1/d each). */
  advance(steps: number): void;
  /** Writes the observables of the current state. */
  observe(row: Float64Array): void;
  /** Gives memory back. */
  dispose(): void;
}

/** Runs of a setup that advance together, numbered from 0; each is, to the bit, what it is alone. */
export interface EngineRuns {
  /** As EngineRun.advance, all of them. */
  advance(steps: number): void;
  /** Writes the observables of one run's current state. */
  observe(run: number, row: Float64Array): void;
  /** Gives memory back. */
  dispose(): void;
}

export interface Engine {
  readonly kind: EngineKind;
  /** Plain name for people. */
  readonly label: string;
  /** Why an experiment cannot be run by this engine, or null. */
  refuses(setup: Setup): string | null;
  /** Largest number of steps to take of one run at once, so that a request to stop is seen within a fraction of a second. */
  chunk(setup: Setup): number;
  /** Starts a run for each stream. */
  start(setup: Setup, streams: readonly Stream[]): EngineRuns;
}

/** For engines whose runs gain nothing from one another. */
export function eachAlone(startOne: (setup: Setup, stream: Stream) => EngineRun): Engine['start'] {
  return (setup, streams) => {
    const runs = streams.map((stream) => startOne(setup, stream));
    return {
      advance: (steps) => runs.forEach((run) => run.advance(steps)),
      observe: (run, row) => runs[run].observe(row),
      dispose: () => runs.forEach((run) => run.dispose()),
    };
  };
}

/** Stream of one run: seed → simulation → run; purposes are children of it. Independent of workers and of other runs. */
export function runStream(seed: number, run: number): Stream {
  return rootStream(seed).child('simulation').child('run', run);
}

export interface SimulationOptions {
  /** Which runs, by their numbers in the experiment. */
  readonly runs: readonly number[];
  /** Receives the rows of the run at `place` in that list. */
  readonly onRow: (place: number, point: number, row: Float64Array) => void;
  readonly shouldStop: ShouldStop;
}

/**
 * Simulates runs together and reports the rows of their grid points.
 * @returns how each of them ended; one that diverges does not keep the others.
 * @throws RangeError if the engine refuses the experiment.
 */
export function simulate(engine: Engine, setup: Setup, { runs, onRow, shouldStop }: SimulationOptions): Outcome[] {
  const refusal = engine.refuses(setup);
  if (refusal) throw new RangeError(refusal);
  const { steps, mixture, layout, experiment } = setup;
  const streams = runs.map((run) => runStream(experiment.simulation.seed, run));
  const trajectories = engine.start(setup, streams);
  const row = new Float64Array(layout.size);
  const norm = layout.fields.find((field) => field.key === 'norm')?.offset ?? 0;
  const chunk = Math.max(1, Math.floor(engine.chunk(setup) / runs.length));
  const outcomes = new Map<number, Outcome>();
  let going = [...runs.keys()];
  let step = 0;

  /** Whether a run goes on; reports its row, or that it has diverged. */
  function look(place: number, point: number): boolean {
    trajectories.observe(place, row);
    if (row[norm] <= DIVERGED_NORM) {
      onRow(place, point, row);
      return true;
    }
    const value = overflowed(row[norm]);
    outcomes.set(place, { status: 'diverged', t: step / mixture.dimension, quantity: 'norm', value });
    return false;
  }

  /** Moves on to a step; false if stopped on the way. */
  function reach(target: number): boolean {
    while (step < target) {
      if (shouldStop()) return false;
      const count = Math.min(chunk, target - step);
      trajectories.advance(count);
      step += count;
    }
    return true;
  }

  let status: 'done' | 'cancelled' = 'done';
  try {
    for (let point = 0; point < steps.length && going.length > 0 && status === 'done'; point++) {
      if (reach(steps[point])) going = going.filter((place) => look(place, point));
      else status = 'cancelled';
    }
  } finally {
    trajectories.dispose();
  }
  return runs.map((_, place) => outcomes.get(place) ?? { status, t: step / mixture.dimension });
}
