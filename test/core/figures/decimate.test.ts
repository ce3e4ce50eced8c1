import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimate, dotIndices } from '../../../src/core/figures/decimate.ts';
import { pixelScale } from '../../../src/core/figures/scale.ts';

const times = (points: number) => Float64Array.from({ length: points }, (_, k) => (k + 1) / 100);

describe('decimation on a log axis', () => {
  it('keeps the lowest and the highest value of every pixel column', () => {
    const t = times(20_000);
    const scale = pixelScale('log', t[0], t[t.length - 1], 300);
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        let state = seed >>> 0;
        const y = Float64Array.from(t, () => {
          state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
          return state / 2 ** 32;
        });
        const kept = decimate(t, [y], scale);
        expect(kept.length).toBeLessThan(4 * 301 + 1);
        const extremes = (indices: Iterable<number>) => {
          const columns = new Map<number, [number, number]>();
          for (const k of indices) {
            const column = Math.floor(scale.position(t[k]));
            const [low, high] = columns.get(column) ?? [Infinity, -Infinity];
            columns.set(column, [Math.min(low, y[k]), Math.max(high, y[k])]);
          }
          return columns;
        };
        expect(extremes(kept)).toEqual(extremes(t.keys()));
      }),
      { seed: 7, numRuns: 10 },
    );
  });

  it('keeps a spike and where a curve stops', () => {
    const t = times(50_000);
    const y = new Float64Array(t.length).fill(1);
    y[40_123] = 1000;
    y.fill(NaN, 45_000);
    const kept = decimate(t, [y], pixelScale('log', t[0], t[t.length - 1], 200));
    expect(kept).toContain(40_123);
    expect(kept.some((k) => k >= 45_000)).toBe(true);
  });

  it('keeps every point where there are few', () => {
    const t = times(50);
    expect(decimate(t, [t], pixelScale('log', t[0], t[49], 2000))).toHaveLength(50);
  });
});

it('dots are grid points at least their spacing apart', () => {
  const t = times(5000);
  const scale = pixelScale('log', t[0], t[t.length - 1], 400);
  const kept = dotIndices(t, t, scale, 25);
  expect(kept.length).toBeGreaterThan(10);
  kept.slice(1).forEach((k, n) => {
    expect(scale.position(t[k]) - scale.position(t[kept[n]])).toBeGreaterThanOrEqual(25);
  });
});
