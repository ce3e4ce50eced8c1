/**
 * Two layers on mixtures: the logistic loss log(1 + e^s) − y_i s of s = Σ_k c_k relu(r_k), with y_i the label of class i.
 * The outputs r are the hidden units, ℓ of them; the second layer c learns beside X by the same step (F3).
 */
import { z } from 'zod';
import { exp, log1p } from '../math/elementary.ts';
import { numberList, strict, whole, word } from '../description/strict.ts';
import { coded } from '../description/issues.ts';
import { type RelativeRefusal } from '../../refusal/refusal.ts';
import { type LearnedParameters, type LearningLoss, type LossKind } from './loss.ts';
import { createTwoLayerMoments } from './two-layer-moments.ts';

/** Hidden units and classes at most: moments are sums over points in ℓ dimensions, for every pair of units and class. */
const MOST_HIDDEN = 8;
const MOST_CLASSES = 8;

const schema = strict({
  kind: z.literal('two-layer'),
  hidden: whole(1, MOST_HIDDEN),
  activation: word(['relu'])
    .default('relu')
    .meta({ widget: { kind: 'none' } }),
  classLabels: numberList({ min: 0, max: 1 }),
  secondLayer: numberList({}, { min: 1, few: coded('at-least-one', { of: 'value' }) }).meta({
    widget: { kind: 'per-unit', count: 'hidden' },
  }),
});
type TwoLayerSpec = z.infer<typeof schema>;

/** σ(u), without overflow. */
function sigmoid(u: number): number {
  const e = exp(-Math.abs(u));
  return (u >= 0 ? 1 : e) / (1 + e);
}

const softplus = (u: number): number => Math.max(u, 0) + log1p(exp(-Math.abs(u)));

/** relu′; at its jump the mean of both sides. */
const step = (r: number): number => (r > 0 ? 1 : r < 0 ? 0 : 0.5);

/** The loss at a second layer that is read whenever the loss is. */
function lossAt(spec: TwoLayerSpec, labels: LearningLoss['labels'], second: Float64Array): LearningLoss {
  const { hidden, classLabels } = spec;
  const sum = (output: Float64Array): number => {
    let s = 0;
    for (let k = 0; k < hidden; k++) if (output[k] > 0) s += second[k] * output[k];
    return s;
  };
  const slope = (classIndex: number, output: Float64Array): number => sigmoid(sum(output)) - classLabels[classIndex];
  const moments = createTwoLayerMoments(hidden, classLabels, second);
  return {
    kind: 'two-layer',
    labels,
    outputs: hidden,
    teacherOutputs: 0,
    leastSquares: false,
    // ∇²f has the jumps of relu′ times the slope
    maxCurvature: Infinity,
    momentAccuracy: 1e-6,
    value: (classIndex, output) => softplus(sum(output)) - classLabels[classIndex] * sum(output),
    gradient(classIndex, output, _target, out) {
      const outer = slope(classIndex, output);
      for (let k = 0; k < hidden; k++) out[k] = outer * second[k] * step(output[k]);
    },
    hessian(_classIndex, output, _target, out) {
      const s = sum(output);
      const bend = sigmoid(s) * sigmoid(-s);
      for (let k = 0; k < hidden; k++) {
        for (let l = 0; l < hidden; l++) {
          out[k * hidden + l] = bend * second[k] * step(output[k]) * second[l] * step(output[l]);
        }
      }
    },
    moments: moments.write,
    classificationError: moments.error,
    learnedSlope(classIndex, output, out) {
      const outer = slope(classIndex, output);
      for (let k = 0; k < hidden; k++) out[k] = outer * Math.max(0, output[k]);
    },
  };
}

function check({ hidden, classLabels, secondLayer }: TwoLayerSpec, classes: number): RelativeRefusal[] {
  const refusals: RelativeRefusal[] = [];
  if (secondLayer.length !== hidden)
    refusals.push({
      path: ['secondLayer'],
      code: 'entry-per-unit',
      allowed: { hidden },
      found: String(secondLayer.length),
    });
  if (classLabels.length !== classes) {
    refusals.push({
      path: ['classLabels'],
      code: 'entry-per-class',
      allowed: { classes },
      found: String(classLabels.length),
    });
  }
  const wrong = classLabels.findIndex((label) => label !== 0 && label !== 1);
  if (wrong >= 0) refusals.push({ path: ['classLabels', wrong], code: 'zero-or-one', allowed: {} });
  return refusals;
}

export const twoLayer = {
  kind: 'two-layer',
  label: 'Two layers',
  schema,
  // of four classes those of XOR: two opposite ones have label 1, the other two label 0
  template: (classes) => ({
    kind: 'two-layer',
    hidden: 4,
    activation: 'relu',
    classLabels: Array.from({ length: classes }, (_, i) => (i < classes / 2 ? 1 : 0)),
    secondLayer: [1, 1, -1, -1],
  }),
  takes: ['class'],
  classes: [1, MOST_CLASSES],
  classifies: true,
  learns: true,
  checkClasses: check,
  tex: ({ hidden }) =>
    `f_i(r) = \\log(1 + e^{s}) - y_i\\, s, \\quad s = \\textstyle\\sum_{k=1}^{${hidden}} c_k\\, \\mathrm{relu}(r_k), \\quad \\dot c = -\\gamma \\sum_i p_i\\, \\mathbb{E}\\, \\partial_c f_i`,
  outputs: ({ hidden }) => hidden,
  create(spec, _classes, labels) {
    const learned: LearnedParameters = {
      start: spec.secondLayer,
      at: (values) => lossAt(spec, labels, values),
    };
    return { ...lossAt(spec, labels, Float64Array.from(spec.secondLayer)), learned };
  },
} satisfies LossKind<TwoLayerSpec> & { schema: typeof schema };
