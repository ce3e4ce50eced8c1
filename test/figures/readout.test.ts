import { describe, expect, it } from 'vitest';
import { figureKind } from '../../src/figures/index.ts';
import { nearest } from '../../src/figures/readout.ts';
import { experimentStyle, themes } from '../../src/figures/theme.ts';
import { inputsOf, synthetic, viewOf } from './synthetic.ts';

describe('a readout', () => {
  const results = synthetic({ name: '{a|b}' });
  const figure = figureKind('risk')?.build(inputsOf(results, synthetic({ id: 'two', runs: 0 })), viewOf());
  const t = results.frame.t[7];
  const readout = figure?.readout(t * 1.001);

  it('is of the grid point next to the cursor', () => {
    expect(readout?.rows.map((row) => row.t)).toEqual([t, t]);
    expect(readout?.rows[0].parts.map(({ label }) => label)).toEqual(['theory', 'median', 'band', 'N']);
    expect(readout?.rows[1].parts.map(({ label }) => label)).toEqual(['theory']);
  });

  it('has the largest value first, with line and marker of each curve, and those without a value last', () => {
    const inputs = inputsOf(
      synthetic({ id: 'none', name: 'None', theory: false, runs: 1, reached: () => 3 }),
      ...[3, 1, 2].map((n) => synthetic({ id: `e${n}`, name: `E${n}`, runs: 0, priors: [n / 10, 1 - n / 10] })),
    );
    inputs.forEach(({ results: each }, k) => {
      const ode = each.curves.find(({ source }) => source.kind === 'ode');
      const { size } = each.frame.layout;
      if (ode) for (let p = 0; p < ode.points; p++) ode.rows[p * size] *= [0, 3, 1, 2][k];
    });
    const rows = figureKind('risk')?.build(inputs, viewOf()).readout(10).rows ?? [];
    expect(rows.map(({ name }) => name)).toEqual(['E3', 'E2', 'E1', 'None']);
    expect(rows.map(({ experiment }) => experiment)).toEqual(['e3', 'e2', 'e1', 'none']);
    expect(rows[0].style?.marker).toBe(experimentStyle(themes.light, 1).marker);
  });

  it('is of the nearest time on the axis’s own scale', () => {
    expect(nearest([1, 100], 20, 'log')).toBe(1);
    expect(nearest([1, 100], 20, 'linear')).toBe(0);
  });
});
