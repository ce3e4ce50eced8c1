import { describe, expect, it } from 'vitest';
import { createLogisticTable } from '../../../src/core/loss/logistic-table.ts';
import { createFastAccumulator, createPlainAccumulator } from '../../../src/core/loss/softmax-accumulator.ts';
import { pointSet } from '../../../src/core/loss/softmax-moments.ts';
import { rootStream } from '../../../src/core/math/random.ts';

/** Sums of both accumulators for n rivals, with w = shift + root·z. */
function bothSums(n: number, scale: number, far = 0) {
  const sets = pointSet(n - 1);
  const stream = rootStream(31).child('laws', n);
  const shift = Float64Array.from({ length: n }, () => scale * stream.normal() - far);
  const root = new Float64Array(n * (n - 1));
  for (let j = 0; j < n; j++) {
    for (let l = 0; l <= Math.min(j, n - 2); l++) root[j * (n - 1) + l] = (scale * stream.normal()) / Math.sqrt(n);
  }
  const sums = [createPlainAccumulator, createFastAccumulator].map((create) => {
    const table = createLogisticTable();
    table.reset(0.7);
    const out = sets.map(() => new Float64Array(1 + n + (n * (n + 1)) / 2));
    create(n, sets)(shift, root, table, out);
    return out;
  });
  return { plain: sums[0], fast: sums[1] };
}

describe('the fast sums of softmax moments', () => {
  // n odd and even, a grid in one and two dimensions, and the most rivals there are
  it.each([2, 3, 4, 8, 9, 31])('are those of the readable loops to 1e-12, n = %i', (n) => {
    for (const scale of [0, 0.01, 1, 5]) {
      const { plain, fast } = bothSums(n, scale);
      plain.forEach((sums, s) =>
        // sums of up to a thousand terms of size 1, each to a few units of 1e-16; f itself may be of the size of w
        sums.forEach((value, k) => expect(Math.abs(fast[s][k] - value)).toBeLessThan(1e-12 * Math.max(1, scale))),
      );
      expect(plain.some((sums) => sums[0] > 0)).toBe(true);
    }
  });

  it('are computed by other instructions: they do not agree to the last bit', () => {
    const { plain, fast } = bothSums(9, 1);
    expect(fast.some((sums, s) => sums.some((value, k) => value !== plain[s][k]))).toBe(true);
  });

  it('keep small moments relatively accurate', () => {
    const { plain, fast } = bothSums(9, 1, 30);
    plain.forEach((sums, s) =>
      sums.forEach((value, k) => expect(Math.abs(fast[s][k] / value - 1)).toBeLessThan(1e-11)),
    );
  });

  it('leave what the table and the exponentials do not reach to the readable loops', () => {
    for (const far of [100, 1000]) {
      const { plain, fast } = bothSums(5, 1, far);
      expect(fast).toEqual(plain);
    }
  });
});
