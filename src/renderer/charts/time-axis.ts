/** Between pixels of a figure and values of t, for the linked cursor and zoom. */
import { type Figure } from '../../figures/index.ts';

type Placed = Pick<Figure, 'plot' | 'time'>;

/** The time at a horizontal pixel of the figure; null outside the plot, or where the axis is not t. */
export function timeAt({ plot, time }: Placed, pixel: number): number | null {
  const fraction = (pixel - plot.left) / plot.width;
  if (!time || fraction < 0 || fraction > 1) return null;
  if (time.scale === 'linear') return time.min + fraction * (time.max - time.min);
  return time.min * Math.pow(time.max / time.min, fraction);
}

/** The horizontal pixel of a time; null if it is not on the axis. */
export function pixelOf({ plot, time }: Placed, t: number): number | null {
  if (!time || t < time.min || t > time.max) return null;
  const fraction =
    time.scale === 'linear'
      ? (t - time.min) / (time.max - time.min)
      : Math.log(t / time.min) / Math.log(time.max / time.min);
  return plot.left + fraction * plot.width;
}

/** `pixel` moved into the plot. */
export const insidePlot = ({ plot }: Placed, pixel: number): number =>
  Math.min(plot.left + plot.width, Math.max(plot.left, pixel));
