/** Why something failed, in words: for the command line, logs and dialogs. */
import { refusalsOf } from '../refusal/refusal.ts';
import { type Language } from './language.ts';
import { refusalsIn } from './refusals/index.ts';

/** Why something failed; the message of an error that is the system's own. English for the command line and logs. */
export const reasonOf = (error: unknown, language: Language = 'en'): string =>
  refusalsOf(error).map(refusalsIn(language).line).join('\n');
