/** Draws curves over t: theory as a line, simulation as dots at the centre with a band, baselines dashed. */
import type { EChartsOption, LineSeriesOption } from 'echarts';
import { curveKind } from '../core/theory/curves/curve-kind.ts';
import { lookBeside } from './curve-look.ts';
import { drawSets } from './curve-series.ts';
import {
  bandEdges,
  centre,
  quantileBand,
  theoryBand,
  type Abscissa,
  type Baseline,
  type CurveSet,
} from './curve-set.ts';
import { extentOf } from './extent.ts';
import { guidesOf, withGuides } from './guides.ts';
import { type Figure, type LegendEntry } from './figure.ts';
import { labelsAcross, labelsUpright, leftMargin, rightMargin, surround, type Box } from './surround.ts';
import { powerOfTen } from '../text/numbers.ts';
import { marksOf } from './marks.ts';
import { minorTicks, surroundElements, xAxisOption, yAxisOption } from './option.ts';
import { baselineLabels, endLabels, endLabelsHeight } from './labels.ts';
import { curveNotes, legendOfStyles } from './say.ts';
import { valuesOf, type OtherCurve } from './sample.ts';
import { pixelScale } from './scale.ts';
import { curveTable } from './table.ts';
import { said, texts as textsOf, type Said, type Texts } from '../text/texts.ts';
import { truncate } from './text.ts';
import { themes, type Dash, type SeriesStyle, type Theme } from './theme.ts';
import { ticksOf, valueRange, type Range } from './ticks.ts';
import { readoutOf } from './readout.ts';
import { timesInView, type AxisScale, type FigureView, type TimeWindow } from './view.ts';

/** A log axis ends this far below the largest value: an error of 1e-200 would flatten every other curve. */
const DEEPEST = 1e-16;
/** A curve that has grown by this, or whose run diverged, and is as far above the others has run away: they set the axis. */
const RUNAWAY = 1e8;
/** A linear axis of nothing but such curves ends this many times above where they begin. */
const LINEAR_RUNAWAY = 10;
/** By how much a cosine may be beyond 1 and still be 1. */
const ROUNDING = 1e-6;

export const TIME_NAME: Said = said('axis.time');

export interface CurvesFigure {
  readonly kind: string;
  readonly title: string;
  /** What is drawn, before the names of lines and dots; may be empty. */
  readonly subtitle: string;
  /** Name of the value axis, with symbol. */
  readonly valueName: string;
  /** Name of the quantity in the table. */
  readonly quantity: string;
  /** The axis that suits the quantity. */
  readonly scale: ValueScale;
  readonly sets: readonly CurveSet[];
  readonly baselines: readonly Baseline[];
  /** What the quantity cannot leave: a linear axis does not go further. */
  readonly bounds?: Range;
  readonly notes: readonly string[];
  /** What `t` of the sets is, where it is not time: drawn on its own scale, all of it. */
  /** Values whose size is above it do not set the axis, where that is known; found from the curves without. */
  readonly ceiling?: number;
  readonly abscissa?: Abscissa & { readonly styles: string };
}

/** 'signed' quantities have no log axis; the others have the one that suits them unless the view asks. */
export type ValueScale = AxisScale | 'signed';

/** The scale of a value axis. */
export function scaleFor(scale: ValueScale, view: FigureView): AxisScale {
  if (scale === 'signed') return 'linear';
  return view.valueScale === 'auto' ? scale : view.valueScale;
}

