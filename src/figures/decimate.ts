/** Decimation that keeps what is seen: per pixel column, in the axis's own scale, first, lowest, highest and last. */
import { type PixelScale } from './scale.ts';

/** Up to this many points of a pixel column are all kept. */
const FEW = 4;

/** Grid times as places along the axis. */
export interface Grid {
  /** Pixels from the axis's start, ascending, P; NaN at the beginning where the axis has no place. */
  readonly across: Float64Array;
  /** The points in view and one beyond each end of the axis, where there is one: indices from `first` to before `end`. */
  readonly first: number;
  readonly end: number;
}

/** @param t ascending values. */
export function gridOn(scale: PixelScale, t: Float64Array): Grid {
  const across = t.map((value) => scale.position(value));
  let first = 0;
  while (first < t.length && !(across[first] >= 0)) first++;
  let end = first;
  while (end < t.length && across[end] <= scale.pixels) end++;
  return {
    across,
    first: first > 0 && Number.isFinite(across[first - 1]) ? first - 1 : first,
    end: Math.min(t.length, end + 1),
  };
}

/**
 * Indices to draw of curves over the same grid, ascending. In every pixel column the first and last point, the lowest
 * of each curve and the highest of each curve are kept; gaps (values without a place) keep one index.
 * @param curves values at the grid's points, one array or several (a band's edges).
 * @param kept room for as many indices as the grid has points.
 * @returns the beginning of `kept`.
 */
export function decimate(
  { across, first, end }: Grid,
  curves: readonly ArrayLike<number>[],
  kept = new Uint32Array(end - first),
): Uint32Array {
  let count = 0;
  let start = first;
  while (start < end) {
    const column = Math.floor(across[start]);
    let next = start + 1;
    while (next < end && Math.floor(across[next]) === column) next++;
    if (next - start <= FEW) for (let k = start; k < next; k++) kept[count++] = k;
    else count = keepColumn(curves, start, next, kept, count);
    start = next;
  }
  return kept.subarray(0, count);
}

/** Writes what is kept of a column from `count` on; returns the new count. */
function keepColumn(
  curves: readonly ArrayLike<number>[],
  start: number,
  end: number,
  kept: Uint32Array,
  count: number,
): number {
  const from = count;
  kept[count++] = start;
  kept[count++] = end - 1;
  for (const y of curves) {
    let lowest = start;
    let highest = start;
    let gap = start;
    let low = Infinity;
    let high = -Infinity;
    for (let k = start; k < end; k++) {
      const value = y[k];
      if (!Number.isFinite(value)) gap = k;
      else {
        if (value < low) {
          low = value;
          lowest = k;
        }
        if (value > high) {
          high = value;
          highest = k;
        }
      }
    }
    count = insert(kept, from, count, lowest);
    count = insert(kept, from, count, highest);
    count = insert(kept, from, count, gap);
  }
  return count;
}

/** Inserts an index into the ascending ones from `from` to before `count`, once; returns the new count. */
function insert(kept: Uint32Array, from: number, count: number, index: number): number {
  let place = count;
  while (place > from && kept[place - 1] > index) place--;
  if (place > from && kept[place - 1] === index) return count;
  for (let k = count; k > place; k--) kept[k] = kept[k - 1];
  kept[place] = index;
  return count + 1;
}

/** Pixels by which a line may pass a point that it does not go through: far below what is seen, or printed. */
const STRAIGHT = 0.1;

/**
 * The corners of a line without those on the straight line between two kept ones, to STRAIGHT pixels: a smooth curve is
 * drawn from some tens of them. Corners without a place (NaN) are kept, and so is the whole of what is not straight.
 * @param corners pixels, x and y in turn; overwritten.
 * @returns the beginning of `corners`.
 */
export function withoutStraight(corners: Float64Array): Float64Array {
  let count = 0;
  // the line starts at the last kept corner; its slope may be from `least` to `most` for those that are passed
  let startX = NaN;
  let startY = NaN;
  let least = -Infinity;
  let most = Infinity;
  let passed = false;
  let passedX = NaN;
  let passedY = NaN;
  for (let k = 0; k < corners.length; k += 2) {
    const x = corners[k];
    const y = corners[k + 1];
    let slope = (y - startY) / (x - startX);
    if (passed && !(slope >= least && slope <= most)) {
      startX = corners[count++] = passedX;
      startY = corners[count++] = passedY;
      least = -Infinity;
      most = Infinity;
      passed = false;
      slope = (y - startY) / (x - startX);
    }
    if (Number.isFinite(slope)) {
      const room = STRAIGHT / (x - startX);
      least = Math.max(least, slope - room);
      most = Math.min(most, slope + room);
      passed = true;
      passedX = x;
      passedY = y;
    } else {
      startX = corners[count++] = x;
      startY = corners[count++] = y;
      least = -Infinity;
      most = Infinity;
    }
  }
  if (passed) {
    corners[count++] = passedX;
    corners[count++] = passedY;
  }
  return corners.subarray(0, count);
}

/** Indices about `spacing` pixels apart, of points that are there: where dots are drawn. */
export function dotIndices(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  scale: PixelScale,
  spacing: number,
  offset = 0,
): number[] {
  const kept: number[] = [];
  let next = offset;
  for (let k = 0; k < x.length; k++) {
    const at = scale.position(x[k]);
    if (!Number.isFinite(at) || !Number.isFinite(y[k]) || at < 0 || x[k] > scale.max) continue;
    if (at < next) continue;
    kept.push(k);
    next = at + spacing;
  }
  return kept;
}
