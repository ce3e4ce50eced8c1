/** Edits of an experiment that touch several of its parts at once: pure functions, draft in, draft out. */
import { engineKinds } from '../../core/engines/engine-kinds.ts';
import { dataKinds, STREAM } from '../../core/data/data-spec.ts';
import {
  CLASS_LABELS,
  createLabels,
  labelsKinds,
  labelsSchema,
  type LabelsSpec,
} from '../../core/labels/labels-spec.ts';
import { classesFor, createLoss, lossKind, lossKinds, lossSchema, type LossSpec } from '../../core/loss/loss-spec.ts';
import { arrangementKinds } from '../../core/model/arrangement/arrangement-kinds.ts';
import { profileKinds } from '../../core/model/profile/profile-kinds.ts';
import { spectrumKinds } from '../../core/model/spectrum/spectrum-kinds.ts';
import { spectrumKind, spectrumSchema } from '../../core/model/spectrum/spectrum-spec.ts';
import { scheduleKinds } from '../../core/schedule/schedule-kinds.ts';
import { curveKinds } from '../../core/theory/curves/curve-kinds.ts';
import { averageKinds } from '../../core/update/average/average-kinds.ts';
import { LINEAR, parameterizationKinds } from '../../core/update/parameterization.ts';
import { methodKinds } from '../../core/update/method/method-kinds.ts';
import { type ExperimentDraft } from '../../api/types.ts';
import { type LabelType } from '../../core/labels/labels.ts';
import { getAt, removeAt, setAt } from './path.ts';

/** An experiment to start from: two classes, a power law, logistic loss. */
export function emptyExperiment(id: string, name: string): ExperimentDraft {
  return {
    id,
    name,
    model: {
      dimension: 1000,
      priors: [0.5, 0.5],
      spectrum: { kind: 'power-law', exponents: [1.1, 1.5], scales: [1, 1] },
      means: { arrangement: { kind: 'opposite' }, profile: { kind: 'power-law', exponent: 0.2 }, scale: 1 },
    },
    loss: { kind: 'logistic' },
    optimizer: {
      method: { kind: 'sgd' },
      average: null,
      schedule: { kind: 'constant', rate: 1 },
      batchSize: 1,
      ridge: 0,
      start: { kind: 'zero' },
    },
    horizon: 50,
    grid: { kind: 'log', first: 0.1, points: 60 },
    theory: { curves: [curveKinds[0].kind] },
    simulation: { engine: engineKinds[0].kind, runs: 10, seed: 1 },
  };
}

/** An id that is allowed, near `wanted`, and not taken. */
export function freeId(wanted: string, taken: readonly string[]): string {
  const base =
    wanted
      .toLowerCase()
      .normalize('NFKD')
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 56) || 'experiment';
  if (!taken.includes(base)) return base;
  for (let n = 2; ; n++) {
    const candidate = `${base.replace(/-\d{1,4}$/, '')}-${n}`;
    if (!taken.includes(candidate)) return candidate;
  }
}

/** Number of classes of a draft, by its priors. */
export function classesOf(draft: unknown): number {
  const priors = getAt(draft, ['model', 'priors']);
  return Array.isArray(priors) ? priors.length : 0;
}

function resized(list: unknown, length: number, filler: unknown): unknown[] {
  const entries = Array.isArray(list) ? (list as unknown[]) : [];
  return Array.from({ length }, (_, i) => entries[i] ?? entries[entries.length - 1] ?? filler);
}

/** The registered kind of that name. */
function kindOf<Kind extends { readonly kind: string }>(kinds: readonly Kind[], kind: unknown): Kind | undefined {
  return kinds.find((each) => each.kind === kind);
}

/** A number of the draft that is allowed to be one of something, else `fallback`. */
function positiveAt(draft: unknown, path: readonly string[], fallback: number): number {
  const value = getAt(draft, path);
  return typeof value === 'number' && value > 0 ? value : fallback;
}

/** What the labels of a draft are; those of its classes where it says nothing. */
const labelTypeOf = (draft: unknown): LabelType =>
  kindOf(labelsKinds, getAt(draft, ['labels', 'kind']))?.gives ?? 'class';

