/** What a schema allows and its default, asked of the schema itself, so that no second list of ranges exists. */
import { type z } from 'zod';

export interface Allowed {
  /** For example `a finite number > 0`; empty where the schema does not say. */
  readonly range: string;
  /** The default as text; empty if there is none. */
  readonly fallback: string;
}

/** Something no schema allows. */
const NOTHING = Symbol('nothing');

export function allowedBy(schema: z.ZodType | undefined): Allowed {
  if (!schema) return { range: '', fallback: '' };
  const refusal = schema.safeParse(NOTHING);
  const message = refusal.success ? '' : (refusal.error.issues[0]?.message ?? '');
  const left = schema.safeParse(undefined);
  const fallback = left.success && left.data !== undefined ? left.data : '';
  return {
    range: message.startsWith('expected ') ? message.slice('expected '.length) : '',
    fallback: typeof fallback === 'object' ? '' : String(fallback),
  };
}
