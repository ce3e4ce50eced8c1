/** From values to pixels along one axis. The plot area is ours, so positions are known before ECharts draws. */
import { type AxisScale } from './view.ts';

export interface PixelScale {
  readonly kind: AxisScale;
  readonly min: number;
  readonly max: number;
  /** Length of the axis. */
  readonly pixels: number;
  /** Pixels along the axis from `min`; NaN for values that the axis has no place for. */
  position(value: number): number;
  /** The value at a place on the axis. */
  valueAt(position: number): number;
}

export function pixelScale(kind: AxisScale, min: number, max: number, pixels: number): PixelScale {
  const log = kind === 'log';
  const start = log ? Math.log(min) : min;
  const rate = pixels / ((log ? Math.log(max) : max) - start);
  return {
    kind,
    min,
    max,
    pixels,
    // one function for both kinds: hundreds of thousands of points go through it
    position: (value) => ((log ? (value > 0 ? Math.log(value) : NaN) : value) - start) * rate,
    valueAt: (position) =>
      // not by the ratio of the ends, which may be no number: 1e300 over 1e-300
      log ? min * Math.exp(position / rate) : min + (max - min) * (position / pixels),
  };
}
