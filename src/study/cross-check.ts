/**
 * Checks between parts of an experiment that each part's own schema cannot make (entries per class, blocks, limits of
 * size). They run on whatever parts are well formed, so that all errors are reported at once.
 */
import { type z } from 'zod';
import { CLASS_LABELS, createLabels, labelsKind, labelsKinds, labelsSchema } from '../core/labels/labels-spec.ts';
import { enginesFor } from '../core/engines/engine-kind.ts';
import { engineKinds } from '../core/engines/engine-kinds.ts';
import {
  classesFor,
  createLoss,
  lossKind,
  lossSchema,
  labelsOf,
  type LossDescription,
} from '../core/loss/loss-spec.ts';
import { type StartLaw } from '../core/loss/loss.ts';
import { arrangementKind } from '../core/model/arrangement/arrangement-kinds.ts';
import { MAX_ARRAY_DIMENSION, meansSchema, modelSchema, type MeansSpec } from '../core/model/model.ts';
import { profileKind } from '../core/model/profile/profile-kinds.ts';
import { spectrumKind, spectrumSchema, type SpectrumSpec } from '../core/model/spectrum/spectrum-spec.ts';
import { createSchedule, scheduleKind, scheduleSchema } from '../core/schedule/schedule-spec.ts';
import { endpointRefusal } from '../core/theory/analysis/index.ts';
import { spreadRefusal } from '../core/theory/fluctuations/spread-refusal.ts';
import { findCurveKind } from '../core/theory/curves/curve-kind.ts';
import { averageKind } from '../core/update/average/average-kinds.ts';
import { methodKind, methodKinds, type MethodSpec } from '../core/update/method/method-kinds.ts';
import { limitRefusal, shapeRefusal, theoryRefusal } from '../core/update/refusals.ts';
import { LINEAR, parameterizationSchema } from '../core/update/parameterization.ts';
import { createUpdate } from '../core/update/create-update.ts';
import { limitRefusals } from '../core/theory/nodes/limit-model.ts';
import { hasImplicitSteps } from '../core/theory/jacobian/implicit-drift.ts';
import { checkData, dataSchema, STREAM } from '../core/data/data-spec.ts';
import { checkGrid, gridSchema } from '../core/experiment/grid.ts';
import { type PathPart } from '../core/description/path.ts';
import { optimizerSchema, type EndpointSpec, type StartSpec, type Subject } from '../core/experiment/schema.ts';
import { type Reason, type RelativeRefusal } from '../refusal/refusal.ts';
import { checkDiagonal, checkLearned } from './check-learning.ts';
import { experimentSchema, simulationSchema } from './schema.ts';

/** A part as its own schema reads it, or undefined if it is malformed. */
function read<T extends z.ZodType>(schema: T, value: unknown): z.output<T> | undefined {
  const result = schema.safeParse(value);
  return result.success ? result.data : undefined;
}

const entry = (value: unknown, key: string): unknown =>
  value !== null && typeof value === 'object' ? (value as Record<string, unknown>)[key] : undefined;

