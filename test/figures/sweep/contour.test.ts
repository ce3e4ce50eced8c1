import { describe, expect, it } from 'vitest';
import { contourLines } from '../../../src/figures/sweep/index.ts';

const range = (from: number, to: number, n: number) =>
  Array.from({ length: n }, (_, k) => from + ((to - from) * k) / (n - 1));
const grid = (x: number[], y: number[], f: (u: number, v: number) => number) => x.map((u) => y.map((v) => f(u, v)));

describe('contour lines', () => {
  it('of a plane are straight and exact', () => {
    const [x, y] = [range(0.25, 3, 12), range(0, 1.5, 7)];
    const lines = contourLines(
      x,
      y,
      grid(x, y, (u, v) => u - v - 1),
    );
    expect(lines.length).toBe(1);
    for (const [u, v] of lines[0]) expect(u).toBeCloseTo(v + 1, 12);
    const ends = [lines[0][0], lines[0][lines[0].length - 1]].map(([, v]) => v).sort((a, b) => a - b);
    // from edge to edge
    expect(ends[0]).toBeCloseTo(0, 12);
    expect(ends[1]).toBeCloseTo(1.5, 12);
  });

  it('of a circle close, and are as near to it as linear interpolation is', () => {
    const [x, y] = [range(-2, 2, 41), range(-2, 2, 41)];
    const lines = contourLines(
      x,
      y,
      grid(x, y, (u, v) => u * u + v * v),
      1,
    );
    expect(lines.length).toBe(1);
    expect(lines[0][0]).toEqual(lines[0][lines[0].length - 1]);
    // h²/8 · |f''| / |f'| with h = 0.1 is 0.00125
    for (const [u, v] of lines[0]) expect(Math.abs(Math.hypot(u, v) - 1)).toBeLessThan(0.0013);
    const length = lines[0]
      .slice(1)
      .reduce((sum, [u, v], k) => sum + Math.hypot(u - lines[0][k][0], v - lines[0][k][1]), 0);
    expect(length).toBeCloseTo(2 * Math.PI, 1);
  });

  it('of a saddle are two that do not cross', () => {
    const [x, y] = [range(-1, 1, 4), range(-1, 1, 4)];
    const lines = contourLines(
      x,
      y,
      grid(x, y, (u, v) => u * v),
      0.02,
    );
    expect(lines.length).toBe(2);
    for (const line of lines) expect(new Set(line.map(([u]) => Math.sign(u))).size).toBe(1);
  });

  it('stop at values that are not there', () => {
    const [x, y] = [range(0, 4, 5), range(0, 4, 5)];
    const values = grid(x, y, (u, v) => (u === 2 && v === 2 ? NaN : u - 1.5));
    const lines = contourLines(x, y, values);
    expect(lines.length).toBe(2);
    expect(lines.flat().every(([u, v]) => u === 1.5 && (v <= 1 || v >= 3))).toBe(true);
  });

  it('are none where nothing changes sign', () => {
    expect(
      contourLines(
        [0, 1],
        [0, 1],
        [
          [1, 1],
          [1, 1],
        ],
      ),
    ).toEqual([]);
  });
});