/** The figure of a set of curves. */
export function drawCurves(spec: CurvesFigure, asked: FigureView): Figure {
  const view: FigureView = spec.abscissa ? { ...asked, timeScale: spec.abscissa.scale ?? 'log', window: null } : asked;
  const theme = themes[view.theme];
  const { sets } = spec;
  const texts = textsOf(view.language);
  const { say } = texts;
  const kind = scaleFor(spec.scale, view);
  const subtitle = [spec.subtitle, spec.abscissa?.styles ?? legendOfStyles(sets, view)]
    .filter(Boolean)
    .join(say('list.parts'));
  const bound = spec.ceiling === undefined ? ceilingOf(texts, sets, view, kind) : { ceiling: spec.ceiling, why: null };
  const below = valueExtremes(sets, spec.baselines, view, kind, bound.ceiling);
  // a part of the time axis where nothing is below it is looked at for what is above
  const { ceiling, why } = below.low <= below.high ? bound : NO_CEILING;
  const all = ceiling === bound.ceiling ? below : valueExtremes(sets, spec.baselines, view, kind, ceiling);
  const deep = kind === 'log' && all.low < all.high * DEEPEST;
  const extremes = deep ? { ...all, low: all.high * DEEPEST } : all;
  const empty = !(extremes.low <= extremes.high);
  const notes = [
    ...(empty ? [say(sets.length === 0 ? 'note.nothing' : 'note.outside')] : []),
    ...spec.notes,
    ...(deep && !view.values ? [say('note.deep')] : []),
    ...(why === null ? [] : [why]),
    ...(spec.abscissa ? [] : curveNotes(sets, view, kind === 'log')),
  ];
  const legend = legendEntries(sets);
  const ends = sets.flatMap(({ end }) => (end === null ? [] : [end]));
  const needed = endLabelsHeight(new Set(ends).size, view);
  const around = surround(view, { title: spec.title, subtitle, notes }, view.legend ? legend : [], needed);
  const height = Math.max(40, around.height - around.top - around.bottom);

  // values far from 1 are divided by a power of ten on a linear axis: its name says so
  const exponent = kind === 'linear' ? axisExponent(view.values ? endsOf(view.values) : extremes) : 0;
  const unit = Number(`1e${exponent}`);
  const most = labelsUpright(height, view.fontSize);
  const range =
    chosenRange(view.values, kind, unit) ??
    within(valueRange(kind, extremes.low / unit, extremes.high / unit, most), kind, spec.bounds, extremes);
  const yTicks = ticksOf(kind, range.min, range.max, most);
  const left = leftMargin(yTicks, view.fontSize, true);
  const width = Math.max(60, view.width - left - rightMargin(view.fontSize, ends));
  const plot: Box = { left, top: around.top, width, height };

  const grid = timeRange(
    sets.map(({ t }) => t),
    view,
  );
  const time = spec.abscissa ? padded(grid, view.timeScale) : grid;
  const xName = (spec.abscissa?.name ?? TIME_NAME)(texts);
  const xTicks = ticksOf(view.timeScale, time.min, time.max, labelsAcross(width, 3 * view.fontSize, view.fontSize));
  const x = pixelScale(view.timeScale, time.min, time.max, width);
  const y = pixelScale(kind, range.min, range.max, height);
  const valueName = exponent === 0 ? spec.valueName : `${spec.valueName} / ${powerOfTen(exponent)}`;

  const drawn = drawSets(sets, { plot, x, y, view, theme, unit });
  const option: EChartsOption = {
    animation: false,
    backgroundColor: 'transparent',
    textStyle: { fontFamily: view.fontFamily, fontSize: view.fontSize },
    grid: { ...plot, outerBoundsMode: 'none', containLabel: false },
    xAxis: xAxisOption({ scale: x, ticks: xTicks, name: xName }, view, theme),
    yAxis: yAxisOption(
      { scale: y, ticks: yTicks, name: truncate(valueName, view.fontSize, around.height - 12) },
      view,
      theme,
      left - 6 - view.fontSize * 0.75,
    ),
    series: [
      minorTicks(plot, { scale: x, ticks: xTicks }, { scale: y, ticks: yTicks }, theme),
      ...spec.baselines.map((baseline, k) => baselineSeries(baseline, k, time, unit, theme)),
      ...drawn.series,
    ],
    graphic: [
      ...surroundElements(around, plot, view, theme),
      ...baselineLabels(spec.baselines, drawn.lines.flat(), plot, y, unit, view, theme),
      ...endLabels(sets, drawn.lines, plot, view, theme),
    ],
  };
  const value = { name: valueName, scale: kind, ...range, unit };
  const figure: Figure = {
    kind: spec.kind,
    title: spec.title,
    subtitle,
    notes,
    option,
    legend,
    unnamed: view.legend ? legend.length - around.legend.filter(({ entry }) => entry !== null).length : 0,
    table: curveTable(texts, sets, spec.quantity, spec.abscissa),
    marks: marksOf(sets, spec.baselines, view, spec.abscissa?.line ?? 'theory'),
    width: view.width,
    height: around.height,
    plot,
    across: { name: xName, scale: view.timeScale, ...time },
    time: spec.abscissa ? null : { name: xName, scale: view.timeScale, ...time },
    up: value,
    value,
    stops: stopsOf(sets, time),
    readout: (t) => readoutOf(sets, t, view, spec.abscissa),
    empty,
  };
  return withGuides(figure, guidesOf(view.guides, figure), view);
}

