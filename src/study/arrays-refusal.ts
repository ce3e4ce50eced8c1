/** What cannot be read of a file, so that it can be mended: where, why, and what can be done about it. */
import { type ArrayPlace, type Remedies, type Remedy } from '../refusal/codes/arrays.ts';
import { reason, type Code, type Codes, type Found, type Reason } from '../refusal/refusal.ts';

export interface ArrayRefusal {
  readonly ok: false;
  /** Where in the file; null for the whole. */
  readonly place: ArrayPlace | null;
  readonly why: Reason;
  /** What can be done about it; null where the reason says it. */
  readonly remedy: Remedy | null;
}

export const refuse = (place: ArrayPlace | null, why: Reason, remedy: Remedy | null = null): ArrayRefusal => ({
  ok: false,
  place,
  why,
  remedy,
});

/** A refusal of the whole file by a code. */
export const refuseWhole = <Each extends Code>(
  code: Each,
  allowed: Codes[Each],
  remedy: Remedy | null = null,
  found: Found | null = null,
): ArrayRefusal => refuse(null, reason(code, allowed, found), remedy);

export const remedyOf = <Each extends keyof Remedies>(code: Each, allowed: Remedies[Each]): Remedy =>
  // the compiler does not see that the pair is of one code
  ({ code, allowed }) as Remedy;

/** The refusal as a reason, of a file by its name. */
export const inArray = ({ place, why, remedy }: Omit<ArrayRefusal, 'ok'>, file: string | null = null): Reason =>
  reason('in-array', { file, place, why, remedy });

export const lineEntry = (line: number, entry: number): ArrayPlace => ({ of: 'line', at: line, entry });
export const rowEntry = (row: number, entry: number): ArrayPlace => ({ of: 'row', at: row, entry });

const MOST_QUOTED = 40;

/** Text of a file as it is shown: short, and with spaces that look like others written out. */
export const quoted = (text: string): string =>
  JSON.stringify(text.length > MOST_QUOTED ? `${text.slice(0, MOST_QUOTED)}…` : text).replace(
    /[\u007f-\u00a0\u2000-\u200f\u2028-\u202f\u2060\u3000\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
