/** Refusals as people read them in English, for tests that say what is to be read. */
import { type Refusal } from '../src/refusal/refusal.ts';
import { refusalsIn } from '../src/text/refusals/index.ts';

export const inEnglish = (refusals: readonly Refusal[]): { path: string; message: string }[] =>
  refusals.map((each) => ({ path: each.path, message: refusalsIn('en').reason(each) }));
