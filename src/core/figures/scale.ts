/** From values to pixels along one axis. The plot area is ours, so positions are known before ECharts draws. */
import { type AxisScale } from './view.ts';

export interface PixelScale {
  readonly kind: AxisScale;
  readonly min: number;
  readonly max: number;
  /** Pixels along the axis from `min`; NaN for values that the axis has no place for. */
  position(value: number): number;
}

export function pixelScale(kind: AxisScale, min: number, max: number, pixels: number): PixelScale {
  if (kind === 'log') {
    const start = Math.log10(min);
    const rate = pixels / (Math.log10(max) - start);
    return { kind, min, max, position: (value) => (value > 0 ? (Math.log10(value) - start) * rate : NaN) };
  }
  const rate = pixels / (max - min);
  return { kind, min, max, position: (value) => (value - min) * rate };
}
