/** What is said beside the figures of a sweep. */
import { type OlderStanding } from '../../study/standing.ts';
import { formatValue } from '../numbers.ts';
import { type FigureView } from '../view.ts';
import { type Statistic } from './statistics.ts';
import { type Swept } from './swept.ts';
import { type PointValues } from './values.ts';

/** `at t = 10⁶`, or the range of final times. */
export function timeSaid(values: readonly PointValues[], { timed }: Statistic): string {
  const times = values.map(({ t }) => t).filter(Number.isFinite);
  if (!timed || times.length === 0) return timed ? '' : 'over all t';
  const [low, high] = [Math.min(...times), Math.max(...times)];
  return high - low <= 1e-9 * high ? `at t = ${timeText(high)}` : `at t = ${timeText(low)}–${timeText(high)}`;
}

/** Powers of ten without their 1. */
const timeText = (t: number): string => formatValue(t).replace(/^1×/, '');

export function sweepNotes(
  swept: Swept,
  statistic: Statistic,
  values: readonly PointValues[],
  time: number | null,
  view: FigureView,
): string[] {
  const count = swept.points.length;
  const results = swept.points.flatMap(({ input }) => (input ? [input.results] : []));
  const without = results.filter((each) => !statistic.applies(each)).length;
  const diverged = values.filter((value) => value.diverged > 0).length;
  const times = values.map(({ t }) => t).filter(Number.isFinite);
  const off = time === null || !statistic.timed ? 0 : Math.max(0, ...times.map((t) => Math.abs(t / time - 1)));
  const remark = statistic.remark?.(results, view) ?? '';
  return [
    ...(remark === '' ? [] : [`${remark[0].toUpperCase()}${remark.slice(1)}.`]),
    ...(off > 0.01 ? [`At the grid times nearest to t = ${timeText(time ?? NaN)}; nothing is interpolated.`] : []),
    ...(swept.missing > 0 ? [`${swept.missing} of ${count} experiments have no results yet.`] : []),
    ...olderSaid(swept),
    ...(without > 0 ? [`${without} of ${count} experiments do not have this quantity.`] : []),
    ...(diverged > 0 ? [`${diverged} of ${count} experiments have curves that diverged.`] : []),
  ];
}

const OLDER: Readonly<Record<OlderStanding, string>> = {
  stale: 'were changed since they were run and are left out',
  'earlier-version': 'were computed by an earlier version of this program and are left out: run them again',
  unverified: 'have results of another program, not checked, and are left out',
};

/** Whose results are there and not drawn, and why. */
export function olderSaid({ points, older }: Swept): string[] {
  return Object.entries(OLDER).flatMap(([standing, words]) => {
    const left = older[standing as OlderStanding];
    return left > 0 ? [`${left} of ${points.length} experiments ${words}.`] : [];
  });
}
