/** Numbers as people type them. */
import { valueOf } from './expression.ts';

/** A number with groups of three digits, whatever stands between them: `40 000`, `1,000,000`, `1.000.000`. */
const SPACED = /(?<![\d.,])(\d{1,3})((?:[\u0020\u00a0\u2009\u202f]\d{3})+)(?!\d)/g;
const GROUPED = /^(\d{1,3})(([,.])\d{3}(?:\3\d{3})+)$/;
/** Groups and a mark of the other kind: `1,000.5` and `1.000,5`. */
const MIXED = /^(\d{1,3}(?:,\d{3})+)(\.\d*)$|^(\d{1,3}(?:\.\d{3})+),(\d*)$/;
/** One comma and three digits: either a thousand or one with three decimals. A number never begins with a zero group. */
const TWO_MEANINGS = /^([+-]?)([1-9]\d{0,2}),(\d{3})$/;
const DECIMAL_COMMA = /^\d+,\d+(e[+-]?\d+)?$|^,\d+(e[+-]?\d+)?$/i;
/** What a single number is made of, for reading the commas of each in an expression. */
const NUMERAL = /(?:\d[\d.,]*|[.,]\d+)(?:e[+-]?\d+)?/gi;

const plainOf = (text: string): string =>
  text
    .trim()
    .replace(/[−–]/g, '-')
    .replace(SPACED, (all) => all.replace(/[^\d]/g, ''))
    .replace(/[\u00a0\u2009\u202f]/g, ' ');

/** A numeral with a decimal point and without groups; null where it has two meanings or none. */
function pointed(numeral: string): string | null {
  if (!numeral.includes(',') && !GROUPED.test(numeral)) return numeral;
  if (TWO_MEANINGS.test(numeral)) return null;
  if (GROUPED.test(numeral)) return numeral.replace(/[,.]/g, '');
  const mixed = MIXED.exec(numeral);
  if (mixed) {
    const [, english, decimals, continental, fraction] = mixed;
    return english ? english.replaceAll(',', '') + decimals : `${continental.replaceAll('.', '')}.${fraction}`;
  }
  return DECIMAL_COMMA.test(numeral) ? numeral.replace(',', '.') : null;
}

/**
 * Number of a text: decimal with a point or a comma, exponent (1e6), or an expression (1/3, 2^-3, sqrt(2)/2), with − for
 * a minus; null if it is none of these, has two meanings (see `meaningsOf`), or is too large or too small for a number.
 */
export function readNumber(text: string): number | null {
  const numerals: string[] = [];
  let unclear = false;
  const expression = plainOf(text).replace(NUMERAL, (numeral) => {
    const point = pointed(numeral);
    unclear ||= point === null;
    numerals.push(point ?? '');
    return point ?? '';
  });
  if (unclear || numerals.some(isRounded)) return null;
  return valueOf(expression);
}

/** Whether a numeral is beyond the numbers there are: 1e400 is not infinity, and 1e-400 not zero. */
const isRounded = (numeral: string): boolean => {
  const value = Number(numeral);
  return !Number.isFinite(value) || (value === 0 && /[1-9]/.test(numeral.replace(/e.*/i, '')));
};

/** The two numbers that `1,000` may be: with the comma between thousands, and with a decimal comma; else null. */
export function meaningsOf(text: string): readonly [grouped: number, decimal: number] | null {
  const found = TWO_MEANINGS.exec(plainOf(text));
  if (!found) return null;
  const [, sign, whole, rest] = found;
  return [Number(`${sign}${whole}${rest}`), Number(`${sign}${whole}.${rest}`)];
}

/** What a field holds after `text` was typed: its number, or the text itself, which the parser then refuses. */
export function readField(text: string): number | string {
  return readNumber(text) ?? text;
}

/** Numbers of a list as typed, between semicolons or spaces, or commas that are followed by a space; null if one is none. */
export function readNumbers(text: string): number[] | null {
  const separators = /;/.test(text) ? /;/ : /,\s/.test(text) ? /,\s+/ : /[\s,]+/;
  const values = text
    .trim()
    .replace(/[,;\s]+$/, '')
    .split(separators)
    .map(readNumber);
  return values.every((value) => value !== null) ? values : null;
}

/** A stored value as the text of its field. */
export function fieldText(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'number' && Number.isFinite(value)) {
    const third = [3, 6, 7, 9].find((below) => value > 0 && value < 1 && isFraction(value, below));
    return third ? `${Math.round(value * third)}/${third}` : String(value);
  }
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Whether a value is exactly k/below in lowest terms and has no short decimal form. */
function isFraction(value: number, below: number): boolean {
  const above = Math.round(value * below);
  return above / below === value && String(value).length > 10;
}
