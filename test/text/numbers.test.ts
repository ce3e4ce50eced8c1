import { describe, expect, it } from 'vitest';
import { formatDecimals, formatNumber, formatShort } from '../../src/text/numbers.ts';
import { formatBytes, formatDuration, formatWhen } from '../../src/text/quantities.ts';
import { texts } from '../../src/text/texts.ts';

const english = texts('en');
const japanese = texts('ja');

describe('numbers in running text', () => {
  it.each([
    [40_000, '40,000'],
    [-1234.567, '−1,235'],
    [0, '0'],
    [0.001, '0.001'],
    [1.25e-7, '1.25 × 10⁻⁷'],
    [1e9, '10⁹'],
    [-2e12, '−2 × 10¹²'],
    [NaN, '–'],
    [-Infinity, '−∞'],
  ])('%s is %s', (value, text) => expect(formatNumber('en', value)).toBe(text));
});

describe('numbers of a line', () => {
  it('leave out the 1 of a power of ten, and of no other number', () => {
    expect([1e9, 1.5e9, 1, 10].map((value) => formatShort(value))).toEqual(['10⁹', '1.5×10⁹', '1', '10']);
  });

  it('of a terminal’s table have five decimals, or an exponent where these would say nothing', () => {
    expect([0.0611887, 0, 0.001, -0.00012].map(formatDecimals)).toEqual(['0.06119', '0.00000', '0.00100', '-1.20e-4']);
  });
});

describe('quantities', () => {
  it('are rough durations in units that a person would take', () => {
    const seconds = [0.05, 0.84, 14.4, 200, 9000, 400_000];
    expect(seconds.map((each) => formatDuration(english, each))).toEqual([
      english.say('time.instant'),
      '0.84 s',
      '14 s',
      '3 min',
      '2.5 h',
      '4.6 d',
    ]);
    expect(formatDuration(japanese, 9000)).toBe(japanese.say('time.hours', { n: '2.5' }));
  });

  it('are sizes in powers of a thousand', () => {
    expect([0, 999, 1500, 2.34e9].map((each) => formatBytes(english, each))).toEqual([
      '0 B',
      '999 B',
      '1.5 kB',
      '2.3 GB',
    ]);
  });

  it('are times ago, and dates after a week', () => {
    const now = new Date(2026, 5, 15, 12).getTime();
    const ago = (seconds: number) => formatWhen(english, now - seconds * 1000, now);
    expect([5, 300, 7200, 86_400, 30 * 86_400].map(ago)).toEqual([
      english.say('time.now'),
      '5 minutes ago',
      '2 hours ago',
      'yesterday',
      'May 16, 2026',
    ]);
    expect(formatWhen(japanese, now - 300_000, now)).toBe('5 分前');
  });
});
