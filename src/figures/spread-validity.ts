/** Where the spread of runs from theory is too large to be that of a normal law. */
import { expectedCurve, spreadCurve, type ExperimentResults } from '../study/experiment-results.ts';
import { fieldQuantity } from './sample.ts';

/** Standard deviation of the risk over the risk above which fluctuations are not normal. */
export const LARGE_SPREAD = 0.3;

const risk = fieldQuantity('risk');

/** The first time of the grid at which it is above that; null if nowhere. */
export function largeSpreadFrom(results: ExperimentResults): number | null {
  const [mean, spread] = [expectedCurve(results), spreadCurve(results)];
  if (!mean || !spread) return null;
  const [values, deviations] = [risk(results, mean), risk(results, spread)];
  const at = values.findIndex((value, p) => deviations[p] > LARGE_SPREAD * Math.abs(value));
  return at < 0 ? null : results.frame.t[at];
}
