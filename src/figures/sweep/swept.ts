/** A sweep with the results of its experiments: what the figures of a sweep are drawn from. */
import { axisValues, expandSweep, isOfSweep, type Sweep } from '../../core/experiment/sweep.ts';
import { type OlderStanding } from '../../study/standing.ts';
import { olderStanding, type FigureInput } from '../figure.ts';
import { type Place, type SweptPlace } from '../theme.ts';
import { sweptAxes, type SweptAxis } from './axes.ts';

export interface SweptPoint {
  /** Index on each axis. */
  readonly index: readonly number[];
  readonly values: readonly number[];
  readonly id: string;
  /** Null without results of the description as it is. */
  readonly input: FigureInput | null;
}

export interface Swept {
  readonly sweep: Sweep;
  readonly axes: readonly SweptAxis[];
  /** First axis outermost. */
  readonly points: readonly SweptPoint[];
  /** How many experiments have results that are not known to be of their values: they are not drawn. */
  readonly older: Readonly<Record<OlderStanding, number>>;
  readonly missing: number;
}

/** @param inputs results of a study's experiments; others than the sweep's are left out. */
export function sweptResults(sweep: Sweep, inputs: readonly FigureInput[]): Swept {
  const byId = new Map(inputs.map((input) => [input.results.experiment.id, input]));
  const older = { stale: 0, 'earlier-version': 0, unverified: 0 };
  let missing = 0;
  const points = expandSweep(sweep).map(({ index, values, experiment: { id } }): SweptPoint => {
    const input = byId.get(id);
    const standing = input ? olderStanding(input) : null;
    if (standing) older[standing]++;
    if (!input || input.results.curves.length === 0) missing++;
    const fresh = input !== undefined && !standing && input.results.curves.length > 0;
    return { index, values, id, input: fresh ? input : null };
  });
  return { sweep, axes: sweptAxes(sweep), points, older, missing };
}

/**
 * Places of a study's experiments, by id.
 * @param ids of all of them, in the study's order.
 * @param across axis of the sweep whose values are curves.
 */
export function placesOf(ids: readonly string[], sweep: Sweep | null, across: 0 | 1 = 0): ReadonlyMap<string, Place> {
  const counts = sweep?.axes.map((axis) => axisValues(axis).length) ?? [];
  const placeOf = (id: string, at: number): Place => {
    if (!sweep || !isOfSweep(sweep, id)) return at;
    const index = id
      .slice(sweep.id.length + 1)
      .split('-')
      .map(Number);
    const known = index.length === counts.length && index.every((k, axis) => k < counts[axis]);
    return known ? seenAcross(index, counts, across) : at;
  };
  return new Map(ids.map((id, at) => [id, placeOf(id, at)]));
}

function seenAcross(index: readonly number[], counts: readonly number[], across: 0 | 1): SweptPlace {
  const reversed = across === 1 && counts.length > 1;
  return reversed ? { index: index.toReversed(), counts: counts.toReversed() } : { index, counts };
}

/** The place among the points of the one at these indices. */
export const pointPlace = ({ axes }: Pick<Swept, 'axes'>, index: readonly number[]): number =>
  index.reduce((sum, k, axis) => sum * axes[axis].values.length + k, 0);

/** The point at these indices. */
export const pointAt = (swept: Swept, index: readonly number[]): SweptPoint => swept.points[pointPlace(swept, index)];
