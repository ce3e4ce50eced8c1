/** Every registered loss with every registered kind of labels that it takes, for tests that loop over them. */
import { binaryLabel } from '../../../src/core/labels/labels.ts';
import { CLASS_LABELS, labelsKind, labelsKinds, type LabelsSpec } from '../../../src/core/labels/labels-spec.ts';
import { type Loss } from '../../../src/core/loss/loss.ts';
import { classesFor, createLoss, lossKind, lossKinds, type LossSpec } from '../../../src/core/loss/loss-spec.ts';
import { type Stream } from '../../../src/core/math/random.ts';

export interface Pair {
  /** Of the loss, and of labels that are not the classes. */
  readonly name: string;
  readonly kind: LossSpec['kind'];
  /** Of what the loss sees, also where it brings it along. */
  readonly labels: LabelsSpec['kind'];
  /** What a study says of labels; the default where the loss brings its own. */
  readonly given: LabelsSpec;
  /** Smallest and largest number of classes. */
  readonly classes: readonly [number, number];
}

/** A description with some flips, where there are such. */
function specOf(labels: LabelsSpec['kind']): LabelsSpec {
  const spec = labelsKind(labels).template();
  return 'flip' in spec ? { ...spec, flip: 0.1 } : spec;
}

function pairsOf(loss: LossSpec['kind']): Pair[] {
  const kind = lossKind(loss);
  const own = kind.ownLabels?.(kind.template(2)).kind;
  return labelsKinds
    .filter((labels) => (own === undefined ? kind.takes.includes(labels.gives) : labels.kind === own))
    .map((labels) => ({
      name: labels.kind === 'class' || own !== undefined ? loss : `${loss} of ${labels.kind}`,
      kind: loss,
      labels: labels.kind,
      given: own === undefined ? specOf(labels.kind) : CLASS_LABELS,
      classes: classesFor(kind, labels),
    }));
}

/** A loss that learns parameters of its own has tests of its own (two-layer.test.ts). */
export const pairs: readonly Pair[] = lossKinds
  .filter(({ kind }) => !lossKind(kind).learns)
  .flatMap(({ kind }) => pairsOf(kind));

/**
 * What a description with a random start has beside a loss: labels where it does not take the classes, and, where it is even
 * in X, what theory knows of the start.
 */
export function besidesOf(loss: LossSpec['kind'], start: 'given' | 'escape' = 'escape') {
  const { given, classes } = pairsOf(loss)[0];
  const { even } = createLoss(lossKind(loss).template(classes[0]), classes[0], given);
  return { ...(given.kind === 'class' ? {} : { labels: given }), ...(even ? { theory: { start } } : {}) };
}

/** What the labels tell of a sample with these clean responses (ℓ*). */
export function answer(loss: Pick<Loss, 'labels' | 'seesNoise'>, response: Float64Array, stream: Stream): Float64Array {
  const { binary, noise } = loss.labels;
  if (binary) return Float64Array.of(binaryLabel(binary, response[0], stream.uniform()));
  const noises = response.map(() => noise * stream.normal());
  return loss.seesNoise ? Float64Array.of(...response, ...noises) : response.map((value, a) => value + noises[a]);
}
