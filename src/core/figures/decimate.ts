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
