import { describe, expect, it } from 'vitest';
import { rootStream } from '../../../../src/core/math/random.ts';
import { everyDirection, type Directions } from '../../../../src/core/model/directions.ts';
import { type Mixture } from '../../../../src/core/model/mixture.ts';
import { mergeDirections } from '../../../../src/core/theory/nodes/directions.ts';
import { setupOf } from '../solving.ts';

/** Σ_n w_n of products that the theory uses: means, teacher and eigenvalues, per group. */
function invariants({ nodes, weight, eigenvalues, means, teacher, group }: Directions, classes: number): number[] {
  const rows = [...chunks(means, nodes), ...chunks(teacher, nodes)];
  const lambdas = chunks(eigenvalues, nodes);
  const groups = Math.max(...group) + 1;
  const result = new Array<number>(groups * classes * (1 + rows.length * rows.length)).fill(0);
  for (let n = 0; n < nodes; n++) {
    let k = group[n] * classes * (1 + rows.length * rows.length);
    for (const lambda of lambdas) {
      result[k++] += weight[n] * lambda[n];
      for (const a of rows) for (const b of rows) result[k++] += weight[n] * lambda[n] * a[n] * b[n];
    }
  }
  return result;
}

const chunks = (rows: Float64Array, nodes: number): Float64Array[] =>
  Array.from({ length: rows.length / nodes }, (_, k) => rows.subarray(k * nodes, (k + 1) * nodes));

/** Shuffled blocks of equal eigenvalues with random means. */
function blockMixture(dimension: number, tuples: number[][], dependent: boolean): Mixture {
  const classes = tuples[0].length;
  const stream = rootStream(3).child('test');
  const eigenvalues = new Float64Array(classes * dimension);
  const means = new Float64Array(classes * dimension);
  for (let rho = 0; rho < dimension; rho++) {
    const tuple = tuples[(rho * 7) % tuples.length];
    for (let i = 0; i < classes; i++) {
      eigenvalues[i * dimension + rho] = tuple[i];
      means[i * dimension + rho] = dependent && i > 0 ? -i * means[rho] : stream.normal();
    }
  }
  return { dimension, classes, priors: new Float64Array(classes).fill(1 / classes), eigenvalues, means };
}

describe('mergeDirections', () => {
  const tuples = [
    [0, 1, 2],
    [0.5, 0.5, 0.5],
  ];

  it.each([false, true])('keeps every sum that the theory takes (linearly dependent means: %s)', (dependent) => {
    const mixture = blockMixture(60, tuples, dependent);
    const stream = rootStream(4).child('teacher');
    const teacher = Float64Array.from({ length: 2 * 60 }, () => stream.normal());
    const group = Uint16Array.from({ length: 60 }, (_, rho) => (rho * 7) % 2);
    const merged = mergeDirections(mixture, teacher, group);
    // per block: the span of the means (3, or 1) and of the teacher (2), and one remainder
    expect(merged.nodes).toBe(2 * ((dependent ? 1 : 3) + 2 + 1));
    expect(merged.weight.reduce((sum, w) => sum + w, 0)).toBe(60);
    const before = invariants(everyDirection(mixture, teacher, group), 3);
    const after = invariants(merged, 3);
    // sums of 30 products of size 1 to 10
    after.forEach((value, k) => expect(Math.abs(value - before[k])).toBeLessThan(1e-12));
  });

  it('does not merge across spectral groups', () => {
    const mixture = blockMixture(60, [[1, 1]], false);
    const group = Uint16Array.from({ length: 60 }, (_, rho) => (rho < 20 ? 0 : 1));
    const merged = mergeDirections(mixture, new Float64Array(0), group);
    expect([...merged.weight]).toEqual([1, 1, 18, 1, 1, 38]);
    expect([...merged.group]).toEqual([0, 0, 0, 1, 1, 1]);
  });

  it('leaves a spectrum without equal eigenvalues as it is', () => {
    const setup = setupOf({
      model: {
        dimension: 5000,
        priors: [0.5, 0.5],
        spectrum: { kind: 'power-law', exponents: [1, 2] },
        means: { arrangement: { kind: 'opposite' }, profile: { kind: 'flat' } },
      },
      loss: { kind: 'logistic' },
      optimizer: { schedule: { kind: 'constant', rate: 1 } },
      horizon: 1,
    });
    const merged = mergeDirections(setup.mixture, setup.teacher, setup.groups.of);
    expect(merged.nodes).toBe(5000);
    expect(merged.means).toBe(setup.mixture.means);
  });

  it('survives means that are zero', () => {
    const mixture = blockMixture(40, [[1, 1]], true);
    mixture.means.fill(0);
    const merged = mergeDirections(mixture, new Float64Array(0), new Uint16Array(40));
    expect([...merged.weight]).toEqual([40]);
    expect([...merged.means]).toEqual([0, 0]);
  });
});
