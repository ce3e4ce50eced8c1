/** Statistics over runs at every grid point. Values that are not finite (not reached, undefined) are left out there. */
import { squared } from '../core/math/elementary.ts';
export interface Ensemble {
  /** Runs with a value, P. */
  readonly count: Float64Array;
  readonly mean: Float64Array;
  /** Sample standard deviation (n − 1); NaN below two runs. */
  readonly sd: Float64Array;
  /** sd / √n. */
  readonly se: Float64Array;
  readonly median: Float64Array;
  /** 10 % and 90 % quantiles, linear between order statistics. */
  readonly low: Float64Array;
  readonly high: Float64Array;
  readonly min: Float64Array;
  readonly max: Float64Array;
}

/**
 * @param runs one array of P values per run.
 * @returns arrays of P; of length 0 without runs. NaN where no run has a value.
 */
export function ensemble(runs: readonly ArrayLike<number>[]): Ensemble {
  const points = runs.length > 0 ? runs[0].length : 0;
  const make = () => new Float64Array(points).fill(NaN);
  const result = {
    count: new Float64Array(points),
    mean: make(),
    sd: make(),
    se: make(),
    median: make(),
    low: make(),
    high: make(),
    min: make(),
    max: make(),
  };
  const column = new Float64Array(runs.length);
  for (let p = 0; p < points; p++) {
    let n = 0;
    for (const run of runs) if (Number.isFinite(run[p])) column[n++] = run[p];
    result.count[p] = n;
    if (n === 0) continue;
    const sorted = column.subarray(0, n).sort();
    // two passes: one pass of squares loses all digits where runs agree to many
    let mean = 0;
    for (const value of sorted) mean += value / n;
    // in units of the largest deviation: squares of values of 1e-160 would be 0
    const unit = Math.max(mean - sorted[0], sorted[n - 1] - mean);
    let squares = 0;
    if (unit > 0) for (const value of sorted) squares += squared((value - mean) / unit);
    result.mean[p] = mean;
    if (n > 1) {
      result.sd[p] = unit * Math.sqrt(squares / (n - 1));
      result.se[p] = result.sd[p] / Math.sqrt(n);
    }
    result.median[p] = quantile(sorted, 0.5);
    result.low[p] = quantile(sorted, 0.1);
    result.high[p] = quantile(sorted, 0.9);
    result.min[p] = sorted[0];
    result.max[p] = sorted[n - 1];
  }
  return result;
}

/** Quantile of ascending values, linear between order statistics (NumPy's default). */
export function quantile(sorted: ArrayLike<number>, probability: number): number {
  if (sorted.length === 0) return NaN;
  const place = probability * (sorted.length - 1);
  const below = Math.floor(place);
  const above = Math.min(sorted.length - 1, below + 1);
  return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
}
