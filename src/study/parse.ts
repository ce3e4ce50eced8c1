/** Reads a study: `unknown` in, a complete description or all its problems out. */
import { crossCheck } from './cross-check.ts';
import { complete } from '../core/experiment/complete.ts';
import { parseJson } from '../core/description/json.ts';
import {
  formatPath,
  quote,
  StudyError,
  valueAt,
  visible,
  type PathPart,
  type Problem,
} from '../core/description/problems.ts';
import { canonicalJson } from '../core/experiment/identity.ts';
import {
  checkSweep,
  expandSweep,
  isOfSweep,
  MAX_EXPERIMENTS,
  sweepSchema,
  type Sweep,
  type SweepPoint,
} from '../core/experiment/sweep.ts';
import { MOST_UNKNOWN_KEYS } from '../core/description/strict.ts';
import { type Experiment, type Study } from '../core/experiment/schema.ts';
import { experimentSchema, studySchema } from './schema.ts';

export type ParseResult<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problems: readonly Problem[] };

/** Largest text of a study that is read, in characters. */
export const MAX_STUDY_TEXT = 512 * 1024 * 1024;

/** A study from its JSON text. */
export function parseStudyText(text: string): ParseResult<Study> {
  const json = parseStudyJson(text);
  return json.ok ? parseStudy(json.value) : json;
}

/** The JSON value of a study's text. */
export function parseStudyJson(text: string): ParseResult<unknown> {
  if (text.length > MAX_STUDY_TEXT) {
    return {
      ok: false,
      problems: [{ path: '', message: `expected at most ${MAX_STUDY_TEXT} characters, got ${text.length}` }],
    };
  }
  try {
    return { ok: true, value: parseJson(text) };
  } catch (error) {
    return { ok: false, problems: [{ path: '', message: `expected JSON: ${(error as Error).message}` }] };
  }
}

/** A study from a JSON value. */
export function parseStudy(input: unknown): ParseResult<Study> {
  const other = foreign(input) ?? tooMany(input);
  if (other) return { ok: false, problems: [other] };
  const sweep = sweepSchema.safeParse(valueAt(input, ['sweep']));
  return sweep.success ? parseSwept(input as Record<string, unknown>, sweep.data) : parseWhole(input);
}

/** What of a study can be read, and what was left out of it. */
export interface SoundPart {
  readonly study: Study;
  /** By the experiment's id, or `sweep`: why it was left out. */
  readonly left: readonly Problem[];
}

/**
 * A study without the experiments that are wrong; where the sweep is, its experiments stand by themselves. Refused for
 * problems of anything else, and where no experiment is left.
 */
