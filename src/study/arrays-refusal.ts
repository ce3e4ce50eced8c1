/** What cannot be read of a file, said so that it can be mended. */
export interface Refusal {
  readonly ok: false;
  /** Where in the file: `line 3, entry 17`, `[2][16]`, `byte 88`, or empty for the whole. */
  readonly place: string;
  /** What was expected there, and what was found. */
  readonly message: string;
  /** What can be done about it; empty where the message says it. */
  readonly remedy: string;
}

export const refuse = (place: string, message: string, remedy = ''): Refusal => ({ ok: false, place, message, remedy });

/** A refusal in one line. */
export const formatRefusal = ({ place, message, remedy }: Omit<Refusal, 'ok'>): string =>
  [place, remedy === '' ? message : `${message}; ${remedy}`].filter((part) => part !== '').join(': ');

const MOST_QUOTED = 40;

/** Text of a file in a message: short, and with spaces that look like others written out. */
export const quoted = (text: string): string =>
  JSON.stringify(text.length > MOST_QUOTED ? `${text.slice(0, MOST_QUOTED)}…` : text).replace(
    /[\u007f-\u00a0\u2000-\u200f\u2028-\u202f\u2060\u3000\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
