/** `expected a finite number > 0, got -1`. */
import { type Bounds } from '../../../refusal/codes/description.ts';
import { type RefusalSentences, type With } from '../sentences.ts';

export const expected = (allowed: string, { found }: With): string =>
  found === null ? `expected ${allowed}` : `expected ${allowed}, got ${found}`;

/** `a finite number > 0 and <= 1` */
function finiteNumber({ above, min, max }: Bounds): string {
  const bounds = [
    above !== undefined ? `> ${above}` : '',
    min !== undefined ? `>= ${min}` : '',
    max !== undefined ? `<= ${max}` : '',
  ].filter((bound) => bound !== '');
  return ['a finite number', bounds.join(' and ')].filter((part) => part !== '').join(' ');
}

/** Ranges of numbers. */
export const ranges: RefusalSentences['ranges'] = {
  'finite-number': finiteNumber,
  'whole-number': ({ min, max }) => `a whole number from ${min} to ${max}`,
  'number-list': () => 'a list of numbers',
};

/** `"a", "b"` */
export const quotedList = (words: readonly string[]): string => words.map((word) => JSON.stringify(word)).join(', ');
