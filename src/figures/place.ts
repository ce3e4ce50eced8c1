/** Finds a place for a label along a horizontal line where it covers the least of the curves. */
import { type Box } from './surround.ts';

export interface Dots {
  /** Pixels, interleaved x, y. */
  readonly points: ArrayLike<number>;
}

/**
 * @param y pixel of the line.
 * @param taken boxes of labels already placed.
 * @returns the label's box.
 */
export function placeAlong(
  plot: Box,
  y: number,
  size: { width: number; height: number },
  curves: readonly Dots[],
  taken: readonly Box[],
): Box {
  const gap = 3;
  const inset = 6;
  const room = Math.max(0, plot.width - size.width - 2 * inset);
  let best: Box | null = null;
  let least = Infinity;
  for (const share of [1, 0, 0.85, 0.15, 0.5, 0.7, 0.3]) {
    for (const above of [true, false]) {
      const top = above ? y - gap - size.height : y + gap;
      if (top < plot.top || top + size.height > plot.top + plot.height) continue;
      const box = { left: plot.left + inset + share * room, top, ...size };
      const cost = covered(box, curves) + 1000 * taken.filter((other) => overlap(box, other)).length;
      if (cost < least) [best, least] = [box, cost];
    }
  }
  return best ?? { left: plot.left + inset + room, top: y - gap - size.height, ...size };
}

const overlap = (a: Box, b: Box): boolean =>
  a.left < b.left + b.width && b.left < a.left + a.width && a.top < b.top + b.height && b.top < a.top + a.height;

/** Pixels of curves inside a box, by sampling each segment. */
function covered(box: Box, curves: readonly Dots[]): number {
  let count = 0;
  for (const { points } of curves) {
    for (let k = 2; k < points.length; k += 2) {
      const [x0, y0, x1, y1] = [points[k - 2], points[k - 1], points[k], points[k + 1]];
      if (!Number.isFinite(x0 + y0 + x1 + y1) || x1 < box.left || x0 > box.left + box.width) continue;
      const steps = Math.min(400, Math.max(1, Math.ceil(Math.hypot(x1 - x0, y1 - y0) / 2)));
      for (let s = 0; s <= steps; s++) {
        const x = x0 + ((x1 - x0) * s) / steps;
        const y = y0 + ((y1 - y0) * s) / steps;
        if (x > box.left && x < box.left + box.width && y > box.top && y < box.top + box.height) count++;
      }
    }
  }
  return count;
}
