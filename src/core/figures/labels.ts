/** Words inside a figure of curves: names of baselines, symbols at the ends of curves. */
import { type Baseline, type CurveSet } from './curve-set.ts';
import { type Drawn } from './curves.ts';
import { spread, type Box } from './layout.ts';
import { textElement, type Elements } from './option.ts';
import { placeAlong } from './place.ts';
import { type PixelScale } from './scale.ts';
import { textWidth } from './text.ts';
import { type Theme } from './theme.ts';
import { type FigureView } from './view.ts';

/** Names of baselines, each along its line where it covers the least. */
export function baselineLabels(
  baselines: readonly Baseline[],
  drawn: readonly Drawn[],
  plot: Box,
  y: PixelScale,
  unit: number,
  view: FigureView,
  theme: Theme,
): Elements {
  const bottom = plot.top + plot.height;
  const curves = drawn
    .flatMap(({ pixels }) => pixels)
    .map((line) => ({ points: line.map((value, k) => (k % 2 === 0 ? plot.left + value : bottom - value)) }));
  for (const { value } of baselines) {
    const at = bottom - y.position(value / unit);
    curves.push({ points: [plot.left, at, plot.left + plot.width, at] });
  }
  const size = view.fontSize - 0.5;
  const taken: Box[] = [];
  return baselines.flatMap(({ value, label, color }) => {
    const at = bottom - y.position(value / unit);
    if (!Number.isFinite(at) || label === '') return [];
    const box = placeAlong(plot, at, { width: textWidth(label, size), height: size * 1.15 }, curves, taken);
    taken.push(box);
    return [
      textElement(box.left, box.top, label, {
        fontFamily: view.fontFamily,
        fontSize: size,
        fill: color ?? theme.muted,
        // a rim of the panel's colour keeps the words readable over curves
        stroke: theme.panel,
        lineWidth: 3,
        verticalAlign: 'top',
      }),
    ];
  });
}

/** Symbols in the right margin, each beside the ends of its curves, never over each other. */
export function endLabels(
  sets: readonly CurveSet[],
  drawn: readonly Drawn[],
  plot: Box,
  view: FigureView,
  theme: Theme,
): Elements {
  const bottom = plot.top + plot.height;
  const ends = new Map<string, number[]>();
  sets.forEach(({ end }, k) => {
    const heights = (drawn[k].pixels[0] ?? []).filter((value, at) => at % 2 === 1 && Number.isFinite(value));
    if (end === null || heights.length === 0) return;
    const y = Math.min(bottom, Math.max(plot.top, bottom - heights[heights.length - 1]));
    ends.set(end, [...(ends.get(end) ?? []), y]);
  });
  const middles = [...ends.values()].map((places) => places.reduce((sum, y) => sum + y, 0) / places.length);
  const distance = view.fontSize * 1.2;
  if (distance * (ends.size - 1) > plot.height) return [];
  const places = spread(middles, distance, plot.top, bottom);
  return [...ends.keys()].map((text, k) =>
    textElement(plot.left + plot.width + 6, places[k], text, {
      fontFamily: view.fontFamily,
      fontSize: view.fontSize,
      fill: theme.text,
      verticalAlign: 'middle',
    }),
  );
}
