/** Words inside a figure of curves: names of baselines, symbols at the ends of curves. */
import { type Baseline, type CurveSet } from './curve-set.ts';
import { type CurvePath } from './curve-shape.ts';
import { spread, type Box } from './surround.ts';
import { textElement, type Elements } from './option.ts';
import { placeAlong } from './place.ts';
import { type PixelScale } from './scale.ts';
import { textWidth } from './text.ts';
import { type Theme } from './theme.ts';
import { type FigureView } from './view.ts';

/** Names of baselines, each along its line where it covers the least. */
export function baselineLabels(
  baselines: readonly Baseline[],
  paths: readonly CurvePath[],
  plot: Box,
  y: PixelScale,
  unit: number,
  view: FigureView,
  theme: Theme,
): Elements {
  const bottom = plot.top + plot.height;
  const curves: { points: ArrayLike<number> }[] = paths.map((points) => ({ points }));
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

/** Between symbols at the ends of curves, in font sizes. */
const LABEL_DISTANCE = 1.2;

/** Pixels that so many symbols need, one above the other. */
export const endLabelsHeight = (count: number, { fontSize }: Pick<FigureView, 'fontSize'>): number =>
  LABEL_DISTANCE * fontSize * (count - 1);

/** Symbols in the right margin, each beside the ends of its curves, never over each other. */
export function endLabels(
  sets: readonly CurveSet[],
  lines: readonly (readonly CurvePath[])[],
  plot: Box,
  view: FigureView,
  theme: Theme,
): Elements {
  const bottom = plot.top + plot.height;
  const ends = new Map<string, number[]>();
  sets.forEach(({ end }, k) => {
    const height = lines[k].length > 0 ? endHeight(lines[k][0], plot.left + plot.width) : NaN;
    if (end === null || Number.isNaN(height)) return;
    const y = Math.min(bottom, Math.max(plot.top, height));
    ends.set(end, [...(ends.get(end) ?? []), y]);
  });
  const middles = [...ends.values()].map((places) => places.reduce((sum, y) => sum + y, 0) / places.length);
  if (endLabelsHeight(ends.size, view) > plot.height) return [];
  const places = spread(middles, view.fontSize * LABEL_DISTANCE, plot.top, bottom);
  return [...ends.keys()].map((text, k) =>
    textElement(plot.left + plot.width + 6, places[k], text, {
      fontFamily: view.fontFamily,
      fontSize: view.fontSize,
      fill: theme.text,
      verticalAlign: 'middle',
    }),
  );
}

/** Where a curve leaves the plot, or ends; NaN for one that is not there. */
function endHeight(path: CurvePath, right: number): number {
  let height = NaN;
  for (let k = 0; k < path.length; k += 2) {
    if (Number.isNaN(path[k + 1])) continue;
    if (path[k] <= right) height = path[k + 1];
    else if (k >= 2 && !Number.isNaN(path[k - 1])) {
      const share = (right - path[k - 2]) / (path[k] - path[k - 2]);
      return path[k - 1] + share * (path[k + 1] - path[k - 1]);
    }
  }
  return height;
}