type AnyLoss = (typeof lossKinds)[number];

/** Whether the loss takes what labels of a type are; one that brings its own takes no others. */
const takes = (kind: AnyLoss, gives: LabelType): boolean =>
  !('ownLabels' in kind) && (kind.takes as readonly LabelType[]).includes(gives);

/** Labels that a study may give: those that some loss takes. */
export const labelsChoices = labelsKinds.filter(({ gives }) => lossKinds.some((kind) => takes(kind, gives)));

/** A loss for C classes in place of one that is not defined for them; null if the present one is, or is unknown. */
function fittingLoss(draft: ExperimentDraft, classes: number): string | null {
  const present = getAt(draft, ['loss', 'kind']);
  const gives = labelTypeOf(draft);
  const fits = (each: AnyLoss) => {
    const [fewest, most] = classesFor(each, { gives: 'ownLabels' in each ? 'response' : gives });
    return (
      classes >= fewest &&
      classes <= most &&
      (each.kind === present || takes(each, gives) || (gives === 'class' && 'ownLabels' in each))
    );
  };
  const kind = kindOf(lossKinds, present);
  if (!kind || fits(kind)) return null;
  const wanted = present === 'binary-least-squares' ? 'one-hot-least-squares' : 'softmax';
  return (lossKinds.find((each) => each.kind === wanted && fits(each)) ?? lossKinds.find(fits))?.kind ?? null;
}

/** A spectrum with its lists that have one entry per class resized, also those of its blocks. */
export function resizedSpectrum(spectrum: unknown, classes: number): unknown {
  let next = spectrum;
  for (const [key, list] of Object.entries(spectrum ?? {})) {
    // lists of lists and of blocks have no entry per class
    const flat = Array.isArray(list) && list.every((entry) => entry === null || typeof entry !== 'object');
    if (flat) next = setAt(next, [key], resized(list, classes, 1));
  }
  const blocks = getAt(spectrum, ['blocks']);
  if (!Array.isArray(blocks)) return next;
  const resizedBlocks = blocks.map((block: unknown) =>
    setAt(block, ['eigenvalues'], resized(getAt(block, ['eigenvalues']), classes, 0)),
  );
  return setAt(next, ['blocks'], resizedBlocks);
}

/**
 * The draft with C classes: equal priors, every list with one entry per class resized (repeating its last entry), and
 * a loss and an arrangement that fit where the present ones are for two classes only.
 */
export function withClasses(draft: ExperimentDraft, classes: number): ExperimentDraft {
  let next = setAt(draft, ['model', 'priors'], new Array<number>(classes).fill(1 / classes));
  const spectrum = resizedSpectrum(getAt(draft, ['model', 'spectrum']), classes);
  if (spectrum !== undefined) next = setAt(next, ['model', 'spectrum'], spectrum);
  const loss = fittingLoss(draft, classes);
  if (loss !== null) next = setAt(next, ['loss'], kindOf(lossKinds, loss)?.template(classes));
  const told = getAt(next, ['loss', 'classLabels']);
  if (Array.isArray(told)) next = setAt(next, ['loss', 'classLabels'], resized(told, classes, 0));
  const arrangement = getAt(draft, ['model', 'means', 'arrangement', 'kind']);
  if (classes !== 2 && arrangement === 'opposite')
    next = setAt(next, ['model', 'means', 'arrangement'], { kind: 'cosine' });
  return next;
}

/** Switches the spectrum; a profile over blocks goes with the blocks. */
export function withSpectrum(draft: ExperimentDraft, kind: string): ExperimentDraft {
  const dimension = positiveAt(draft, ['model', 'dimension'], 0);
  const spectrum = kindOf(spectrumKinds, kind)?.template(classesOf(draft), dimension);
  const next = setAt(draft, ['model', 'spectrum'], spectrum);
  const profile = getAt(draft, ['model', 'means', 'profile', 'kind']);
  if (profile !== 'blocks') return next;
  return withProfile(next, blocksOf(next) === 0 ? 'flat' : 'blocks');
}

