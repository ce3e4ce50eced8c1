import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { requireParsed, parseStudyText } from '../../../src/study/parse.ts';
import { prepare } from '../../../src/core/experiment/setup.ts';
import { type Experiment } from '../../../src/core/experiment/schema.ts';
import { constantRate, distance, powerLaw, setupOf, solved, type Solved } from './solving.ts';

interface Expected {
  id: string;
  t: number[];
  risk: number[];
  error: number[];
  norm: number[];
  overlap: number[][][];
  learning_rate: number[];
}

const read = (name: string): string =>
  readFileSync(new URL(`../../fixtures/reference/${name}`, import.meta.url), 'utf8');
const expected = JSON.parse(read('expected.json')) as Expected[];
const { experiments } = requireParsed(parseStudyText(read('cases.json')));
const closedForm = experiments.filter(({ loss }) => loss.kind !== 'softmax');

/** At X = 0 all outputs are equal; the reference predicts the first of them there. */
const tiedError = ({ model }: Experiment): number => 1 - 1 / model.priors.length;
const errorsOf = (theory: Solved): number[] => theory.curve('error').slice(1);

describe('theory against an independent implementation', () => {
  it.each(closedForm)('agrees with the reference in $id', (experiment) => {
    const reference = expected.find(({ id }) => id === experiment.id) as Expected;
    const theory = solved(prepare(experiment));
    expect(theory.report.outcome.status).toBe('done');
    expect(distance(theory.t, reference.t)).toBe(0);
    // both integrate to about 1e-8; the margin is for the reference's quadrature
    expect(distance(theory.curve('risk'), reference.risk)).toBeLessThan(2e-6);
    expect(distance(theory.curve('norm'), reference.norm)).toBeLessThan(2e-5);
    expect(distance(theory.field('overlap').flat(), reference.overlap.flat(2))).toBeLessThan(1e-5);
    expect(distance(theory.curve('learning_rate'), reference.learning_rate)).toBeLessThan(1e-6);
    // argmax errors of several outputs are sums over points, here and there
    const errorLimit = experiment.loss.kind === 'one-hot-least-squares' ? 2e-5 : 2e-6;
    expect(distance(errorsOf(theory), reference.error.slice(1))).toBeLessThan(errorLimit);
    expect(theory.curve('error')[0]).toBeCloseTo(tiedError(experiment), 14);
  });

  it('agrees with the reference in softmax within the error of its sampled moments', () => {
    const experiment = experiments.find(({ loss }) => loss.kind === 'softmax');
    if (!experiment) throw new Error('expected a softmax case');
    const reference = expected.find(({ id }) => id === experiment.id) as Expected;
    const theory = solved(prepare(experiment), 'ode', { tolerance: 1e-7 });
    // the reference integrates over sampled points; its moments are good to about 1e-4
    expect(distance(theory.curve('risk'), reference.risk)).toBeLessThan(1e-4);
    expect(distance(errorsOf(theory), reference.error.slice(1))).toBeLessThan(1e-3);
    expect(theory.curve('error')[0]).toBeCloseTo(tiedError(experiment), 14);
    expect(distance(theory.field('overlap').flat(), reference.overlap.flat(2))).toBeLessThan(1e-3);
  });

  // the theory's column of the table of checked agreement (docs/theory.md, section 6), to all printed digits
  it.each([
    { exponents: [1.1, 1.5], dimension: 1000, horizon: 50, optimizer: constantRate(1), risk: 0.15003, rate: 1 },
    { exponents: [3, 3.5], dimension: 1000, horizon: 50, optimizer: constantRate(1), risk: 0.06176, rate: 1 },
    {
      exponents: [0.5, 1],
      dimension: 1000,
      horizon: 20,
      optimizer: { schedule: { kind: 'adagrad-norm', rate: 2, offset: 1 } },
      risk: 0.26598,
      rate: 1.3587,
    },
    {
      exponents: [0.5, 1],
      dimension: 500,
      horizon: 20,
      optimizer: { ...constantRate(1), batchSize: 4 },
      risk: 0.27184,
      rate: 1,
    },
  ])('has the printed risk $risk', ({ exponents, dimension, horizon, optimizer, risk, rate }) => {
    const run = solved(
      setupOf({
        model: powerLaw(dimension, exponents, 0.2),
        loss: { kind: 'logistic' },
        optimizer,
        horizon,
        grid: { kind: 'linear', points: 2 },
      }),
    );
    expect(run.curve('risk')[1]).toBeCloseTo(risk, 5);
    expect(run.curve('learning_rate')[1]).toBeCloseTo(rate, 4);
  });
});