/** Some entries of a raw object. */
const pick = (value: unknown, keys: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(keys.map((key) => [key, entry(value, key)]).filter(([, found]) => found !== undefined));

/** Parts without which there is nothing to compute. */
const PARTS = ['model', 'labels', 'loss', 'optimizer', 'data', 'parameterization', 'horizon'];
const subjectSchema = experimentSchema.pick({
  model: true,
  labels: true,
  loss: true,
  optimizer: true,
  data: true,
  parameterization: true,
  horizon: true,
});

/** Refusals of one raw experiment, at paths relative to it. */
export function crossCheck(experiment: unknown): RelativeRefusal[] {
  const refusals: RelativeRefusal[] = [];
  const add = (at: readonly PathPart[], found: readonly RelativeRefusal[]) =>
    refusals.push(...found.map((each) => ({ ...each, path: [...(at as (string | number)[]), ...each.path] })));

  const model = entry(experiment, 'model');
  const priors = read(modelSchema.shape.priors, entry(model, 'priors'));
  const dimension = read(modelSchema.shape.dimension, entry(model, 'dimension'));
  const spectrum = read(spectrumSchema, entry(model, 'spectrum'));
  const means = read(meansSchema, entry(model, 'means'));
  const loss = read(lossSchema, entry(experiment, 'loss'));
  const labels = read(labelsSchema, entry(experiment, 'labels') ?? CLASS_LABELS);
  const horizon = read(experimentSchema.shape.horizon, entry(experiment, 'horizon'));
  const grid = read(gridSchema, entry(experiment, 'grid'));
  const optimizer = entry(experiment, 'optimizer');
  const schedule = read(scheduleSchema, entry(optimizer, 'schedule'));
  const start = read(optimizerSchema.shape.start, entry(optimizer, 'start'));
  const method = read(optimizerSchema.shape.method, entry(optimizer, 'method'));
  const average = read(optimizerSchema.shape.average, entry(optimizer, 'average'));

  const data = read(dataSchema, entry(experiment, 'data') ?? STREAM);
  const batchSize = read(optimizerSchema.shape.batchSize, entry(optimizer, 'batchSize'));

  if (data && dimension !== undefined) add(['data'], checkData(data, dimension, batchSize));
  if (priors) add(['model', 'priors'], checkPriors(priors));
  if (priors && dimension !== undefined) {
    if (spectrum) add(['model', 'spectrum'], spectrumKind(spectrum).check(spectrum, priors.length, dimension));
    if (means) add(['model', 'means'], checkMeans(means, spectrum, priors.length, dimension));
  }
  if (priors && loss && labels) refusals.push(...checkLoss({ loss, labels }, priors.length, dimension, start));
  if (schedule) add(['optimizer', 'schedule'], scheduleKind(schedule).check(schedule));
  if (method && dimension !== undefined) add(['optimizer', 'method'], methodKind(method).check(method, dimension));
  if (average && dimension !== undefined && horizon !== undefined)
    add(['optimizer', 'average'], averageKind(average).check(average, dimension, horizon));
  if (loss && labels && method) refusals.push(...checkTails({ loss, labels }, method));
  const parameterization = read(parameterizationSchema, entry(experiment, 'parameterization') ?? LINEAR);
  const ridge = read(optimizerSchema.shape.ridge, entry(optimizer, 'ridge'));
  const asked = read(experimentSchema.shape.theory, entry(experiment, 'theory'));
  if (parameterization?.kind === 'diagonal')
    refusals.push(...checkDiagonal({ method, average, schedule, ridge, start, loss, theory: asked }));
  if (loss && lossKind(loss.kind).learns) add(['optimizer'], checkLearned({ method, average, schedule }));
  if (schedule?.kind === 'constant') {
    const allowed = method && !methodKind(method).movesAtRateZero ? { above: 0 } : { min: 0 };
    const outside = schedule.rate < 0 || (schedule.rate === 0 && allowed.above === 0);
    if (outside) add(['optimizer', 'schedule', 'rate'], [{ path: [], code: 'finite-number', allowed }]);
  }
  if (grid && horizon !== undefined) add(['grid'], checkGrid(grid, horizon));
  if (horizon !== undefined && dimension !== undefined) add(['horizon'], checkSteps(horizon, dimension));
  // parts that are wrong by themselves have no limit to speak of
  const sound = refusals.every(({ path }) => !PARTS.includes(String(path[0])));
  const update =
    sound && method && average !== undefined && dimension !== undefined
      ? createUpdate({ method, average }, dimension)
      : undefined;
  const curves = read(experimentSchema.shape.theory, entry(experiment, 'theory'))?.curves ?? [];
  // what is asked of it here is the same for every horizon, also where that is wrong by itself
  const rule = schedule ? createSchedule(schedule, horizon ?? 1) : undefined;
  if (update && rule && curves.length > 0) add(['optimizer', 'schedule', 'kind'], told(theoryRefusal(update, rule)));
  if (update && priors && loss && labels && batchSize !== undefined && curves.length > 0) {
    const why = shapeRefusal(update, batchSize, createLoss(loss, priors.length, labels));
    if (why) add(['optimizer', ...(why.at === 'method' ? ['method', 'kind'] : [why.at])], told(why));
  }
  const limit = entry(entry(experiment, 'theory'), 'limit');
  if (limit === true && data && data.kind !== 'stream')
    add(['theory', 'limit'], [{ path: [], code: 'limit-finite', allowed: {} }]);
  if (limit === true && update) add(['theory', 'limit'], told(limitRefusal(update)));
  if (limit === true && update && priors && spectrum && means && loss && labels && rule) {
    const implicitSteps = hasImplicitSteps({ loss: createLoss(loss, priors.length, labels), schedule: rule, update });
    const byNoise = rule.dependsOn === 'state';
    const why = limitRefusals({ priors, spectrum, means }, { loss, labels }, { implicitSteps, byNoise });
    add(
      ['theory', 'limit'],
      why.map((reason) => ({ ...reason, path: [], found: 'true' })),
    );
  }
  const spread = entry(entry(experiment, 'theory'), 'spread');
  const stream = (entry(entry(experiment, 'data'), 'kind') ?? 'stream') === 'stream';
  if (spread === true && update && priors && loss && labels && rule) {
    const parts = { loss: createLoss(loss, priors.length, labels), schedule: rule, update };
    add(['theory', 'spread'], told(spreadRefusal(parts, { curves, limit: limit === true, stream })));
  }
  const simulation = entry(experiment, 'simulation') ?? {};
  const engine = read(simulationSchema.shape.engine, entry(simulation, 'engine'));
  const runs = read(simulationSchema.shape.runs, entry(simulation, 'runs'));
  const subject = sound ? read(subjectSchema, pick(experiment, PARTS)) : undefined;
  if (subject && engine !== undefined && runs !== undefined && runs > 0)
    add(['simulation', 'engine'], checkEngine(engine, subject));
  if (subject) add(['theory', 'curves'], checkCurves(curves, subject));
  const endpoints = read(experimentSchema.shape.theory, entry(experiment, 'theory'))?.endpoints ?? [];
  if (subject) add(['theory', 'endpoints'], checkEndpoints(endpoints, subject));
  const theoryStart = read(experimentSchema.shape.theory, entry(experiment, 'theory'))?.start ?? 'averaged';
  if (loss && labels && priors && sound) {
    const { outputs, even } = createLoss(loss, priors.length, labels);
    if (start?.kind === 'custom' && dimension !== undefined) {
      add(['optimizer', 'start', 'vectors'], checkVectors(start.vectors, outputs, dimension));
    }
    if (start && update && rule) {
      const { plain } = update;
      const escapes = plain && rule.dependsOn === 'time';
      const chained = engine === 'reduced' && (runs ?? 0) > 0;
      const asked = { theoryStart, limit: limit === true, curves: curves.length > 0, spread: spread === true };
      refusals.push(...checkStart(start.kind, { ...asked, even: even === true, escapes, chained }));
    }
  }
  if (start?.kind === 'gaussian' && dimension !== undefined) add(['model', 'dimension'], needsArrays(dimension));
  return refusals;
}

/** Heavy-tailed noise of labels with a loss or a method that it is not for; paths are those of an experiment. */
function checkTails(described: LossDescription, method: MethodSpec): RelativeRefusal[] {
  const { tails } = createLabels(labelsOf(described));
  if (!tails) return [];
  const path = [lossKind(described.loss.kind).ownLabels ? 'loss' : 'labels', 'noise'];
  if (!lossKind(described.loss.kind).ownLabels) return [{ path, code: 'tails-loss', allowed: {}, found: null }];
  const shaped = ({ kind }: { readonly kind: MethodSpec['kind'] }) => {
    const known = methodKinds.find((each) => each.kind === kind);
    return known !== undefined && methodKind(known.template()).create(known.template(), 10).shape !== null;
  };
  if (shaped(method)) return [];
  const methods = methodKinds.filter(shaped).map(({ kind }) => kind);
  return [{ path, code: 'tails-method', allowed: { methods }, found: null }];
}

/** A refusal of the whole value at a path, where there is one. */
const told = (why: Reason | null, found = why?.found ?? undefined): RelativeRefusal[] =>
  why === null ? [] : [{ ...why, path: [], found }];

function checkPriors(priors: readonly number[]): RelativeRefusal[] {
  const sum = priors.reduce((total, prior) => total + prior, 0);
  if (Math.abs(sum - 1) <= 1e-9) return [];
  const divided = Math.abs(sum - 1) <= MOST_ROUNDING ? priors.map((prior) => prior / sum) : null;
  const single = priors.every((prior) => prior === Math.fround(prior));
  return [{ path: [], code: 'priors-sum', allowed: { sum, divided, single }, found: null }];
}

/** Farthest from 1 that priors of single precision, or of a few decimals, sum to. */
const MOST_ROUNDING = 1e-5;

function checkMeans(
  means: MeansSpec,
  spectrum: SpectrumSpec | undefined,
  classes: number,
  dimension: number,
): RelativeRefusal[] {
  const arrangement = arrangementKind(means.arrangement);
  const refusals = arrangement
    .check(means.arrangement, classes, dimension)
    .map((each): RelativeRefusal => ({ ...each, path: ['arrangement', ...each.path] }));
  if (arrangement.profiled && !means.profile)
    refusals.push({ path: ['profile'], code: 'profile-missing', allowed: {} });
  if (!arrangement.profiled && means.profile) {
    refusals.push({ path: ['profile'], code: 'profile-of-custom', allowed: {} });
  }
  if (means.profile && spectrum && spectrumKind(spectrum).check(spectrum, classes, dimension).length === 0) {
    const blocks = spectrumKind(spectrum).blocks(spectrum, classes, dimension);
    const found = profileKind(means.profile).check(means.profile, blocks);
    refusals.push(...found.map((each): RelativeRefusal => ({ ...each, path: ['profile', ...each.path] })));
  }
  return refusals;
}

/** Whether the loss takes the labels, and there are as many classes as it is for; paths are those of an experiment. */
function checkLoss(
  described: LossDescription,
  classes: number,
  dimension: number | undefined,
  start: StartSpec | undefined,
): RelativeRefusal[] {
  const { loss, labels: given } = described;
  const kind = lossKind(loss.kind);
  const spec = labelsOf(described);
  const labels = labelsKind(spec.kind);
  if (kind.ownLabels && given.kind !== CLASS_LABELS.kind) {
    return [{ path: ['labels', 'kind'], code: 'own-labels', allowed: { loss: loss.kind } }];
  }
  if (!kind.takes.includes(labels.gives)) {
    const labels = labelsKinds.filter(({ gives }) => kind.takes.includes(gives)).map((each) => each.kind);
    return [{ path: ['labels', 'kind'], code: 'labels-of-loss', allowed: { loss: loss.kind, labels } }];
  }
  const [fewest, most] = classesFor(kind, labels);
  if (classes < fewest || classes > most) {
    return [{ path: ['loss', 'kind'], code: 'loss-classes', allowed: { classes, fewest, most } }];
  }
  const perClass = kind.checkClasses?.(loss, classes) ?? [];
  if (perClass.length > 0) return perClass.map((each): RelativeRefusal => ({ ...each, path: ['loss', ...each.path] }));
  if (kind.singleResponse && labels.gives === 'response' && createLabels(spec).teacherOutputs !== 1) {
    return [{ path: ['labels', 'teacher'], code: 'one-response', allowed: {}, found: null }];
  }
  const own = kind.check?.(loss, createLabels(spec), startLaw(start, labels.teacherVariance?.(spec)));
  if (own?.length) return own.map((each): RelativeRefusal => ({ ...each, path: ['loss', ...each.path] }));
  if (dimension === undefined) return [];
  const at = kind.ownLabels ? 'loss' : 'labels';
  return (labels.check?.(spec, dimension) ?? []).map((each): RelativeRefusal => ({
    ...each,
    path: [at, ...each.path],
  }));
}

/** Variances of r and r* at the start under covariances of trace d; of given vectors as of unit ones. */
const startLaw = (start: StartSpec | undefined, teacherVariance: number | null | undefined): StartLaw => ({
  variance: start?.kind === 'gaussian' ? start.scale * start.scale : 0,
  teacherVariance: teacherVariance ?? 1,
});

function checkSteps(horizon: number, dimension: number): RelativeRefusal[] {
  const steps = horizon * dimension;
  if (steps < 1) return [{ path: [], code: 'fewest-steps', allowed: { horizon: 1 / dimension } }];
  const most = Number.MAX_SAFE_INTEGER;
  return steps > most ? [{ path: [], code: 'most-steps', allowed: { steps: most, horizon: most / dimension } }] : [];
}

/** An engine that refuses the description; what only its arrays tell is left to the engine. */
function checkEngine(name: string, subject: Subject): RelativeRefusal[] {
  const engine = engineKinds.find(({ kind }) => kind === name);
  const why = engine?.refuses(subject);
  if (!why) return [];
  const others = enginesFor(subject).map(({ kind }) => kind);
  return [{ path: [], code: 'engine', allowed: { why, others }, found: JSON.stringify(name) }];
}

/** Theory curves that are not solved for the description. */
function checkCurves(names: readonly string[], subject: Subject): RelativeRefusal[] {
  return names.flatMap((name, k): RelativeRefusal[] => {
    const why = findCurveKind(name)?.refuses(subject);
    return why ? [{ path: [k], code: 'another-curve', allowed: { why }, found: JSON.stringify(name) }] : [];
  });
}

/** One vector of d numbers for each output. */
function checkVectors(vectors: readonly (readonly number[])[], outputs: number, dimension: number): RelativeRefusal[] {
  if (vectors.length !== outputs) {
    return [{ path: [], code: 'vector-per-output', allowed: { outputs }, found: String(vectors.length) }];
  }
  return vectors.flatMap((vector, o): RelativeRefusal[] =>
    vector.length === dimension
      ? []
      : [{ path: [o], code: 'entry-per-direction', allowed: { dimension }, found: String(vector.length) }],
  );
}

/** What a theory may know of a start; paths are those of an experiment. */
function checkStart(
  start: StartSpec['kind'],
  asked: {
    readonly theoryStart: string;
    readonly limit: boolean;
    readonly curves: boolean;
    readonly spread: boolean;
    readonly even: boolean;
    /** Whether the noise of an escape is known. */
    readonly escapes: boolean;
    /** Whether there are runs of the engine that draws no whole X. */
    readonly chained: boolean;
  },
): RelativeRefusal[] {
  const { theoryStart, limit, curves, spread, even, escapes, chained } = asked;
  const at = ['theory', 'start'];
  const found = JSON.stringify(theoryStart);
  const refused = (code: StartCode): RelativeRefusal[] => [{ path: at, code, allowed: {}, found }];
  if (!curves) return [];
  if (even && start === 'zero') return [{ path: ['optimizer', 'start', 'kind'], code: 'even-zero', allowed: {} }];
  if (theoryStart === 'averaged') {
    if (start === 'custom') return limit ? refused('start-limit') : [];
    return even ? refused('even-averaged') : [];
  }
  if (start !== 'gaussian') return refused('start-random');
  if (limit) return refused('start-limit');
  if (theoryStart === 'given') return chained ? refused('start-of-reduced') : [];
  if (!even) return refused('escape-even');
  if (spread) return refused('escape-spread');
  return escapes ? [] : refused('escape-plain');
}

type StartCode =
  | 'even-averaged'
  | 'start-random'
  | 'start-limit'
  | 'start-of-reduced'
  | 'escape-even'
  | 'escape-spread'
  | 'escape-plain';

/** End points that are not known for the description. */
function checkEndpoints(endpoints: readonly EndpointSpec[], subject: Subject): RelativeRefusal[] {
  return endpoints.flatMap((endpoint, k): RelativeRefusal[] => {
    const why = endpointRefusal(endpoint, subject);
    const at = why === 'ridgeless' ? [k, 'ridge'] : [k];
    return why ? [{ path: at, code: 'endpoint', allowed: { why }, found: null }] : [];
  });
}

/** A Gaussian start needs an array over all directions, and is refused above the largest dimension for which arrays are made. */
function needsArrays(dimension: number): RelativeRefusal[] {
  return dimension > MAX_ARRAY_DIMENSION
    ? [{ path: [], code: 'dimension-of-start', allowed: { most: MAX_ARRAY_DIMENSION } }]
    : [];
}
