/** Building blocks of the study schema whose refusals are codes with what is allowed (issues.ts). */
import { z } from 'zod';
import { type Bounds, type Counted } from '../../refusal/codes/description.ts';
import { coded } from './issues.ts';
import { withoutRoundOff } from './round-off.ts';

/** An object with exactly these keys; an unknown key is refused with the names that are allowed. */
export function strict<S extends z.ZodRawShape>(shape: S) {
  const unknownKey = coded('unknown-key', { keys: Object.keys(shape), meant: null });
  return z.strictObject(shape, {
    error: ({ code, input }) =>
      code === 'unrecognized_keys' ? unknownKey : coded('type', { expected: 'object', received: typeName(input) }),
  });
}

/** The word of JSON for what a value is. */
const typeName = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'array' : Number.isNaN(value) ? 'nan' : typeof value;

/** A finite number in a range. */
export function finite(range: Bounds = {}) {
  return z.custom<number>(
    (value) =>
      typeof value === 'number' &&
      Number.isFinite(value) &&
      (range.above === undefined || value > range.above) &&
      (range.min === undefined || value >= range.min) &&
      (range.max === undefined || value <= range.max),
    { error: coded('finite-number', range) },
  );
}

/** A whole number in a range. */
export function whole(min: number, max: number) {
  return z.custom<number>(
    (value) => typeof value === 'number' && Number.isSafeInteger(value) && value >= min && value <= max,
    { error: coded('whole-number', { min, max }) },
  );
}

/** Text of at most so many characters. */
export const text = (code: 'name' | 'markdown', most: number) =>
  z.string({ error: coded(code, { most: null }) }).max(most, coded(code, { most }));

/** One of a few words. */
export const word = (words: readonly string[]) =>
  z.enum(words as [string, ...string[]], { error: coded('one-of', { words }) });

/** A seed of a named random stream. */
export const seed = () => whole(0, Number.MAX_SAFE_INTEGER);

/** One of several objects told apart by `kind`; an unknown kind is refused with the kinds there are. */
export function oneOfKinds<const Options extends readonly [z.ZodObject, ...z.ZodObject[]]>(options: Options) {
  const kinds = options.map((option) => String((option.shape.kind as z.ZodLiteral<string>).value));
  return z.discriminatedUnion('kind', options, {
    error: (issue) =>
      issue.code === 'invalid_union' ? coded('one-of', { words: kinds }) : coded('kind-object', { kinds }),
  });
}

/** The description of a thing of one of several registered kinds: the closed union of their schemas. */
export function schemaOfKinds<const Kinds extends readonly { readonly schema: z.ZodObject }[]>(kinds: Kinds) {
  type Schemas = { readonly [Index in keyof Kinds]: Kinds[Index]['schema'] };
  return oneOfKinds(kinds.map(({ schema }) => schema) as unknown as Schemas & readonly [z.ZodObject, ...z.ZodObject[]]);
}

/**
 * How many entries a list may have, and the codes otherwise: of lists that have no words of their own, `of` says what
 * they are of. That is told before the entries are looked at.
 */
interface Length {
  readonly min?: number;
  readonly max?: number;
  readonly few?: string;
  readonly many?: string;
}

/** At least one, and at most so many. */
export const counted = (of: Counted, max?: number): Length => ({
  min: 1,
  few: coded('at-least-one', { of }),
  ...(max !== undefined && { max, many: coded('at-most', { most: max, of }) }),
});

const listOfLength = <Entry extends z.ZodType>(kind: string, { min = 0, max = Infinity, few, many }: Length) =>
  z
    .array(
      z.custom<z.input<Entry>>(() => true),
      { error: kind },
    )
    .min(min, few)
    .max(max, many);

/** A list of numbers; the first one that is not allowed is refused with its index. */
export function numberList(range: Bounds = {}, length: Length = {}) {
  const entry = finite(range);
  return listOfLength<typeof entry>(coded('number-list', {}), length).superRefine((values, context) => {
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
 * each would have its refusal.
 */
export function listOf<Entry extends z.ZodType>(entry: Entry, kind: string, length: Length = {}) {
  return listOfLength<Entry>(kind, length).transform((values, context) => {
    const list: z.output<Entry>[] = [];
    for (const [index, value] of values.entries()) {
      const parsed = entry.safeParse(value);
      if (!parsed.success) {
        for (const issue of parsed.error.issues) context.addIssue({ ...issue, path: [index, ...issue.path] });
        return z.NEVER;
      }
      list.push(parsed.data);
    }
    return list;
  });
}

/** A short list, with every refusal of its entries. */
export function shortList<Entry extends z.ZodType>(entry: Entry, kind: string, length: Length & { max: number }) {
  return listOfLength<Entry>(kind, length).pipe(z.array(entry) as z.ZodType<z.output<Entry>[], z.input<Entry>[]>);
}

/**
 * Rows of numbers, checked without a schema object per number because there can be millions. Of those that must not be
 * negative, entries below zero by rounding (round-off.ts) count as 0.
 */
export function numberRows(range: { min?: 0 } = {}) {
  const cleared = (rows: unknown) =>
    range.min === 0 && Array.isArray(rows)
      ? rows.map((row: unknown) => (isFiniteRow(row) ? withoutRoundOff(row).row : row))
      : rows;
  const checked = z
    .custom<number[][]>(Array.isArray, { error: coded('number-rows', {}) })
    .superRefine((rows, context) => {
      for (const [row, entries] of rows.entries()) {
        if (!Array.isArray(entries)) {
          context.addIssue({ code: 'custom', path: [row], message: coded('number-row', {}) });
          return;
        }
        const bad = entries.findIndex(
          (entry) => !(Number.isFinite(entry) && (range.min === undefined || entry >= range.min)),
        );
        if (bad >= 0) {
          context.addIssue({ code: 'custom', path: [row, bad], message: coded('finite-number', range) });
          return;
        }
      }
    });
  return z.preprocess(cleared, checked);
}

const isFiniteRow = (row: unknown): row is number[] =>
  Array.isArray(row) && row.every((entry) => Number.isFinite(entry));
