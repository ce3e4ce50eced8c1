/**
 * A refusal is data: where, which rule (a code with its arguments), and what was found. It is made where something is
 * found wrong; its sentence is made by src/text, per language, for whoever reads it (docs/adding-a-refusal.md).
 */
import { type ArrayCodes, type ArrayPlace, type Notice, type Remedy } from './codes/arrays.ts';
import { type ClusterCodes } from './codes/cluster.ts';
import { type DescriptionCodes } from './codes/description.ts';
import { type FileCodes, type SystemError, SYSTEM_ERRORS } from './codes/files.ts';
import { type FormulaCodes } from './codes/formula.ts';
import { type LabCodes } from './codes/lab.ts';
import { type StudyCodes } from './codes/study.ts';

/** Codes that hold another reason. */
interface NestedCodes {
  /** An experiment of a study; `within`: the path from it to what is wrong, empty for itself. */
  'left-out': { readonly within: string; readonly why: Reason };
  /** Of a file of an array; null: of the whole, nothing to be done, or no file to name. */
  'in-array': {
    readonly file: string | null;
    readonly place: ArrayPlace | null;
    readonly why: Reason;
    readonly remedy: Remedy | null;
  };
  /** What was changed of an array on the way. */
  'array-notice': { readonly file: string | null; readonly notice: Notice };
  /** Of a file, a member of one, or another thing by its name. */
  'of-file': { readonly file: string; readonly why: Reason };
  'library-unwritable': { readonly why: Reason };
  'library-lost': { readonly path: string; readonly why: Reason };
  'library-copied': { readonly copy: string; readonly why: Reason };
  unreadable: { readonly why: readonly Refusal[] };
  'unreadable-records': { readonly why: readonly Refusal[] };
  'unreadable-description': { readonly why: readonly Refusal[] };
  /** At a point of a sweep. */
  'at-point': { readonly why: Reason; readonly point: string };
}

/** Every code with its arguments: what is allowed. A new one does not compile before it has a sentence per language. */
export interface Codes
  extends ArrayCodes, ClusterCodes, DescriptionCodes, FileCodes, FormulaCodes, LabCodes, StudyCodes, NestedCodes {}
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

/**
 * Thrown where a refused input leaves nothing to return. Its message is the data itself, which so crosses to another
 * thread or process, where the class does not; people read text/refusals.
 */
export class Refused extends Error {
  constructor(
    readonly refusals: readonly Refusal[],
    options?: ErrorOptions,
  ) {
    super(JSON.stringify(refusals), options);
    this.name = 'Refused';
  }
}

/** What an exception says: the refusals that it carries, or its message, which is the system's own. */
export const refusalsOf = (error: unknown): readonly Refusal[] =>
  error instanceof Refused ? error.refusals : (sent(error) ?? [{ path: '', ...reasonOf(error) }]);

const BEGINNING = '[{"path":';

/** What a Refused of another thread or process carried. */
const sent = (error: unknown): readonly Refusal[] | null =>
  error instanceof Error && error.message.startsWith(BEGINNING)
    ? // eslint-disable-next-line no-restricted-properties -- a message that this program made, not a file's text
      (JSON.parse(error.message) as readonly Refusal[])
    : null;

/** The reason of an exception that is none of ours: what the file system says, or a message. */
function reasonOf(error: unknown): Reason {
  if (!(error instanceof Error)) return reason('said', { text: String(error) });
  const code = 'code' in error ? error.code : undefined;
  return SYSTEM_ERRORS.includes(code as SystemError)
    ? reason('file-system', { error: code as SystemError })
    : reason('said', { text: error.message });
}

/** The first reason that an exception says. */
export function whyOf(error: unknown): Reason {
  const [{ path: _whole, ...why }] = refusalsOf(error);
  return why;
}
