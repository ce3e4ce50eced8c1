import { describe, expect, it } from 'vitest';
import { fitPowerLaw } from '../../../src/core/math/line-fit.ts';
import { drawSweepCurves, pointAt, pointValues, statistic } from '../../../src/figures/sweep/index.ts';
import { concentration } from '../../../src/study/presets/concentration.ts';
import { parseStudy, requireParsed } from '../../../src/study/parse.ts';
import { viewOf } from '../synthetic.ts';
import { computedSweep } from './computed.ts';

const deviation = statistic('deviation');
if (!deviation) throw new Error('no such statistic');

/** The preset up to d = 1600 and with shorter runs: a few seconds. */
function small() {
  const preset = requireParsed(parseStudy(concentration.study()));
  const { sweep } = preset;
  if (!sweep) throw new Error('no sweep');
  const axes = [{ ...sweep.axes[0], range: { kind: 'log', from: 100, to: 1600, points: 5 } }];
  const base = { ...sweep.base, horizon: 5, simulation: { runs: 16, seed: 3 } };
  return requireParsed(parseStudy({ ...concentration.study(), sweep: { ...sweep, axes, base } }));
}

describe('concentration', async () => {
  const swept = await computedSweep(small());
  const pairs = swept.axes[0].values.flatMap((d, k) =>
    pointValues(pointAt(swept, [k]), deviation, null, viewOf()).runs.map((run) => [d, run] as const),
  );

  it('falls as d to the power −1/2, within three standard errors of the fit and its logarithm', () => {
    const fit = fitPowerLaw(pairs);
    expect(fit?.n).toBe(80);
    expect(fit?.se).toBeLessThan(0.06);
    // sup over t costs √log d: over these four octaves that is 0.05 in the slope at most
    expect(Math.abs((fit?.slope ?? NaN) + 0.5)).toBeLessThan(3 * (fit?.se ?? NaN) + 0.05);
  });

  it('says its slope with the standard error, draws a guide, and names dots and band', () => {
    const figure = drawSweepCurves(swept, { statistic: deviation, time: null, across: 0 }, viewOf());
    expect(figure.notes.join(' ')).toMatch(/Slope of the fit: −0\.\d+ ± 0\.0\d+ \(se, 80 runs\)/);
    expect(figure.subtitle).toMatch(/line fitted power law, dots median of runs, band 10–90 %, N = 16/);
    expect([figure.option.series].flat().some((each) => each?.id === 'guide:0')).toBe(true);
  });
});

describe('the fit of a power law', () => {
  it('is exact on one, and its error is that of linear regression', () => {
    const exact = fitPowerLaw([1, 2, 4, 8].map((x) => [x, 3 * x ** -0.5]));
    expect(exact?.slope).toBeCloseTo(-0.5, 12);
    expect(exact?.factor).toBeCloseTo(3, 12);
    expect(exact?.se).toBeCloseTo(0, 7);
    // log y = ±1 about 0 at log x = 0, 0, 1, 1: slope 0, residual variance 4/2, Σ(u − ū)² = 1
    const { E } = Math;
    const scattered = fitPowerLaw([
      [1, E],
      [1, 1 / E],
      [E, E],
      [E, 1 / E],
    ]);
    expect(scattered?.slope).toBeCloseTo(0, 12);
    expect(scattered?.se).toBeCloseTo(Math.SQRT2, 12);
  });

  it('is none without two different positive values', () => {
    expect(
      fitPowerLaw([
        [1, 2],
        [1, 3],
      ]),
    ).toBeNull();
    expect(
      fitPowerLaw([
        [1, 2],
        [2, 0],
      ]),
    ).toBeNull();
  });
});
