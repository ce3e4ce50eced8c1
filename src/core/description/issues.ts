/**
 * Codes in schemas. A schema says which code a wrong value has as its message, in JSON; here it is read back, with the
 * value that was found. Sentences are made by src/text.
 */
import { type z } from 'zod';
import { type Code, type Codes, type Reason, type RelativeRefusal } from '../../refusal/refusal.ts';
import { closest } from './closest.ts';
import { foundOf } from './found.ts';
import { parseJson } from './json.ts';
import { valueAt, type PathPart } from './path.ts';

/** Most unknown keys of one object that are told one by one. */
const MOST_UNKNOWN_KEYS = 100;

const MARK = '{"code":';

/** The message that a schema has for a code. */
export const coded = <Each extends Code>(code: Each, allowed: Codes[Each]): string => JSON.stringify({ code, allowed });

/** What a schema refuses, at the paths of its issues; unknown keys at the keys, a hundred of an object at most. */
export const refusalsOfIssues = (input: unknown, issues: readonly z.core.$ZodIssue[]): RelativeRefusal[] =>
  issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys' ? unknownKeys(issue) : [{ path: plain(issue.path), ...reasonOf(issue, input) }],
  );

function unknownKeys({ path, keys, message }: z.core.$ZodIssueUnrecognizedKeys): RelativeRefusal[] {
  const known = knownKeys(message);
  const told = keys.slice(0, MOST_UNKNOWN_KEYS).map((key): RelativeRefusal => ({
    path: [...plain(path), key],
    code: 'unknown-key',
    allowed: { keys: known, meant: closest(key, known) ?? null },
    found: null,
  }));
  const count = keys.length - told.length;
  return count === 0
    ? told
    : [...told, { path: plain(path), code: 'more-unknown-keys', allowed: { count }, found: null }];
}

/** The keys that an object may have, of a message of `strict`. */
function knownKeys(message: string): readonly string[] {
  const read = decoded(message);
  return read?.code === 'unknown-key' ? read.allowed.keys : [];
}

function reasonOf(issue: z.core.$ZodIssue, input: unknown): Reason {
  const found = foundOf(valueAt(input, issue.path));
  const read = decoded(issue.message) ?? { code: 'schema' as const, allowed: { issue: issue.message } };
  return { ...read, found };
}

/** A code without what was found; undefined for a message of the schema library's own. */
function decoded(message: string): Reason | undefined {
  return message.startsWith(MARK) ? { ...(parseJson(message) as Reason), found: null } : undefined;
}

/** Paths of JSON have no symbols. */
const plain = (path: readonly PathPart[]): (string | number)[] =>
  path.map((part) => (typeof part === 'number' ? part : String(part)));
