import { describe, expect, it } from 'vitest';
import { curveSet } from '../../src/figures/curve-set.ts';
import { drawSets } from '../../src/figures/curve-series.ts';
import { fieldQuantity } from '../../src/figures/sample.ts';
import { pixelScale } from '../../src/figures/scale.ts';
import { themes } from '../../src/figures/theme.ts';
import { timesInView } from '../../src/figures/view.ts';
import { inputsOf, synthetic, viewOf } from './synthetic.ts';

const risk = fieldQuantity('risk');

describe('the curves of a quantity', () => {
  it('are computed once for the same results, again for new ones', () => {
    const results = synthetic();
    const [one, again, fresh] = [results, results, { ...results }].map((each) =>
      curveSet(inputsOf(each)[0], risk, themes.light),
    );
    expect(again.theory).toBe(one.theory);
    expect(again.statistics).toBe(one.statistics);
    expect(fresh.theory).not.toBe(one.theory);
    expect(fresh.theory).toEqual(one.theory);
  });
});

describe('lines in pixels', () => {
  const plot = { left: 50, top: 20, width: 300, height: 200 };
  const results = synthetic({ grid: { kind: 'linear', points: 3000 }, runs: 3 });
  const sets = [curveSet(inputsOf(results)[0], risk, themes.light)];
  const x = pixelScale('linear', 5, 10, plot.width);
  const y = pixelScale('log', 1e-3, 1, plot.height);
  const { lines, series } = drawSets(sets, { plot, x, y, view: viewOf(), theme: themes.light, unit: 1 });

  it('go from one end of the plot to the other and no further than a point', () => {
    const [path] = lines[0];
    const across = path.filter((_, k) => k % 2 === 0);
    const step = x.position(sets[0].t[1]) - x.position(sets[0].t[0]);
    expect(across[0]).toBeGreaterThanOrEqual(plot.left - step);
    expect(across[0]).toBeLessThanOrEqual(plot.left);
    expect(across[across.length - 1]).toBeGreaterThanOrEqual(plot.left + plot.width);
    expect(across[across.length - 1]).toBeLessThanOrEqual(plot.left + plot.width + step);
  });

  it('have their corners at the values', () => {
    const [path] = lines[0];
    const values = sets[0].theory;
    for (let k = 0; k < path.length; k += 2) {
      const p = sets[0].t.findIndex((t) => Math.abs(plot.left + x.position(t) - path[k]) < 1e-9);
      expect(plot.top + plot.height - y.position(values?.[p] ?? NaN)).toBe(path[k + 1]);
    }
  });

  it('are a series per layer, however many curves there are', () => {
    const many = drawSets(
      Array.from({ length: 50 }, () => ({ ...sets[0], runs: [] })),
      {
        ...{ plot, x, y, view: viewOf(), theme: themes.light, unit: 1 },
      },
    );
    expect(many.series.map(({ id }) => id)).toEqual(['theory']);
    expect(series.map(({ id }) => id)).toEqual(['band-0', 'centre', 'theory', 'dots-0']);
  });
});

it('times in view are those of the window, without t ≤ 0 on a log axis', () => {
  const t = Float64Array.of(0, 1, 2, 3, 4);
  const shown = (view: Parameters<typeof viewOf>[0]) => {
    const { from, to } = timesInView(t, viewOf(view));
    return [...t.subarray(from, to)];
  };
  expect(shown({ timeScale: 'linear' })).toEqual([0, 1, 2, 3, 4]);
  expect(shown({ timeScale: 'log' })).toEqual([1, 2, 3, 4]);
  expect(shown({ timeScale: 'log', window: { from: -1, to: 2.5 } })).toEqual([1, 2]);
  expect(shown({ timeScale: 'linear', window: { from: 1.5, to: 3 } })).toEqual([2, 3]);
  expect(shown({ timeScale: 'linear', window: { from: 8, to: 9 } })).toEqual([]);
});
