/** Reads a study: `unknown` in, a complete description or all its refusals out. */
import { crossCheck } from './cross-check.ts';
import { complete } from '../core/experiment/complete.ts';
import { parseJson } from '../core/description/json.ts';
import { foundOf, short, visible } from '../core/description/found.ts';
import { formatPath, valueAt, type PathPart } from '../core/description/path.ts';
import { refusalsOfIssues } from '../core/description/issues.ts';
import { refusal, Refused, refusalsOf, type Refusal, type RelativeRefusal } from '../refusal/refusal.ts';
import { canonicalJson } from '../core/experiment/identity.ts';
import {
  checkSweep,
  expandSweep,
  isOfSweep,
  MAX_EXPERIMENTS,
  sweepSchema,
  sweepText,
  type Sweep,
  type SweepPoint,
} from '../core/experiment/sweep.ts';
import { type Experiment, type Study } from '../core/experiment/schema.ts';
import { experimentSchema, studySchema } from './schema.ts';

export type ParseResult<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusals: readonly Refusal[] };

/** Largest text of a study that is read, in characters. */
export const MAX_STUDY_TEXT = 512 * 1024 * 1024;

/** Experiments of a sweep that are longer together, in characters, are made only once the first of them is sound. */
const SMALL_SWEEP = 4 * 1024 * 1024;

/** A study from its JSON text. */
export function parseStudyText(text: string): ParseResult<Study> {
  const json = parseStudyJson(text);
  return json.ok ? parseStudy(json.value) : json;
}

/** The JSON value of a study's text. */
export function parseStudyJson(text: string): ParseResult<unknown> {
  if (text.length > MAX_STUDY_TEXT) {
    const most = MAX_STUDY_TEXT;
    return { ok: false, refusals: [refusal('', 'study-characters', { most }, String(text.length))] };
  }
  try {
    return { ok: true, value: parseJson(text) };
  } catch (error) {
    return { ok: false, refusals: refusalsOf(error) };
  }
}

/** A study from a JSON value. */
export function parseStudy(input: unknown): ParseResult<Study> {
  const other = foreign(input) ?? tooMany(input);
  if (other) return { ok: false, refusals: [other] };
  const sweep = sweepSchema.safeParse(valueAt(input, ['sweep']));
  return sweep.success ? parseSwept(input as Record<string, unknown>, sweep.data) : parseWhole(input);
}

/** What of a study can be read, and what was left out of it. */
export interface SoundPart {
  readonly study: Study;
  /** By the experiment's id, or `sweep`: why it was left out. */
  readonly left: readonly Refusal[];
}

/**
 * A study without the experiments that are wrong; where the sweep is, its experiments stand by themselves. Refused for
 * anything else that is wrong, and where no experiment is left.
 */
