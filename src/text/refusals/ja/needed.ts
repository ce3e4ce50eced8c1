/** `0 より大きい数が必要です(現在: -1)`. */
import { type Bounds } from '../../../refusal/codes/description.ts';
import { type RefusalSentences, type With } from '../sentences.ts';

/** A sentence, and what stands there now. */
export const now = (sentence: string, { found }: With): string =>
  found === null ? sentence : `${sentence}(現在: ${found})`;

export const needed = (what: string, by: With): string => now(`${what}が必要です`, by);

/** `有限の数 > 0 かつ <= 1` */
function finiteNumber({ above, min, max }: Bounds): string {
  const bounds = [
    above !== undefined ? `> ${above}` : '',
    min !== undefined ? `>= ${min}` : '',
    max !== undefined ? `<= ${max}` : '',
  ].filter((bound) => bound !== '');
  return ['有限の数', bounds.join(' かつ ')].filter((part) => part !== '').join(' ');
}

/** Ranges of numbers. */
export const ranges: RefusalSentences['ranges'] = {
  'finite-number': finiteNumber,
  'whole-number': ({ min, max }) => `${min} から ${max} までの整数`,
  'number-list': () => '数の並び',
};
