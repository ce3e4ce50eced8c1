/** Kinds of a registry as options of a field, in the language of the interface. */
import { named } from '../i18n/index.ts';

export const optionsOf = (
  section: string,
  kinds: readonly { readonly kind: string; readonly label: string }[],
): { value: string; label: string }[] =>
  kinds.map(({ kind, label }) => ({ value: kind, label: named(`kind.${section}.${kind}`, label) }));

/** Words that have no registry (grids, starts). */
export const wordOptions = (section: string, words: readonly string[]): { value: string; label: string }[] =>
  words.map((word) => ({ value: word, label: named(`kind.${section}.${word}`, word) }));
