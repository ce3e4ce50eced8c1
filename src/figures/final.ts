/** Values at one time, the last one unless another is asked for: theory beside simulation, and how far apart they are. */
import { fieldQuantity, hasField, sample, type Quantity } from './sample.ts';
import { ensemble } from './ensemble.ts';
import { type ExperimentResults } from '../study/experiment-results.ts';
import { said, type Said, symbol } from '../text/texts.ts';
import { cleanShareOf } from './kinds/clean-share.ts';
import { nearest } from './readout.ts';

export interface FinalValue {
  readonly key: string;
  readonly label: Said;
  /** The grid time: without another, the last one that a curve has reached, of all unless every curve ended before. */
  readonly t: number;
  /** Null without a theory curve. */
  readonly theory: number | null;
  /** Of the further theory curves, by kind; those that reached t. */
  readonly others: Readonly<Record<string, number>>;
  /** Over the runs that reached t; NaN where there are too few. */
  readonly mean: number;
  readonly sd: number;
  readonly se: number;
  readonly n: number;
  /** (mean − theory) / se; NaN without both. */
  readonly difference: number;
}

/**
 * Values of an experiment, those that it has, at the grid point nearest to a time; null for the last one. A part that ended before (a theory that diverged, a run that failed)
 * is left out and hides no other.
 */
export function finalValues(
  results: ExperimentResults,
  threshold: number | null = null,
  time: number | null = null,
): FinalValue[] {
  const { frame } = results;
  const quantities: [string, Said, Quantity, boolean][] = [
    ['risk', said('quantity.risk'), fieldQuantity('risk'), true],
    ['average-risk', said('quantity.average-risk'), fieldQuantity('average_risk'), hasField(frame, 'average_risk')],
    ['error', said('quantity.error'), fieldQuantity('error'), hasField(frame, 'error')],
    ['clean-share', said('quantity.clean-share'), cleanShareOf(threshold), frame.layout.groups > 1],
    ['norm', symbol('‖X‖²'), fieldQuantity('norm'), true],
    ['learning-rate', said('quantity.learning-rate'), fieldQuantity('learning_rate'), true],
  ];
  const at = time === null ? lastReached(results) : nearest(frame.t, time, time > 0 ? 'log' : 'linear');
  return quantities
    .filter(([, , , has]) => has)
    .map(([key, label, quantity]) => finalValue(results, key, label, quantity, at));
}

/** Index of the last grid point that any curve has reached; of the last one where none has reached any. */
function lastReached({ frame, curves }: ExperimentResults): number {
  const reached = Math.max(0, ...curves.map(({ points }) => points));
  return (reached > 0 ? reached : frame.t.length) - 1;
}

function finalValue(
  results: ExperimentResults,
  key: string,
  label: Said,
  quantity: Quantity,
  last: number,
): FinalValue {
  const { t, theory, others, runs } = sample(results, quantity);
  const { mean, sd, se, count } = ensemble(runs.map((run) => run.subarray(last, last + 1)));
  const value = (curve: Float64Array | null) => (curve && Number.isFinite(curve[last]) ? curve[last] : null);
  const expected = value(theory);
  const middle = mean[0] ?? NaN;
  const error = se[0] ?? NaN;
  return {
    key,
    label,
    t: t[last],
    theory: expected,
    others: Object.fromEntries(
      others.flatMap(({ kind, values }) => (value(values) === null ? [] : [[kind, values[last]]])),
    ),
    mean: middle,
    sd: sd[0] ?? NaN,
    se: error,
    n: count[0] ?? 0,
    difference: expected !== null && error > 0 ? (middle - expected) / error : NaN,
  };
}
