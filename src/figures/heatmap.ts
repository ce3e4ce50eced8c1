/** Heatmap of a quantity over spectral group × t: rectangles on real axes, coloured by value or by its logarithm. */
import { curveKinds } from '../core/theory/curves/curve-kinds.ts';
import type { CustomSeriesOption, EChartsOption } from 'echarts';
import { cleanToNoisy, groupLabel } from './clean.ts';
import { barName, colorBar, linearColors, type ColorRange } from './color-bar.ts';
import { type CurveSet } from './curve-set.ts';
import { TIME_NAME, timeRange } from './curves.ts';
import { dotIndices } from './decimate.ts';
import { type Figure } from './figure.ts';
import { labelsAcross, labelsUpright, leftMargin, surround, type Box } from './surround.ts';
import { minorTicks, surroundElements, xAxisOption, yAxisOption } from './option.ts';
import { countSaid, engineName, timeNotes } from './say.ts';
import { pixelScale, type PixelScale } from './scale.ts';
import { curveTable } from './table.ts';
import { texts as textsOf, type Texts } from '../text/texts.ts';
import { textWidth, truncate } from './text.ts';
import { rampColor, themes, type Theme } from './theme.ts';
import { theoryName } from './theory-name.ts';
import { linearTicks, ticksOf, type Range, type Ticks } from './ticks.ts';
import { readoutOf } from './readout.ts';
import { type FigureView } from './view.ts';

/** Colours over more than this factor are by logarithm unless the view asks otherwise. */
const WIDE = 100;
/** A logarithmic colour scale ends this far below the largest value. */
const DEEPEST = 1e-6;
/** Pixels of the narrowest cell. */
const CELL = 2;

export interface HeatmapFigure {
  readonly kind: string;
  readonly title: string;
  readonly subtitle: string;
  /** Name of the coloured quantity. */
  readonly valueName: string;
  /** One curve per group, from clean to noisy. */
  readonly sets: readonly CurveSet[];
  readonly notes: readonly string[];
}

/** Of the runs the median. */
type Drawn = { readonly is: 'theory' } | { readonly is: 'runs' } | { readonly is: 'other'; readonly kind: string };

/** What is drawn of the sets: theory, a further theory curve or the runs, the first of those that go furthest. */
function drawnOf(sets: readonly CurveSet[]): Drawn {
  const reach = (drawn: Drawn) =>
    Math.max(-1, ...sets.map((set) => curveOf(set, drawn).findLastIndex(Number.isFinite)));
  const others = curveKinds.map(({ kind }) => ({ is: 'other', kind }) as const);
  const kinds: readonly Drawn[] = [{ is: 'theory' }, ...others, { is: 'runs' }];
  const furthest = Math.max(...kinds.map(reach));
  return kinds.find((drawn) => reach(drawn) === furthest) ?? kinds[0];
}

const NOTHING = new Float64Array();

function curveOf({ theory, others, statistics }: CurveSet, drawn: Drawn): Float64Array {
  if (drawn.is === 'runs') return statistics.median;
  if (drawn.is === 'theory') return theory ?? NOTHING;
  return others.find(({ kind }) => kind === drawn.kind)?.values ?? NOTHING;
}

