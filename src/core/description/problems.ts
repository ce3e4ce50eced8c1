/** Problems of a study: a path into the description, what is allowed there, and the value that was found. */

export interface Problem {
  /** For example `experiments[0].optimizer.schedule.rate`; empty for the whole document. */
  readonly path: string;
  /** What is allowed, and the value found: `expected a finite number > 0, got -1`. */
  readonly message: string;
}

export type PathPart = string | number | symbol;

/** `experiments[0].model` from its parts. Keys that are not plain names are quoted. */
export function formatPath(parts: readonly PathPart[]): string {
  return parts.reduce<string>((path, part) => {
    if (typeof part === 'number') return `${path}[${part}]`;
    const name = String(part);
    if (!/^[A-Za-z_$][\w$-]*$/.test(name)) return `${path}[${quote(name)}]`;
    return path === '' ? name : `${path}.${name}`;
  }, '');
}

/** Control characters, and those that turn the direction of text or break its line: all that a line must not hold. */
// eslint-disable-next-line no-control-regex -- they are what is looked for
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff]/g;

/** Text of a file as it may stand in a line for people: what would act on a terminal or cannot be seen is escaped. */
export const visible = (text: string): string =>
  text.replace(UNSEEN, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** A value as short JSON for a message. */
export function quote(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value) && value.length > 8) return `a list of ${value.length}`;
  let text: string;
  try {
    text = JSON.stringify(value) ?? String(value);
  } catch {
    text = String(value);
  }
  text = visible(text);
  // cut so that a message stays a line
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}

/** The value at a path, or undefined. */
export function valueAt(root: unknown, parts: readonly PathPart[]): unknown {
  return parts.reduce<unknown>(
    (value, part) =>
      value !== null && typeof value === 'object' ? (value as Record<PathPart, unknown>)[part] : undefined,
    root,
  );
}

/** One line of a problem: `path: message`. */
export function formatProblem(problem: Problem): string {
  return problem.path === '' ? problem.message : `${problem.path}: ${problem.message}`;
}

/** Thrown where a study is needed and the input is not one. */
export class StudyError extends Error {
  constructor(readonly problems: readonly Problem[]) {
    super(problems.map(formatProblem).join('\n'));
    this.name = 'StudyError';
  }
}
