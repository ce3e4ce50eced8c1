/** Numbers of a sweep: a statistic of theory and runs at every point. */
import { expectedCurve, otherCurves, simulationCurves, type Curve } from '../../study/experiment-results.ts';
import { ensemble } from '../ensemble.ts';
import { nearest } from '../readout.ts';
import { type FigureView } from '../view.ts';
import { type Statistic } from './statistics.ts';
import { type SweptPoint } from './swept.ts';

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
}

const NOTHING: PointValues = { t: NaN, theory: NaN, others: new Map(), runs: [], diverged: 0 };

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
  const diverged = results.curves.filter(({ outcome, points }) => outcome.status === 'diverged' && points <= p).length;
  if (statistic.together) {
    const { theory, runs } = statistic.together(results, p);
    return { t: t[p], theory, others: new Map(), runs: [runs], diverged };
  }
  return {
    t: t[p],
    theory: of(expectedCurve(results)),
    others: new Map(otherCurves(results).map((curve) => [curve.source.kind, of(curve)])),
    runs: simulationCurves(results).map(of),
    diverged,
  };
}

/** Median of the runs; NaN without. */
export const medianOf = ({ runs }: Pick<PointValues, 'runs'>): number =>
  ensemble(runs.map((value) => [value])).median[0] ?? NaN;
