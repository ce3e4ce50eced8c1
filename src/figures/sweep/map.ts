/** Phase diagram of a sweep over two axes: a statistic as coloured cells, with theoretical boundaries drawn. */
import { texts, type Texts } from '../../text/texts.ts';
import type { EChartsOption } from 'echarts';
import { barName, colorBar, linearColors, type ColorRange } from '../color-bar.ts';
import { scaleFor, type ValueScale } from '../curves.ts';
import { type Figure, type FigureInput } from '../figure.ts';
import { labelsAcross, labelsUpright, leftMargin, surround, type Box } from '../surround.ts';
import { minorTicks, surroundElements, xAxisOption, yAxisOption } from '../option.ts';
import { pixelScale } from '../scale.ts';
import { textWidth, truncate } from '../text.ts';
import { themes } from '../theme.ts';
import { commonTheoryName } from '../theory-name.ts';
import { ticksOf, type Range } from '../ticks.ts';
import { type FigureView } from '../view.ts';
import { boundariesOf } from './boundary.ts';
import {
  extremeElements,
  extremeMarks,
  extremeSaid,
  extremeSections,
  extremesOf,
  settledValues,
  sourceOf,
  type Extreme,
} from './extremes.ts';
import { laneOf, type Cell } from './lane.ts';
import { boundaryLabels, boundaryLines, lineSeries } from './map-boundary.ts';
import { cellAt, cellSeries, columnReadout, mapTable } from './map-cells.ts';
import { countSaid, engineName } from '../say.ts';
import { ranAwaySaid, sweepNotes, timeSaid } from './say.ts';
import { type Statistic } from './statistics.ts';
import { pointPlace, type Swept } from './swept.ts';
import { medianOf, sweptValues, type PointValues, type SweptSource } from './values.ts';

/** Colours over more than this factor are by logarithm unless the view asks otherwise. */
const WIDE = 100;
/** A logarithmic colour scale ends this far below the largest value. */
const DEEPEST = 1e-9;

export interface MapChoice {
  readonly statistic: Statistic;
  /** Null for the last grid time. */
  readonly time: number | null;
  /** What is coloured; 'auto' is theory where there is any. */
  readonly source: SweptSource | 'auto';
  /** The axis drawn across; the other one is drawn upwards. */
  readonly across: 0 | 1;
}

