/** Sentences of refusals: a function per code and language, all of them by type (docs/adding-a-refusal.md). */
import { type Condition, type Conditions } from '../../refusal/codes/description.ts';
import { type Codes, type Found, type Reason, type Refusal } from '../../refusal/refusal.ts';

/** What sentences are made with: the value found, in words of the language, and sentences of reasons within. */
export interface With {
  /** Null where the code says it all. */
  readonly found: string | null;
  say(reason: Reason): string;
  condition(condition: Condition): string;
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
  readonly sentences: Sentences<Codes>;
  found(found: Exclude<Found, string>): string;
}

/** How a language says reasons; made by `sayWith`. */
export interface SayRefusals {
  /** The sentence of a reason. */
  readonly reason: (reason: Reason) => string;
  /** `path: sentence`, or the sentence alone of the whole document. */
  readonly line: (refusal: Refusal) => string;
  /** What is allowed, of a reason that is a range: `a finite number > 0`; empty of others. */
  readonly range: (reason: Reason) => string;
}

export function sayWith({ sentences, ranges, conditions, found: wordOf }: RefusalSentences): SayRefusals {
  const condition = (why: Condition): string => (conditions[why.code] as (allowed: unknown) => string)(why.allowed);
  const say = ({ code, allowed, found }: Reason): string => {
    // the compiler does not see that code and arguments are of one pair
    const sentence = sentences[code] as (allowed: unknown, by: With) => string;
    const shown = found === null || typeof found === 'string' ? found : wordOf(found);
    return sentence(allowed, { found: shown, say, condition });
  };
  const range = ({ code, allowed }: Reason): string =>
    Object.hasOwn(ranges, code) ? (ranges[code as RangeCode] as (allowed: unknown) => string)(allowed) : '';
  return { reason: say, range, line: (each) => (each.path === '' ? say(each) : `${each.path}: ${say(each)}`) };
}