/** Grid points in view of the curve that has most of them. */
function stopsOf(sets: readonly CurveSet[], { min, max }: Range): Float64Array {
  const inside = sets.map(({ t }) => t.filter((value) => value >= min * (1 - 1e-12) && value <= max * (1 + 1e-12)));
  return inside.reduce((best, t) => (t.length > best.length ? t : best), new Float64Array(0));
}

const endsOf = ({ from, to }: TimeWindow) => ({ low: from, high: to });

/** The ends that were asked for, where the axis can have them. */
function chosenRange(values: TimeWindow | null, kind: AxisScale, unit: number): Range | null {
  if (
    !values ||
    !(values.to > values.from) ||
    !Number.isFinite(values.to - values.from) ||
    (kind === 'log' && !(values.from > 0))
  )
    return null;
  return { min: values.from / unit, max: values.to / unit };
}

/** Room beside the first and the last dot. */
function padded({ min, max }: Range, scale: AxisScale): Range {
  if (scale === 'log') return { min: min / 1.2, max: max * 1.2 };
  const room = 0.04 * (max - min);
  return { min: min - room, max: max + room };
}

/** Range of t: the grids' own, without t <= 0 on a log axis, or the window. */
export function timeRange(grids: readonly Float64Array[], view: FigureView): Range {
  let min = Infinity;
  let max = -Infinity;
  for (const t of grids) {
    const { from, to } = timesInView(t, { ...view, window: null });
    if (from < to) {
      min = Math.min(min, t[from]);
      max = Math.max(max, t[to - 1]);
    }
  }
  if (view.window && view.window.to > view.window.from && !(view.timeScale === 'log' && view.window.from <= 0)) {
    return { min: view.window.from, max: view.window.to };
  }
  if (view.window && view.window.to > min) return { min, max: view.window.to };
  if (!(min < max)) return view.timeScale === 'log' ? { min: 0.1, max: 10 } : { min: 0, max: 1 };
  return { min, max };
}

interface Ceiling {
  /** Values whose size is above it do not set the axis. */
  readonly ceiling: number;
  /** What is said of it. */
  readonly why: string | null;
}

const NO_CEILING: Ceiling = { ceiling: Infinity, why: null };

/**
 * Where curves have run away: the largest value of those that have not. Where none has stayed and something diverged, so
 * far above the largest beginning that the axis shows how the curves leave it.
 */
function ceilingOf({ say }: Texts, sets: readonly CurveSet[], view: FigureView, kind: AxisScale): Ceiling {
  const sizes = sets.flatMap((set) =>
    [set.theory, ...valuesOf(set.others), centre(set, view.band)]
      .flatMap((curve) => (curve ? sizeOf(curve) : []))
      .filter(({ peak }) => peak > 0)
      .map(({ first, peak }) => ({ first, peak, calm: peak <= RUNAWAY * first && !hasDiverged(set) })),
  );
  const peaks = (of: readonly { readonly peak: number }[]) => of.map(({ peak }) => peak);
  const calm = sizes.filter((size) => size.calm);
  // curves that stay where they begin set the axis, however far they are from each other
  const reference = calm.length > 0 ? Math.max(...peaks(calm)) : Math.min(...peaks(sizes));
  const healthy = sizes.filter(({ peak }) => peak / RUNAWAY <= reference);
  const start = Math.max(...healthy.map(({ first }) => first));
  const highest = Math.max(...peaks(healthy));
  if (sets.some(hasDiverged) && highest / RUNAWAY > start) {
    const factor = kind === 'log' ? RUNAWAY : LINEAR_RUNAWAY;
    return {
      ceiling: start * factor,
      why: kind === 'log' ? say('note.runawayLog') : say('note.runawayLinear', { factor }),
    };
  }
  return healthy.length < sizes.length ? { ceiling: highest, why: say('note.runawayOne') } : NO_CEILING;
}

