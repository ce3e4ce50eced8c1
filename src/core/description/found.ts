/** Values of files and people as they may stand in a line: short, and without what acts on a terminal. */
import { type Found } from '../../refusal/refusal.ts';

/** Control characters, and those that turn the direction of text or break its line: all that a line must not hold. */
// eslint-disable-next-line no-control-regex -- they are what is looked for
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff]/g;

/** Text of a file as it may stand in a line for people: what would act on a terminal or cannot be seen is escaped. */
export const visible = (text: string): string =>
  text.replace(UNSEEN, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** A value as a refusal shows it. */
export function foundOf(value: unknown): Found {
  if (value === undefined) return { kind: 'nothing' };
  if (Array.isArray(value) && value.length > 8) return { kind: 'list', length: value.length };
  return short(value);
}

/** A value as short JSON. */
export function short(value: unknown): string {
  if (typeof value === 'number') return String(value);
  let text: string;
  try {
    text = JSON.stringify(value) ?? String(value);
  } catch {
    text = String(value);
  }
  text = visible(text);
  // cut so that a message stays a line
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}
