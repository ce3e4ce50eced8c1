import { describe, expect, it } from 'vitest';
import { fieldText, meaningsOf, readField, readNumber, readNumbers } from '../../../src/renderer/draft/numbers.ts';

describe('numbers as people type them', () => {
  it.each([
    ['800', 800],
    ['-0.5', -0.5],
    ['−0.5', -0.5],
    ['1e6', 1e6],
    ['1e-3', 1e-3],
    ['.25', 0.25],
    ['0,5', 0.5],
    [',5', 0.5],
    ['0,125', 0.125],
    ['1,5e-3', 1.5e-3],
    ['1/3', 1 / 3],
    ['0,5/3', 0.5 / 3],
    ['2^3', 8],
    ['2^-3', 0.125],
    ['-2^2', -4],
    ['2**10', 1024],
    ['sqrt(2)', Math.SQRT2],
    ['sqrt(2)/2', Math.SQRT2 / 2],
    ['√2', Math.SQRT2],
    ['3*10^-4', 3e-4],
    ['3 × 10^-4', 3e-4],
    ['(1+2)/4', 0.75],
    ['40 000', 40_000],
    ['1,000,000', 1e6],
    ['1.000.000', 1e6],
    ['1,000.5', 1000.5],
    ['1.000,5', 1000.5],
    [' 7 ', 7],
  ])('%j is %d', (text, value) => expect(readNumber(text)).toBeCloseTo(value, 12));

  it.each([
    '',
    'abc',
    '1/0',
    '1e',
    '12x',
    'Infinity',
    '0x10',
    '1e400',
    '1e-400',
    '(1',
    '1,2,3',
    '2^',
    'sqrt(-1)',
    '1 2',
  ])('%j is no number and stays text', (text) => {
    expect(readNumber(text)).toBeNull();
    expect(readField(text)).toBe(text);
  });

  it('a comma before three digits has two meanings, and is asked about', () => {
    expect(readNumber('1,000')).toBeNull();
    expect(meaningsOf('1,000')).toEqual([1000, 1]);
    expect(meaningsOf('−12,345')).toEqual([-12_345, -12.345]);
    expect(meaningsOf('0,125')).toBeNull();
    expect(meaningsOf('1,0000')).toBeNull();
    expect(readNumber('1,0000')).toBe(1);
  });

  it('lists are read with decimal commas where something else stands between the numbers', () => {
    expect(readNumbers('0.5, 1, 2')).toEqual([0.5, 1, 2]);
    expect(readNumbers('0.5,1,2')).toEqual([0.5, 1, 2]);
    expect(readNumbers('0,5; 1; 2^2')).toEqual([0.5, 1, 4]);
    expect(readNumbers('1 2 x')).toBeNull();
  });

  it('a third is shown as it was typed', () => {
    expect(fieldText(readField('1/3'))).toBe('1/3');
    expect(fieldText(0.25)).toBe('0.25');
  });

  it('every number that a field shows reads back to the same bits', () => {
    for (const value of [0.1, 1 / 3, 2 / 3, 5 / 7, 1e-9, 123456.789, 1 / 9, -4, 1e300, 5e-324]) {
      expect(readNumber(fieldText(value))).toBe(value);
    }
  });

  it('a text made to break the reader is refused, not followed', () => {
    expect(readNumber('('.repeat(10_000))).toBeNull();
    expect(readNumber('-'.repeat(10_000) + '1')).toBeNull();
  });
});
