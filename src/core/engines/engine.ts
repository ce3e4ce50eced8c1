/** The interface of a simulation engine, and the loop over grid points that every engine shares. */
import { type Setup } from '../experiment/setup.ts';
import { runStream } from '../experiment/start.ts';
import { type Stream } from '../math/random.ts';
import { DIVERGED_NORM, overflowed, type Outcome, type ShouldStop } from '../experiment/outcome.ts';
import { type Bench, type Costed } from '../experiment/cost.ts';
import { type Experiment, type Subject } from '../experiment/schema.ts';
import { type Condition } from '../../refusal/codes/description.ts';
import { refusal, Refused } from '../../refusal/refusal.ts';

/** One run of an engine: a trajectory from t = 0. */
export interface EngineRun {
  /** Moves on by whole steps of SGD (time 1/d each). */
  advance(steps: number): void;
  /** Writes the observables of the current state. */
  observe(row: Float64Array): void;
  /** Gives memory back. */
  dispose(): void;
}

/**
 * Runs of a setup that advance together, numbered from 0; each is, to the bit, what it is alone. What an engine does
 * elsewhere than on the calling thread it answers with promises, and is not called again before they are kept.
 */
export interface EngineRuns {
  /** As EngineRun.advance, all of them. */
  advance(steps: number): void | Promise<void>;
  /** Writes the observables of one run's current state. */
  observe(run: number, row: Float64Array): void | Promise<void>;
  /** Gives memory back. */
  dispose(): void;
}

/** A registered engine. */
export interface EngineKind extends Costed {
  /** Name in studies, keys and results: [a-z0-9-]. */
  readonly kind: string;
  /** Plain name for people, as it stands in a sentence. */
  readonly label: string;
  /** Whether its runs have the law of SGD's statistics itself: such an engine may stand for another. */
  readonly exact: boolean;
  /**
   * What it is not for, as the description tells, to follow the engines that are: `above 1000 directions`; or null. Each
   * part of the subject is well formed, and they fit each other.
   */
  refuses(subject: Subject): Condition | null;
  /** The same as only the arrays of a setup tell. */
  refusesArrays?(setup: Setup): Condition | null;
  /** Bytes that one run needs while it runs, beside its rows. */
  memory(experiment: Experiment): number;
  /** Most runs of an experiment that gain from being simulated together. */
  runsTogether(experiment: Experiment): number;
  /** Largest number of steps to take of one run at once, so that a request to stop is seen within a fraction of a second. */
  chunk(setup: Setup): number;
  /** Starts a run for each stream; `runs` are their numbers in the experiment, of which each may have data of its own. */
  start(setup: Setup, streams: readonly Stream[], runs: readonly number[]): EngineRuns | Promise<EngineRuns>;
}

/** For engines whose runs gain nothing from one another. */
export function eachAlone(
  startOne: (setup: Setup, stream: Stream, number: number) => EngineRun,
): (setup: Setup, streams: readonly Stream[], numbers: readonly number[]) => EngineRuns {
  return (setup, streams, numbers) => {
    const runs = streams.map((stream, place) => startOne(setup, stream, numbers[place]));
    return {
      advance: (steps) => runs.forEach((run) => run.advance(steps)),
      observe: (run, row) => runs[run].observe(row),
      dispose: () => runs.forEach((run) => run.dispose()),
    };
  };
}

export interface SimulationOptions {
  /** Which runs, by their numbers in the experiment. */
  readonly runs: readonly number[];
  /** Receives the rows of the run at `place` in that list. */
  readonly onRow: (place: number, point: number, row: Float64Array) => void;
  readonly shouldStop: ShouldStop;
}

/** Why a setup cannot be simulated by an engine, as its description or its arrays tell; or null. */
export const refusalOf = (engine: EngineKind, setup: Setup): Condition | null =>
  engine.refuses(setup.experiment) ?? engine.refusesArrays?.(setup) ?? null;

/**
 * Simulates runs together and reports the rows of their grid points.
 * @returns how each of them ended; one that diverges does not keep the others.
 * @throws Refused (a rejection) if the engine refuses the experiment.
 */
export async function simulate(
  engine: EngineKind,
  setup: Setup,
  { runs, onRow, shouldStop }: SimulationOptions,
): Promise<Outcome[]> {
  const { steps, mixture, layout, experiment } = setup;
  const why = refusalOf(engine, setup);
  if (why) throw new Refused([refusal('simulation.engine', 'another-engine', { why }, JSON.stringify(engine.kind))]);
  const streams = runs.map((run) => runStream(experiment.simulation.seed, run));
  const trajectories = await engine.start(setup, streams, runs);
  const row = new Float64Array(layout.size);
  const norm = layout.fields.find((field) => field.key === 'norm')?.offset ?? 0;
  const chunk = Math.max(1, Math.floor(engine.chunk(setup) / runs.length));
  const outcomes = new Map<number, Outcome>();
  let going = [...runs.keys()];
  let step = 0;

  /** Whether a run goes on; reports its row, or that it has diverged. */
  async function look(place: number, point: number): Promise<boolean> {
    const observed = trajectories.observe(place, row);
    if (observed) await observed;
    if (row[norm] <= DIVERGED_NORM) {
      onRow(place, point, row);
      return true;
    }
    const value = overflowed(row[norm]);
    outcomes.set(place, { status: 'diverged', t: step / mixture.dimension, quantity: 'norm', value });
    return false;
  }

  /** Moves on to a step; false if stopped on the way. */
  async function reach(target: number): Promise<boolean> {
    while (step < target) {
      if (shouldStop()) return false;
      const count = Math.min(chunk, target - step);
      const moved = trajectories.advance(count);
      if (moved) await moved;
      step += count;
    }
    return true;
  }

  let status: 'done' | 'cancelled' = 'done';
  try {
    for (let point = 0; point < steps.length && going.length > 0; point++) {
      if (!(await reach(steps[point]))) {
        status = 'cancelled';
        break;
      }
      const left: number[] = [];
      for (const place of going) if (await look(place, point)) left.push(place);
      going = left;
    }
  } finally {
    trajectories.dispose();
  }
  return runs.map((_, place) => outcomes.get(place) ?? { status, t: step / mixture.dimension });
}

/** Seconds of so many runs of a setup together, for engines that measure their rates. */
export function runSeconds(engine: EngineKind, bench: Bench, setup: Setup, count = 1): Promise<number> {
  const runs = Array.from({ length: count }, (_, run) => run);
  return bench.seconds(() => simulate(engine, setup, { runs, onRow: () => {}, shouldStop: () => false }));
}
