/** Zooming and panning along an axis, in the axis's own scale: pure functions of shares of its length. */
import { pixelScale, type FigureAxis } from '../../figures/index.ts';
import { type AxisRange } from '../stores/view.ts';

type Axis = Pick<FigureAxis, 'scale' | 'min' | 'max' | 'unit'>;

/** The values between two shares of the axis's length, in the quantity's own unit; shares beyond 0 and 1 go on. */
export function between({ scale, min, max, unit = 1 }: Axis, first: number, second: number): AxisRange {
  const { valueAt } = pixelScale(scale, min, max, 1);
  const [from, to] = [first, second].sort((a, b) => a - b).map((share) => valueAt(share) * unit);
  return { from, to };
}

/** The axis around what is at a share of it, `factor` times as long. */
export const zoomedAbout = (axis: Axis, share: number, factor: number): AxisRange =>
  between(axis, share - share * factor, share + (1 - share) * factor);

/** The axis moved on by a share of its length. */
export const movedBy = (axis: Axis, share: number): AxisRange => between(axis, share, 1 + share);

/** Whether an axis can be looked at in this range: numbers, in order, positive where it is logarithmic. */
export const isRange = ({ scale }: Pick<Axis, 'scale'>, { from, to }: AxisRange): boolean =>
  Number.isFinite(from) && Number.isFinite(to) && from < to && (scale === 'linear' || from > 0);
