/** The series of sets of curves: bands, lines and dots, layer by layer. */
import type { EChartsOption, ScatterSeriesOption } from 'echarts';
import { curveKind } from '../core/theory/curves/curve-kind.ts';
import { lookBeside } from './curve-look.ts';
import { bandSeries } from './band.ts';
import { bandEdges, centre, quantileBand, theoryBand, type CurveSet } from './curve-set.ts';
import { strokedCurves, type CurvePath, type StrokedCurve } from './curve-shape.ts';
import { decimate, dotIndices, gridOn, withoutStraight, type Grid } from './decimate.ts';
import { type Box } from './surround.ts';
import { symbolOf } from './option.ts';
import { type PixelScale } from './scale.ts';
import { type Theme } from './theme.ts';
import { type FigureView } from './view.ts';

/** Up to this many grid points all of them get a dot. */
const FEW_POINTS = 16;

export interface Drawing {
  readonly plot: Box;
  readonly x: PixelScale;
  readonly y: PixelScale;
  readonly view: FigureView;
  readonly theme: Theme;
  /** Power of ten that values are divided by. */
  readonly unit: number;
}

export interface DrawnCurves {
  readonly series: NonNullable<Extract<EChartsOption['series'], readonly unknown[]>>[number][];
  /** The lines of every set, the main one first. */
  readonly lines: readonly (readonly CurvePath[])[];
}

/** Lines from the lowest layer to the highest, with their heights. */
const LAYERS = { runs: 3, centre: 4, others: 5, theory: 6 } as const;

export function drawSets(sets: readonly CurveSet[], drawing: Drawing): DrawnCurves {
  const { plot, view } = drawing;
  const gridOf = grids(drawing.x);
  const pathOf = paths(drawing);
  const layers: Record<keyof typeof LAYERS, StrokedCurve[]> = { runs: [], centre: [], others: [], theory: [] };
  const bands: DrawnCurves['series'] = [];
  const dots: DrawnCurves['series'] = [];
  const lines = sets.map((set, k): CurvePath[] => {
    const { theory, others, runs, style } = set;
    const stroke = style.color;
    const grid = gridOf(set.t);
    const middle = runs.length > 0 ? centre(set, view.band) : null;
    bands.push(...band(`theory-band-${k}`, set, theoryBand(set, view), grid, drawing, 0.7));
    bands.push(...band(`theory-quantiles-${k}`, set, quantileBand(set, view), grid, drawing, 0.7));
    if (runs.length > 1) bands.push(...band(`band-${k}`, set, bandEdges(set, view.band), grid, drawing));
    if (view.singleRuns && runs.length > 1) {
      layers.runs.push({ path: joined(runs.map((run) => pathOf(grid, run))), stroke, lineWidth: 0.6, opacity: 0.45 });
    }
    const line = (layer: keyof typeof LAYERS, curve: Float64Array, drawn: Omit<StrokedCurve, 'path' | 'stroke'>) => {
      const path = pathOf(grid, curve);
      layers[layer].push({ path, stroke, ...drawn, lineWidth: drawn.lineWidth * drawing.theme.weight });
      return [path];
    };
    // with a theory line the centre is a hairline under its dots; alone it is the curve
    const central = middle
      ? line('centre', middle, theory ? { lineWidth: 0.8, opacity: 0.5 } : { lineWidth: 1.5, lineDash: style.dash })
      : [];
    const further = others.flatMap(({ kind, values }) =>
      line('others', values, { lineWidth: 1.5, lineDash: style.dashes[lookBeside(curveKind(kind))] }),
    );
    const solid = theory ? line('theory', theory, { lineWidth: 1.9, lineDash: style.dash }) : central;
    if (middle) dots.push(dotSeries(set, middle, k, drawing));
    return [...solid, ...further];
  });
  const strokes = (Object.keys(LAYERS) as (keyof typeof LAYERS)[])
    .filter((layer) => layers[layer].length > 0)
    .map((layer) => strokedCurves(layer, layers[layer], plot, LAYERS[layer]));
  return { series: [...bands, ...strokes, ...dots], lines };
}

