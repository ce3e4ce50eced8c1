/** A curve as one shape for ECharts: a figure of hundreds of curves is drawn as fast as its lines can be stroked. */
import type { CustomSeriesOption } from 'echarts';
import type { graphic } from 'echarts/core';
import { type Box } from './surround.ts';

/** Corners in pixels of the figure, x and y in turn; a pair of NaN breaks the line. */
export type CurvePath = Float64Array;

export interface StrokedCurve {
  readonly path: CurvePath;
  readonly stroke: string;
  readonly lineWidth: number;
  readonly opacity?: number;
  readonly lineDash?: readonly number[];
}

const SHAPE = 'broken-line';

interface Shape {
  /** Inside an object, which ECharts does not copy. */
  readonly corners: { readonly path: CurvePath };
}

/** To be called once by whoever gives figures to ECharts. */
export function registerCurveShape({
  extendShape,
  registerShape,
}: Pick<typeof graphic, 'extendShape' | 'registerShape'>): void {
  registerShape(
    SHAPE,
    extendShape({
      type: SHAPE,
      shape: { corners: { path: new Float64Array(0) } },
      buildPath: (pen, { corners }: Shape) => trace(pen, corners.path),
    }),
  );
}

interface Pen {
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
}

function trace(pen: Pen, path: CurvePath): void {
  let open = false;
  for (let k = 0; k < path.length; k += 2) {
    const x = path[k];
    const y = path[k + 1];
    if (Number.isNaN(x + y)) open = false;
    else if (open) pen.lineTo(x, y);
    else {
      pen.moveTo(x, y);
      open = true;
    }
  }
}

/** Curves of one layer, each above those before it. */
export function strokedCurves(id: string, curves: readonly StrokedCurve[], plot: Box, z: number): CustomSeriesOption {
  const rim = Math.max(0, ...curves.map(({ lineWidth }) => lineWidth)) / 2;
  const children = curves.map(({ path, ...style }) => ({
    type: SHAPE,
    shape: { corners: { path } } satisfies Shape,
    style: { ...style, fill: 'none', lineJoin: 'round', lineCap: 'round' },
  }));
  // whole pixels: clipping within one is slow
  const left = Math.floor(plot.left - rim);
  const top = Math.floor(plot.top - rim);
  const clip = {
    x: left,
    y: top,
    width: Math.ceil(plot.left + plot.width + rim) - left,
    height: Math.ceil(plot.top + plot.height + rim) - top,
  };
  return {
    type: 'custom',
    id,
    silent: true,
    clip: false,
    z,
    // one datum: the curves are drawn as a whole, whatever part is in view
    data: [[0, 0]],
    // the shape is of our own, which the types do not know
    renderItem: (() => ({
      type: 'group',
      clipPath: { type: 'rect', shape: clip },
      children,
    })) as unknown as CustomSeriesOption['renderItem'],
  };
}