export function parseSoundPart(input: unknown): ParseResult<SoundPart> {
  const result = parseStudy(input);
  if (result.ok) return { ok: true, value: { study: result.value, left: [] } };
  const experiments = valueAt(input, ['experiments']);
  const given: readonly unknown[] = Array.isArray(experiments) ? experiments : [];
  const wrong = new Map<string, Problem>();
  for (const problem of result.problems) {
    const part = /^experiments\[\d+\]|^sweep(?=[.[]|$)/.exec(problem.path)?.[0];
    if (part === undefined) return result;
    if (!wrong.has(part)) wrong.set(part, problem);
  }
  const { sweep, ...rest } = input as Record<string, unknown>;
  const sound = parseSoundPart({
    ...rest,
    ...(sweep !== undefined && !wrong.has('sweep') && { sweep }),
    experiments: given.filter((_, index) => !wrong.has(`experiments[${index}]`)),
  });
  if (!sound.ok || sound.value.study.experiments.length === 0) return result;
  const left = [...wrong].map(([part, problem]): Problem => {
    const id = part === 'sweep' ? part : valueAt(given[Number(part.slice(12, -1))], ['id']);
    const within = problem.path.slice(part.length).replace(/^\./, '');
    return {
      path: typeof id === 'string' ? visible(id) : part,
      message: `it is left out: ${within === '' ? '' : `${within}: `}${problem.message}`,
    };
  });
  return { ok: true, value: { study: sound.value.study, left: [...left, ...sound.value.left] } };
}

/**
 * A study with a sweep: its experiments are made anew from the sweep, and problems of theirs are told at the base,
 * once each. Those that a file has beside the sweep must be what the sweep makes; their names do not count.
 */
function parseSwept(input: Record<string, unknown>, sweep: Sweep): ParseResult<Study> {
  const given: readonly unknown[] = Array.isArray(input.experiments) ? input.experiments : [];
  const own = [...given.keys()].filter((index) => !isOfSweep(sweep, valueAt(given[index], ['id'])));
  const wrong = located(input, ['sweep'], checkSweep(sweep, own.length));
  if (wrong.length > 0) return { ok: false, problems: wrong };
  const points = expandSweep(sweep);
  const result = parseWhole({
    ...input,
    experiments: [...own.map((index) => given[index]), ...points.map(({ experiment }) => experiment)],
  });
  const told = new Set<string>();
  const problems = (result.ok ? [] : result.problems).flatMap((problem) => {
    const index = Number(/^experiments\[(\d+)\]/.exec(problem.path)?.[1] ?? -1);
    if (index < 0) return [problem];
    const at = index < own.length ? `experiments[${own[index]}]` : 'sweep.base';
    const path = problem.path.replace(/^experiments\[\d+\]/, at);
    if (index < own.length) return [{ ...problem, path }];
    if (told.has(path)) return [];
    told.add(path);
    return [{ path, message: `${problem.message} (at ${points[index - own.length].experiment.name})` }];
  });
  problems.push(...strangers(given, sweep, points));
  return result.ok && problems.length === 0 ? result : { ok: false, problems };
}

/** Experiments with an id of the sweep that are not the sweep's. */
function strangers(given: readonly unknown[], sweep: Sweep, points: readonly SweepPoint[]): Problem[] {
  const made = new Map(points.map(({ experiment }) => [experiment.id, experiment]));
  return given.flatMap((experiment, index) => {
    const id = valueAt(experiment, ['id']);
    if (typeof id !== 'string' || !isOfSweep(sweep, id)) return [];
    const expected = made.get(id);
    // each once: the second of an id has nothing left to be
    made.delete(id);
    if (expected && sameDescription(experiment as Record<string, unknown>, expected)) return [];
    const allowed = expected
      ? `the experiment that the sweep makes there, or an id that is not of the sweep ${quote(sweep.id)}`
      : `an id that is not of the form of the sweep ${quote(sweep.id)}, which has no such experiment`;
    return [{ path: `experiments[${index}].id`, message: `expected ${allowed}, got ${quote(id)}` }];
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
  const problems = result.success ? [] : issueProblems(input, result.error.issues);
  const experiments = valueAt(input, ['experiments']);
  if (Array.isArray(experiments)) {
    for (const [index, experiment] of experiments.entries()) {
      problems.push(...located(input, ['experiments', index], crossCheck(experiment)));
    }
    problems.push(...repeatedIds(experiments));
  }
  if (!result.success || problems.length > 0) return { ok: false, problems };
  return { ok: true, value: { ...result.data, experiments: result.data.experiments.map(complete) } };
}

/** One experiment by itself, as the editor holds it; paths are relative to it. */
export function parseExperiment(input: unknown): ParseResult<Experiment> {
  const result = experimentSchema.safeParse(input);
  const problems = result.success ? [] : issueProblems(input, result.error.issues);
  problems.push(...located(input, [], crossCheck(input)));
  if (!result.success || problems.length > 0) return { ok: false, problems };
  return { ok: true, value: complete(result.data) };
}

/** What was parsed, or a StudyError with every problem. */
export function requireParsed<T>(result: ParseResult<T>): T {
  if (result.ok) return result.value;
  throw new StudyError(result.problems);
}

/** Something that is not a study of this version is told apart first: its other errors would be noise. */
function foreign(input: unknown): Problem | undefined {
  if (input === null || typeof input !== 'object' || Array.isArray(input)) {
    return { path: '', message: `expected a study, an object with "format": "sgdlab-study", got ${quote(input)}` };
  }
  const version = valueAt(input, ['version']);
  if (valueAt(input, ['format']) === 'sgdlab-study' && typeof version === 'number' && version > 1) {
    return { path: 'version', message: `expected 1, the version that this program reads, got ${quote(version)}` };
  }
  return undefined;
}

/** Said before each of them is looked at. */
function tooMany(input: unknown): Problem | undefined {
  const experiments = valueAt(input, ['experiments']);
  return Array.isArray(experiments) && experiments.length > MAX_EXPERIMENTS
    ? { path: 'experiments', message: `expected at most ${MAX_EXPERIMENTS} experiments, got ${experiments.length}` }
    : undefined;
}

interface Issue {
  readonly code?: string;
  readonly path: readonly PathPart[];
  readonly message: string;
  readonly keys?: readonly string[];
}

function issueProblems(input: unknown, issues: readonly Issue[]): Problem[] {
  return issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') {
      // one problem per key, at the key; the schema's message lists them in the same order
      const messages = issue.message.split('; unknown key').map((part, k) => (k === 0 ? part : `unknown key${part}`));
      const keys = issue.keys ?? [];
      const told = keys
        .slice(0, MOST_UNKNOWN_KEYS)
        .map((key, k) => ({ path: formatPath([...issue.path, key]), message: messages[k] }));
      if (keys.length <= told.length) return told;
      return [...told, { path: formatPath(issue.path), message: `${keys.length - told.length} more unknown keys` }];
    }
    return located(input, [], [issue]);
  });
}

function located(
  input: unknown,
  at: readonly PathPart[],
  found: readonly { path: readonly PathPart[]; message: string }[],
): Problem[] {
  return found.map(({ path, message }) => {
    const parts = [...at, ...path];
    const said = /, got |, their sum is /.test(message) ? message : `${message}, got ${quote(valueAt(input, parts))}`;
    return { path: formatPath(parts), message: said };
  });
}

function repeatedIds(experiments: readonly unknown[]): Problem[] {
  const seen = new Map<unknown, number>();
  return experiments.flatMap((experiment, index) => {
    const id = valueAt(experiment, ['id']);
    const first = seen.get(id);
    if (typeof id !== 'string' || first === undefined) {
      seen.set(id, index);
      return [];
    }
    return [
      {
        path: `experiments[${index}].id`,
        message: `expected an id that no other experiment has, got ${quote(id)} as in experiments[${first}]`,
      },
    ];
  });
}