/** The grid of times on the axis; sets have the same times more often than not. */
function grids(x: PixelScale): (t: Float64Array) => Grid {
  let last: { t: Float64Array; grid: Grid } | null = null;
  return (t) => {
    if (!last || !sameNumbers(last.t, t)) last = { t, grid: gridOn(x, t) };
    return last.grid;
  };
}

function sameNumbers(a: Float64Array, b: Float64Array): boolean {
  if (a === b) return true;
  let k = 0;
  while (k < a.length && a[k] === b[k]) k++;
  return k === a.length && k === b.length;
}

/** Paths of curves: broken where there is no value, or none that the axis has a place for. */
function paths({ plot, y, unit }: Drawing): (grid: Grid, curve: Float64Array) => CurvePath {
  const bottom = plot.top + plot.height;
  // room for the longest curve so far: hundreds of buffers a drawing would keep the garbage collector busy
  let kept = new Uint32Array(0);
  let corners = new Float64Array(0);
  return (grid, curve) => {
    if (kept.length < curve.length) {
      kept = new Uint32Array(curve.length);
      corners = new Float64Array(2 * curve.length);
    }
    const indices = decimate(grid, [curve], kept);
    for (let n = 0; n < indices.length; n++) {
      const k = indices[n];
      corners[2 * n] = plot.left + grid.across[k];
      corners[2 * n + 1] = bottom - y.position(curve[k] / unit);
    }
    return withoutStraight(corners.subarray(0, 2 * indices.length)).slice();
  };
}

/** One path of several: where they lie on each other they are as dark as one. */
function joined(paths: readonly CurvePath[]): CurvePath {
  const path = new Float64Array(paths.reduce((sum, { length }) => sum + length + 2, 0)).fill(NaN);
  let at = 0;
  for (const each of paths) {
    path.set(each, at);
    at += each.length + 2;
  }
  return path;
}

const over = (unit: number, curve: Float64Array): Float64Array =>
  unit === 1 ? curve : curve.map((value) => value / unit);

function band(
  id: string,
  set: CurveSet,
  edges: ReturnType<typeof bandEdges>,
  grid: Grid,
  { y, theme, unit }: Drawing,
  fainter = 1,
): DrawnCurves['series'] {
  if (!edges) return [];
  const low = over(unit, edges.low);
  const high = over(unit, edges.high);
  const indices = [...decimate(grid, [low, high])];
  return [bandSeries(id, { x: set.t, low, high, indices }, y, set.style.color, fainter * theme.band)];
}

function dotSeries(
  set: CurveSet,
  centres: Float64Array,
  index: number,
  { x, y, view, theme, unit }: Drawing,
): ScatterSeriesOption {
  const middle = over(unit, centres);
  const spacing = Math.max(18, view.fontSize * 2.2);
  // dots of curves that lie on each other are set off along t
  const indices =
    set.t.length <= FEW_POINTS
      ? dotIndices(set.t, middle, x, 0)
      : dotIndices(set.t, middle, x, spacing, (index % 4) * (spacing / 4));
  const data = indices.filter((k) => !(y.kind === 'log' && middle[k] <= 0)).map((k) => [set.t[k], middle[k]]);
  return {
    type: 'scatter',
    id: `dots-${index}`,
    name: set.name,
    data,
    symbol: symbolOf(set.style),
    symbolSize: (set.style.marker === 'rect' ? 5.2 : 6) * (theme.framed ? 0.8 : 1),
    silent: true,
    clip: true,
    z: 7,
    itemStyle: { color: theme.panel, borderColor: set.style.color, borderWidth: 1.3 * theme.weight, opacity: 1 },
    emphasis: { disabled: true },
  };
}
