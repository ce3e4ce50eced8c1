/** Messages of the interface. `en` is the source of the keys; every other catalogue must have the same. */
import { shallowRef } from 'vue';
import { en, type Messages } from './en.ts';
import { ja } from './ja.ts';

export type Locale = 'en' | 'ja';
export type MessageKey = keyof Messages;
export type Parameters = Readonly<Record<string, string | number>>;

const catalogues: Readonly<Record<Locale, Messages>> = { en, ja };
const current = shallowRef<Locale>('en');

export function setLocale(locale: Locale): void {
  current.value = locale;
}

export const locale = (): Locale => current.value;

/** A message with its `{name}` places filled in. Reactive in the language. */
export function t(key: MessageKey, parameters: Parameters = {}): string {
  return fill(catalogues[current.value][key], parameters);
}

/** A message for a count: `key.one` for one, `key.many` else; `{n}` is the count. */
export function counted<Stem extends CountStem>(stem: Stem, n: number, parameters: Parameters = {}): string {
  const key = `${stem}.${n === 1 ? 'one' : 'many'}` as MessageKey;
  return t(key, { ...parameters, n: n.toLocaleString(current.value) });
}

type CountStem = { [Key in MessageKey]: Key extends `${infer Stem}.one` ? Stem : never }[MessageKey];

/** The message of a key that may not exist (names of kinds from registries), else `fallback`. */
export function named(key: string, fallback: string): string {
  const messages: Readonly<Record<string, string>> = catalogues[current.value];
  return messages[key] ?? fallback;
}

function fill(message: string, parameters: Parameters): string {
  return message.replace(/\{(\w+)\}/g, (whole, name: string) =>
    name in parameters ? String(parameters[name]) : whole,
  );
}