export function drawHeatmap(spec: HeatmapFigure, view: FigureView): Figure {
  const theme = themes[view.theme];
  const { sets } = spec;
  const texts = textsOf(view.language);
  const { say } = texts;
  const timeName = TIME_NAME(texts);
  const first = sets[0];
  const drawn = drawnOf(sets);
  const source = first ? sourceName(texts, first, drawn) : '';
  const subtitle = [spec.subtitle, source].filter(Boolean).join(say('list.parts'));
  const time = timeRange(first ? [first.t] : [], view);
  const colors = colorRange(sets, drawn, time, view);
  const { empty } = colors;
  const base = [...(empty ? [say('note.nothing')] : []), ...spec.notes, ...timeNotes(first ? [first.t] : [], view)];
  // the notes' number of lines must be known before the plot's size, and one note depends on the size
  const around = surround(view, { title: spec.title, subtitle, notes: [...base, ...colors.notes] }, []);
  const height = Math.max(40, around.height - around.top - around.bottom);
  const edges = groupEdges(sets);
  const yTicks = groupTicks(texts, sets, edges, labelsUpright(height, view.fontSize));
  const left = leftMargin(yTicks, view.fontSize, true);
  const barTicks = ticksOf(colors.kind, colors.min, colors.max, labelsUpright(height, view.fontSize));
  const barLabels = Math.max(0, ...barTicks.labels.map((label) => textWidth(label, view.fontSize)));
  const right = Math.ceil(12 + 10 + 6 + barLabels + view.fontSize * 1.6);
  const width = Math.max(60, view.width - left - right);
  const plot: Box = { left, top: around.top, width, height };
  const xTicks = ticksOf(view.timeScale, time.min, time.max, labelsAcross(width, 3 * view.fontSize, view.fontSize));
  const x = pixelScale(view.timeScale, time.min, time.max, width);
  const y = pixelScale('linear', 0, 1, height);
  const yName = say(first?.input.results.frame.groups.labels.length ? 'axis.block' : 'axis.directions');
  const parts = { drawn, x, plot, colors, edges, theme };

  const option: EChartsOption = {
    animation: false,
    backgroundColor: 'transparent',
    textStyle: { fontFamily: view.fontFamily, fontSize: view.fontSize },
    grid: { ...plot, outerBoundsMode: 'none', containLabel: false },
    xAxis: { ...xAxisOption({ scale: x, ticks: xTicks, name: timeName }, view, theme), splitLine: { show: false } },
    yAxis: {
      ...yAxisOption(
        { scale: y, ticks: yTicks, name: truncate(yName, view.fontSize, height + view.fontSize * 3) },
        view,
        theme,
        left - 6 - view.fontSize * 0.75,
      ),
      splitLine: { show: false },
    },
    series: [
      minorTicks(plot, { scale: x, ticks: xTicks }, { scale: y, ticks: yTicks }, theme),
      cellSeries(sets, parts),
    ],
    graphic: [
      ...surroundElements(around, plot, view, theme),
      ...(empty
        ? []
        : colorBar(
            { left: plot.left + width + 12, top: plot.top, width: 10, height },
            colors,
            barTicks,
            barName(texts, spec.valueName, colors),
            view,
            theme,
          )),
    ],
  };
  return {
    kind: spec.kind,
    title: spec.title,
    subtitle,
    notes: [...base, ...colors.notes],
    option,
    legend: [],
    unnamed: 0,
    table: curveTable(texts, sets, spec.valueName),
    width: view.width,
    height: around.height,
    plot,
    across: { name: timeName, scale: view.timeScale, ...time },
    time: { name: timeName, scale: view.timeScale, ...time },
    up: { name: yName, scale: 'linear', min: 0, max: 1 },
    stops: first ? first.t.filter((value) => value >= time.min && value <= time.max) : [],
    value: { name: spec.valueName, scale: colors.kind, min: colors.min, max: colors.max },
    readout: (t) => readoutOf(sets, t, view),
    empty,
  };
}

function sourceName(texts: Texts, { input, runs }: CurveSet, drawn: Drawn): string {
  const { experiment } = input.results;
  switch (drawn.is) {
    case 'theory':
      return theoryName(texts, experiment);
    case 'other':
      return theoryName(texts, experiment, drawn.kind);
    case 'runs':
      return texts.say('styles.medianOf', { engine: engineName(texts, experiment), count: countSaid([runs.length]) });
  }
}

