/** Every sentence shown to people, in one language: of the page, the figures, the menu, the dialogs and the report. */
import { en, type MessageKey, type Messages } from './en/index.ts';
import { ja } from './ja/index.ts';
import { type Language } from './language.ts';
import { type Table } from './table.ts';

export { type MessageKey } from './en/index.ts';
export type Parameters = Readonly<Record<string, string | number>>;

export interface Texts {
  readonly language: Language;
  /** A sentence with its `{name}` places filled in. */
  say(key: MessageKey, parameters?: Parameters): string;
  /** A sentence for a count: `key.one` for one, `key.many` else; `{n}` is the count. */
  counted(stem: CountStem, n: number, parameters?: Parameters): string;
  /** The sentence of a key that may not exist (names of kinds from registries), else `fallback`. */
  named(key: string, fallback: string): string;
}

export type CountStem = { [Key in MessageKey]: Key extends `${infer Stem}.one` ? Stem : never }[MessageKey];

/** A name or sentence before it is in a language. */
export type Said = (texts: Texts) => string;

/** The sentence of a key. */
export const said =
  (key: MessageKey, parameters?: Parameters): Said =>
  ({ say }) =>
    say(key, parameters);

/** A symbol: the same in every language. */
export const symbol =
  (text: string): Said =>
  () =>
    text;

const byLanguage: Readonly<Record<Language, Texts>> = { en: textsOf('en', en), ja: textsOf('ja', ja) };

/** The sentences of a language. */
export const texts = (language: Language): Texts => byLanguage[language];

function textsOf(language: Language, messages: Messages): Texts {
  const say = (key: MessageKey, parameters: Parameters = {}): string => fill(messages[key], parameters);
  const all: Table = messages;
  return {
    language,
    say,
    counted: (stem, n, parameters = {}) =>
      say(`${stem}.${n === 1 ? 'one' : 'many'}` as MessageKey, { ...parameters, n: n.toLocaleString(language) }),
    named: (key, fallback) => all[key] ?? fallback,
  };
}

function fill(sentence: string, parameters: Parameters): string {
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) =>
    name in parameters ? String(parameters[name]) : whole,
  );
}
