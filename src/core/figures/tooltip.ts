/** Tooltips read the numbers behind the figure at the grid point next to the cursor; nothing is interpolated. */
import type { TooltipComponentOption } from 'echarts';
import { bandEdges, centre, TIME, type Abscissa, type CurveSet } from './curve-set.ts';
import { formatFixed, formatValue } from './numbers.ts';
import { type Theme } from './theme.ts';
import { centreOf, type AxisScale, type FigureView } from './view.ts';

const MOST_LINES = 14;

/** Index of the ascending value nearest to `t`, on the axis's scale. */
export function nearest(times: ArrayLike<number>, t: number, scale: AxisScale): number {
  const place = (value: number) => (scale === 'log' ? Math.log(value) : value);
  let best = -1;
  let distance = Infinity;
  for (let k = 0; k < times.length; k++) {
    const off = Math.abs(place(times[k]) - place(t));
    if (off < distance) [best, distance] = [k, off];
  }
  return best;
}

/**
 * Text about the curves at one time, as ECharts rich text.
 * @param marker the coloured dot of curve k, in ECharts' own markup.
 */
export function tooltipText(
  sets: readonly CurveSet[],
  t: number,
  view: FigureView,
  marker: (k: number) => string,
  { symbol, line }: Abscissa = TIME,
): string {
  if (sets.length === 0) return '';
  const at = sets.map((set) => nearest(set.t, t, view.timeScale));
  const times = at.map((p, k) => sets[k].t[p]);
  const same = times.every((value) => value === times[0]);
  const lines = sets.slice(0, MOST_LINES).map((set, k) => {
    const p = at[k];
    const parts: string[] = [];
    if (set.theory) parts.push(`${formatFixed(set.theory[p])} ${line}`);
    if (set.flow) parts.push(`${formatFixed(set.flow[p])} flow`);
    if (set.runs.length > 0) parts.push(simulated(set, p, view));
    const when = same ? '' : ` (${symbol} = ${formatValue(times[k])})`;
    return `${marker(k)}${plain(set.name)}${when}  ${parts.join(', ')}`;
  });
  const rest = sets.length > MOST_LINES ? [`and ${sets.length - MOST_LINES} more`] : [];
  return [same ? `${symbol} = ${formatValue(times[0])}` : `${symbol} ≈ ${formatValue(t)}`, ...lines, ...rest].join(
    '\n',
  );
}

function simulated(set: CurveSet, p: number, view: FigureView): string {
  const middle = centre(set, view.band)[p];
  const edges = bandEdges(set, view.band);
  const n = set.statistics.count[p];
  if (n === 0) return 'no run yet';
  const name = set.runs.length === 1 ? 'run' : centreOf(view.band);
  const spread =
    edges && n > 1 && Number.isFinite(edges.low[p])
      ? ` [${formatFixed(edges.low[p])}, ${formatFixed(edges.high[p])}]`
      : '';
  return `${formatFixed(middle)}${spread} ${name}${n > 1 ? `, N = ${n}` : ''}`;
}

/** A name cannot break out of its rich-text style. */
const plain = (name: string): string => name.replace(/[{}|]/g, ' ').slice(0, 60);

export function tooltipOption(
  sets: readonly CurveSet[],
  view: FigureView,
  theme: Theme,
  abscissa: Abscissa = TIME,
): TooltipComponentOption {
  return {
    trigger: 'axis',
    renderMode: 'richText',
    confine: true,
    transitionDuration: 0,
    backgroundColor: theme.raised,
    borderColor: theme.line,
    borderWidth: 1,
    padding: [6, 9],
    textStyle: {
      fontFamily: view.fontFamily,
      fontSize: view.fontSize,
      color: theme.text,
      lineHeight: view.fontSize * 1.6,
    },
    axisPointer: { type: 'line', snap: false, lineStyle: { color: theme.muted, width: 1, type: 'dashed' } },
    formatter: (params) => {
      const list = (Array.isArray(params) ? params : [params]) as TooltipParams[];
      const t = Number(list[0]?.axisValue);
      const markers = new Map(list.map(({ seriesId, marker }) => [seriesId?.split('-')[1], marker]));
      const markerOf = (k: number) => {
        const marker = markers.get(String(k));
        return typeof marker === 'string' ? marker : '';
      };
      return Number.isFinite(t) ? tooltipText(sets, t, view, markerOf, abscissa) : '';
    },
  };
}

/** What ECharts gives per series to a formatter of an axis tooltip. */
interface TooltipParams {
  readonly axisValue?: number | string;
  readonly seriesId?: string;
  readonly marker?: unknown;
}