/** Number of blocks of directions that a profile can give weights to; 0 for a spectrum without blocks. */
export function blocksOf(draft: unknown): number {
  const spectrum = getAt(draft, ['model', 'spectrum']);
  const blocks = getAt(spectrum, ['blocks']);
  // also where they are not right yet
  if (Array.isArray(blocks)) return blocks.length;
  const parsed = spectrumSchema.safeParse(spectrum);
  if (!parsed.success) return 0;
  const dimension = positiveAt(draft, ['model', 'dimension'], 1);
  return spectrumKind(parsed.data).blocks(parsed.data, classesOf(draft), dimension)?.length ?? 0;
}

/** Switches the arrangement; custom means take no profile, all others need one. */
export function withArrangement(draft: ExperimentDraft, kind: string): ExperimentDraft {
  const dimension = positiveAt(draft, ['model', 'dimension'], 0);
  const means = (getAt(draft, ['model', 'means']) ?? {}) as Record<string, unknown>;
  const { profile, ...others } = means;
  const chosen = kindOf(arrangementKinds, kind);
  return setAt(draft, ['model', 'means'], {
    ...others,
    arrangement: chosen?.template(classesOf(draft), dimension),
    ...(chosen?.profiled === false ? {} : { profile: profile ?? { kind: 'flat' } }),
  });
}

export function withProfile(draft: ExperimentDraft, kind: string): ExperimentDraft {
  const profile = kindOf(profileKinds, kind)?.template(Math.max(1, blocksOf(draft)));
  return setAt(draft, ['model', 'means', 'profile'], profile);
}

/** A loss to start from with labels of a type. */
const templateOf = (kind: AnyLoss | undefined, classes: number, gives: LabelType): LossSpec | undefined =>
  kind && (lossKind(kind.kind).templateFor?.(gives) ?? kind.template(classes));

/** Whether a loss that takes labels of a type sees something that these do not give. */
function refusesLabels(loss: unknown, labels: LabelsSpec): boolean {
  const parsed = lossSchema.safeParse(loss);
  if (!parsed.success) return false;
  const start = { variance: 0, teacherVariance: 1 };
  return (lossKind(parsed.data.kind).check?.(parsed.data, createLabels(labels), start) ?? []).length > 0;
}

/** An even loss starts to escape where it would stay at its start; another one has nothing to escape from. */
function withFittingStart(draft: ExperimentDraft): ExperimentDraft {
  const loss = lossSchema.safeParse(getAt(draft, ['loss']));
  const labels = labelsSchema.safeParse(getAt(draft, ['labels']) ?? CLASS_LABELS);
  if (!loss.success || !labels.success) return draft;
  const known = getAt(draft, ['theory', 'start']);
  if (!createLoss(loss.data, classesOf(draft), labels.data).even) {
    return known === 'escape' ? removeAt(draft, ['theory', 'start']) : draft;
  }
  const start = getAt(draft, ['optimizer', 'start', 'kind']);
  if (start === 'custom') return draft;
  const started =
    start === 'gaussian' ? draft : setAt(draft, ['optimizer', 'start'], { kind: 'gaussian', seed: 1, scale: 1 });
  return known === 'given' ? started : setAt(started, ['theory', 'start'], 'escape');
}

/** Switches the loss; labels that it does not take give way to such as it does. */
export function withLoss(draft: ExperimentDraft, kind: string): ExperimentDraft {
  const chosen = kindOf(lossKinds, kind);
  const taken = chosen !== undefined && takes(chosen, labelTypeOf(draft));
  const spec = templateOf(chosen, classesOf(draft), taken ? labelTypeOf(draft) : 'class');
  const next = setAt(draft, ['loss'], spec);
  if (!chosen || taken) return withFittingStart(next);
  const others = labelsKinds.find(({ gives }) => gives !== 'class' && takes(chosen, gives));
  if (!spec || !others || takes(chosen, 'class')) return withFittingStart(removeAt(next, ['labels']));
  return withFittingStart(setAt(next, ['labels'], others.template()));
}

