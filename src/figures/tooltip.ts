/** Readouts and tooltips: the numbers behind the figure at the grid point next to the cursor; nothing is interpolated. */
import type { LineSeriesOption, TooltipComponentOption } from 'echarts';
import { bandEdges, centre, lineName, TIME, type Abscissa, type CurveSet } from './curve-set.ts';
import { type Readout, type ReadoutPart, type ReadoutRow } from './figure.ts';
import { styleGlyphs } from './key.ts';
import { formatFixed, formatValue } from '../text/numbers.ts';
import { type PixelScale } from './scale.ts';
import { textWidth, truncate } from './text.ts';
import { type Theme } from './theme.ts';
import { texts as textsOf } from '../text/texts.ts';
import { theoryName } from './theory-name.ts';
import { centreOf, type AxisScale, type FigureView } from './view.ts';

const MOST_LINES = 12;
/** ECharts draws rich tooltips in its own font of this size, whatever the option says. */
const TOOLTIP_FONT = 12.5;
/** Pixels of one of its lines, and of padding and rim around all. */
const TOOLTIP_LINE = 22;
const TOOLTIP_FRAME = 24;

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

/** The numbers of all curves at the grid points next to `t`. */
export function readoutOf(sets: readonly CurveSet[], t: number, view: FigureView, abscissa: Abscissa = TIME): Readout {
  const { symbol } = abscissa;
  const texts = textsOf(view.language);
  const { say } = texts;
  const rows = sets.map((set): ReadoutRow => {
    const p = nearest(set.t, t, view.timeScale);
    const edges = set.runs.length > 1 ? bandEdges(set, view.band) : null;
    const n = set.statistics.count[p] ?? 0;
    const parts: ReadoutPart[] = [];
    if (set.theory) parts.push({ label: lineName(texts, abscissa, set), text: formatFixed(set.theory[p]) });
    if (n > 0) {
      const label = say(`curve.${set.runs.length === 1 ? 'run' : centreOf(view.band)}`);
      parts.push({ label, text: formatFixed(centre(set, view.band)[p]) });
    }
    if (edges && n > 1) {
      const text = `${formatFixed(edges.low[p])} … ${formatFixed(edges.high[p])}`;
      parts.push({ label: say('curve.band'), text, band: true });
    }
    for (const { kind, values } of set.others) {
      parts.push({ label: theoryName(texts, set.input.results.experiment, kind), text: formatFixed(values[p]) });
    }
    if (set.runs.length > 1) parts.push({ label: 'N', text: String(n) });
    return { name: set.name, color: set.style.color, style: isKeyed(set) ? set.style : null, t: set.t[p], parts };
  });
  const same = rows.every((row) => row.t === rows[0].t);
  const heading = same && rows.length > 0 ? `${symbol} = ${formatValue(rows[0].t)}` : `${symbol} ≈ ${formatValue(t)}`;
  return { heading, rows };
}

/** Whether line and marker tell the curve from others; a row of a heatmap has none. */
const isKeyed = ({ legend, end }: CurveSet): boolean => legend !== null || end !== null;

/**
 * A readout as ECharts rich text that fits the figure: parts are left out from the end of each row where it is narrow,
 * rows from the end of the list where it is low; how many is said.
 * @param marker the coloured dot of curve k, in ECharts' own markup.
 */
export function tooltipText(
  { heading, rows }: Readout,
  { width, height, language }: Pick<FigureView, 'width' | 'height' | 'language'>,
  marker: (k: number) => string,
): string {
  const fitting = Math.max(1, Math.floor((height - TOOLTIP_FRAME) / TOOLTIP_LINE) - 1);
  const count = rows.length <= Math.min(MOST_LINES, fitting) ? rows.length : Math.min(MOST_LINES, fitting - 1);
  const shown = rows.slice(0, Math.max(1, count));
  const most = Math.max(0, ...shown.map(({ parts }) => parts.length));
  const room = width - 50;
  const lines = (kept: number, name: number) =>
    shown.map((row) => {
      const parts = row.parts.slice(0, kept).map(({ label, text, band }) => (band ? `(${text})` : `${text} ${label}`));
      const key = row.style ? `${styleGlyphs(row.style)} ` : '';
      return `${key}${truncate(plain(row.name), TOOLTIP_FONT, name)}  ${parts.join('  ')}`;
    });
  const fits = (shortened: readonly string[]) => shortened.every((text) => textWidth(text, TOOLTIP_FONT) <= room);
  let kept = most;
  while (kept > 1 && !fits(lines(kept, room / 2))) kept--;
  const fitted = lines(kept, kept > 1 ? room / 2 : room / 3);
  const rest =
    rows.length > shown.length ? [textsOf(language).say('list.more', { n: rows.length - shown.length })] : [];
  return [heading, ...fitted.map((text, k) => `${marker(k)}${text}`), ...rest].join('\n');
}

/** A name cannot become a rich-text style. */
const plain = (name: string): string => name.replace(/[{}|]/g, ' ');

/** What the tooltips of all figures look like. */
export const tooltipFrame = (theme: Theme) =>
  ({
    renderMode: 'richText',
    confine: true,
    transitionDuration: 0,
    backgroundColor: theme.raised,
    borderColor: theme.line,
    borderWidth: 1,
    padding: [6, 9],
    textStyle: { color: theme.text },
  }) satisfies TooltipComponentOption;

export function tooltipOption(
  sets: readonly CurveSet[],
  view: FigureView,
  theme: Theme,
  abscissa: Abscissa = TIME,
): TooltipComponentOption {
  return {
    trigger: 'axis',
    ...tooltipFrame(theme),
    axisPointer: { type: 'line', snap: false, lineStyle: { color: theme.muted, width: 1, type: 'dashed' } },
    formatter: (params) => {
      const list = (Array.isArray(params) ? params : [params]) as TooltipParams[];
      const t = Number(list[0]?.axisValue);
      if (!Number.isFinite(t) || sets.length === 0) return '';
      const markers = new Map(list.map(({ seriesId, marker }) => [seriesId, marker]));
      const markerOf = (k: number) => {
        const marker = markers.get(anchorId(k));
        return typeof marker === 'string' ? marker : '';
      };
      return tooltipText(readoutOf(sets, t, view, abscissa), view, markerOf);
    },
  };
}

const anchorId = (k: number): string => `anchor-${k}`;

/** Points at every pixel of the axis and of no height, not seen: what the tooltip hangs on, with each line's colour. */
export function tooltipAnchors(sets: readonly CurveSet[], x: PixelScale): LineSeriesOption[] {
  const places = Array.from({ length: Math.floor(x.pixels) + 1 }, (_, pixel) => [x.valueAt(pixel)]);
  return sets.slice(0, MOST_LINES).map((set, k) => ({
    type: 'line',
    id: anchorId(k),
    name: set.name,
    data: places,
    showSymbol: false,
    silent: true,
    lineStyle: { opacity: 0 },
    itemStyle: { color: set.style.color },
    emphasis: { disabled: true },
  }));
}

/** What ECharts gives per series to a formatter of an axis tooltip. */
interface TooltipParams {
  readonly axisValue?: number | string;
  readonly seriesId?: string;
  readonly marker?: unknown;
}
