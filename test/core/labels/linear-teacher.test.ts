import { describe, expect, it } from 'vitest';
import { keysOf } from '../../../src/core/experiment/identity.ts';
import { prepare } from '../../../src/core/experiment/setup.ts';
import { parseExperiment } from '../../../src/study/parse.ts';

function described(sparsity?: number) {
  const parsed = parseExperiment({
    id: 'e',
    model: {
      dimension: 200,
      priors: [1],
      spectrum: { kind: 'identity' },
      means: { arrangement: { kind: 'gaussian', seed: 1 }, profile: { kind: 'flat' }, scale: 0 },
    },
    labels: { kind: 'teacher-sign', teacher: { kind: 'gaussian', seed: 4, scale: 1.3, sparsity } },
    loss: { kind: 'logistic' },
    optimizer: { schedule: { kind: 'constant', rate: 1 } },
    horizon: 1,
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.refusals));
  return parsed.value;
}
const teacherOf = (sparsity?: number) => prepare(described(sparsity)).teacher;
const square = (entries: Float64Array) => entries.reduce((sum, entry) => sum + entry * entry, 0);

describe('a sparse teacher', () => {
  it.each([
    [0.1, 20],
    [0.001, 1],
  ])('has a fraction %d of its entries, %i of 200, and the norm of all', (sparsity, kept) => {
    const [all, sparse] = [teacherOf(), teacherOf(sparsity)];
    const places = [...sparse.keys()].filter((rho) => sparse[rho] !== 0);
    expect(places.length).toBe(kept);
    expect(square(sparse)).toBeCloseTo(square(all), 12);
    // those that are left are those of all, scaled alike
    for (const rho of places) expect(sparse[rho] / all[rho]).toBeCloseTo(sparse[places[0]] / all[places[0]], 12);
  });

  it('spreads them over the directions, and sparsity 1 is all of them under the same key', () => {
    const sparse = teacherOf(0.25);
    const inFirstHalf = sparse.subarray(0, 100).filter((entry) => entry !== 0).length;
    expect(Math.abs(inFirstHalf - 25)).toBeLessThan(15);
    expect(teacherOf(1)).toEqual(teacherOf());
    expect(keysOf(described(1))).toEqual(keysOf(described()));
    expect(keysOf(described(0.5)).theory).not.toBe(keysOf(described()).theory);
  });
});
