/** What a divergence says: the quantity that overflowed, its value, and the setting behind it. */
import { describe, expect, it } from 'vitest';
import { type Outcome } from '../../src/core/experiment/outcome.ts';
import { engineKind } from '../../src/core/engines/engine-kind.ts';
import { divergenceOf } from '../../src/study/divergence.ts';
import { refusalsIn } from '../../src/text/refusals/index.ts';
import { settingBehind } from '../../src/study/divergence.ts';
import { together } from '../core/engines/ensembles.ts';
import { constantRate, setupOf, solved } from '../core/theory/solving.ts';

const model = {
  dimension: 100,
  priors: [0.5, 0.5],
  spectrum: { kind: 'power-law', exponents: [1.1, 1.5] },
  means: { arrangement: { kind: 'opposite' }, profile: { kind: 'flat' } },
};
const experiment = { model, loss: { kind: 'logistic' }, optimizer: constantRate(1), horizon: 20 };

const cases: [string, object, string][] = [
  ['a learning rate of 1e300', { optimizer: constantRate(1e300) }, 'optimizer.schedule.rate = 1e+300'],
  [
    'scales of 1e300',
    { model: { ...model, spectrum: { ...model.spectrum, scales: [1e300, 1e300] } } },
    'model.spectrum.scales[0] = 1e+300',
  ],
  [
    'means of 1e150',
    { model: { ...model, means: { ...model.means, scale: 1e150 } }, loss: { kind: 'binary-least-squares' } },
    'model.means.scale = 1e+150',
  ],
  [
    'eigenvalues of 1e300',
    {
      model: {
        ...model,
        dimension: 2,
        spectrum: {
          kind: 'custom',
          eigenvalues: [
            [1, 1e300],
            [1, 1],
          ],
        },
      },
    },
    'model.spectrum.eigenvalues[0][1] = 1e+300',
  ],
  [
    'a rate above the threshold of least squares',
    { loss: { kind: 'binary-least-squares' }, optimizer: constantRate(50), horizon: 300 },
    'optimizer.schedule.rate = 50',
  ],
];

function said(description: object, outcome: Outcome): string {
  if (outcome.status !== 'diverged') throw new Error(`it is ${outcome.status}`);
  return refusalsIn('en').reason(divergenceOf(setupOf(description).experiment, outcome));
}

describe('a divergence', () => {
  it.each(cases)('of the theory names a quantity that is large, and the setting: %s', (_name, change, setting) => {
    const description = { ...experiment, ...change };
    const { outcome } = solved(setupOf(description)).report;
    const sentence = said(description, outcome);
    expect(sentence).toContain(`, from ${setting}`);
    expect(sentence).toMatch(/: (norm|drift|risk|learning rate) (overflowed|= [\d.]+e\+\d+)/);
    if (outcome.status === 'diverged') expect(outcome.value).toBeGreaterThan(1e30);
  });

  it('of SGD is never no number: a ridge of 1e6, whose step is 5000 times too long', async () => {
    const description = {
      ...experiment,
      optimizer: { ...constantRate(0.5), ridge: 1e6 },
      grid: { kind: 'linear', points: 3 },
    };
    const [{ outcome }] = await together(engineKind('sgd'), setupOf(description), [0]);
    expect(said(description, outcome)).toBe('diverged at t = 10: norm overflowed, from optimizer.ridge = 1000000');
  });

  it('finds a small offset of AdaGrad-Norm, and the largest eigenvalue of a negative exponent', () => {
    const adagrad = { kind: 'adagrad-norm', rate: 2, offset: 1e-10 };
    const { experiment: small } = setupOf({ ...experiment, optimizer: { schedule: adagrad } });
    expect(settingBehind(small)).toMatchObject({ path: 'optimizer.schedule.offset', value: 1e-10 });
    const spectrum = { kind: 'power-law', exponents: [1, -0.9] };
    const { experiment: steep } = setupOf({ ...experiment, model: { ...model, dimension: 100_000, spectrum } });
    expect(settingBehind(steep)).toMatchObject({ path: 'model.spectrum.exponents[1]', value: -0.9 });
  });
});
