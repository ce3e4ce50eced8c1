/** Reads a study: `unknown` in, a complete description or all its problems out. */
import { crossCheck } from './cross-check.ts';
import { complete } from './complete.ts';
import { formatPath, quote, StudyError, valueAt, type PathPart, type Problem } from './problems.ts';
import { checkSweep, expandSweep, isOfSweep, sweepSchema, type Sweep } from './sweep.ts';
import { experimentSchema, studySchema, type Experiment, type Study } from './schema.ts';

export type ParseResult<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problems: readonly Problem[] };

/** Largest text of a study that is read, in characters. */
export const MAX_STUDY_TEXT = 512 * 1024 * 1024;

/** A study from its JSON text. */
export function parseStudyText(text: string): ParseResult<Study> {
  if (text.length > MAX_STUDY_TEXT) {
    return {
      ok: false,
      problems: [{ path: '', message: `expected at most ${MAX_STUDY_TEXT} characters, got ${text.length}` }],
    };
  }
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    return { ok: false, problems: [{ path: '', message: `expected JSON: ${(error as Error).message}` }] };
  }
  return parseStudy(value);
}

/** A study from a JSON value. */
export function parseStudy(input: unknown): ParseResult<Study> {
  const other = foreign(input);
  if (other) return { ok: false, problems: [other] };
  const sweep = sweepSchema.safeParse(valueAt(input, ['sweep']));
  return sweep.success ? parseSwept(input as Record<string, unknown>, sweep.data) : parseWhole(input);
}

/**
 * A study with a sweep: its experiments are made anew from the sweep, and problems of theirs are told at the base,
 * once each.
 */
function parseSwept(input: Record<string, unknown>, sweep: Sweep): ParseResult<Study> {
  const wrong = located(input, ['sweep'], checkSweep(sweep));
  if (wrong.length > 0) return { ok: false, problems: wrong };
  const points = expandSweep(sweep);
  const given = Array.isArray(input.experiments) ? input.experiments : [];
  const own = given.filter((experiment) => !isOfSweep(sweep, valueAt(experiment, ['id'])));
  const result = parseWhole({ ...input, experiments: [...own, ...points.map(({ experiment }) => experiment)] });
  if (result.ok) return result;
  const told = new Set<string>();
  const problems = result.problems.flatMap((problem) => {
    const index = Number(/^experiments\[(\d+)\]/.exec(problem.path)?.[1] ?? -1);
    if (index < own.length) return [problem];
    const path = problem.path.replace(/^experiments\[\d+\]/, 'sweep.base');
    if (told.has(path)) return [];
    told.add(path);
    return [{ path, message: `${problem.message} (at ${points[index - own.length].experiment.name})` }];
  });
  return { ok: false, problems };
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
      return (issue.keys ?? []).map((key, k) => ({ path: formatPath([...issue.path, key]), message: messages[k] }));
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
