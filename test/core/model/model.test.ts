import { describe, expect, it } from 'vitest';
import { prepare } from '../../../src/core/experiment/setup.ts';
import { rootStream } from '../../../src/core/math/random.ts';
import { averageEigenvalues, buildMixture } from '../../../src/core/model/mixture.ts';
import { modelSchema, type ModelSpec } from '../../../src/core/model/model.ts';
import { spectralGroups } from '../../../src/core/observables/groups.ts';
import { gridSteps } from '../../../src/core/experiment/grid.ts';
import { parseExperiment } from '../../../src/study/parse.ts';

/** A model from its description, as the parser would have it. */
const model = (spec: unknown): ModelSpec => modelSchema.parse(spec);

const QUARTERS = [0, 1].flatMap((a) => [0, 1].map((b) => ({ fraction: 0.25, eigenvalues: [a, b] })));

function squaredNorm(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value * value, 0);
}

describe('spectra', () => {
  it('a power law is s (ρ/d)^α with ρ from 1 to d', () => {
    const { eigenvalues } = buildMixture(
      model({
        dimension: 4,
        priors: [0.5, 0.5],
        spectrum: { kind: 'power-law', exponents: [1, 2], scales: [1, 3] },
        means: { arrangement: { kind: 'opposite' }, profile: { kind: 'flat' } },
      }),
    );
    expect([...eigenvalues]).toEqual([0.25, 0.5, 0.75, 1, 3 / 16, 3 / 4, 27 / 16, 3]);
  });

  it('zero-one blocks end at round(d · cumulated fraction), whatever the rounding of each fraction', () => {
    const thirds = [
      { fraction: 1 / 3, eigenvalues: [0] },
      { fraction: 1 / 3, eigenvalues: [1] },
      { fraction: 1 / 3, eigenvalues: [0] },
    ];
    const { eigenvalues } = buildMixture(
      model({
        dimension: 10,
        priors: [1],
        spectrum: { kind: 'zero-one', blocks: thirds },
        means: { arrangement: { kind: 'cosine' }, profile: { kind: 'flat' } },
      }),
    );
    expect([...eigenvalues]).toEqual([0, 0, 0, 1, 1, 1, 1, 0, 0, 0]);
  });
});

describe('means', () => {
  const base = { dimension: 400, priors: [0.5, 0.3, 0.2], spectrum: { kind: 'identity' } };

  it('cosine means of a flat profile are orthogonal with norm scale²', () => {
    const { means } = buildMixture(
      model({ ...base, means: { arrangement: { kind: 'cosine' }, profile: { kind: 'flat' }, scale: 2 } }),
    );
    for (let i = 0; i < 3; i++) {
      for (let j = 0; j < 3; j++) {
        let dot = 0;
        for (let rho = 0; rho < 400; rho++) dot += means[i * 400 + rho] * means[j * 400 + rho];
        expect(dot).toBeCloseTo(i === j ? 4 : 0, 12); // a discrete orthogonality: rounding of 400 terms
      }
    }
  });

  it('gaussian means depend on the seed and the class alone, not on the number of classes', () => {
    const build = (priors: number[], seed: number) =>
      buildMixture(
        model({ ...base, priors, means: { arrangement: { kind: 'gaussian', seed }, profile: { kind: 'flat' } } }),
      ).means;
    const three = build([0.5, 0.3, 0.2], 7);
    const two = build([0.5, 0.5], 7);
    expect(three.slice(0, 800)).toEqual(two);
    expect(build([0.5, 0.5], 8)).not.toEqual(two);
  });

  it('a block profile puts the weight w_β into block β', () => {
    const weights = [0.4, 0.1, 0.2, 0.3];
    const mixture = buildMixture(
      model({
        dimension: 100,
        priors: [0.5, 0.5],
        spectrum: { kind: 'zero-one', blocks: QUARTERS },
        means: { arrangement: { kind: 'opposite' }, profile: { kind: 'blocks', weights } },
      }),
    );
    weights.forEach((weight, k) => {
      expect(squaredNorm(mixture.means.subarray(25 * k, 25 * (k + 1)))).toBeCloseTo(weight, 13);
    });
  });
});

