/** Building blocks of the study schema whose refusals say the value and what is allowed. */
import { z } from 'zod';
import { withoutRoundOff } from './round-off.ts';

/** Optimal string alignment distance (insertions, deletions, substitutions, swaps of neighbours). */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, substitution);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length];
}

/** The candidate that was probably meant by `name`, if one is close. Case, hyphens and underscores do not count. */
function closest(name: string, candidates: readonly string[]): string | undefined {
  const plain = (text: string) => text.toLowerCase().replace(/[-_ ]/g, '').slice(0, 64);
  const ranked = candidates
    .map((candidate) => ({ candidate, distance: editDistance(plain(name), plain(candidate)) }))
    .sort((a, b) => a.distance - b.distance);
  const best = ranked[0];
  return best && best.distance <= Math.max(1, Math.floor(name.length / 3)) ? best.candidate : undefined;
}

/** Most unknown keys of one object that are told one by one. */
export const MOST_UNKNOWN_KEYS = 100;

/** An object with exactly these keys; an unknown key is refused with the names that are allowed. */
export function strict<S extends z.ZodRawShape>(shape: S) {
  return z.strictObject(shape, {
    error: (issue) => {
      if (issue.code !== 'unrecognized_keys') return undefined;
      const unknown = ((issue.keys ?? []) as string[]).slice(0, MOST_UNKNOWN_KEYS);
      return unknown.map((key) => unknownKeyMessage(key, Object.keys(shape))).join('; ');
    },
  });
}

/** What is said of an unknown key, given the keys that exist. */
function unknownKeyMessage(key: string, allowed: readonly string[]): string {
  const meant = closest(key, allowed);
  return `unknown key${meant ? ` (did you mean ${JSON.stringify(meant)}?)` : ''}; allowed keys: ${allowed.join(', ')}`;
}

/** A finite number in a range, said as such: `expected a finite number > 0`. */
export function finite(range: { above?: number; min?: number; max?: number } = {}) {
  const bounds = [
    range.above !== undefined ? `> ${range.above}` : '',
    range.min !== undefined ? `>= ${range.min}` : '',
    range.max !== undefined ? `<= ${range.max}` : '',
  ].filter((bound) => bound !== '');
  const allowed = ['a finite number', bounds.join(' and ')].filter((part) => part !== '').join(' ');
  return z.custom<number>(
    (value) =>
      typeof value === 'number' &&
      Number.isFinite(value) &&
      (range.above === undefined || value > range.above) &&
      (range.min === undefined || value >= range.min) &&
      (range.max === undefined || value <= range.max),
    { error: `expected ${allowed}` },
  );
}

/** A whole number in a range. */
export function whole(min: number, max: number) {
  return z.custom<number>(
    (value) => typeof value === 'number' && Number.isSafeInteger(value) && value >= min && value <= max,
    { error: `expected a whole number from ${min} to ${max}` },
  );
}

/** A seed of a named random stream. */
export const seed = () => whole(0, Number.MAX_SAFE_INTEGER);

/** One of several objects told apart by `kind`; an unknown kind is refused with the kinds there are. */
export function oneOfKinds<const Options extends readonly [z.ZodObject, ...z.ZodObject[]]>(options: Options) {
  const kinds = options.map((option) => String((option.shape.kind as z.ZodLiteral<string>).value));
  return z.discriminatedUnion('kind', options, {
    error: (issue) =>
      issue.code === 'invalid_union'
        ? `expected one of ${kinds.map((kind) => JSON.stringify(kind)).join(', ')}`
        : `expected an object with a "kind" (${kinds.join(', ')})`,
  });
}

/** The description of a thing of one of several registered kinds: the closed union of their schemas. */
export function schemaOfKinds<const Kinds extends readonly { readonly schema: z.ZodObject }[]>(kinds: Kinds) {
  type Schemas = { readonly [Index in keyof Kinds]: Kinds[Index]['schema'] };
  return oneOfKinds(kinds.map(({ schema }) => schema) as unknown as Schemas & readonly [z.ZodObject, ...z.ZodObject[]]);
}

/** A problem with a value found beside its schema, at a path relative to the value. */
export interface RelativeProblem {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** How many entries a list may have, and what is said otherwise. That is told before the entries are looked at. */
interface Length {
  readonly min?: number;
  readonly max?: number;
  readonly few?: string;
  readonly many?: string;
}

const listOfLength = <Entry extends z.ZodType>(kind: string, { min = 0, max = Infinity, few, many }: Length) =>
  z
    .array(
      z.custom<z.input<Entry>>(() => true),
      { error: kind },
    )
    .min(min, few)
    .max(max, many);

/** A list of numbers; the first one that is not allowed is refused with its index. */
export function numberList(range: { above?: number; min?: number; max?: number } = {}) {
  const entry = finite(range);
  return listOfLength<typeof entry>('expected a list of numbers', {}).superRefine((values, context) => {
    for (const [index, value] of values.entries()) {
      const parsed = entry.safeParse(value);
      if (parsed.success) continue;
      context.addIssue({ code: 'custom', path: [index], message: parsed.error.issues[0].message });
      return;
    }
  });
}

/**
 * A list, long or short, whose first entry that is not allowed is refused with its index: of millions of wrong entries
 * each would have its problem.
 */
export function listOf<Entry extends z.ZodType>(entry: Entry, kind: string, length: Length = {}) {
  return listOfLength<Entry>(kind, length).transform((values, context) => {
    const list: z.output<Entry>[] = [];
    for (const [index, value] of values.entries()) {
      const parsed = entry.safeParse(value);
      if (!parsed.success) {
        for (const { path, message } of parsed.error.issues)
          context.addIssue({ code: 'custom', path: [index, ...path], message });
        return z.NEVER;
      }
      list.push(parsed.data);
    }
    return list;
  });
}

/** A short list, with every problem of its entries. */
export function shortList<Entry extends z.ZodType>(entry: Entry, kind: string, length: Length & { max: number }) {
  return listOfLength<Entry>(kind, length).pipe(z.array(entry) as z.ZodType<z.output<Entry>[], z.input<Entry>[]>);
}

/**
 * Rows of numbers, checked without a schema object per number because there can be millions. Of those that must not be
 * negative, entries below zero by rounding (round-off.ts) count as 0.
 */
export function numberRows(range: { min?: 0 } = {}) {
  const allowed = range.min === undefined ? 'a finite number' : `a finite number >= ${range.min}`;
  const cleared = (rows: unknown) =>
    range.min === 0 && Array.isArray(rows)
      ? rows.map((row: unknown) => (isFiniteRow(row) ? withoutRoundOff(row).row : row))
      : rows;
  const checked = z
    .custom<number[][]>(Array.isArray, { error: 'expected a list of rows of numbers' })
    .superRefine((rows, context) => {
      for (const [row, entries] of rows.entries()) {
        if (!Array.isArray(entries)) {
          context.addIssue({ code: 'custom', path: [row], message: 'expected a row of numbers' });
          return;
        }
        const bad = entries.findIndex(
          (entry) => !(Number.isFinite(entry) && (range.min === undefined || entry >= range.min)),
        );
        if (bad >= 0) {
          context.addIssue({ code: 'custom', path: [row, bad], message: `expected ${allowed}` });
          return;
        }
      }
    });
  return z.preprocess(cleared, checked);
}

const isFiniteRow = (row: unknown): row is number[] =>
  Array.isArray(row) && row.every((entry) => Number.isFinite(entry));
