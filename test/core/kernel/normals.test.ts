/** The layered normals: 10⁷ draws against the exact law. Limits are 4 standard errors (two-sided p = 6e-5). */
import { describe, expect, it } from 'vitest';
import { acquireInstance, releaseInstance } from '../../../src/core/wasm/instance.ts';
import { wasmRandom } from '../../../src/core/kernel/wasm.ts';
import { erfc, normalCdf } from '../../../src/core/math/normal.ts';
import { rootStream } from '../../../src/core/math/random.ts';

const N = 1e7;
const VECTOR = 1e5;
const LIMIT = 4;

/** `count` normals of a run's samples. */
function normals(run: number, count: number): Float64Array {
  const random = wasmRandom(VECTOR)(rootStream(11).child('run', run).key);
  const all = new Float64Array(count);
  for (let done = 0; done < count; done += VECTOR) random.sampleNormals(all.subarray(done, done + VECTOR));
  return all;
}

const draws = normals(0, N);

/** Mean of f over the draws, in standard errors from `expected`. */
function deviation(f: (z: number) => number, expected: number, variance: number): number {
  let sum = 0;
  for (let k = 0; k < N; k++) sum += f(draws[k]);
  return (sum / N - expected) / Math.sqrt(variance / N);
}

describe('ten million normals', () => {
  it.each([
    { power: 1, moment: 0, variance: 1 },
    { power: 2, moment: 1, variance: 2 },
    { power: 3, moment: 0, variance: 15 },
    { power: 4, moment: 3, variance: 96 },
    { power: 5, moment: 0, variance: 945 },
    { power: 6, moment: 15, variance: 10170 },
  ])('have the moment of order $power', ({ power, moment, variance }) => {
    expect(Math.abs(deviation((z) => z ** power, moment, variance))).toBeLessThan(LIMIT);
  });

  it.each([2, 3, 3.9, 4, 4.1, 5])('lie beyond ±%d as often as they should', (bound) => {
    const p = erfc(bound / Math.SQRT2);
    expect(Math.abs(deviation((z) => (Math.abs(z) > bound ? 1 : 0), p, p * (1 - p)))).toBeLessThan(LIMIT);
  });

  it('have the normal distribution function (Kolmogorov and Smirnov)', () => {
    const sorted = draws.slice().sort();
    let largest = 0;
    for (let k = 0; k < N; k++) {
      const p = normalCdf(sorted[k]);
      largest = Math.max(largest, (k + 1) / N - p, p - k / N);
    }
    // P(√N D > 2.28) = 2 exp(−2 · 2.28²) = 6e-5
    expect(Math.sqrt(N) * largest).toBeLessThan(2.28);
  });

  it('fill 1000 cells of equal probability equally (chi-square)', () => {
    const cells = 1000;
    const counts = new Float64Array(cells);
    for (const z of draws) counts[Math.min(cells - 1, Math.floor(cells * normalCdf(z)))]++;
    const chiSquare = counts.reduce((sum, count) => sum + (count - N / cells) ** 2 / (N / cells), 0);
    expect(Math.abs(chiSquare - (cells - 1)) / Math.sqrt(2 * (cells - 1))).toBeLessThan(LIMIT);
  });

  it.each([1, 2, 3, 4, 5, 7, 8, 12, 16, 512])('are uncorrelated at lag %i, and so are their squares', (lag) => {
    let plain = 0;
    let squared = 0;
    for (let k = lag; k < N; k++) {
      plain += draws[k] * draws[k - lag];
      squared += (draws[k] ** 2 - 1) * (draws[k - lag] ** 2 - 1);
    }
    const count = N - lag;
    expect(Math.abs(plain) / Math.sqrt(count)).toBeLessThan(LIMIT);
    expect(Math.abs(squared) / 2 / Math.sqrt(count)).toBeLessThan(LIMIT);
  });
});

it('streams of different runs are uncorrelated', () => {
  const count = 5e5;
  const streams = [0, 1, 2, 3].map((run) => normals(run, count));
  for (let a = 0; a < streams.length; a++) {
    for (let b = 0; b < a; b++) {
      let sum = 0;
      for (let k = 0; k < count; k++) sum += streams[a][k] * streams[b][k];
      expect(Math.abs(sum) / Math.sqrt(count)).toBeLessThan(LIMIT);
    }
  }
});

it('the label noise is normal, too', () => {
  const random = wasmRandom(1)(rootStream(5).key);
  const count = 1e6;
  const sums = [0, 0, 0];
  for (let k = 0; k < count; k++) {
    const z = random.labelNormal();
    sums[0] += z;
    sums[1] += z * z;
    sums[2] += Math.abs(z) > 3 ? 1 : 0;
  }
  const p = erfc(3 / Math.SQRT2);
  expect(Math.abs(sums[0]) / Math.sqrt(count)).toBeLessThan(LIMIT);
  expect(Math.abs(sums[1] - count) / Math.sqrt(2 * count)).toBeLessThan(LIMIT);
  expect(Math.abs(sums[2] - count * p) / Math.sqrt(count * p)).toBeLessThan(LIMIT);
});

it('what the layers leave out has the area that the exact tail needs', () => {
  const instance = acquireInstance();
  instance.configure(1, 1, 1, 0, 1, 0, 0, 0, 0, 0, 0, 0);
  // the tail's part is what remains of 3/1024 after 1021 others, so an error in any of them shows here:
  // 1e-10 of it is 2e-12 of what is left out
  expect(instance.tailArea() / erfc(instance.tailStart() / Math.SQRT2)).toBeCloseTo(1, 10);
  releaseInstance(instance);
});