/** Switches the labels; a loss that does not take them gives way to one that does. */
export function withLabels(draft: ExperimentDraft, kind: string): ExperimentDraft {
  const chosen = kindOf(labelsKinds, kind);
  if (!chosen) return draft;
  const next = chosen.kind === 'class' ? removeAt(draft, ['labels']) : setAt(draft, ['labels'], chosen.template());
  const loss = kindOf(lossKinds, getAt(draft, ['loss', 'kind']));
  const classes = classesOf(draft);
  const fits = (each: AnyLoss) => {
    const [fewest, most] = classesFor(each, chosen);
    return takes(each, chosen.gives) && classes >= fewest && classes <= most;
  };
  if (loss && fits(loss) && !refusesLabels(getAt(draft, ['loss']), chosen.template())) {
    return withFittingStart(next);
  }
  const other = templateOf(loss && fits(loss) ? loss : lossKinds.find(fits), classes, chosen.gives);
  return withFittingStart(setAt(next, ['loss'], other));
}

/** Switches where samples come from; a stream is what a study without the key has. */
export function withData(draft: ExperimentDraft, kind: string): ExperimentDraft {
  return kind === STREAM.kind ? removeAt(draft, ['data']) : setAt(draft, ['data'], kindOf(dataKinds, kind)?.template());
}

/** Switches what is learned; X itself is what is not said. */
export function withParameterization(draft: ExperimentDraft, kind: string): ExperimentDraft {
  return kind === LINEAR.kind
    ? removeAt(draft, ['parameterization'])
    : setAt(draft, ['parameterization'], kindOf(parameterizationKinds, kind)?.template());
}

/** Switches the method. */
export function withMethod(draft: ExperimentDraft, kind: string): ExperimentDraft {
  return setAt(draft, ['optimizer', 'method'], kindOf(methodKinds, kind)?.template());
}

/** What stands for no average among the kinds. */
export const NO_AVERAGE = 'none';

/** Switches the average of iterates; `NO_AVERAGE` for none. */
export function withAverage(draft: ExperimentDraft, kind: string): ExperimentDraft {
  const average = kindOf(averageKinds, kind)?.template(positiveAt(draft, ['horizon'], 50));
  return setAt(draft, ['optimizer', 'average'], average ?? null);
}

/** Switches the learning-rate rule; a rate is kept, so that the rules can be compared. */
export function withSchedule(draft: ExperimentDraft, kind: string): ExperimentDraft {
  const path = ['optimizer', 'schedule'];
  const rate = positiveAt(draft, [...path, 'rate'], 1);
  return setAt(draft, path, kindOf(scheduleKinds, kind)?.template(rate, positiveAt(draft, ['horizon'], 50)));
}

/** Adds a zero-one block that takes half of the last one, or removes one and gives its share to its neighbour. */
export function withBlock(draft: ExperimentDraft, change: 'add' | number): ExperimentDraft {
  const path = ['model', 'spectrum', 'blocks'];
  const list = getAt(draft, path);
  if (!Array.isArray(list)) return draft;
  const blocks = list as { fraction: unknown; eigenvalues: unknown }[];
  const share = (block: { fraction: unknown }) => (typeof block.fraction === 'number' ? block.fraction : 0);
  let next: { fraction: unknown; eigenvalues: unknown }[];
  if (change === 'add') {
    const last = blocks[blocks.length - 1];
    const half = share(last) / 2;
    next = [
      ...blocks.slice(0, -1),
      { ...last, fraction: share(last) - half },
      { fraction: half, eigenvalues: new Array<number>(classesOf(draft)).fill(0) },
    ];
  } else {
    if (blocks.length < 2) return draft;
    const neighbour = change > 0 ? change - 1 : 1;
    next = blocks
      .map((block, k) => (k === neighbour ? { ...block, fraction: share(block) + share(blocks[change]) } : block))
      .filter((_, k) => k !== change);
  }
  const changed = setAt(draft, path, next);
  const weights = getAt(draft, ['model', 'means', 'profile', 'weights']);
  if (!Array.isArray(weights)) return changed;
  const resizedWeights =
    change === 'add' ? [...(weights as unknown[]), 0] : (weights as unknown[]).filter((_, k) => k !== change);
  return setAt(changed, ['model', 'means', 'profile', 'weights'], resizedWeights);
}
