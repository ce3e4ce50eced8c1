/** The sentences of src/text in the language of the interface, reactive in it. */
import { shallowRef } from 'vue';
import { type Language } from '../../text/language.ts';
import { type CountStem, type MessageKey, type Parameters, type Texts, texts } from '../../text/texts.ts';

export { type MessageKey } from '../../text/texts.ts';

const current = shallowRef<Texts>(texts('en'));

export function setLocale(language: Language): void {
  current.value = texts(language);
}

export const locale = (): Language => current.value.language;

/** All sentences of the language now, for what is said outside of the page's components. */
export const currentTexts = (): Texts => current.value;

export const t = (key: MessageKey, parameters?: Parameters): string => current.value.say(key, parameters);

export const counted = (stem: CountStem, n: number, parameters?: Parameters): string =>
  current.value.counted(stem, n, parameters);

export const named = (key: string, fallback: string): string => current.value.named(key, fallback);
