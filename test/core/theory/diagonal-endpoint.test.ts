import { describe, expect, it } from 'vitest';
import { createFactors, factorInPlace, solveInPlace } from '../../../src/core/theory/integrator/dense-matrix.ts';
import { rootStream } from '../../../src/core/math/random.ts';
import { endpointsOf } from '../../../src/core/theory/analysis/index.ts';
import { summary } from '../engines/ensembles.ts';
import { setupOf } from './solving.ts';

const DIMENSION = 100;
const SETS = 8;
/** c of the bias c/d at finite d, relative. */
const BIAS = 4;

/** Where gradient flow ends on given data, (N1): Newton's method for its dual, 2α²Σcosh((Aᵀν)_ρ) − yᵀν. */
function flowEnd(rows: Float64Array[], responses: Float64Array, square: number): Float64Array {
  const n = rows.length;
  const dual = new Float64Array(n);
  const exponents = () =>
    Float64Array.from({ length: DIMENSION }, (_, k) => rows.reduce((sum, row, j) => sum + row[k] * dual[j], 0));
  const valueAt = () =>
    exponents().reduce((sum, x) => sum + 2 * square * Math.cosh(x), 0) -
    dual.reduce((sum, v, j) => sum + v * responses[j], 0);
  for (let step = 0; step < 200; step++) {
    const x = exponents();
    const [push, bend] = [Math.sinh, Math.cosh].map((f) => x.map((value) => 2 * square * f(value)));
    const gradient = Float64Array.from(
      rows,
      (row, j) => row.reduce((sum, a, k) => sum + a * push[k], 0) - responses[j],
    );
    if (Math.max(...gradient.map(Math.abs)) < 1e-10) break;
    const factors = createFactors(n);
    rows.forEach((left, i) =>
      rows.forEach((right, j) => {
        factors.matrix[i * n + j] = left.reduce((sum, a, k) => sum + a * right[k] * bend[k], 0);
      }),
    );
    factorInPlace(factors);
    const move = gradient.slice();
    solveInPlace(factors, move);
    const before = valueAt();
    const old = dual.slice();
    for (let part = 1; part > 1e-6; part /= 2) {
      dual.forEach((_, j) => (dual[j] = old[j] - part * move[j]));
      if (valueAt() <= before) break;
    }
  }
  return exponents().map((x) => 2 * square * Math.sinh(x));
}

describe('end points of diagonal networks (N2)', () => {
  it.each([
    ['rich', 0.3, 40, 0],
    ['between', 1, 60, 0],
    ['with noise', 0.5, 60, 0.3],
  ])('are the mean over data sets of where gradient flow ends (N1): %s', (_name, scale, samples, noise) => {
    const setup = setupOf({
      model: {
        dimension: DIMENSION,
        priors: [1],
        spectrum: { kind: 'identity', variances: [1] },
        means: { arrangement: { kind: 'cosine' }, profile: { kind: 'flat' }, scale: 0 },
      },
      loss: { kind: 'teacher-least-squares', noise, teacher: { kind: 'gaussian', seed: 3, scale: 1, sparsity: 0.2 } },
      parameterization: { kind: 'diagonal', scale },
      optimizer: { schedule: { kind: 'constant', rate: 0.1 } },
      horizon: 1,
      theory: { curves: [], endpoints: [{ ridge: 0, samples }] },
    });
    const [end] = endpointsOf(setup.experiment);
    const risks = Array.from({ length: SETS }, (_, set) => {
      const stream = rootStream(9).child('data', set);
      const rows = Array.from({ length: samples }, () =>
        Float64Array.from({ length: DIMENSION }, () => stream.normal()),
      );
      const responses = Float64Array.from(
        rows,
        (row) => row.reduce((sum, a, k) => sum + a * setup.teacher[k], 0) + noise * stream.normal(),
      );
      const x = flowEnd(rows, responses, (scale * scale) / Math.sqrt(DIMENSION));
      return 0.5 * x.reduce((sum, value, k) => sum + (value - setup.teacher[k]) ** 2, 0) + 0.5 * noise * noise;
    });
    const { mean, meanError } = summary(risks);
    expect(Math.abs(mean - end.risk)).toBeLessThan(4 * meanError + (BIAS / DIMENSION) * end.risk);
    expect(end.trainRisk).toBe(0);
  });
});
