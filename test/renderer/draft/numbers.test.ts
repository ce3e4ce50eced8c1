import { describe, expect, it } from 'vitest';
import { fieldText, readField, readNumber } from '../../../src/renderer/draft/numbers.ts';

describe('numbers as people type them', () => {
  it.each([
    ['800', 800],
    ['-0.5', -0.5],
    ['−0.5', -0.5],
    ['1e6', 1e6],
    ['.25', 0.25],
    ['1/3', 1 / 3],
    ['40,000', 40_000],
    [' 7 ', 7],
  ])('%j is %d', (text, value) => expect(readNumber(text)).toBe(value));

  it.each(['', 'abc', '1/0', '1e', '12x', '1,2', 'Infinity', '0x10'])('%j is no number and stays text', (text) => {
    expect(readNumber(text)).toBeNull();
    expect(readField(text)).toBe(text);
  });

  it('a third is shown as it was typed', () => {
    expect(fieldText(readField('1/3'))).toBe('1/3');
    expect(fieldText(0.25)).toBe('0.25');
  });

  it('every number that a field shows reads back to the same bits', () => {
    for (const value of [0.1, 1 / 3, 2 / 3, 5 / 7, 1e-9, 123456.789, 1 / 9, -4]) {
      expect(readNumber(fieldText(value))).toBe(value);
    }
  });
});
