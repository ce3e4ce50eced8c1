/** A loss that the user types as a formula f(r, y) of a label, or f(r, s) of a teacher's response and its noise. */
import { z } from 'zod';
import { coded } from '../description/issues.ts';
import { finite, strict } from '../description/strict.ts';
import { createFormula, type Formula } from '../formula/formula.ts';
import { FormulaError } from '../formula/formula-error.ts';
import { outputKinks } from '../formula/output-kinks.ts';
import { MOST_CHARACTERS } from '../formula/parse-formula.ts';
import { formulaPoint } from '../formula/point.ts';
import { formulaTex } from '../formula/tex.ts';
import { tokensOf } from '../formula/tokens.ts';
import { isFunction, isVariable, type Variable } from '../formula/tree.ts';
import { type Labels, type LabelType } from '../labels/labels.ts';
import { type RelativeRefusal } from '../../refusal/refusal.ts';
import { formulaAtLabels, formulaMoments, formulaRows } from './formula-moments.ts';
import { formulaShape } from './formula-shape.ts';
import { finiteAtStart } from './formula-start.ts';
import { type Loss, type LossKind, type StartLaw } from './loss.ts';
import { scalarLoss } from './scalar.ts';

/** Its gradient in the compiled kernel, which asks for f′. */
const BY_SLOPE = 'of-host';
const MOST_CONSTANTS = 20;
const NAME = /^[A-Za-z][A-Za-z0-9_]{0,19}$/;

const constants = z
  .record(z.string(), finite(), { error: coded('constant-list', {}) })
  .superRefine((named, context) => {
    const names = Object.keys(named);
    if (names.length > MOST_CONSTANTS) {
      context.addIssue({ code: 'custom', message: coded('constant-count', { most: MOST_CONSTANTS }) });
    }
    for (const name of names) {
      const taken = isVariable(name) || isFunction(name);
      if (taken) context.addIssue({ code: 'custom', path: [name], message: coded('constant-taken', {}) });
      else if (!NAME.test(name))
        context.addIssue({ code: 'custom', path: [name], message: coded('constant-name', {}) });
    }
  });

const schema = strict({
  kind: z.literal('formula'),
  formula: z.string({ error: coded('formula-text', { most: MOST_CHARACTERS }) }).meta({ widget: { kind: 'formula' } }),
  constants: constants.default({}).meta({ widget: { kind: 'none' } }),
}).superRefine((spec, context) => {
  try {
    const formula = formulaOf(spec);
    if (!formula.sees('r')) {
      context.addIssue({ code: 'custom', path: ['formula'], message: coded('formula-constant', {}) });
    }
  } catch (error) {
    if (!(error instanceof FormulaError)) throw error;
    context.addIssue({ code: 'custom', path: ['formula'], message: coded(error.code, error.allowed) });
  }
});

export type FormulaSpec = z.infer<typeof schema>;

/** Formulas by their descriptions, which do not change. */
const known = new WeakMap<object, Formula>();

/** The formula of a description. @throws FormulaError. */
function formulaOf(spec: Pick<FormulaSpec, 'formula' | 'constants'>): Formula {
  let formula = known.get(spec);
  if (!formula) known.set(spec, (formula = createFormula(spec.formula, spec.constants)));
  return formula;
}

/** Variables that labels of a type do not give. */
const MISSING: Readonly<Record<LabelType, readonly Variable[]>> = {
  class: ['s', 'eps'],
  binary: ['eps'],
  response: ['y'],
};

/** What a formula sees that labels do not give, and noise that nothing is averaged over. */
function check(spec: FormulaSpec, labels: Labels, start: StartLaw): RelativeRefusal[] {
  const { gives, kind } = labels;
  const tokens = tokensOf(spec.formula);
  const placeOf = (name: string): number => (tokens.find(({ text }) => text === name)?.at ?? 0) + 1;
  const path = ['formula'];
  const missing = MISSING[gives].filter((name) => tokens.some(({ text }) => text === name));
  if (missing.length > 0) {
    return missing.map((name) => ({
      path,
      code: 'formula-labels',
      allowed: { at: placeOf(name), name, labels: kind },
      found: null,
    }));
  }
  const formula = formulaOf(spec);
  if (formula.noise.kind === 'other') {
    return [{ path, code: 'formula-noise', allowed: { at: placeOf('eps') }, found: null }];
  }
  if (finiteAtStart(formula, labels, start)) return [];
  return [{ path, code: 'formula-start', allowed: {}, found: null }];
}

