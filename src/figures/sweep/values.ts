/** Numbers of a sweep: a statistic of theory and runs at every point. */
import { expectedCurve, otherCurves, simulationCurves, type Curve } from '../../study/experiment-results.ts';
import { fieldOf } from '../../core/observables/row-layout.ts';
import { ensemble } from '../ensemble.ts';
import { nearest } from '../readout.ts';
import { type FigureView } from '../view.ts';
import { type Statistic } from './statistics.ts';
import { type Swept, type SweptPoint } from './swept.ts';

export interface PointValues {
  /** Grid time that they are at. */
  readonly t: number;
  /** NaN where it is not there. */
  readonly theory: number;
  /** Further theory curves by kind, those that are there. */
  readonly others: ReadonlyMap<string, number>;
  /** By run; NaN where a run has not reached t. */
  readonly runs: readonly number[];
  /** Curves that diverged before t. */
  readonly diverged: number;
  /** Whether the risk has grown so far that the curve has run away: it sets no axis and no colours. */
  readonly ranAway: Readonly<Record<SweptSource, boolean>>;
}

/** What values are taken of: the theory's curve, or the median of the runs. */
export type SweptSource = 'theory' | 'simulation';

/** By how much a risk is above where it began when its curve has run away. */
const RUNAWAY = 1e8;

const NOTHING: PointValues = {
  t: NaN,
  theory: NaN,
  others: new Map(),
  runs: [],
  diverged: 0,
  ranAway: { theory: false, simulation: false },
};

/** The values of every point of a sweep, in its order. */
export const sweptValues = (
  { points }: Pick<Swept, 'points'>,
  statistic: Statistic,
  time: number | null,
  view: FigureView,
): PointValues[] => points.map((point) => pointValues(point, statistic, time, view));

/** @param time null for the last grid point; else the grid point nearest to it, nothing is interpolated. */
export function pointValues(
  { input }: SweptPoint,
  statistic: Statistic,
  time: number | null,
  view: FigureView,
): PointValues {
  if (!input || !statistic.applies(input.results)) return NOTHING;
  const { results } = input;
  const { t } = results.frame;
  const p = time === null || !statistic.timed ? t.length - 1 : nearest(t, time, time > 0 ? 'log' : 'linear');
  const of = (curve: Curve | undefined) =>
    curve && (curve.points > p || (!statistic.timed && curve.points > 0))
      ? statistic.value(results, curve, p, view)
      : NaN;
  const expected = expectedCurve(results);
  const runs = simulationCurves(results);
  const hasRunAway = (curve: Curve) => {
    const { layout } = results.frame;
    const { offset } = fieldOf(layout, 'risk');
    return curve.rows[p * layout.size + offset] / RUNAWAY > curve.rows[offset];
  };
  const ranAway = {
    theory: expected !== undefined && hasRunAway(expected),
    simulation: 2 * runs.filter(hasRunAway).length > runs.length,
  };
  const diverged = results.curves.filter(({ outcome, points }) => outcome.status === 'diverged' && points <= p).length;
  if (statistic.together) {
    const together = statistic.together(results, p);
    return { t: t[p], theory: together.theory, others: new Map(), runs: [together.runs], diverged, ranAway };
  }
  return {
    t: t[p],
    theory: of(expected),
    others: new Map(otherCurves(results).map((curve) => [curve.source.kind, of(curve)])),
    runs: runs.map(of),
    diverged,
    ranAway,
  };
}

/** Median of the runs; NaN without. */
export const medianOf = ({ runs }: Pick<PointValues, 'runs'>): number =>
  ensemble(runs.map((value) => [value])).median[0] ?? NaN;
