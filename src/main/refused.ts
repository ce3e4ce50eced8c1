/** Answers of the main process that refuse. */
import { refusal, refusalsOf, type Refusal } from '../refusal/refusal.ts';

/** An answer that refuses. */
export const refused = (...refusals: readonly Refusal[]): { ok: false; refusals: readonly Refusal[] } => ({
  ok: false,
  refusals,
});

/** A refusal within a file. */
export const within = (path: string, { path: at, ...why }: Refusal): Refusal =>
  at === '' ? { path, ...why } : refusal(path, 'of-file', { file: at, why });

/** What an exception says, of a file or another thing by its name. */
export const refusedBy = (error: unknown, path = ''): { ok: false; refusals: readonly Refusal[] } =>
  refused(...refusalsOf(error).map((each) => (each.path === '' ? { ...each, path } : each)));
