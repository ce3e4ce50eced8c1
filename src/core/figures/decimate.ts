/** Decimation that keeps what is seen: per pixel column, in the axis's own scale, first, lowest, highest and last. */
import { type PixelScale } from './scale.ts';

/**
 * Indices to draw of curves over the same x, ascending. In every pixel column the first and last point, the lowest of
 * each curve and the highest of each curve are kept; gaps (values without a place) keep one index.
 * @param x ascending values.
 * @param curves values at x, one array or several (a band's edges).
 */
export function decimate(x: ArrayLike<number>, curves: readonly ArrayLike<number>[], scale: PixelScale): number[] {
  const kept: number[] = [];
  let start = 0;
  while (start < x.length) {
    const column = Math.floor(scale.position(x[start]));
    let end = start + 1;
    while (end < x.length && Math.floor(scale.position(x[end])) === column) end++;
    if (end - start <= 4) for (let k = start; k < end; k++) kept.push(k);
    else kept.push(...columnIndices(curves, start, end));
    start = end;
  }
  return kept;
}

function columnIndices(curves: readonly ArrayLike<number>[], start: number, end: number): number[] {
  const indices = new Set([start, end - 1]);
  for (const y of curves) {
    let lowest = -1;
    let highest = -1;
    let gap = -1;
    for (let k = start; k < end; k++) {
      if (!Number.isFinite(y[k])) gap = k;
      else {
        if (lowest < 0 || y[k] < y[lowest]) lowest = k;
        if (highest < 0 || y[k] > y[highest]) highest = k;
      }
    }
    for (const index of [lowest, highest, gap]) if (index >= 0) indices.add(index);
  }
  return [...indices].sort((a, b) => a - b);
}

/** Pixels by which a line may pass a point that it does not go through: far below what is seen, or printed. */
const STRAIGHT = 0.1;

/**
 * The indices without those of points that lie on the straight line between two kept ones, to STRAIGHT pixels: a smooth
 * curve is drawn from some tens of points. Points without a place are kept, and so is the whole of what is not straight.
 * @param indices ascending.
 */
export function withoutStraight(
  indices: readonly number[],
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  across: PixelScale,
  up: PixelScale,
): number[] {
  const kept: number[] = [];
  // the line starts at the last kept point; its slope may be from `least` to `most` for those that are passed
  let [startX, startY, least, most] = [NaN, NaN, -Infinity, Infinity];
  let [passed, passedX, passedY] = [-1, NaN, NaN];
  for (const k of indices) {
    const u = across.position(x[k]);
    const v = up.position(y[k]);
    let slope = (v - startY) / (u - startX);
    if (passed >= 0 && !(slope >= least && slope <= most)) {
      kept.push(passed);
      [startX, startY, least, most] = [passedX, passedY, -Infinity, Infinity];
      passed = -1;
      slope = (v - startY) / (u - startX);
    }
    if (Number.isFinite(slope)) {
      least = Math.max(least, (v - STRAIGHT - startY) / (u - startX));
      most = Math.min(most, (v + STRAIGHT - startY) / (u - startX));
      [passed, passedX, passedY] = [k, u, v];
    } else {
      kept.push(k);
      [startX, startY, least, most] = [u, v, -Infinity, Infinity];
    }
  }
  if (passed >= 0) kept.push(passed);
  return kept;
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
