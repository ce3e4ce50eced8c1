/**
 * A refusal is data: where, which rule (a code with its arguments), and what was found. It is made where something is
 * found wrong; its sentence is made by src/text, per language, for whoever reads it (docs/adding-a-refusal.md).
 */
import { type DescriptionCodes } from './codes/description.ts';
import { type StudyCodes } from './codes/study.ts';

/** Codes that hold another reason. */
interface NestedCodes {
  /** An experiment of a study; `within`: the path from it to what is wrong, empty for itself. */
  'left-out': { readonly within: string; readonly why: Reason };
  /** At a point of a sweep. */
  'at-point': { readonly why: Reason; readonly point: string };
}

/** Every code with its arguments: what is allowed. A new one does not compile before it has a sentence per language. */
export interface Codes extends DescriptionCodes, StudyCodes, NestedCodes {}
export type Code = keyof Codes;

/** A value as it is shown: short text of it, or a word for it that each language has. */
export type Found = string | { readonly kind: 'nothing' } | { readonly kind: 'list'; readonly length: number };

/** What is refused, wherever it stands; `found` is null where the code says it all. */
export type Reason = {
  readonly [Each in Code]: { readonly code: Each; readonly allowed: Codes[Each]; readonly found: Found | null };
}[Code];

/** A reason at a path: `experiments[0].optimizer.schedule.rate`; empty for the whole document. */
export type Refusal = Reason & { readonly path: string };

/** A reason at a path relative to the value that was looked at. Where it says nothing of `found`, the value there is. */
export type RelativeRefusal = {
  readonly [Each in Code]: {
    readonly path: readonly (string | number)[];
    readonly code: Each;
    readonly allowed: Codes[Each];
    readonly found?: Found | null;
  };
}[Code];

/** A reason of a code. */
export const reason = <Each extends Code>(code: Each, allowed: Codes[Each], found: Found | null = null): Reason =>
  // the compiler does not see that the pair is of one code
  ({ code, allowed, found }) as Reason;

/** A refusal of a code. */
export const refusal = <Each extends Code>(
  path: string,
  code: Each,
  allowed: Codes[Each],
  found: Found | null = null,
): Refusal => ({ path, ...reason(code, allowed, found) });

/** Thrown where a refused input leaves nothing to return. Its message is for logs: people read text/refusals. */
export class Refused extends Error {
  constructor(
    readonly refusals: readonly Refusal[],
    options?: ErrorOptions,
  ) {
    super(refusals.map((each) => JSON.stringify(each)).join('\n'), options);
    this.name = 'Refused';
  }
}

/** What an exception says: the refusals that it carries, or its message, which is the system's own. */
export const refusalsOf = (error: unknown): readonly Refusal[] =>
  error instanceof Refused ? error.refusals : [refusal('', 'said', { text: messageOf(error) })];

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