describe('spectral groups', () => {
  const powerLaw = buildMixture(
    model({
      dimension: 1000,
      priors: [0.5, 0.5],
      spectrum: { kind: 'power-law', exponents: [1.1, 1.5] },
      means: { arrangement: { kind: 'opposite' }, profile: { kind: 'power-law', exponent: 0.2 } },
    }),
  );

  it('are 16 quantile bins of λ̄, ascending, for a spectrum with many values', () => {
    const groups = spectralGroups(powerLaw, null);
    expect(groups.count).toBe(16);
    expect(Math.max(...groups.size) - Math.min(...groups.size)).toBeLessThanOrEqual(1);
    const average = averageEigenvalues(powerLaw);
    expect([...groups.upper]).toEqual([...groups.upper].sort((a, b) => a - b));
    expect(groups.upper[15]).toBe(Math.max(...average));
    const energy = groups.energy.subarray(0, 16).reduce((sum, value) => sum + value, 0);
    expect(energy).toBeCloseTo(squaredNorm(powerLaw.means.subarray(0, 1000)), 12);
  });

  it('are the distinct values of λ̄ where there are at most 16', () => {
    const custom = buildMixture(
      model({
        dimension: 4,
        priors: [0.5, 0.5],
        spectrum: {
          kind: 'custom',
          eigenvalues: [
            [3, 1, 3, 1],
            [1, 1, 1, 1],
          ],
        },
        means: { arrangement: { kind: 'opposite' }, profile: { kind: 'flat' } },
      }),
    );
    const groups = spectralGroups(custom, null);
    expect([...groups.of]).toEqual([1, 0, 1, 0]);
    expect([...groups.upper]).toEqual([1, 2]);
  });

  it('of a zero-one spectrum are its blocks in order, also where λ̄ coincides', () => {
    const parsed = parseExperiment({
      id: 'e',
      model: {
        dimension: 100,
        priors: [0.5, 0.5],
        spectrum: { kind: 'zero-one', blocks: QUARTERS },
        means: { arrangement: { kind: 'opposite' }, profile: { kind: 'flat' } },
      },
      loss: { kind: 'logistic' },
      optimizer: { schedule: { kind: 'constant', rate: 1 } },
      horizon: 1,
    });
    if (!parsed.ok) throw new Error('the experiment is valid');
    expect([...prepare(parsed.value).groups.upper]).toEqual([0, 0.5, 0.5, 1]);
  });
});

describe('the time grid', () => {
  it('linear: from 0 to the horizon inclusive, snapped to whole steps', () => {
    expect([...gridSteps({ kind: 'linear', points: 4 }, 1, 10)]).toEqual([0, 3, 7, 10]);
  });

  it('logarithmic: from the first time to the horizon, duplicates dropped', () => {
    const steps = [...gridSteps({ kind: 'log', first: 0.1, points: 50 }, 10, 10)];
    expect(steps[0]).toBe(1);
    expect(steps.at(-1)).toBe(100);
    expect(new Set(steps).size).toBe(steps.length);
  });
});

describe('named streams', () => {
  it('give the same numbers for the same names, whatever else was drawn', () => {
    const root = rootStream(5);
    const first = root.child('run', 3);
    root.child('run', 2).normal();
    root.word();
    const second = rootStream(5).child('run', 3);
    expect(Array.from({ length: 5 }, () => first.word())).toEqual(Array.from({ length: 5 }, () => second.word()));
  });

  it('differ between seeds, names and indices, and index 1 of a is not a#1', () => {
    const words = [
      rootStream(1),
      rootStream(2),
      rootStream(1).child('a'),
      rootStream(1).child('a', 0),
      rootStream(1).child('a', 1),
      rootStream(1).child('b', 1),
    ].map((stream) => stream.word());
    expect(new Set(words).size).toBe(words.length);
  });

  it('normal deviates have the moments of N(0, 1) within 4 standard errors at 10⁶ draws', () => {
    const stream = rootStream(11).child('moments');
    const sums = [0, 0, 0, 0];
    const count = 1e6;
    for (let k = 0; k < count; k++) {
      const z = stream.normal();
      sums[0] += z;
      sums[1] += z * z;
      sums[2] += z ** 3;
      sums[3] += z ** 4;
    }
    // variances of z, z², z³, z⁴ are 1, 2, 15, 96
    [0, 1, 0, 3].forEach((moment, k) => {
      expect(Math.abs(sums[k] / count - moment)).toBeLessThan(4 * Math.sqrt([1, 2, 15, 96][k] / count));
    });
  });
});
