/** Boundaries that theory draws through the plane of a sweep: zeros of a margin. */
import { said, symbol, type Said } from '../../text/texts.ts';
import { prepare } from '../../core/experiment/setup.ts';
import { log } from '../../core/math/elementary.ts';
import { parseExperiment } from '../../study/parse.ts';
import { type Experiment } from '../../core/experiment/schema.ts';
import { expandSweep, type Sweep } from '../../core/experiment/sweep.ts';
import { stabilityThreshold, structuralMargin, type Stability } from '../../core/theory/analysis/index.ts';
import { placeOn, type SweptAxis } from './axes.ts';

export interface Boundary {
  readonly kind: 'structural' | 'stability';
  /** On the line: `min α = β + 1`. */
  readonly label: Said;
  /** What it is, and which side is which. */
  readonly note: Said;
  /** Margin by index on the axes, in the axes' order; zero on the boundary. */
  readonly margin: readonly (readonly number[])[];
}

/** Thresholds that need the model are computed at this many values of an axis at most, and interpolated between. */
const MOST_MODELS = 25;

const cache = new WeakMap<Sweep, Boundary[]>();

/** The boundaries that cross the range of a sweep; computed once per sweep. One axis is a plane one value wide. */
export function boundariesOf(sweep: Sweep, axes: readonly SweptAxis[]): Boundary[] {
  const known = cache.get(sweep);
  if (known) return known;
  const grid = experimentGrid(sweep, axes);
  const found = [structural(grid), stability(grid, axes)]
    .flatMap((boundary) => boundary ?? [])
    .filter(({ margin }) => crosses(margin.flat()));
  cache.set(sweep, found);
  return found;
}

/** Parsed experiments by index; null where a description is refused. One axis has one row of one. */
type Grid = readonly (readonly (Experiment | null)[])[];

function experimentGrid(sweep: Sweep, axes: readonly SweptAxis[]): Grid {
  const points = expandSweep(sweep).map(({ experiment }) => {
    const parsed = parseExperiment(experiment);
    return parsed.ok ? parsed.value : null;
  });
  const width = axes[1]?.values.length ?? 1;
  return axes[0].values.map((_, i) => points.slice(i * width, (i + 1) * width));
}

const crosses = (margins: readonly number[]): boolean =>
  margins.some((value) => value >= 0) && margins.some((value) => value < 0);

/** (L5): min α − (β + 1), for power laws and opposite means. */
function structural(grid: Grid): Boundary | null {
  const margin = grid.map((row) => row.map((experiment) => (experiment && structuralMargin(experiment)) ?? NaN));
  return {
    kind: 'structural',
    label: symbol('min α = β + 1'),
    note: said('boundary.structural'),
    margin,
  };
}

/** How the boundary is called. */
const STABILITY_LABELS: Record<Stability['kind'], Said> = {
  exact: symbol('γ = γ*'),
  leading: symbol('γ = γ*'),
  linearised: said('boundary.labelLinearised'),
  bound: said('boundary.labelBound'),
};

/** log γ/γ*, for constant rates, where one axis is the rate. γ* does not depend on it. */
function stability(grid: Grid, axes: readonly SweptAxis[]): Boundary | null {
  const rateAxis = axes.findIndex(({ parameter }) => parameter === 'optimizer.schedule.rate');
  if (rateAxis < 0) return null;
  const across = rateAxis === 0 ? grid[0] : grid.map((row) => row[0]);
  const other = axes[1 - rateAxis];
  const places = other ? other.values.map((value) => placeOn(other.scale, value)) : [0];
  const kinds = new Set<Stability['kind']>();
  const logs = interpolated(places, (k) => {
    const experiment = across[k];
    if (experiment?.optimizer.schedule.kind !== 'constant') return NaN;
    const setup = prepare(experiment);
    if (!setup.update.plainPath) return NaN;
    const { threshold, kind } = stabilityThreshold(setup);
    kinds.add(kind);
    return log(threshold);
  });
  const margin = grid.map((row, i) =>
    row.map((_, j) => {
      const [rate, k] = rateAxis === 0 ? [axes[0].values[i], j] : [axes[1].values[j], i];
      return log(rate) - logs[k];
    }),
  );
  const least = (['bound', 'linearised', 'leading', 'exact'] as const).find((kind) => kinds.has(kind)) ?? 'exact';
  return { kind: 'stability', label: STABILITY_LABELS[least], note: said(`boundary.${least}`), margin };
}

/** Values at all places, computed at some of them. */
function interpolated(places: readonly number[], compute: (k: number) => number): number[] {
  const last = places.length - 1;
  const count = Math.min(places.length, MOST_MODELS);
  const chosen = [...new Set(Array.from({ length: count }, (_, n) => Math.round((n * last) / Math.max(1, count - 1))))];
  const computed = chosen.map(compute);
  return places.map((place, k) => {
    const next = chosen.findIndex((index) => index >= k);
    if (chosen[next] === k) return computed[next];
    const [low, high] = [chosen[next - 1], chosen[next]];
    const share = (place - places[low]) / (places[high] - places[low]);
    return computed[next - 1] + share * (computed[next] - computed[next - 1]);
  });
}

/** Where a margin along one axis is zero, as values of the axis; linear between neighbours in the axis's scale. */
export function zeroPlaces(places: readonly number[], margin: readonly number[]): number[] {
  const order = [...places.keys()].sort((a, b) => places[a] - places[b]);
  return order.slice(1).flatMap((k, n) => {
    const before = order[n];
    const [low, high] = [margin[before], margin[k]];
    if (!Number.isFinite(low + high) || low >= 0 === high >= 0) return [];
    return [places[before] + (low / (low - high)) * (places[k] - places[before])];
  });
}
