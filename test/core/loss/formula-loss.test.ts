/** Losses typed as formulas: those that are built in, typed; noise in its forms; what is refused; theory against SGD. */
import { describe, expect, it } from 'vitest';
import { createLabelledMoments } from '../../../src/core/loss/labelled-moments.ts';
import { createLoss, lossSchema, type LossSpec } from '../../../src/core/loss/loss-spec.ts';
import { labelsSchema, type LabelsSpec } from '../../../src/core/labels/labels-spec.ts';
import { createMoments, type Loss } from '../../../src/core/loss/loss.ts';
import { parseExperiment } from '../../../src/study/parse.ts';
import { warningsOf } from '../../../src/study/warnings.ts';

const teacher = { kind: 'gaussian', seed: 1, scale: 1 };
const labelsOf = (kind: string, more: object = {}): LabelsSpec =>
  labelsSchema.parse(kind === 'class' ? { kind } : { kind, teacher, ...more });
const typed = (formula: string, constants = {}): LossSpec => lossSchema.parse({ kind: 'formula', formula, constants });
const lossOf = (spec: LossSpec, labels = labelsOf('class')): Loss => createLoss(spec, 2, labels);

/** R, g, H, H*, Q and slopes. */
function momentsAt(loss: Loss, mean: readonly number[], covariance: readonly number[]): number[] {
  const out = createMoments(1, loss.teacherOutputs);
  const [m, B] = [Float64Array.from(mean), Float64Array.from(covariance)];
  loss.moments(0, m, B, out);
  const slopes = createLabelledMoments();
  loss.slopes?.(0, m, B, slopes);
  return [out.risk, out.gradient[0], out.hessian[0], ...out.crossHessian, out.gradientSquare[0], slopes.byMean.square];
}

const LAWS = [
  [0, 0],
  [0.3, 1e-6],
  [0.4, 0.7],
  [-2, 30],
];

describe('what is built in, typed as a formula', () => {
  it.each([
    ['logistic', 'log(1 + exp(-y*r))', 'class'],
    ['binary-least-squares', '0.5*(r - y)^2', 'class'],
    ['logistic', 'log(1 + exp(-y*r))', 'teacher-sign'],
    ['binary-least-squares', '0.5*(r - y)^2', 'teacher-bernoulli'],
  ])('%s as %s with labels %s has its values and moments', (kind, formula, labels) => {
    const given = labelsOf(labels);
    const [own, text] = [lossOf(lossSchema.parse({ kind }), given), lossOf(typed(formula), given)];
    for (const [m, B] of LAWS) {
      const [mean, covariance] =
        labels === 'class'
          ? [[m], [B]]
          : [
              [m, 0.2],
              [B, 0.4 * Math.sqrt(B), 0.4 * Math.sqrt(B), 1.1],
            ];
      const [expected, found] = [momentsAt(own, mean, covariance), momentsAt(text, mean, covariance)];
      expected.forEach((value, k) =>
        expect(Math.abs(found[k] - value), `${k} at ${m}, ${B}`).toBeLessThan(1e-9 * (1 + Math.abs(value))),
      );
    }
    const slopes = [own, text].map((loss) => {
      const slope = new Float64Array(1);
      return [-800, -3.1, 0.2, 7, 800].flatMap((r) =>
        [0, 1].map((label) => {
          loss.gradient(label, Float64Array.of(r), Float64Array.of(label), slope);
          return slope[0];
        }),
      );
    });
    slopes[0].forEach((value, k) =>
      expect(Math.abs(slopes[1][k] - value)).toBeLessThanOrEqual(1e-15 * (1 + Math.abs(value))),
    );
  });
});

