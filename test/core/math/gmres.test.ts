import { describe, expect, it } from 'vitest';
import { createGmres } from '../../../src/core/math/gmres.ts';
import { rootStream } from '../../../src/core/math/random.ts';

const n = 60;
const random = rootStream(3);
const normals = (count: number) => Float64Array.from({ length: count }, () => random.normal());
/** 1 plus a matrix of low rank, not symmetric. */
function nearOne(rank: number) {
  const left = Array.from({ length: rank }, () => normals(n));
  const right = Array.from({ length: rank }, () => normals(n));
  let calls = 0;
  return {
    calls: () => calls,
    apply(vector: Float64Array, out: Float64Array) {
      calls++;
      out.set(vector);
      left.forEach((u, k) => {
        const part = right[k].reduce((sum, value, at) => sum + value * vector[at], 0);
        for (let at = 0; at < n; at++) out[at] += part * u[at];
      });
    },
  };
}

describe('GMRES', () => {
  it.each([0, 1, 5, 40])('solves with 1 plus rank %d in rank + 1 steps', (rank) => {
    const { apply, calls } = nearOne(rank);
    const x = normals(n);
    const b = new Float64Array(n);
    apply(x, b);
    expect(createGmres(n, 1e-12, n).solve(apply, b)).toBe(true);
    expect(calls() - 1).toBeLessThanOrEqual(rank + 1);
    b.forEach((value, k) => expect(Math.abs(value - x[k])).toBeLessThan(1e-8));
  });

  it('says where it did not get there, and solves for b = 0', () => {
    const { apply } = nearOne(30);
    expect(createGmres(n, 1e-12, 5).solve(apply, normals(n))).toBe(false);
    const zero = new Float64Array(n);
    expect(createGmres(n, 1e-12, 5).solve(apply, zero)).toBe(true);
    expect(zero.every((value) => value === 0)).toBe(true);
  });
});
