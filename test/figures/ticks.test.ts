import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linearTicks, logTicks, valueRange } from '../../src/figures/ticks.ts';

describe('ticks of a log axis', () => {
  it('are the powers of ten with minor ticks at 2 … 9', () => {
    const { major, labels, minor } = logTicks(0.1, 50, 6);
    expect(major).toEqual([0.1, 1, 10]);
    expect(labels).toEqual(['10⁻¹', '1', '10¹']);
    expect(minor).toHaveLength(8 + 8 + 4);
    expect(minor[0]).toBeCloseTo(0.2, 15);
    expect(minor[minor.length - 1]).toBe(50);
  });

  it('skip labels, not decades, where there are many', () => {
    const { major, minor, labels } = logTicks(1e-14, 1e-3, 5);
    expect(major).toEqual([1e-12, 1e-9, 1e-6, 1e-3]);
    expect(labels).toEqual(['10⁻¹²', '10⁻⁹', '10⁻⁶', '10⁻³']);
    expect(minor).toContain(1e-13);
  });

  it('within about one decade are labelled at 2 and 5, too', () => {
    expect(logTicks(0.15, 1.2, 6).labels).toEqual(['0.2', '0.5', '1']);
  });

  it.each([
    [0.1491619, 0.85413662, 2, ['0.2', '0.5'], [0.3, 0.4, 0.6, 0.7, 0.8]],
    [0.1491619, 0.85413662, 6, ['0.2', '0.5'], [0.3, 0.4, 0.6, 0.7, 0.8]],
    [0.85413662, 1.12, 2, ['0.9', '1', '1.1'], undefined],
    [0.52, 0.98, 2, ['0.6', '0.8'], undefined],
  ])('of %d to %d with room for %d are round numbers with minor ticks', (min, max, most, labels, minor) => {
    const ticks = logTicks(min, max, most);
    expect(ticks.labels).toEqual(labels);
    expect(ticks.minor.length).toBeGreaterThan(0);
    minor?.forEach((value, k) => expect(ticks.minor[k]).toBeCloseTo(value, 12));
  });

  it('within less than that are labelled at an even step', () => {
    expect(logTicks(0.62, 0.7, 6).labels).toEqual(['0.62', '0.64', '0.66', '0.68', '0.7']);
  });

  it('are inside the range, ascending and at least two, for any range', () => {
    const exponent = fc.double({ min: -18, max: 8, noNaN: true });
    fc.assert(
      fc.property(
        exponent,
        fc.double({ min: 0.01, max: 20, noNaN: true }),
        fc.integer({ min: 2, max: 9 }),
        (a, span, most) => {
          const min = 10 ** a;
          const max = 10 ** (a + span);
          const { major, labels } = logTicks(min, max, most);
          expect(major.length).toBeGreaterThanOrEqual(2);
          expect(labels).toHaveLength(major.length);
          expect(new Set(labels).size).toBe(labels.length);
          major.forEach((value, k) => {
            // a tick a millionth of a step outside is on the axis's end, whatever rounding says
            expect(value).toBeGreaterThanOrEqual(min * (1 - 1e-6));
            expect(value).toBeLessThanOrEqual(max * (1 + 1e-6));
            if (k > 0) expect(value).toBeGreaterThan(major[k - 1]);
          });
        },
      ),
      { seed: 7, numRuns: 500 },
    );
  });
});

describe('ticks of a linear axis', () => {
  it('are exact decimal numbers', () => {
    expect(linearTicks(0, 0.8, 4).major).toEqual([0, 0.2, 0.4, 0.6, 0.8]);
    expect(linearTicks(-0.3, 0.3, 6).labels).toEqual(['−0.3', '−0.2', '−0.1', '0', '0.1', '0.2', '0.3']);
  });
});

describe('the range of values', () => {
  it('holds the data, whatever they are', () => {
    const value = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(value, value, (a, b) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        const { min, max } = valueRange('linear', low, high, 5);
        expect(min).toBeLessThanOrEqual(low);
        expect(max).toBeGreaterThanOrEqual(high);
        expect(max).toBeGreaterThan(min);
      }),
      { seed: 7, numRuns: 500 },
    );
  });

  it('of a constant, of nothing and of 0 is still a range', () => {
    for (const [low, high] of [
      [1, 1],
      [0, 0],
      [NaN, NaN],
      [-2, -2],
    ]) {
      const { min, max } = valueRange('linear', low, high, 5);
      expect(max).toBeGreaterThan(min);
    }
    const log = valueRange('log', 1e-14, 1e-14, 5);
    expect(log.min).toBeGreaterThan(0);
    expect(log.max).toBeGreaterThan(log.min);
  });

  it('shows 0 where the data come near it', () => {
    expect(valueRange('linear', 0.1, 0.8, 4).min).toBe(0);
    expect(valueRange('linear', 0.7, 0.8, 4).min).toBeGreaterThan(0.5);
  });

  it.each([
    [0.018, 0.75],
    [0.3, 6],
    [0.25, 0.67],
    [2, 7],
    [1.1, 9.7],
    [0.08, 1.02],
  ])('of a log axis from %d to %d has two labels at least, and minor ticks between', (min, max) => {
    for (const most of [3, 4, 6, 9]) {
      const { labels, minor, major } = logTicks(min, max, most);
      expect(labels.length, `${most}`).toBeGreaterThanOrEqual(2);
      expect(labels.length).toBeLessThanOrEqual(most + 2);
      expect(minor.length).toBeGreaterThan(0);
      expect([...major].sort((a, b) => a - b)).toEqual(major);
    }
  });
});
