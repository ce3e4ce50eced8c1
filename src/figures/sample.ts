/** From results to the curves of one quantity: theory, gradient flow, runs. */
import { ESCAPE_LEVELS } from '../core/observables/observable.ts';
import { fieldOf } from '../core/observables/row-layout.ts';
import {
  expectedCurve,
  otherCurves,
  simulationCurves,
  spreadCurve,
  type Curve,
  type ExperimentFrame,
  type ExperimentResults,
} from '../study/experiment-results.ts';

/** A quantity's values at every grid point of one curve, P; NaN where it is not there. */
export type Quantity = (results: ExperimentResults, curve: Curve) => Float64Array;

/** A quantity from one row of observables. */
export function perRow(read: (results: ExperimentResults) => (rows: Float64Array, start: number) => number): Quantity {
  return (results, curve) => {
    const value = read(results);
    const { size } = results.frame.layout;
    const points = results.frame.t.length;
    const out = new Float64Array(points).fill(NaN);
    const reached = Math.min(points, curve.points, Math.floor(curve.rows.length / size));
    for (let p = 0; p < reached; p++) out[p] = value(curve.rows, p * size);
    return out;
  };
}

/** An observable, or one entry of it. @param entry its place, the same for all results or not. */
export function fieldQuantity(key: string, entry: number | ((results: ExperimentResults) => number) = 0): Quantity {
  const quantity = perRow((results) => {
    const place = typeof entry === 'number' ? entry : entry(results);
    const at = fieldOf(results.frame.layout, key).offset + place;
    return (rows, start) => rows[start + at];
  });
  return withSpread(quantity, quantity);
}

/** By quantity what its standard deviation is of rows of standard deviations: of observables as they stand themselves. */
const spreads = new WeakMap<Quantity, Quantity>();

/** The quantity, whose standard deviation is known from now on. */
export function withSpread(quantity: Quantity, spread: Quantity): Quantity {
  spreads.set(quantity, spread);
  return quantity;
}

/** The observable that has the quantiles of a quantity over runs, by theory. */
const quantilesOf = new WeakMap<Quantity, string>();

/** A quantity with the quantiles over runs that theory may have of it, an observable by level. */
export function withQuantiles(quantity: Quantity, key: string): Quantity {
  quantilesOf.set(quantity, key);
  return quantity;
}

/** Quantiles over runs, 10 % and 90 %. */
export interface Quantiles {
  readonly low: Float64Array;
  readonly high: Float64Array;
}

function quantiles(results: ExperimentResults, quantity: Quantity): Quantiles | null {
  const key = quantilesOf.get(quantity);
  const curve = expectedCurve(results);
  if (key === undefined || !curve || !hasField(results.frame, key)) return null;
  const at = (level: number) => fieldQuantity(key, ESCAPE_LEVELS.indexOf(level))(results, curve);
  return { low: at(0.1), high: at(0.9) };
}

export const hasField = ({ layout }: ExperimentFrame, key: string): boolean =>
  layout.fields.some((field) => field.key === key);

/** A quantity of a further theory curve. */
export interface OtherCurve {
  readonly kind: string;
  readonly values: Float64Array;
}

export const valuesOf = (others: readonly OtherCurve[]): Float64Array[] => others.map(({ values }) => values);

export interface Sampled {
  readonly t: Float64Array;
  /** The curve that runs are compared with. */
  readonly theory: Float64Array | null;
  /** Further theory curves, in their order. */
  readonly others: readonly OtherCurve[];
  readonly runs: readonly Float64Array[];
  /** Standard deviations over runs, by theory; absent or null where they are not there. */
  readonly spread?: Float64Array | null;
  /** Quantiles over runs, by theory, where its line is the median; absent or null where they are not there. */
  readonly quantiles?: Quantiles | null;
}

/** Standard deviations over runs by theory; null where they are not there. */
export function spreadOf(results: ExperimentResults, quantity: Quantity): Float64Array | null {
  const [curve, deviation] = [spreadCurve(results), spreads.get(quantity)];
  const values = curve && curve.points > 0 && deviation ? deviation(results, curve) : null;
  return values?.some(Number.isFinite) ? values : null;
}

/** The quantity of all curves of an experiment. */
export function sample(results: ExperimentResults, quantity: Quantity): Sampled {
  const of = (curve: Curve | undefined) => {
    const values = curve && curve.points > 0 ? quantity(results, curve) : null;
    // a quantity that theory does not have (a deviation from itself) is no curve
    return values?.some(Number.isFinite) ? values : null;
  };
  return {
    t: results.frame.t,
    spread: spreadOf(results, quantity),
    quantiles: quantiles(results, quantity),
    theory: of(expectedCurve(results)),
    others: otherCurves(results).flatMap((curve) => {
      const values = of(curve);
      return values ? [{ kind: curve.source.kind, values }] : [];
    }),
    runs: simulationCurves(results)
      .filter((curve) => curve.points > 0)
      .map((curve) => quantity(results, curve)),
  };
}

/** Output of a class in overlaps: its own for ℓ = C > 1, else the first (observe.ts). */
export function outputOfClass({ layout }: ExperimentFrame, i: number): number {
  return layout.teacherOutputs === 0 && layout.outputs === layout.classes ? i : 0;
}
