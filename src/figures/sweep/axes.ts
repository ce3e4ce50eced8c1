/** Axes of a sweep as figures name and place them. */
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
  readonly name: string;
  readonly scale: AxisScale;
  /** As the sweep gives them. */
  readonly values: readonly number[];
}

/** What a parameter is, by its path. */
const NAMES: Readonly<Record<string, string>> = {
  'model.dimension': 'dimension',
  'model.spectrum.exponents': 'exponent of the spectrum',
  'model.spectrum.scales': 'scale of the spectrum',
  'model.spectrum.variances': 'variance',
  'model.means.profile.exponent': 'exponent of the mean energy',
  'model.means.scale': 'scale of the means',
  'optimizer.schedule.rate': 'learning rate',
  'optimizer.schedule.exponent': 'exponent of the decay',
  'optimizer.schedule.timescale': 'time scale of the decay',
  'optimizer.method.momentum': 'momentum',
  'optimizer.method.coupling': 'coupling of the velocity',
  'optimizer.method.decay': 'decay of the velocity',
  'optimizer.method.delta': 'memory of the velocity',
  'optimizer.average.from': 'start of the average',
  'optimizer.average.timescale': 'time scale of the average',
  'optimizer.batchSize': 'batch size',
  'optimizer.ridge': 'ridge',
  horizon: 'horizon',
};

/** Above this ratio of extremes values given one by one are on a log axis. */
const WIDE = 20;

const nameOf = (parameter: string): string | undefined => NAMES[parameter.replace(/\[[^\]]*\]$/, '')];

/** Axes as named together: no two have one symbol. */
export function sweptAxes({ axes }: Pick<Sweep, 'axes'>): SweptAxis[] {
  const symbols = axisSymbols(axes);
  return axes.map((axis, k): SweptAxis => {
    const values = axisValues(axis);
    const known = nameOf(axis.parameter);
    const symbol = symbols[k];
    const name = known !== undefined && !known.startsWith(symbol) ? `${known} ${symbol}` : symbol;
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
