/** Shared by the theory's tests: experiments in short form, and their curves. */
import { type Setup, prepare } from '../../../src/core/experiment/setup.ts';
import { englishLine } from '../../../src/text/refusals/index.ts';
import { fieldOf } from '../../../src/core/observables/row-layout.ts';
import { parseExperiment } from '../../../src/study/parse.ts';
import { curveKind } from '../../../src/core/theory/curves/curve-kind.ts';
import { solveTheory } from '../../../src/core/theory/solve.ts';
import { type TheoryOptions, type TheoryReport } from '../../../src/core/theory/theory.ts';

/** Setup of a description, given as a JSON value. */
export function setupOf(description: object): Setup {
  const parsed = parseExperiment({ id: 'test', ...description });
  if (!parsed.ok) throw new Error(parsed.refusals.map(englishLine).join('\n'));
  return prepare(parsed.value);
}

export interface Solved {
  readonly setup: Setup;
  readonly report: TheoryReport;
  readonly t: number[];
  readonly rows: Float64Array[];
  /** Numbers of a field, one array per grid point. */
  field(key: string): number[][];
  /** First number of a field at each grid point. */
  curve(key: string): number[];
}

/** Rows of the theory on the grid of a setup. */
export function solved(setup: Setup, curve = 'ode', options: Partial<TheoryOptions> = {}): Solved {
  const rows: Float64Array[] = [];
  const report = solveTheory(setup, {
    noise: curveKind(curve).noise,
    tolerance: 1e-9,
    onRow: (point, row) => {
      rows[point] = row.slice();
    },
    shouldStop: () => false,
    ...options,
  });
  const field = (key: string) => {
    const { offset, length } = fieldOf(setup.layout, key);
    return rows.map((row) => [...row.subarray(offset, offset + length)]);
  };
  return {
    setup,
    report,
    rows,
    t: [...setup.steps].map((step) => step / setup.mixture.dimension),
    field,
    curve: (key) => field(key).map(([first]) => first),
  };
}

/** Power-law model with opposite means. */
export function powerLaw(dimension: number, exponents: number[], profileExponent: number): object {
  return {
    dimension,
    priors: exponents.map(() => 1 / exponents.length),
    spectrum: { kind: 'power-law', exponents },
    means: { arrangement: { kind: 'opposite' }, profile: { kind: 'power-law', exponent: profileExponent }, scale: 1 },
  };
}

/** Identity model with opposite means of norm `scale`. */
export function identity(dimension: number, variances: number[], scale = 1): object {
  return {
    dimension,
    priors: variances.map(() => 1 / variances.length),
    spectrum: { kind: 'identity', variances },
    means: { arrangement: { kind: 'opposite' }, profile: { kind: 'flat' }, scale },
  };
}

export const constantRate = (rate: number): object => ({ schedule: { kind: 'constant', rate } });

/** Largest absolute difference of two lists. */
export function distance(left: readonly number[], right: readonly number[]): number {
  if (left.length !== right.length) return Infinity;
  return left.reduce((most, value, k) => Math.max(most, Math.abs(value - right[k])), 0);
}