export function parseSoundPart(input: unknown): ParseResult<SoundPart> {
  const result = parseStudy(input);
  if (result.ok) return { ok: true, value: { study: result.value, left: [] } };
  const experiments = valueAt(input, ['experiments']);
  const given: readonly unknown[] = Array.isArray(experiments) ? experiments : [];
  const wrong = new Map<string, Refusal>();
  for (const each of result.refusals) {
    const part = /^experiments\[\d+\]|^sweep(?=[.[]|$)/.exec(each.path)?.[0];
    if (part === undefined) return result;
    if (!wrong.has(part)) wrong.set(part, each);
  }
  const { sweep, ...rest } = input as Record<string, unknown>;
  const sound = parseSoundPart({
    ...rest,
    ...(sweep !== undefined && !wrong.has('sweep') && { sweep }),
    experiments: given.filter((_, index) => !wrong.has(`experiments[${index}]`)),
  });
  if (!sound.ok || sound.value.study.experiments.length === 0) return result;
  const left = [...wrong].map(([part, { path, ...why }]) => {
    const id = part === 'sweep' ? part : valueAt(given[Number(part.slice(12, -1))], ['id']);
    const within = path.slice(part.length).replace(/^\./, '');
    return refusal(typeof id === 'string' ? visible(id) : part, 'left-out', { within, why });
  });
  return { ok: true, value: { study: sound.value.study, left: [...left, ...sound.value.left] } };
}

/**
 * A study with a sweep: its experiments are made anew from the sweep, and what is wrong with them is told at the base,
 * once each. Those that a file has beside the sweep must be what the sweep makes; their names do not count.
 */
function parseSwept(input: Record<string, unknown>, sweep: Sweep): ParseResult<Study> {
  const given: readonly unknown[] = Array.isArray(input.experiments) ? input.experiments : [];
  const own = [...given.keys()].filter((index) => !isOfSweep(sweep, valueAt(given[index], ['id'])));
  const wrong = located(input, ['sweep'], checkSweep(sweep, own.length));
  if (wrong.length > 0) return { ok: false, refusals: wrong };
  const isLarge = sweepText(sweep) > SMALL_SWEEP;
  if (isLarge) {
    const first = parseWhole({ ...input, experiments: [expandSweep(sweep, 1)[0].experiment] });
    // what is wrong with the base is wrong a thousand times over
    if (!first.ok) return { ok: false, refusals: first.refusals.map(ofBase) };
  }
  const points = expandSweep(sweep);
  const result = parseWhole({
    ...input,
    experiments: [...own.map((index) => given[index]), ...points.map(({ experiment }) => experiment)],
  });
  const told = new Set<string>();
  const refusals = (result.ok ? [] : result.refusals).flatMap((each): Refusal[] => {
    const { path: whole, ...why } = each;
    const index = Number(/^experiments\[(\d+)\]/.exec(whole)?.[1] ?? -1);
    if (index < 0) return [each];
    const at = index < own.length ? `experiments[${own[index]}]` : 'sweep.base';
    const path = whole.replace(/^experiments\[\d+\]/, at);
    if (index < own.length) return [{ ...each, path }];
    if (told.has(path)) return [];
    told.add(path);
    return [refusal(path, 'at-point', { why, point: points[index - own.length].experiment.name })];
  });
  refusals.push(...strangers(given, sweep, points));
  return result.ok && refusals.length === 0 ? result : { ok: false, refusals };
}

/** A refusal of a sweep's first experiment, as one of its base. */
const ofBase = (each: Refusal): Refusal => ({
  ...each,
  path: each.path.replace(/^experiments\[0\]/, 'sweep.base'),
});

/** Experiments with an id of the sweep that are not the sweep's. */
function strangers(given: readonly unknown[], sweep: Sweep, points: readonly SweepPoint[]): Refusal[] {
  const made = new Map(points.map(({ experiment }) => [experiment.id, experiment]));
  return given.flatMap((experiment, index) => {
    const id = valueAt(experiment, ['id']);
    if (typeof id !== 'string' || !isOfSweep(sweep, id)) return [];
    const expected = made.get(id);
    // each once: the second of an id has nothing left to be
    made.delete(id);
    if (expected && sameDescription(experiment as Record<string, unknown>, expected)) return [];
    const allowed = { sweep: sweep.id, made: expected !== undefined };
    return [refusal(`experiments[${index}].id`, 'sweep-stranger', allowed, short(id))];
  });
}

/** Whether two raw experiments are of one description, defaults filled in, whatever they are called. */
function sameDescription(one: Record<string, unknown>, other: Record<string, unknown>): boolean {
  const nameless = (experiment: Record<string, unknown>) => ({ ...experiment, id: 'same', name: 'same' });
  const [a, b] = [nameless(one), nameless(other)];
  if (canonicalJson(a) === canonicalJson(b)) return true;
  const [first, second] = [experimentSchema.safeParse(a), experimentSchema.safeParse(b)];
  if (!first.success || !second.success) return false;
  return canonicalJson(complete(first.data)) === canonicalJson(complete(second.data));
}

function parseWhole(input: unknown): ParseResult<Study> {
  const result = studySchema.safeParse(input);
  const refusals = result.success ? [] : located(input, [], refusalsOfIssues(input, result.error.issues));
  const experiments = valueAt(input, ['experiments']);
  if (Array.isArray(experiments)) {
    for (const [index, experiment] of experiments.entries()) {
      refusals.push(...located(input, ['experiments', index], crossCheck(experiment)));
    }
    refusals.push(...repeatedIds(experiments));
  }
  if (!result.success || refusals.length > 0) return { ok: false, refusals };
  return { ok: true, value: { ...result.data, experiments: result.data.experiments.map(complete) } };
}

/** One experiment by itself, as the editor holds it; paths are relative to it. */
export function parseExperiment(input: unknown): ParseResult<Experiment> {
  const result = experimentSchema.safeParse(input);
  const refusals = result.success ? [] : located(input, [], refusalsOfIssues(input, result.error.issues));
  refusals.push(...located(input, [], crossCheck(input)));
  if (!result.success || refusals.length > 0) return { ok: false, refusals };
  return { ok: true, value: complete(result.data) };
}

/** What was parsed. @throws Refused with every refusal. */
export function requireParsed<T>(result: ParseResult<T>): T {
  if (result.ok) return result.value;
  throw new Refused(result.refusals);
}

/** Something that is not a study of this version is told apart first: its other errors would be noise. */
function foreign(input: unknown): Refusal | undefined {
  if (input === null || typeof input !== 'object' || Array.isArray(input)) {
    return refusal('', 'study-object', {}, foundOf(input));
  }
  const version = valueAt(input, ['version']);
  if (valueAt(input, ['format']) === 'sgdlab-study' && typeof version === 'number' && version > 1) {
    return refusal('version', 'study-version', {}, foundOf(version));
  }
  return undefined;
}

/** Said before each of them is looked at. */
function tooMany(input: unknown): Refusal | undefined {
  const experiments = valueAt(input, ['experiments']);
  return Array.isArray(experiments) && experiments.length > MAX_EXPERIMENTS
    ? refusal('experiments', 'at-most', { most: MAX_EXPERIMENTS, of: 'experiment' }, String(experiments.length))
    : undefined;
}

/** Refusals at their whole paths, each with what was found. */
function located(input: unknown, at: readonly PathPart[], found: readonly RelativeRefusal[]): Refusal[] {
  return found.map((each) => {
    const parts = [...at, ...each.path];
    return {
      ...each,
      path: formatPath(parts),
      found: each.found === undefined ? foundOf(valueAt(input, parts)) : each.found,
    };
  });
}

function repeatedIds(experiments: readonly unknown[]): Refusal[] {
  const seen = new Map<unknown, number>();
  return experiments.flatMap((experiment, index) => {
    const id = valueAt(experiment, ['id']);
    const first = seen.get(id);
    if (typeof id !== 'string' || first === undefined) {
      seen.set(id, index);
      return [];
    }
    return [refusal(`experiments[${index}].id`, 'repeated-id', { first }, short(id))];
  });
}
