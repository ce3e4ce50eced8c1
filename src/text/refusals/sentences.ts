/** Sentences of refusals: a function per code and language, all of them by type (docs/adding-a-refusal.md). */
import { type Condition, type Conditions } from '../../refusal/codes/description.ts';
import { type ArrayPlace, type Notice, type Notices, type Remedies, type Remedy } from '../../refusal/codes/arrays.ts';
import { type Codes, type Found, type Reason, type Refusal } from '../../refusal/refusal.ts';

/** What sentences are made with: the value found, in words of the language, and sentences of reasons within. */
export interface With {
  /** Null where the code says it all. */
  readonly found: string | null;
  say(reason: Reason): string;
  condition(condition: Condition): string;
  /** Several in a line. */
  lines(refusals: readonly Refusal[]): string;
  readonly array: SayArrays;
}

/** Words of files of arrays. */
export interface ArrayWords {
  place(place: ArrayPlace): string;
  readonly remedies: { readonly [Each in keyof Remedies]: (allowed: Remedies[Each]) => string };
  readonly notices: { readonly [Each in keyof Notices]: (allowed: Notices[Each]) => string };
}

/** How a language says what is beside a reason in a file of an array. */
export interface SayArrays {
  readonly place: (place: ArrayPlace) => string;
  readonly remedy: (remedy: Remedy) => string;
  readonly notice: (notice: Notice) => string;
}

export type ConditionWords = { readonly [Each in keyof Conditions]: (allowed: Conditions[Each]) => string };

/** The sentences of some codes. */
export type Sentences<Part> = { readonly [Code in keyof Part]: (allowed: Part[Code], by: With) => string };

/** Codes that say a range of numbers, which a field can show before anything is wrong. */
type RangeCode = 'finite-number' | 'whole-number' | 'number-list';
type Ranges = { readonly [Each in RangeCode]: (allowed: Codes[Each]) => string };

/** A language: a sentence for every code, and the words for what is found. */
export interface RefusalSentences {
  readonly ranges: Ranges;
  readonly conditions: ConditionWords;
  readonly arrays: ArrayWords;
  readonly sentences: Sentences<Codes>;
  found(found: Exclude<Found, string>): string;
}

/** How a language says reasons; made by `sayWith`. */
export interface SayRefusals {
  /** The sentence of a reason. */
  readonly reason: (reason: Reason) => string;
  /** `path: sentence`, or the sentence alone of the whole document. */
  readonly line: (refusal: Refusal) => string;
  readonly array: SayArrays;
  /** What is allowed, of a reason that is a range: `a finite number > 0`; empty of others. */
  readonly range: (reason: Reason) => string;
}

export function sayWith({ sentences, ranges, conditions, arrays, found: wordOf }: RefusalSentences): SayRefusals {
  const condition = (why: Condition): string => (conditions[why.code] as (allowed: unknown) => string)(why.allowed);
  const array: SayArrays = {
    place: (place) => arrays.place(place),
    remedy: ({ code, allowed }) => (arrays.remedies[code] as (allowed: unknown) => string)(allowed),
    notice: ({ code, allowed }) => (arrays.notices[code] as (allowed: unknown) => string)(allowed),
  };
  const line = (each: Refusal): string => (each.path === '' ? say(each) : `${each.path}: ${say(each)}`);
  const lines = (refusals: readonly Refusal[]): string => refusals.map(line).join('; ');
  const say = ({ code, allowed, found }: Reason): string => {
    // the compiler does not see that code and arguments are of one pair
    const sentence = sentences[code] as (allowed: unknown, by: With) => string;
    const shown = found === null || typeof found === 'string' ? found : wordOf(found);
    return sentence(allowed, { found: shown, say, condition, lines, array });
  };
  const range = ({ code, allowed }: Reason): string =>
    Object.hasOwn(ranges, code) ? (ranges[code as RangeCode] as (allowed: unknown) => string)(allowed) : '';
  return { reason: say, range, line, array };
}