describe('the noise of a response', () => {
  const law = [
    [0.3, -0.2],
    [0.6, 0.3, 0.3, 0.9],
  ] as const;
  const labels = labelsOf('teacher-response', { noise: 0.4 });

  it('may be typed beside r, beside s, or as a polynomial: the moments are those of ½ (r − r* − ε)²', () => {
    const own = createLoss(lossSchema.parse({ kind: 'teacher-least-squares', noise: 0.4, teacher }), 2);
    const out = createMoments(1, 1);
    own.moments(0, Float64Array.from(law[0]), Float64Array.from(law[1]), out);
    const expected = [out.risk, out.gradient[0], out.hessian[0], out.crossHessian[0], out.gradientSquare[0]];
    for (const formula of [
      '0.5*(r - s - eps)^2',
      '0.5*((r - eps) - s)^2',
      '0.5*(r - (s + eps))^2',
      '0.5*(r - s)^2 - eps*(r - s) + 0.5*eps^2',
    ]) {
      const found = momentsAt(lossOf(typed(formula), labels), ...law);
      expected.forEach((value, k) => expect(found[k], `${formula}: ${k}`).toBeCloseTo(value, 10));
    }
  });

  it('with a kink, |r − s − ε|, is that of a broader r', () => {
    const found = momentsAt(lossOf(typed('abs(r - s - eps)'), labels), ...law);
    const [mean, variance] = [0.5, 0.6 - 0.6 + 0.9 + 0.16];
    const density = Math.exp((-0.5 * mean * mean) / variance) / Math.sqrt(2 * Math.PI * variance);
    expect(found[2]).toBeCloseTo(2 * density, 9);
    expect(found[3]).toBeCloseTo(-2 * density, 9);
    expect(found[4]).toBeCloseTo(1, 10);
  });
});

const experiment = (loss: object, more: object = {}) => ({
  id: 'a',
  model: {
    dimension: 50,
    priors: [0.5, 0.5],
    spectrum: { kind: 'identity' },
    means: { arrangement: { kind: 'opposite' }, profile: { kind: 'flat' } },
  },
  loss: { kind: 'formula', ...loss },
  optimizer: { schedule: { kind: 'constant', rate: 0.1 } },
  horizon: 1,
  ...more,
});
const codesOf = (description: object): string[] => {
  const result = parseExperiment(description);
  return result.ok ? [] : result.refusals.map(({ code, path }) => `${path}: ${code}`);
};

describe('a formula of a study', () => {
  it.each([
    ['r +', 'loss.formula: formula-operand'],
    ['1 + y', 'loss.formula: formula-constant'],
    ['s*r', 'loss.formula: formula-labels'],
    ['log(r)', 'loss.formula: formula-start'],
    ['sqrt(abs(r))', 'loss.formula: formula-start'],
    ['1/r', 'loss.formula: formula-start'],
  ])('%s is refused: %s', (formula, code) => {
    expect(codesOf(experiment({ formula }))).toEqual([code]);
  });

  it('is refused where Q is infinite for the start that is drawn alone', () => {
    const start = {
      optimizer: { schedule: { kind: 'constant', rate: 0.1 }, start: { kind: 'gaussian', seed: 1, scale: 1 } },
    };
    expect(codesOf(experiment({ formula: 'exp(r^2)' }))).toEqual([]);
    expect(codesOf(experiment({ formula: 'exp(r^2)' }, start))).toEqual(['loss.formula: formula-start']);
  });

  it('has constants with names of their own', () => {
    expect(codesOf(experiment({ formula: 'huber(r - y, k)', constants: { k: 1 } }))).toEqual([]);
    expect(codesOf(experiment({ formula: 'r^2', constants: { exp: 1 } }))).toEqual([
      'loss.constants.exp: constant-taken',
    ]);
    expect(codesOf(experiment({ formula: 'r^2', constants: { 'a b': 1 } }))).toEqual([
      'loss.constants["a b"]: constant-name',
    ]);
  });

  it('is warned of where f′ grows faster than |r|', () => {
    const warned = (formula: string) => {
      const parsed = parseExperiment(experiment({ formula }));
      if (!parsed.ok) throw new Error(formula);
      return warningsOf(parsed.value).map(({ code }) => code);
    };
    expect(warned('(r^2 - 1)^2')).toContain('steep-loss');
    expect(warned('max(0, 1 - y*r)^2')).not.toContain('steep-loss');
    expect(warned('max(0, 1 - y*r)')).toEqual([]);
  });
});
