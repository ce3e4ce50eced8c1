/** Theoretical boundaries as lines over a map. */
import { texts } from '../../text/texts.ts';
import type { LineSeriesOption } from 'echarts';
import { type Box } from '../surround.ts';
import { textElement, type Elements } from '../option.ts';
import { type PixelScale } from '../scale.ts';
import { textWidth } from '../text.ts';
import { type Theme } from '../theme.ts';
import { type FigureView } from '../view.ts';
import { placeOn, valueAtPlace } from './axes.ts';
import { type Boundary } from './boundary.ts';
import { contourLines, type Polyline } from './contour.ts';
import { type Lane } from './lane.ts';

/** The zero of a margin in values of the two axes, drawn on to the edges of the outer cells. */
export function boundaryLines({ margin }: Boundary, columns: Lane, rows: Lane, across: 0 | 1): Polyline[] {
  const heights = columns.order.map((i) => rows.order.map((j) => (across === 0 ? margin[i][j] : margin[j][i])));
  const places = ({ axis, values, edges }: Lane) =>
    [edges[0], ...values, edges[edges.length - 1]].map((value) => placeOn(axis.scale, value));
  const [u, v] = [places(columns), places(rows)];
  const wide = extended(
    heights.map((row) => extended(row, v, beyond)),
    u,
    (a, b, share) => a.map((value, k) => beyond(value, b[k], share)),
  );
  return contourLines(u, v, wide).map((line) =>
    line.map(([a, b]) => [valueAtPlace(columns.axis.scale, a), valueAtPlace(rows.axis.scale, b)] as const),
  );
}

const beyond = (near: number, far: number, share: number): number => near + share * (near - far);

/** A list with a linearly continued entry before and after it; `places` are those of the longer list. */
function extended<T>(list: readonly T[], places: readonly number[], next: (near: T, far: T, share: number) => T): T[] {
  const n = list.length;
  if (n === 1) return [list[0], list[0], list[0]];
  const before = (places[1] - places[0]) / (places[2] - places[1]);
  const after = (places[n + 1] - places[n]) / (places[n] - places[n - 1]);
  return [next(list[0], list[1], before), ...list, next(list[n - 1], list[n - 2], after)];
}

/** A dashed line on a rim of the panel's colour: seen on light cells and on dark ones. */
export function lineSeries(line: Polyline, index: number, theme: Theme): LineSeriesOption[] {
  const common = {
    type: 'line' as const,
    data: line.map(([u, v]) => [u, v]),
    showSymbol: false,
    silent: true,
    clip: true,
    emphasis: { disabled: true },
  };
  return [
    { ...common, id: `rim-${index}`, z: 4, lineStyle: { color: theme.panel, width: 4.5, opacity: 0.85 } },
    { ...common, id: `boundary-${index}`, z: 5, lineStyle: { color: theme.text, width: 1.8, type: [6, 4] } },
  ];
}

/** Each boundary's label beside the middle of its longest line, within the plot. */
export function boundaryLabels(
  lines: readonly { boundary: Boundary; line: Polyline }[],
  plot: Box,
  x: PixelScale,
  y: PixelScale,
  view: FigureView,
  theme: Theme,
): Elements {
  const words = texts(view.language);
  const longest = new Map<string, Polyline>();
  for (const { boundary, line } of lines) {
    const label = boundary.label(words);
    if (line.length > (longest.get(label)?.length ?? 1)) longest.set(label, line);
  }
  return [...longest].map(([label, line]) => {
    const [u, v] = line[Math.floor(line.length / 2)];
    const size = view.fontSize;
    const width = textWidth(label, size);
    const at = plot.left + x.position(u) + 12;
    const left = Math.min(plot.left + plot.width - width - 6, Math.max(plot.left + 6, at));
    const middle = plot.top + plot.height - y.position(v);
    const top = Math.min(plot.top + plot.height - size - 4, Math.max(plot.top + 4, middle - size / 2));
    return textElement(left, top, label, {
      fontFamily: view.fontFamily,
      fontSize: size,
      fontWeight: 600,
      fill: theme.text,
      stroke: theme.panel,
      lineWidth: 4,
      verticalAlign: 'top',
    });
  });
}
