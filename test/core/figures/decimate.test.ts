import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimate, dotIndices, withoutStraight } from '../../../src/core/figures/decimate.ts';
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

describe('leaving out what is straight', () => {
  const t = times(2000);
  const across = pixelScale('log', t[0], t[t.length - 1], 700);
  const up = pixelScale('log', 1e-3, 10, 300);
  const all = [...t.keys()];
  const curves: [string, Float64Array][] = [
    ['a smooth curve', t.map((u) => 1 / (1 + u) ** 2)],
    ['an oscillation', t.map((u) => 1 + 0.9 * Math.sin(5 * u))],
    ['noise', t.map((_, k) => 0.01 + (Math.imul(k + 1, 2654435761) >>> 0) / 2 ** 32)],
    ['a jump and a gap', t.map((u, k) => (k > 900 && k < 950 ? NaN : u < 3 ? 0.01 : 5))],
  ];

  it.each(curves)('is within a tenth of a pixel of %s everywhere', (_, y) => {
    const kept = withoutStraight(all, t, y, across, up);
    expect(kept[0]).toBe(0);
    expect(kept.at(-1)).toBe(t.length - 1);
    for (let n = 1; n < kept.length; n++) {
      const [a, b] = [kept[n - 1], kept[n]];
      for (let k = a + 1; k < b; k++) {
        const part = (across.position(t[k]) - across.position(t[a])) / (across.position(t[b]) - across.position(t[a]));
        const drawn = up.position(y[a]) + part * (up.position(y[b]) - up.position(y[a]));
        expect(Math.abs(drawn - up.position(y[k]))).toBeLessThan(0.1 + 1e-9);
      }
    }
    const gaps = new Set(all.filter((k) => Number.isNaN(y[k])));
    expect(kept.filter((k) => gaps.has(k))).toHaveLength(gaps.size);
  });

  it('draws a smooth curve from some tens of points', () => {
    expect(withoutStraight(all, t, curves[0][1], across, up).length).toBeLessThan(100);
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