function colorRange(sets: readonly CurveSet[], drawn: Drawn, time: Range, view: FigureView): ColorRange {
  const texts = textsOf(view.language);
  const { say, counted } = texts;
  let low = Infinity;
  let high = -Infinity;
  let smallest = Infinity;
  let negative = 0;
  for (const set of sets) {
    const values = curveOf(set, drawn);
    set.t.forEach((t, p) => {
      const value = values[p];
      if (t < time.min || t > time.max || !Number.isFinite(value)) return;
      low = Math.min(low, value);
      high = Math.max(high, value);
      if (value > 0) smallest = Math.min(smallest, value);
      else negative++;
    });
  }
  const empty = !(low <= high);
  if (empty) return { kind: 'linear', min: 0, max: 1, notes: [], empty };
  const wide = low > 0 && high / low > WIDE;
  const log = high > 0 && (view.valueScale === 'log' || (view.valueScale === 'auto' && wide));
  if (!log) return linearColors(texts, low, high);
  const min = Math.max(smallest, high * DEEPEST);
  const notes = [say('note.logColors')];
  if (negative > 0) notes.push(counted('note.blank', negative));
  if (min > smallest) notes.push(say('note.lowestColor'));
  return { kind: 'log', min: min < high ? min : high / 10, max: high, notes, empty };
}

/** Cumulative shares of directions, G + 1, from 0 to 1. */
function groupEdges(sets: readonly CurveSet[]): number[] {
  if (sets.length === 0) return [0];
  const { results } = sets[0].input;
  const { size } = results.frame.groups;
  const total = size.reduce((sum, value) => sum + value, 0);
  const edges = [0];
  for (const g of cleanToNoisy(results)) edges.push(edges[edges.length - 1] + size[g] / total);
  return edges;
}

/** Block names in the middle of blocks that are high enough; shares of directions elsewhere. */
function groupTicks(texts: Texts, sets: readonly CurveSet[], edges: readonly number[], most: number): Ticks {
  const results = sets[0]?.input.results;
  if (!results || results.frame.groups.labels.length === 0) return linearTicks(0, 1, Math.min(most, 5));
  const rows = cleanToNoisy(results)
    .map((g, k) => ({
      label: groupLabel(texts, results, g),
      middle: (edges[k] + edges[k + 1]) / 2,
      high: edges[k + 1] - edges[k],
    }))
    .filter(({ high }) => high > 0.35 / most);
  return { major: rows.map(({ middle }) => middle), labels: rows.map(({ label }) => label), minor: [] };
}

interface CellParts {
  readonly drawn: Drawn;
  readonly x: PixelScale;
  readonly plot: Box;
  readonly colors: ColorRange;
  readonly edges: readonly number[];
  readonly theme: Theme;
}

function cellSeries(
  sets: readonly CurveSet[],
  { drawn, x, plot, colors, edges, theme }: CellParts,
): CustomSeriesOption {
  const scale = pixelScale(colors.kind, colors.min, colors.max, 1);
  const cells = sets.flatMap((set, k) => {
    const values = curveOf(set, drawn);
    const indices = dotIndices(set.t, values, x, CELL);
    const at = indices.map((p) => x.position(set.t[p]));
    const bottom = Math.round(plot.top + plot.height * (1 - edges[k]));
    const top = Math.round(plot.top + plot.height * (1 - edges[k + 1]));
    const seam = k < sets.length - 1 ? 0.5 : 0;
    return indices.flatMap((p, n) => {
      if (!Number.isFinite(scale.position(values[p]))) return [];
      const start = n === 0 ? at[0] : (at[n - 1] + at[n]) / 2;
      const end = n === indices.length - 1 ? at[n] : (at[n] + at[n + 1]) / 2;
      // half a pixel more to the right and upwards hides the seams that antialiasing leaves
      const shape = {
        x: plot.left + start,
        y: top - seam,
        width: end - start + (n < indices.length - 1 ? 0.5 : 0),
        height: bottom - top + seam,
      };
      return [{ shape, fill: rampColor(theme.ramp, scale.position(values[p])) }];
    });
  });
  return {
    type: 'custom',
    id: 'cells',
    silent: true,
    clip: true,
    z: 2,
    data: [[x.min, 0]],
    renderItem: () => ({
      type: 'group',
      children: cells.map(({ shape, fill }) => ({ type: 'rect', shape, style: { fill } })),
    }),
  };
}
