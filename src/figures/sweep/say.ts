/** What is said beside the figures of a sweep. */
import { texts, type Texts } from '../../text/texts.ts';
import { olderStandings } from '../../study/standing.ts';
import { formatShort } from '../../text/numbers.ts';
import { type FigureView } from '../view.ts';
import { type Statistic } from './statistics.ts';
import { type Swept } from './swept.ts';
import { type PointValues, type SweptSource } from './values.ts';

/** `at t = 10⁶`, or the range of final times. */
export function timeSaid({ say }: Texts, values: readonly PointValues[], { timed }: Statistic): string {
  const times = values.map(({ t }) => t).filter(Number.isFinite);
  if (!timed || times.length === 0) return timed ? '' : say('subtitle.overAll');
  const [low, high] = [Math.min(...times), Math.max(...times)];
  const t = high - low <= 1e-9 * high ? formatShort(high) : `${formatShort(low)}–${formatShort(high)}`;
  return say('subtitle.at', { t });
}

export function sweepNotes(
  swept: Swept,
  statistic: Statistic,
  values: readonly PointValues[],
  time: number | null,
  view: FigureView,
): string[] {
  const words = texts(view.language);
  const { say } = words;
  const all = swept.points.length;
  const results = swept.points.flatMap(({ input }) => (input ? [input.results] : []));
  const without = results.filter((each) => !statistic.applies(each)).length;
  const diverged = values.filter((value) => value.diverged > 0).length;
  const times = values.map(({ t }) => t).filter(Number.isFinite);
  const off = time === null || !statistic.timed ? 0 : Math.max(0, ...times.map((t) => Math.abs(t / time - 1)));
  const remark = statistic.remark?.(results, view) ?? '';
  return [
    ...(remark === '' ? [] : [say('swept.remark', { said: `${remark[0].toUpperCase()}${remark.slice(1)}` })]),
    ...(off > 0.01 ? [say('swept.nearest', { t: formatShort(time ?? NaN) })] : []),
    ...(swept.missing > 0 ? [say('swept.missing', { n: swept.missing, all })] : []),
    ...olderSaid(words, swept),
    ...(without > 0 ? [say('swept.without', { n: without, all })] : []),
    ...(diverged > 0 ? [say('swept.diverged', { n: diverged, all })] : []),
  ];
}

/** Whose results are there and not drawn, and why. */
export function olderSaid({ say }: Texts, { points, older }: Swept): string[] {
  return olderStandings.flatMap((standing) =>
    older[standing] > 0 ? [say(`swept.${standing}`, { n: older[standing], all: points.length })] : [],
  );
}

/** How many have run away: they set neither axis nor colours, and are neither least nor greatest. */
export function ranAwaySaid({ say }: Texts, values: readonly PointValues[], source: SweptSource): string[] {
  const n = values.filter(({ ranAway }) => ranAway[source]).length;
  return n > 0 ? [say('swept.ranAway', { n, all: values.length })] : [];
}
