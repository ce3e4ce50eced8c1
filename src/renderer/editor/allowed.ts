/** What a schema allows, its default and its own words, asked of the schema, so that no second list exists. */
import { type z } from 'zod';

export interface Allowed {
  /** For example `a finite number > 0`; empty where the schema does not say. */
  readonly range: string;
  /** The default as text; empty if there is none. */
  readonly fallback: string;
  /** `title` and `description` of the schema's metadata; empty if there are none. */
  readonly title: string;
  readonly description: string;
}

/** Something no schema allows. */
const NOTHING = Symbol('nothing');

export function allowedBy(schema: z.ZodType | undefined): Allowed {
  if (!schema) return { range: '', fallback: '', title: '', description: '' };
  const refusal = schema.safeParse(NOTHING);
  const message = refusal.success ? '' : (refusal.error.issues[0]?.message ?? '');
  const left = schema.safeParse(undefined);
  const fallback = left.success && left.data !== undefined ? left.data : '';
  return {
    range: message.startsWith('expected ') ? message.slice('expected '.length) : '',
    fallback: typeof fallback === 'object' ? '' : String(fallback),
    title: schema.meta()?.title ?? '',
    description: schema.meta()?.description ?? '',
  };
}
