/** Shared by the tests of simulation engines: ensembles of runs, and statistics that compare two of them. */
import { type Setup } from '../../../src/core/experiment/setup.ts';
import { fieldOf, rowLayout } from '../../../src/core/observables/row-layout.ts';
import { type Outcome } from '../../../src/core/experiment/outcome.ts';
import { simulate, type EngineKind } from '../../../src/core/engines/engine.ts';

/** Rows of runs simulated together, one per grid point that was reached, and how each of them ended. */
export async function together(
  engine: EngineKind,
  setup: Setup,
  runs: readonly number[],
  shouldStop: () => boolean = () => false,
): Promise<{ rows: Float64Array[]; outcome: Outcome }[]> {
  const rows = runs.map((): Float64Array[] => []);
  const outcomes = await simulate(engine, setup, {
    runs,
    shouldStop,
    onRow: (place, point, row) => {
      rows[place][point] = row.slice();
    },
  });
  return outcomes.map((outcome, place) => ({ rows: rows[place], outcome }));
}

/** Rows of one run, one per grid point. */
export async function rowsOf(engine: EngineKind, setup: Setup, run: number): Promise<Float64Array[]> {
  const [{ rows, outcome }] = await together(engine, setup, [run]);
  if (outcome.status !== 'done') throw new Error(`run ${run} of ${engine.kind}: ${outcome.status} at ${outcome.t}`);
  return rows;
}

export interface Ensemble {
  readonly runs: number;
  /** Values of entry `index` of a field at a grid point, one per run. */
  values(point: number, key: string, index?: number): number[];
}

/** Runs 0 … runs − 1, or from another first run on. */
export async function ensemble(engine: EngineKind, setup: Setup, runs: number, first = 0): Promise<Ensemble> {
  const all = await Promise.all(Array.from({ length: runs }, (_, run) => rowsOf(engine, setup, first + run)));
  return {
    runs,
    values: (point, key, index = 0) => {
      const { offset } = fieldOf(setup.layout, key);
      return all.map((rows) => rows[point][offset + index]);
    },
  };
}

/** The setup without a classification error, which costs more than a run where C > 2. */
export function withoutError(setup: Setup): Setup {
  return { ...setup, layout: rowLayout({ ...setup.layout, classifies: false }) };
}

export interface Summary {
  readonly mean: number;
  readonly sd: number;
  /** Standard errors of the two. */
  readonly meanError: number;
  readonly sdError: number;
}

/** Mean and sample standard deviation; the error of the latter from the fourth moment, not from a normal law. */
export function summary(values: readonly number[]): Summary {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const central = (power: number) => values.reduce((sum, value) => sum + (value - mean) ** power, 0) / n;
  const variance = central(2);
  const sd = Math.sqrt((variance * n) / (n - 1));
  const sdError = variance > 0 ? Math.sqrt(Math.max(0, central(4) - variance ** 2) / n) / (2 * sd) : 0;
  return { mean, sd, meanError: sd / Math.sqrt(n), sdError };
}

/** Differences of mean and of sd between two samples, in standard errors. */
export function deviations(left: readonly number[], right: readonly number[]): { mean: number; sd: number } {
  const [a, b] = [summary(left), summary(right)];
  return {
    mean: Math.abs(a.mean - b.mean) / Math.hypot(a.meanError, b.meanError),
    sd: Math.abs(a.sd - b.sd) / Math.hypot(a.sdError, b.sdError),
  };
}

/** Two-sample Kolmogorov–Smirnov statistic √(nm/(n+m)) sup |F_n − G_m|. */
export function kolmogorovSmirnov(left: readonly number[], right: readonly number[]): number {
  const [a, b] = [[...left].sort((x, y) => x - y), [...right].sort((x, y) => x - y)];
  let [i, j, most] = [0, 0, 0];
  while (i < a.length && j < b.length) {
    if (a[i] <= b[j]) i++;
    else j++;
    most = Math.max(most, Math.abs(i / a.length - j / b.length));
  }
  return most * Math.sqrt((a.length * b.length) / (a.length + b.length));
}

/** Value of that statistic exceeded with probability `level` by samples of one law: 2 exp(−2 x²) = level. */
export const kolmogorovSmirnovLimit = (level: number): number => Math.sqrt(-0.5 * Math.log(level / 2));