const hasDiverged = ({ input }: CurveSet): boolean =>
  input.results.curves.some(({ outcome }) => outcome.status === 'diverged');

/** The first size of a curve that is not 0, and the largest one. */
function sizeOf(curve: Float64Array): { first: number; peak: number } {
  let first = 0;
  let peak = 0;
  for (const value of curve) {
    const size = Math.abs(value);
    if (!(size > 0 && size < Infinity)) continue;
    if (first === 0) first = size;
    if (size > peak) peak = size;
  }
  return { first, peak };
}

/** Lowest and highest value drawn within the window, of those that are not above the ceiling. */
function valueExtremes(
  sets: readonly CurveSet[],
  baselines: readonly Baseline[],
  view: FigureView,
  kind: AxisScale,
  ceiling: number,
) {
  let low = Infinity;
  let high = -Infinity;
  const include = (set: CurveSet, curve: Float64Array | null, floor: number) => {
    if (!curve) return;
    const { from, to } = timesInView(set.t, view);
    const extent = extentOf(curve, from, to, ceiling);
    const least = kind === 'log' ? extent.lowPositive : extent.low;
    if (!(least <= extent.high)) return;
    if (least < low) low = Math.max(least, floor);
    high = Math.max(high, extent.high);
  };
  for (const set of sets) {
    const curves = [set.theory, ...valuesOf(set.others), centre(set, view.band), ...(view.singleRuns ? set.runs : [])];
    for (const curve of curves) include(set, curve, -Infinity);
  }
  const lowest = low;
  for (const set of sets) {
    for (const edges of [bandEdges(set, view.band), theoryBand(set, view), quantileBand(set, view)]) {
      // one run near 0 must not stretch a log axis by decades: the band is clipped there
      include(set, edges?.low ?? null, kind === 'log' ? lowest / 10 : -Infinity);
      include(set, edges?.high ?? null, -Infinity);
    }
  }
  if (low <= high) {
    for (const { value } of baselines) {
      if (kind === 'log' && value <= 0) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  return { low, high };
}

/** The range without what lies beyond the bounds, unless data do. */
function within(range: Range, kind: AxisScale, bounds: Range | undefined, data: { low: number; high: number }): Range {
  if (!bounds || kind === 'log' || data.low < bounds.min - ROUNDING || data.high > bounds.max + ROUNDING) return range;
  return { min: Math.max(range.min, bounds.min), max: Math.min(range.max, bounds.max) };
}

function axisExponent({ low, high }: { low: number; high: number }): number {
  const size = Math.max(Math.abs(low), Math.abs(high));
  if (!Number.isFinite(size) || size === 0 || (size >= 1e-3 && size < 1e5)) return 0;
  return Math.min(300, Math.max(-300, Math.floor(Math.log10(size))));
}

const lookOf = ({ dashes }: SeriesStyle, { kind }: OtherCurve): Dash => dashes[lookBeside(curveKind(kind))];

function legendEntries(sets: readonly CurveSet[]): LegendEntry[] {
  return sets.flatMap(({ legend, style, theory, others, runs }) =>
    legend === null
      ? []
      : [
          {
            label: legend,
            color: style.color,
            marker: style.marker,
            // without theory the centre is drawn as a line
            line: theory !== null || runs.length > 0 || others.length > 0,
            dash: theory === null && runs.length === 0 && others.length > 0 ? lookOf(style, others[0]) : style.dash,
            dot: runs.length > 0,
          },
        ],
  );
}

function baselineSeries(
  { value, color, dotted }: Baseline,
  index: number,
  time: Range,
  unit: number,
  theme: Theme,
): LineSeriesOption {
  return {
    type: 'line',
    id: `baseline-${index}`,
    data: [
      [time.min, value / unit],
      [time.max, value / unit],
    ],
    showSymbol: false,
    silent: true,
    z: 2,
    lineStyle: { color: color ?? theme.muted, width: 1, type: dotted ? [1.5, 2.5] : [4, 3] },
    emphasis: { disabled: true },
  };
}
