/** Axes of a sweep as figures name and place them. */
import { type Said } from '../../text/texts.ts';
import { exp, log } from '../../core/math/elementary.ts';
import { axisSymbols, axisValues, type Sweep, type SweepAxis } from '../../core/experiment/sweep.ts';
import { ownColumnKey } from '../table.ts';
import { type AxisScale } from '../view.ts';

export interface SweptAxis {
  readonly parameter: string;
  readonly symbol: string;
  /** Of its column in tables: the symbol, or the parameter where another column has that name. */
  readonly key: string;
  /** E.g. `learning rate γ`. */
  readonly name: Said;
  readonly scale: AxisScale;
  /** As the sweep gives them. */
  readonly values: readonly number[];
}

/** Above this ratio of extremes values given one by one are on a log axis. */
const WIDE = 20;

/** What a parameter is, with its symbol; the symbol alone of one that is its own name. */
const nameOf =
  (parameter: string, symbol: string): Said =>
  ({ named }) => {
    const known = named(`parameter.${parameter.replace(/\[[^\]]*\]$/, '')}`, '');
    return known === '' || known.startsWith(symbol) ? symbol : `${known} ${symbol}`;
  };

/** Axes as named together: no two have one symbol. */
export function sweptAxes({ axes }: Pick<Sweep, 'axes'>): SweptAxis[] {
  const symbols = axisSymbols(axes);
  return axes.map((axis, k): SweptAxis => {
    const values = axisValues(axis);
    const symbol = symbols[k];
    const name = nameOf(axis.parameter, symbol);
    const key = ownColumnKey(symbol, axis.parameter);
    return { parameter: axis.parameter, symbol, key, name, scale: scaleOf(axis, values), values };
  });
}

/** An axis by itself. */
export const sweptAxis = (axis: SweepAxis): SweptAxis => sweptAxes({ axes: [axis] })[0];

function scaleOf({ range }: SweepAxis, values: readonly number[]): AxisScale {
  if (range.kind !== 'values') return range.kind;
  const low = Math.min(...values);
  return low > 0 && Math.max(...values) / low > WIDE ? 'log' : 'linear';
}

/** A value's place along its axis: itself, or its logarithm. */
export const placeOn = (scale: AxisScale, value: number): number => (scale === 'log' ? log(value) : value);

/** The value at a place along an axis. */
export const valueAtPlace = (scale: AxisScale, place: number): number => (scale === 'log' ? exp(place) : place);

/** Places half way between neighbours and as far beyond the ends: n ascending places give n + 1 edges. */
export function cellEdges(places: readonly number[]): number[] {
  if (places.length === 1) return [places[0] - 0.5, places[0] + 0.5];
  const middles = places.slice(1).map((place, k) => (place + places[k]) / 2);
  const last = places.length - 1;
  return [2 * places[0] - middles[0], ...middles, 2 * places[last] - middles[last - 1]];
}
