/** What a schema allows, its default and its own words, asked of the schema, so that no second list exists. */
import { type z } from 'zod';
import { refusalsOfIssues } from '../../core/description/issues.ts';
import { type Reason } from '../../refusal/refusal.ts';

export interface Allowed {
  /** What is refused otherwise, for example a number that is not > 0; null where the schema refuses nothing. */
  readonly range: Reason | null;
  /** The default as text; empty if there is none. */
  readonly fallback: string;
  /** `title` and `description` of the schema's metadata; empty if there are none. */
  readonly title: string;
  readonly description: string;
}

/** Something no schema allows. */
const NOTHING = Symbol('nothing');

export function allowedBy(schema: z.ZodType | undefined): Allowed {
  if (!schema) return { range: null, fallback: '', title: '', description: '' };
  const refusal = schema.safeParse(NOTHING);
  const [range] = refusal.success ? [] : refusalsOfIssues(NOTHING, refusal.error.issues);
  const left = schema.safeParse(undefined);
  const fallback = left.success && left.data !== undefined ? left.data : '';
  return {
    range: range ? { ...range, found: null } : null,
    fallback: typeof fallback === 'object' ? '' : String(fallback),
    title: schema.meta()?.title ?? '',
    description: schema.meta()?.description ?? '',
  };
}
