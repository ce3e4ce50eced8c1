/** Shared by the tests of finite data: curves of the theory and the mean of runs. */
import { engineKind } from '../../../../src/core/engines/engine-kind.ts';
import { simulate } from '../../../../src/core/engines/engine.ts';
import { type Setup } from '../../../../src/core/experiment/setup.ts';
import { fieldOf } from '../../../../src/core/observables/row-layout.ts';
import { curveKind } from '../../../../src/core/theory/curves/curve-kind.ts';
import { type TheoryReport } from '../../../../src/core/theory/theory.ts';

export interface Rows {
  readonly report: TheoryReport;
  /** First number of a field at each grid point. */
  curve(key: string): number[];
}

/** The rows of a theory curve. */
export async function curveOf(setup: Setup, kind: string): Promise<Rows> {
  const rows: Float64Array[] = [];
  const onRow = (point: number, row: Float64Array) => void (rows[point] = row.slice());
  const report = await curveKind(kind).solve(setup, { tolerance: 1e-8, onRow, shouldStop: () => false });
  return { report, curve: (key) => rows.map((row) => row[fieldOf(setup.layout, key).offset]) };
}

/** Mean and standard error over runs 0 … count − 1, at each grid point. */
export async function meanOf(setup: Setup, count: number, key: string): Promise<{ mean: number; se: number }[]> {
  const at = fieldOf(setup.layout, key).offset;
  const values: number[][] = Array.from(setup.steps, () => []);
  await simulate(engineKind('sgd'), setup, {
    runs: Array.from({ length: count }, (_, run) => run),
    onRow: (_place, point, row) => void values[point].push(row[at]),
    shouldStop: () => false,
  });
  return values.map((each) => {
    const mean = each.reduce((sum, value) => sum + value, 0) / count;
    const square = each.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    return { mean, se: Math.sqrt(square / (count - 1) / count) };
  });
}