/** y of a class or a binary label. */
const signOf = (label: number): number => (label === 0 ? 1 : -1);

function create(spec: FormulaSpec, classes: number, labels: Labels): Loss {
  const formula = formulaOf(spec);
  const point = formulaPoint(formula);
  const { maxCurvature, steep } = formulaShape(formula, labels.gives);
  const kinks = [1, -1].map((label) => outputKinks(formula, label));
  const labelled = {
    value: (label: number, r: number) => point.value(r, signOf(label), 0, 0),
    slope: (label: number, r: number) => point.slope(r, signOf(label), 0, 0),
    curvature: (label: number, r: number) => point.curvature(r, signOf(label), 0, 0),
    kinks: (label: number) => kinks[label === 0 ? 0 : 1],
    write: formulaAtLabels(formula),
  };
  const { gives, noise } = labels;
  // where labels are responses a definition is told s in place of a label
  const seen = {
    value: (s: number, r: number) => point.value(r, 1, s, 0),
    slope: (s: number, r: number) => point.slope(r, 1, s, 0),
    curvature: (s: number, r: number) => point.curvature(r, 1, s, 0),
    rows: formulaRows(formula),
  };
  const loss = scalarLoss(
    {
      kind: 'formula',
      leastSquares: false,
      maxCurvature,
      ...(gives === 'response' ? seen : labelled),
      teacherMoments: () => formulaMoments(formula, labelled, labels),
    },
    labels,
  );
  const told = gives === 'class' ? ofClasses(loss) : ofTeacher(loss);
  const form = formula.noise;
  const inResponse = noise === 0 || (form.kind === 'response' && Math.abs(form.factor) === 1);
  // moments of shaped slopes, and of their powers, are those of a definition: no noise beside s, and no s beside a label
  const shapes = gives === 'response' ? inResponse : !formula.sees('s') && (gives === 'binary' || classes <= 2);
  const { reshaped, fluctuations } = shapes ? loss : {};
  return { ...told, steep, compiled: BY_SLOPE, reshaped, fluctuations };

  /** Every class but the first is told y = −1. */
  function ofClasses(of: Loss): Loss {
    return {
      ...of,
      slopes: (i, mean, covariance, out) => of.slopes?.(Math.min(1, i), mean, covariance, out),
      moments: (i, mean, covariance, out) => of.moments(Math.min(1, i), mean, covariance, out),
    };
  }

  /** Told the label, or the response and its noise, and where it sees the response beside a label that too. */
  function ofTeacher(of: Loss): Loss {
    const binary = gives === 'binary';
    return {
      ...of,
      seesNoise: !binary || formula.sees('s'),
      value: (_i, [r], target) =>
        binary ? point.value(r, signOf(target[0]), target[1] ?? 0, 0) : point.value(r, 1, target[0], target[1]),
      gradient(_i, output, target, out) {
        const r = output[0];
        out[0] = binary
          ? point.slope(r, signOf(target[0]), target[1] ?? 0, 0)
          : point.slope(r, 1, target[0], target[1]);
      },
      hessian(_i, output, target, out) {
        const r = output[0];
        out[0] = binary
          ? point.curvature(r, signOf(target[0]), target[1] ?? 0, 0)
          : point.curvature(r, 1, target[0], target[1]);
      },
    };
  }
}

/** Formulas to start from: of any labels, and of those of a type. */
const EXAMPLE = 'huber(r - 1, 0.5)';
const EXAMPLES: Readonly<Record<LabelType, string>> = {
  class: 'max(0, 1 - y*r)^2',
  binary: 'max(0, 1 - y*r)^2',
  response: 'huber(r - s - eps, 1)',
};

export const formulaLoss = {
  kind: 'formula',
  label: 'Formula',
  schema,
  template: () => ({ kind: 'formula', formula: EXAMPLE, constants: {} }),
  templateFor: (gives) => ({ kind: 'formula', formula: EXAMPLES[gives], constants: {} }),
  takes: ['class', 'binary', 'response'],
  singleResponse: true,
  classes: [1, 32],
  signed: true,
  classifies: true,
  outputs: () => 1,
  compiledAs: () => BY_SLOPE,
  tex: (spec) => `f = ${formulaTex(formulaOf(spec).tree)}`,
  check,
  create,
} satisfies LossKind<FormulaSpec> & { schema: typeof schema };
