import { describe, expect, it } from 'vitest';
import {
  boundariesOf,
  drawSweepMap,
  pointAt,
  pointValues,
  statistic,
} from '../../../../src/core/figures/sweep/index.ts';
import { parseStudy, requireParsed } from '../../../../src/core/study/parse.ts';
import { phaseTransition } from '../../../../src/core/study/presets/phase-transition.ts';
import { viewOf } from '../synthetic.ts';
import { computedSweep } from './computed.ts';

const exponentStatistic = statistic('decade-exponent');
if (!exponentStatistic) throw new Error('no such statistic');

/** The preset on every second value of both axes; its grid and horizon as they are. */
function coarse() {
  const preset = requireParsed(parseStudy(phaseTransition.study()));
  const { sweep } = preset;
  if (!sweep) throw new Error('no sweep');
  const [alpha, beta] = sweep.axes;
  const axes = [
    { ...alpha, range: { kind: 'linear', from: 0.5, to: 3, points: 6 } },
    { ...beta, range: { kind: 'linear', from: 0, to: 1.5, points: 4 } },
  ];
  return requireParsed(parseStudy({ ...phaseTransition.study(), sweep: { ...sweep, axes } }));
}

describe('the phase-transition preset at T = 10⁶', () => {
  // 1e-6 in the risk is far below the exponents' differences asserted here
  const swept = computedSweep(coarse(), 1e-6);
  const [alphas, betas] = swept.axes.map(({ values }) => values);
  const exponentAt = (i: number, j: number) =>
    pointValues(pointAt(swept, [i, j]), exponentStatistic, null, viewOf()).theory;

  /**
   * Below the boundary the risk settles and the late exponent goes to 0; above it stays away from 0. At T = 10⁶ and
   * d = 20 000 the change takes a quarter in α: exponents are at most 0.08 at α = β + 0.75 and at least 0.18 at
   * α = β + 1. The threshold is between these, at the same value for every β.
   */
  const THRESHOLD = 0.12;

  it('has a boundary at min α = β + 1', () => {
    const [boundary] = boundariesOf(swept.sweep, swept.axes);
    expect(boundary.kind).toBe('structural');
    alphas.forEach((alpha, i) => {
      betas.forEach((beta, j) => expect(boundary.margin[i][j]).toBeCloseTo(alpha - beta - 1, 12));
    });
  });

  it.each(betas.map((beta, j) => [beta, j] as const))(
    'changes the sign of exponent − threshold in the cell of the boundary, β = %f',
    (beta, j) => {
      const above = alphas.map((_, i) => exponentAt(i, j) > THRESHOLD);
      const first = above.indexOf(true);
      // one change alone, from below to above
      expect(above).toEqual(alphas.map((_, i) => i >= first));
      // within the grid's resolution: α = β + 1 lies between the two neighbours, the upper one included
      expect(first).toBeGreaterThan(0);
      expect(alphas[first - 1]).toBeLessThan(beta + 1);
      expect(alphas[first]).toBeGreaterThanOrEqual(beta + 1 - 1e-12);
      // rests of the decay at half a unit below the boundary, and a power far above
      if (first > 1) expect(Math.abs(exponentAt(first - 2, j))).toBeLessThan(5e-3);
      expect(exponentAt(alphas.length - 1, j)).toBeGreaterThan(0.4);
    },
  );

  it('is drawn as a heatmap with the boundary through it, coloured by logarithm in the risk', () => {
    const risk = statistic('risk');
    if (!risk) throw new Error('no such statistic');
    const figure = drawSweepMap(swept, { statistic: risk, time: null, source: 'auto', across: 0 }, viewOf());
    expect(figure.value.scale).toBe('log');
    expect(figure.subtitle).toContain('t = 10⁶; theory');
    expect(figure.notes.join(' ')).toContain('min α = β + 1');
    const series = [figure.option.series].flat();
    const line = series.find((each) => each?.id === 'boundary-0');
    const points = line?.data as [number, number][];
    expect(points.length).toBeGreaterThan(3);
    for (const [alpha, beta] of points) expect(alpha).toBeCloseTo(beta + 1, 9);
    expect(figure.table.sections[0].columns[0].values.length).toBe(alphas.length * betas.length);
  });
});