/** @throws RangeError for a sweep over one axis. */
export function drawSweepMap(swept: Swept, choice: MapChoice, view: FigureView): Figure {
  if (swept.axes.length !== 2) throw new RangeError('expected a sweep over two axes');
  const { statistic, time, across } = choice;
  const theme = themes[view.theme];
  const words = texts(view.language);
  const { say } = words;
  const valueName = statistic.valueName(words);
  const [columns, rows] = [laneOf(swept.axes[across]), laneOf(swept.axes[1 - across])];
  const values = sweptValues(swept, statistic, time, view);
  const source = choice.source === 'auto' ? sourceOf(values) : choice.source;
  const extremes = extremesOf(swept, values, source);
  const cells = columns.order.flatMap((i, x) =>
    rows.order.map((j, y): Cell => {
      const place = pointPlace(swept, across === 0 ? [i, j] : [j, i]);
      const { id } = swept.points[place];
      const value = source === 'theory' ? values[place].theory : medianOf(values[place]);
      const extreme = extremes.filter((each) => each.id === id).map(({ is }) => is);
      return { id, x, y, value, values: values[place], extreme };
    }),
  );
  const settled = settledValues(values, source);
  // where everything ran away, that is what there is to see
  const colors = colorRange(
    settled.some(Number.isFinite) ? settled : cells.map(({ value }) => value),
    statistic.scale,
    view,
  );
  const boundaries = boundariesOf(swept.sweep, swept.axes);
  const inputs = swept.points.flatMap(({ input }) => input ?? []);
  const theory = statistic.line?.(words) ?? commonTheoryName(words, inputs);
  const subtitle = [
    timeSaid(words, values, statistic),
    source === 'theory' ? theory : simulationSaid(words, inputs, values),
  ]
    .filter(Boolean)
    .join(say('list.parts'));
  const notes = [
    ...(colors.empty ? [say('note.nothing')] : []),
    ...extremes.map((extreme) => say('swept.remark', { said: extremeSaid(words, swept, extreme) })),
    ...boundaries.map(({ note }) => note(words)),
    ...colors.notes,
    ...ranAwaySaid(words, values, source),
    ...sweepNotes(swept, statistic, values, time, view),
  ];
  const title = say('sweep.over', {
    name: statistic.title(words),
    first: columns.axis.symbol,
    second: rows.axis.symbol,
  });
  const around = surround(view, { title, subtitle, notes }, []);
  const height = Math.max(40, around.height - around.top - around.bottom);
  const yRange = rangeOf(rows.edges);
  const yTicks = ticksOf(rows.axis.scale, yRange.min, yRange.max, labelsUpright(height, view.fontSize));
  const left = leftMargin(yTicks, view.fontSize, true);
  const barTicks = ticksOf(colors.kind, colors.min, colors.max, labelsUpright(height, view.fontSize));
  const barLabels = Math.max(0, ...barTicks.labels.map((label) => textWidth(label, view.fontSize)));
  const right = Math.ceil(12 + 10 + 6 + barLabels + view.fontSize * 1.6);
  const width = Math.max(60, view.width - left - right);
  const plot: Box = { left, top: around.top, width, height };
  const xRange = rangeOf(columns.edges);
  const xTicks = ticksOf(
    columns.axis.scale,
    xRange.min,
    xRange.max,
    labelsAcross(width, 3 * view.fontSize, view.fontSize),
  );
  const x = pixelScale(columns.axis.scale, xRange.min, xRange.max, width);
  const y = pixelScale(rows.axis.scale, yRange.min, yRange.max, height);
  const lines = boundaries.flatMap((boundary) =>
    boundaryLines(boundary, columns, rows, across).map((line) => ({ boundary, line })),
  );
  const at = ({ at: of }: Extreme): readonly [number, number] => [of[across], of[1 - across]];
  const placed = extremes.map((extreme) => {
    const [u, v] = at(extreme);
    return { extreme, x: plot.left + x.position(u), y: plot.top + height - y.position(v) };
  });
  const option: EChartsOption = {
    animation: false,
    backgroundColor: 'transparent',
    textStyle: { fontFamily: view.fontFamily, fontSize: view.fontSize },
    grid: { ...plot, outerBoundsMode: 'none', containLabel: false },
    xAxis: {
      ...xAxisOption({ scale: x, ticks: xTicks, name: columns.axis.name(words) }, view, theme),
      splitLine: { show: false },
    },
    yAxis: {
      ...yAxisOption(
        { scale: y, ticks: yTicks, name: truncate(rows.axis.name(words), view.fontSize, around.height - 12) },
        view,
        theme,
        left - 6 - view.fontSize * 0.75,
      ),
      splitLine: { show: false },
    },
    series: [
      minorTicks(plot, { scale: x, ticks: xTicks }, { scale: y, ticks: yTicks }, theme),
      cellSeries(cells, { columns, rows, plot, x, y, colors, theme }),
      ...lines.flatMap(({ line }, k) => lineSeries(line, k, theme)),
    ],
    graphic: [
      ...surroundElements(around, plot, view, theme),
      ...boundaryLabels(lines, plot, x, y, view, theme),
      ...extremeElements(words, placed, plot, view, theme),
      ...(colors.empty
        ? []
        : colorBar(
            { left: plot.left + width + 12, top: plot.top, width: 10, height },
            colors,
            barTicks,
            truncate(barName(words, valueName, colors), view.fontSize, around.height - 12),
            view,
            theme,
          )),
    ],
  };
  return {
    kind: `sweep-map-${statistic.kind}`,
    title,
    subtitle,
    notes,
    option,
    legend: [],
    unnamed: 0,
    marks: {
      kind: 'cells',
      column: source === 'theory' ? 'theory' : 'median',
      edges: null,
      colors: { kind: colors.kind, min: colors.min, max: colors.max },
      points: extremeMarks(words, extremes, at),
    },
    table: mapTable(words, cells, columns, rows, statistic, theory, extremeSections(words, swept, statistic, extremes)),
    width: view.width,
    height: around.height,
    plot,
    across: { name: columns.axis.name(words), scale: columns.axis.scale, ...xRange },
    up: { name: rows.axis.name(words), scale: rows.axis.scale, ...yRange },
    time: null,
    stops: columns.values,
    value: { name: valueName, scale: colors.kind, min: colors.min, max: colors.max },
    readout: (at) => columnReadout(words, cells, columns, rows, at, colors, theory, theme),
    cell: (u, v) => cellAt(words, cells, columns, rows, [u, v], statistic, theory),
    empty: colors.empty,
  };
}

const rangeOf = (edges: readonly number[]): Range => ({ min: edges[0], max: edges[edges.length - 1] });

function simulationSaid(words: Texts, inputs: readonly FigureInput[], values: readonly PointValues[]): string {
  const engine = [...new Set(inputs.map(({ results }) => engineName(words, results.experiment)))].join(
    words.say('list.and'),
  );
  const counts = values.map(({ runs }) => runs.filter(Number.isFinite).length).filter((count) => count > 0);
  return counts.length === 0 ? engine : words.say('styles.medianOf', { engine, count: countSaid(counts) });
}

function colorRange(values: readonly number[], scale: ValueScale, view: FigureView): ColorRange {
  const words = texts(view.language);
  const present = values.filter(Number.isFinite);
  const positive = present.filter((value) => value > 0);
  if (present.length === 0) return { kind: 'linear', min: 0, max: 1, notes: [], empty: true };
  const [low, high] = [Math.min(...present), Math.max(...present)];
  const wide = low > 0 && high / low > WIDE;
  const log = positive.length > 0 && (view.valueScale === 'auto' ? wide : scaleFor(scale, view) === 'log');
  if (!log || scale === 'signed') return linearColors(words, low, high);
  const smallest = Math.min(...positive);
  const min = Math.max(smallest, high * DEEPEST);
  const nonPositive = present.length - positive.length;
  const notes = [
    words.say('note.logColors'),
    ...(nonPositive > 0 ? [words.counted('note.blank', nonPositive)] : []),
    ...(min > smallest ? [words.say('note.lowestColor')] : []),
  ];
  return { kind: 'log', min: min < high ? min : high / 10, max: high, notes, empty: false };
}
