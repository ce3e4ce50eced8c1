import { describe, expect, it } from 'vitest';
import { boundariesOf, drawSweepMap, pointAt, pointValues, statistic } from '../../../src/figures/sweep/index.ts';
import { parseStudy, requireParsed } from '../../../src/study/parse.ts';
import { phaseTransition } from '../../../src/study/presets/phase-transition.ts';
import { viewOf } from '../synthetic.ts';
import { computedSweep } from './computed.ts';

const exponentStatistic = statistic('decade-exponent');
if (!exponentStatistic) throw new Error('no such statistic');

describe('the phase-transition preset at T = 10⁹ and d → ∞', async () => {
  // 1e-6 in the risk is far below the exponents' differences asserted here
  const swept = await computedSweep(requireParsed(parseStudy(phaseTransition.study())), 1e-6);
  const [alphas, betas] = swept.axes.map(({ values }) => values);
  const exponentAt = (i: number, j: number) =>
    pointValues(pointAt(swept, [i, j]), exponentStatistic, null, viewOf()).theory;

  /**
   * Below the boundary the risk settles and the late exponent goes to 0; on it and above it stays away from 0. At
   * T = 10⁹ the change takes a quarter in α: exponents are at most 0.04 at α = β + 0.75 and at least 0.17 at α = β + 1,
   * at every β.
   */
  const [SETTLED, FALLING] = [0.05, 0.15];

  it('has a boundary at min α = β + 1', () => {
    const [boundary] = boundariesOf(swept.sweep, swept.axes);
    expect(boundary.kind).toBe('structural');
    alphas.forEach((alpha, i) => {
      betas.forEach((beta, j) => expect(boundary.margin[i][j]).toBeCloseTo(alpha - beta - 1, 12));
    });
  });

  it.each(betas.map((beta, j) => [beta, j] as const))(
    'has a risk that settles below the boundary and falls on it and above, at the preset’s resolution, β = %f',
    (beta, j) => {
      const late = alphas.map((_, i) => exponentAt(i, j));
      const below = late.filter((_, i) => alphas[i] < beta + 1 - 1e-9);
      expect(below.length).toBeGreaterThan(0);
      below.forEach((exponent) => expect(Math.abs(exponent)).toBeLessThan(SETTLED));
      late.slice(below.length).forEach((exponent) => expect(exponent).toBeGreaterThan(FALLING));
      expect(late[alphas.length - 1]).toBeGreaterThan(0.5);
    },
  );

  it('is drawn as a heatmap with the boundary through it, coloured by logarithm in the risk', () => {
    const risk = statistic('risk');
    if (!risk) throw new Error('no such statistic');
    const figure = drawSweepMap(swept, { statistic: risk, time: null, source: 'auto', across: 0 }, viewOf());
    expect(figure.value.scale).toBe('log');
    expect(figure.subtitle).toContain('t = 10⁹; theory (d → ∞)');
    expect(figure.notes.join(' ')).toContain('min α = β + 1');
    const series = [figure.option.series].flat();
    const line = series.find((each) => each?.id === 'boundary-0');
    const points = line?.data as [number, number][];
    expect(points.length).toBeGreaterThan(3);
    for (const [alpha, beta] of points) expect(alpha).toBeCloseTo(beta + 1, 9);
    expect(figure.table.sections[0].columns[0].values.length).toBe(alphas.length * betas.length);
  });
});
