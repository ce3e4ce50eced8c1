/** Small refusals for the kernels' tests, with every array random. */
import { type KernelProblem } from '../../../src/core/kernel/kernel.ts';
import { labelsKind, type LabelsSpec } from '../../../src/core/labels/labels-spec.ts';
import { createLoss, lossSchema, type LossSpec } from '../../../src/core/loss/loss-spec.ts';
import { plainUpdate } from '../../../src/core/update/update.ts';
import { rootStream } from '../../../src/core/math/random.ts';

interface Shape extends Pick<KernelProblem, 'classes' | 'outputs'> {
  readonly loss: LossSpec['kind'];
  readonly labels?: LabelsSpec['kind'];
  readonly formula?: string;
  /** Of phase retrieval. */
  readonly form?: string;
  /** Heavy tails of a response's noise. */
  readonly tails?: boolean;
}

/** Every loss with the labels that it takes; 4 and 5 outputs stand on both sides of what one pass takes, 32 is the most. */
export const shapes: readonly Shape[] = [
  { loss: 'logistic', classes: 2, outputs: 1 },
  { loss: 'binary-least-squares', classes: 2, outputs: 1 },
  { loss: 'softmax', classes: 4, outputs: 4 },
  { loss: 'softmax', classes: 5, outputs: 5 },
  { loss: 'softmax', classes: 32, outputs: 32 },
  { loss: 'one-hot-least-squares', classes: 3, outputs: 3 },
  { loss: 'one-hot-least-squares', classes: 10, outputs: 10 },
  { loss: 'teacher-least-squares', classes: 3, outputs: 1 },
  { loss: 'teacher-least-squares', classes: 1, outputs: 7 },
  { loss: 'teacher-least-squares', classes: 2, outputs: 1, tails: true },
  { loss: 'logistic', labels: 'teacher-sign', classes: 1, outputs: 1 },
  { loss: 'logistic', labels: 'teacher-bernoulli', classes: 3, outputs: 1 },
  { loss: 'binary-least-squares', labels: 'teacher-sign', classes: 3, outputs: 1 },
  { loss: 'binary-least-squares', labels: 'teacher-bernoulli', classes: 2, outputs: 1 },
  { loss: 'phase-retrieval', form: 'quartic', labels: 'teacher-response', classes: 1, outputs: 1 },
  { loss: 'phase-retrieval', form: 'absolute', labels: 'teacher-response', classes: 3, outputs: 1 },
  { loss: 'formula', formula: 'max(0, 1 - y*r)^2', classes: 3, outputs: 1 },
  { loss: 'formula', formula: 'softplus(-y*r) + 0.1*(r - s)^2', labels: 'teacher-sign', classes: 2, outputs: 1 },
  { loss: 'formula', formula: 'huber(r - tanh(s) - eps, 1)', labels: 'teacher-response', classes: 2, outputs: 1 },
];

export const isBinary = (shape: Shape): boolean => shape.outputs === 1 && shape.classes === 2;

/** The loss of a shape. */
function lossOf({ loss, labels = 'class', form, formula, classes, outputs, tails }: Shape): KernelProblem['loss'] {
  const teacher =
    loss === 'teacher-least-squares'
      ? {
          noise: tails ? { kind: 'student-t', degrees: 3.5, scale: 0.2 } : 0.3,
          teacher: { kind: 'gaussian', seed: 1, outputs },
        }
      : {};
  const spec = labelsKind(labels).template();
  return createLoss(
    lossSchema.parse({
      kind: loss,
      ...teacher,
      ...(form !== undefined && { form }),
      ...(formula !== undefined && { formula }),
    }),
    classes,
    'flip' in spec ? { ...spec, flip: 0.1 } : spec,
  );
}

/** A problem of this shape: means of norm about 1, deviations in [0, 2) or smaller, some of them 0, unequal priors. */
export function randomProblem(shape: Shape, dimension: number, changes: Partial<KernelProblem> = {}): KernelProblem {
  const stream = rootStream(20251014).child(shape.loss, shape.outputs);
  const { classes, outputs, loss } = shape;
  const gaussian = (rows: number) =>
    Float64Array.from({ length: rows * dimension }, () => stream.normal() / Math.sqrt(dimension));
  const weights = Array.from({ length: classes }, (_, i) => 1 + i);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  // a slope that grows like r³ runs away from samples that the others bear
  const spread = shape.form === 'quartic' ? 0.4 : 1;
  return {
    classes,
    outputs,
    loss: lossOf(shape),
    dimension,
    priors: Float64Array.from(weights, (weight) => weight / total),
    deviations: Float64Array.from(
      { length: classes * dimension },
      () => spread * Math.max(0, 2 * stream.uniform() - 0.2),
    ),
    means: gaussian(classes),
    teacher: gaussian(loss === 'teacher-least-squares' || (shape.labels ?? 'class') !== 'class' ? outputs : 0),
    batchSize: 1,
    ridge: 0,
    update: plainUpdate(dimension),
    start: gaussian(outputs),
    key: stream.child('run').key,
    ...changes,
  };
}
