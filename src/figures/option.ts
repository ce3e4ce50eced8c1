/** The parts of an ECharts option that every figure has: axes with our ticks, heading, legend. */
import type { CustomSeriesOption, GraphicComponentOption, XAXisComponentOption, YAXisComponentOption } from 'echarts';
import { type LegendEntry } from './figure.ts';
import { LEGEND_MARKER, TICK, type Box, type Surround } from './surround.ts';
import { type PixelScale } from './scale.ts';
import { markerOutline } from './key.ts';
import { type SeriesStyle, type Theme } from './theme.ts';
import { type Ticks } from './ticks.ts';
import { type FigureView } from './view.ts';

/** Elements of the graphic component. */
export type Elements = GraphicComponentOption[];

interface AxisParts {
  readonly scale: PixelScale;
  readonly ticks: Ticks;
  readonly name: string;
}

/** Options of one axis: range, ticks and labels are given, nothing is left to ECharts. */
function axisOption({ scale, ticks, name }: AxisParts, view: FigureView, theme: Theme) {
  const labels = new Map(ticks.major.map((value, k) => [value, ticks.labels[k]]));
  const values = [...ticks.major];
  return {
    type: scale.kind === 'log' ? ('log' as const) : ('value' as const),
    min: scale.min,
    max: scale.max,
    name,
    nameLocation: 'middle' as const,
    nameMoveOverlap: false,
    nameTextStyle: { color: theme.text, fontSize: view.fontSize, fontFamily: view.fontFamily },
    axisLine: { show: true, onZero: false, lineStyle: { color: theme.axis, width: 1 } },
    axisTick: { show: true, length: TICK, lineStyle: { color: theme.axis, width: 1 }, customValues: values },
    axisLabel: {
      customValues: values,
      formatter: (value: number) => labels.get(value) ?? '',
      color: theme.text,
      fontSize: view.fontSize,
      fontFamily: view.fontFamily,
      margin: TICK + 3,
      hideOverlap: false,
      showMinLabel: true,
      showMaxLabel: true,
    },
    minorTick: { show: false },
    splitLine: { show: true, showMinLine: true, showMaxLine: true, lineStyle: { color: theme.line, width: 1 } },
  };
}

export function xAxisOption(parts: AxisParts, view: FigureView, theme: Theme): XAXisComponentOption {
  return { ...axisOption(parts, view, theme), nameGap: TICK + 3 + Math.round(view.fontSize * 1.5) };
}

/** @param gap pixels between the axis line and the middle of its name. */
export function yAxisOption(parts: AxisParts, view: FigureView, theme: Theme, gap: number): YAXisComponentOption {
  return { ...axisOption(parts, view, theme), nameRotate: 90, nameGap: gap };
}

/** Minor ticks, which ECharts can only place between its own major ticks. */
export function minorTicks(
  plot: Box,
  x: { scale: PixelScale; ticks: Ticks },
  y: { scale: PixelScale; ticks: Ticks },
  theme: Theme,
): CustomSeriesOption {
  const length = 3;
  const bottom = plot.top + plot.height;
  const lines = [
    ...x.ticks.minor.map((value) => {
      const at = crisp(plot.left + x.scale.position(value));
      return { x1: at, y1: bottom, x2: at, y2: bottom + length };
    }),
    ...y.ticks.minor.map((value) => {
      const at = crisp(bottom - y.scale.position(value));
      return { x1: plot.left, y1: at, x2: plot.left - length, y2: at };
    }),
  ];
  return {
    type: 'custom',
    id: 'minor-ticks',
    silent: true,
    clip: false,
    z: 1,
    data: [[x.scale.min, y.scale.min]],
    renderItem: () => ({
      type: 'group',
      children: lines.map((shape) => ({ type: 'line', shape, style: { stroke: theme.axis, lineWidth: 1 } })),
    }),
  };
}

/** A pixel's middle: lines one pixel wide there are not smeared over two. */
const crisp = (pixel: number): number => Math.round(pixel - 0.5) + 0.5;

/** Heading, notes and legend; the legend begins above the plot's left edge if it has the room. */
export function surroundElements(around: Surround, plot: Box, view: FigureView, theme: Theme): Elements {
  const start = Math.min(...around.legend.map(({ x }) => x));
  const shift = Math.max(0, Math.min(around.legendRoom, plot.left - start));
  const fonts = { fontFamily: view.fontFamily };
  const texts = around.texts.map(({ x, y, text, role }) =>
    textElement(x, y, text, {
      ...fonts,
      fontSize: role === 'title' ? view.fontSize + 3 : role === 'note' ? view.fontSize - 1 : view.fontSize,
      fontWeight: role === 'title' ? 600 : 400,
      fill: role === 'title' ? theme.text : theme.muted,
      verticalAlign: 'top',
    }),
  );
  const legend = around.legend
    .map((placed) => ({ ...placed, x: placed.x + shift }))
    .flatMap(({ x, y, label, entry }) => [
      ...(entry ? markerElements(x, y, entry, theme) : []),
      textElement(entry ? x + LEGEND_MARKER + 6 : x, y, label, {
        ...fonts,
        fontSize: view.fontSize,
        fill: entry ? theme.text : theme.muted,
        verticalAlign: 'middle',
      }),
    ]);
  return [...texts, ...legend];
}

/** Text as drawn: never rich text, whatever it contains. */
export function textElement(x: number, y: number, text: string, style: Record<string, unknown>): Elements[number] {
  return { type: 'text', x, y, silent: true, z: 10, style: { text, ...style } } as Elements[number];
}

function markerElements(x: number, y: number, entry: LegendEntry, theme: Theme): Elements {
  const { color } = entry;
  const middle = x + LEGEND_MARKER / 2;
  const stroke = { stroke: color, lineWidth: 1.8, fill: 'none', lineDash: [...entry.dash] };
  const line = {
    type: 'line',
    silent: true,
    z: 10,
    shape: { x1: x, y1: y, x2: x + LEGEND_MARKER, y2: y },
    style: stroke,
  };
  const dot = {
    type: 'polygon',
    silent: true,
    z: 11,
    shape: { points: markerOutline(entry.marker).map(([u, v]) => [middle + 3.4 * u, y + 3.4 * v]) },
    style: { stroke: color, lineWidth: 1.4, fill: theme.panel },
  };
  return [...(entry.line ? [line] : []), ...(entry.dot ? [dot] : [])] as Elements;
}

/** ECharts' name for a marker. */
export function symbolOf({ marker }: SeriesStyle): string {
  return marker === 'inverted' ? 'path://M0,0L10,0L5,9.1Z' : marker;
}
