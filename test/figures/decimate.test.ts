import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimate, dotIndices, gridOn, withoutStraight } from '../../src/figures/decimate.ts';
import { pixelScale } from '../../src/figures/scale.ts';

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
        const kept = decimate(gridOn(scale, t), [y]);
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
    const kept = decimate(gridOn(pixelScale('log', t[0], t[t.length - 1], 200), t), [y]);
    expect(kept).toContain(40_123);
    expect(kept.some((k) => k >= 45_000)).toBe(true);
  });

  it('keeps every point where there are few', () => {
    const t = times(50);
    expect(decimate(gridOn(pixelScale('log', t[0], t[49], 2000), t), [t])).toHaveLength(50);
  });
});

describe('leaving out what is straight', () => {
  const t = times(2000);
  const across = pixelScale('log', t[0], t[t.length - 1], 700);
  const up = pixelScale('log', 1e-3, 10, 300);
  const curves: [string, Float64Array][] = [
    ['a smooth curve', t.map((u) => 1 / (1 + u) ** 2)],
    ['an oscillation', t.map((u) => 1 + 0.9 * Math.sin(5 * u))],
    ['noise', t.map((_, k) => 0.01 + (Math.imul(k + 1, 2654435761) >>> 0) / 2 ** 32)],
    ['a jump and a gap', t.map((u, k) => (k > 900 && k < 950 ? NaN : u < 3 ? 0.01 : 5))],
  ];

  const cornersOf = (y: Float64Array) =>
    Float64Array.from({ length: 2 * t.length }, (_, n) =>
      n % 2 === 0 ? across.position(t[n / 2]) : up.position(y[(n - 1) / 2]),
    );

  it.each(curves)('is within a tenth of a pixel of %s everywhere', (_, y) => {
    const all = cornersOf(y);
    const kept = withoutStraight(all.slice());
    expect(kept.subarray(0, 2)).toEqual(all.subarray(0, 2));
    expect(kept.slice(-2)).toEqual(all.slice(-2));
    let at = 0;
    for (let n = 2; n < kept.length; n += 2) {
      const [x0, y0, x1, y1] = kept.subarray(n - 2, n + 2);
      for (at += 2; all[at] < x1; at += 2) {
        const drawn = y0 + ((all[at] - x0) / (x1 - x0)) * (y1 - y0);
        expect(Math.abs(drawn - all[at + 1])).toBeLessThan(0.1 + 1e-9);
      }
      expect([...all.subarray(at, at + 2)]).toEqual([x1, y1]);
    }
    expect(kept.filter(Number.isNaN)).toHaveLength(y.filter(Number.isNaN).length);
  });

  it('draws a smooth curve from some tens of points', () => {
    expect(withoutStraight(cornersOf(curves[0][1])).length).toBeLessThan(2 * 100);
  });
});

describe('a grid on an axis', () => {
  const t = Float64Array.from({ length: 101 }, (_, k) => k / 10);

  it('is what is in view and one point beyond each end', () => {
    const { across, first, end } = gridOn(pixelScale('linear', 2.05, 4.05, 300), t);
    expect([t[first], t[end - 1]]).toEqual([2, 4.1]);
    expect(across[first]).toBeLessThan(0);
    expect(across[end - 1]).toBeGreaterThan(300);
  });

  it('begins after t = 0 on a log axis', () => {
    const { first, end } = gridOn(pixelScale('log', 0.1, 10, 300), t);
    expect([first, end]).toEqual([1, t.length]);
  });

  it('is empty where nothing is in view', () => {
    for (const range of [
      [20, 30],
      [-30, -20],
    ]) {
      const { first, end } = gridOn(pixelScale('linear', range[0], range[1], 300), t);
      expect(end - first).toBeLessThanOrEqual(1);
    }
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
