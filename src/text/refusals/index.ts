/** Refusals in words. The command line and logs speak English, the page its language. */
import { type Language } from '../language.ts';
import { english } from './en/index.ts';
import { japanese } from './ja/index.ts';
import { sayWith, type SayRefusals } from './sentences.ts';

const languages: Readonly<Record<Language, SayRefusals>> = { en: sayWith(english), ja: sayWith(japanese) };

/** The sentences of a language. */
export const refusalsIn = (language: Language): SayRefusals => languages[language];

/** `path: sentence` in English, for the command line and logs. */
export const englishLine = languages.en.line;
