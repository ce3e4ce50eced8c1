/** A band as one custom polygon per unbroken stretch: survives log axes, negative bounds and any range. */
import type { CustomSeriesOption } from 'echarts';
import { type PixelScale } from './scale.ts';

export interface BandEdges {
  readonly x: ArrayLike<number>;
  readonly low: ArrayLike<number>;
  readonly high: ArrayLike<number>;
  /** Which points to draw, ascending. */
  readonly indices: readonly number[];
}

/**
 * @param y the value axis: on a log axis a lower edge at or below 0 goes to far below the axis, where it is clipped.
 */
export function bandSeries(
  id: string,
  { x, low, high, indices }: BandEdges,
  y: PixelScale,
  color: string,
  opacity: number,
): CustomSeriesOption {
  const floor = y.kind === 'log' ? Math.max(Number.MIN_VALUE, y.min * (y.min / y.max)) : -Infinity;
  const stretches: number[][][] = [];
  let open: number[] | null = null;
  const close = () => {
    if (!open) return;
    const upper = open.map((k) => [x[k], high[k]]);
    const lower = open.map((k) => [x[k], Math.max(floor, low[k])]).reverse();
    stretches.push([...upper, ...lower]);
    open = null;
  };
  for (const k of indices) {
    const drawn = Number.isFinite(low[k]) && Number.isFinite(high[k]) && !(y.kind === 'log' && high[k] <= 0);
    if (drawn) (open ??= []).push(k);
    else close();
  }
  close();
  return {
    type: 'custom',
    id,
    silent: true,
    clip: true,
    z: 2,
    // one datum inside the axes: the polygons are drawn as a whole, whatever part is in view
    data: stretches.length > 0 ? [[x[indices[0]], y.min]] : [],
    renderItem: (_params, api) => ({
      type: 'group',
      children: stretches.map((corners) => ({
        type: 'polygon',
        shape: { points: corners.map((corner) => api.coord(corner)) },
        style: { fill: color, opacity },
      })),
    }),
  };
}
