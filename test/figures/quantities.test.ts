import { texts } from '../../src/text/texts.ts';
import { describe, expect, it } from 'vitest';
import { cleanGroups, defaultThreshold, figureKind, finalValues, groupShares } from '../../src/figures/index.ts';
import { drawnGroups } from '../../src/figures/clean.ts';
import { fitPowerLaw } from '../../src/core/math/line-fit.ts';
import { decayExponents } from '../../src/core/theory/analysis/exponent.ts';
import { formatFixed, formatValue, formatWithDeviation } from '../../src/text/numbers.ts';
import { inputsOf, synthetic, viewOf } from './synthetic.ts';

const ZERO_ONE = {
  kind: 'zero-one',
  blocks: [
    { fraction: 0.5, eigenvalues: [1, 1] },
    { fraction: 0.25, eigenvalues: [0, 1] },
    { fraction: 0.25, eigenvalues: [0, 0] },
  ],
};

describe('the local decay exponent', () => {
  it('of a power law is its exponent, on linear and log grids', () => {
    for (const t of [
      Float64Array.from({ length: 200 }, (_, k) => 0.05 * k),
      Float64Array.from({ length: 40 }, (_, k) => 10 ** (k / 10 - 2)),
    ]) {
      const exponent = decayExponents(
        t,
        t.map((value) => 3 * value ** -0.7),
      );
      exponent.forEach((value, p) => {
        // logarithms of numbers near 1 in slopes over 0.1: some 1e-14
        if (t[p] > 0) expect(value).toBeCloseTo(0.7, 10);
        else expect(value).toBeNaN();
      });
    }
  });

  it('is not there where the risk is not positive', () => {
    expect(decayExponents(Float64Array.of(1, 2, 4), Float64Array.of(1, 0, 1))[1]).toBeNaN();
  });
});

describe('the clean group', () => {
  it('is the (0,0) block, and the block by threshold', () => {
    const results = synthetic({ spectrum: ZERO_ONE });
    expect(defaultThreshold(results)).toBe(0);
    expect(cleanGroups(results, null)).toEqual([2]);
    expect(cleanGroups(results, 0.5)).toEqual([2, 1]);
    expect(cleanGroups(results, -1)).toEqual([]);
  });

  it('of a power law is the quarter of directions of least λ̄', () => {
    const results = synthetic();
    const { directions } = groupShares(results);
    const clean = cleanGroups(results, null);
    expect(clean.reduce((sum, g) => sum + directions[g], 0)).toBeCloseTo(0.25, 12);
    expect(clean).toEqual([0, 1, 2, 3]);
  });

  it('groups beyond six are drawn as quarters that hold every group once', () => {
    const groups = drawnGroups(texts('en'), synthetic());
    expect(groups).toHaveLength(4);
    expect(groups.flatMap(({ members }) => members).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 16 }, (_, k) => k),
    );
  });

  it('has enrichment 1 where the share of weight is that of the means’ energy', () => {
    const results = synthetic({ spectrum: ZERO_ONE });
    const { energy } = groupShares(results);
    const figure = figureKind('enrichment')?.build(inputsOf(results), viewOf());
    const theory = figure?.table.sections[0].columns.find(({ key }) => key === 'theory');
    // the synthetic share of weight is the share of directions, ¼
    expect(theory?.values[5]).toBeCloseTo(0.25 / energy[2], 12);
  });
});

describe('final values', () => {
  it('are theory, mean ± sd and their distance in standard errors at the last time', () => {
    const results = synthetic({ runs: 4 });
    const risk = finalValues(results).find(({ key }) => key === 'risk');
    const last = (results.frame.t.length - 1) * results.frame.layout.size;
    const [theory, ...runs] = results.curves.map(({ rows }) => rows[last]);
    const mean = runs.reduce((sum, value) => sum + value / 4, 0);
    const sd = Math.sqrt(runs.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 3);
    expect(risk).toMatchObject({ t: 20, theory, n: 4 });
    expect(risk?.mean).toBeCloseTo(mean, 14);
    expect(risk?.sd).toBeCloseTo(sd, 14);
    expect(risk?.difference).toBeCloseTo((mean - theory) / (sd / 2), 8);
  });
});

it('a power law is fitted exactly, and not through one point', () => {
  const fit = fitPowerLaw([100, 200, 800].map((value) => [value, 2 / Math.sqrt(value)]));
  expect(fit?.slope).toBeCloseTo(-0.5, 12);
  expect(fit?.factor).toBeCloseTo(2, 10);
  expect(
    fitPowerLaw([
      [100, 1],
      [100, 2],
    ]),
  ).toBeNull();
});

it('numbers are written with a true minus, superscripts and four digits', () => {
  expect(formatValue(-0.123456)).toBe('−0.1235');
  expect(formatValue(1.2e-7)).toBe('1.2×10⁻⁷');
  expect(formatFixed(0.15)).toBe('0.1500');
  expect(formatFixed(12345)).toBe('12350');
  expect(formatWithDeviation(0.06119, 0.00079)).toBe('0.06119 ± 0.00079');
  expect(formatWithDeviation(5.948e-4, 2.2e-4)).toBe('(5.9 ± 2.2)×10⁻⁴');
});
