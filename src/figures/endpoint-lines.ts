/** Horizontal lines of end points beside curves over t: what no number of passes goes beyond. */
import { endpointsOf, type Endpoint } from '../core/theory/analysis/index.ts';
import { formatValue } from '../text/numbers.ts';
import { texts } from '../text/texts.ts';
import { type Baseline } from './curve-set.ts';
import { type FigureInput } from './figure.ts';
import { experimentStyle, themes } from './theme.ts';
import { type FigureView } from './view.ts';

/** Above this many lines their names would cover the curves. */
const MOST_NAMED = 6;

/** A line for each end point, in its experiment's colour; the same ones of several experiments are one line without a colour. */
export function endpointLines(
  inputs: readonly FigureInput[],
  view: FigureView,
  of: (endpoint: Endpoint) => number | null,
): Baseline[] {
  const lines = inputs.flatMap(({ results, place }) =>
    endpointsOf(results.experiment).flatMap((endpoint) => {
      const value = of(endpoint);
      const label = texts(view.language).say('baseline.endpoint', {
        ridge: formatValue(endpoint.ridge),
        samples: formatValue(endpoint.samples),
      });
      return value !== null && Number.isFinite(value) ? [{ value, label, place }] : [];
    }),
  );
  const single = inputs.length === 1;
  const distinct = lines.filter(
    (line, k) => lines.findIndex(({ value, label }) => value === line.value && label === line.label) === k,
  );
  return distinct.map(({ value, label, place }) => {
    const shared = lines.filter((other) => other.value === value && other.label === label).length > 1;
    return {
      value,
      label: distinct.length > MOST_NAMED ? '' : label,
      color: single || shared ? null : experimentStyle(themes[view.theme], place).color,
    };
  });
}
