import { describe, expect, it } from 'vitest';
import { figureKind } from '../../src/figures/index.ts';
import { nearest, tooltipAnchors, tooltipText } from '../../src/figures/tooltip.ts';
import { curveSet } from '../../src/figures/curve-set.ts';
import { fieldQuantity } from '../../src/figures/sample.ts';
import { pixelScale } from '../../src/figures/scale.ts';
import { themes } from '../../src/figures/theme.ts';
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

  it('fits a narrow figure by leaving parts out, and keeps names from being markup', () => {
    if (!readout) throw new Error('no readout');
    const text = tooltipText(readout, { language: 'en', width: 260, height: 300 }, () => '');
    expect(text).not.toMatch(/[{}|]/);
    expect(text).toContain('theory');
    expect(text.length).toBeLessThan(
      tooltipText(readout, { language: 'en', width: 900, height: 300 }, () => '').length,
    );
  });

  it('fits a low figure by leaving curves out, and says how many', () => {
    if (!readout) throw new Error('no readout');
    const rows = Array.from({ length: 12 }, (_, k) => ({ ...readout.rows[0], name: `E${k}` }));
    const lines = (height: number) =>
      tooltipText({ ...readout, rows }, { language: 'en', width: 900, height }, () => '').split('\n');
    expect(lines(400)).toHaveLength(13);
    expect(lines(200).length).toBeLessThanOrEqual(8);
    expect(lines(200).at(-1)).toBe(`and ${12 - (lines(200).length - 2)} more`);
  });

  it('shows the line and marker of each curve beside its colour', () => {
    const inputs = inputsOf(...Array.from({ length: 7 }, (_, k) => synthetic({ id: `e${k}`, name: `E${k}` })));
    const seven = figureKind('risk')?.build(inputs, viewOf()).readout(1);
    const lines = tooltipText(seven!, { language: 'en', width: 900, height: 400 }, () => '').split('\n');
    expect([lines[1], lines[7]].map((line) => line.split(' ')[0])).toEqual(['—○', '–·◇']);
  });

  it('is of the nearest time on the axis’s own scale', () => {
    expect(nearest([1, 100], 20, 'log')).toBe(1);
    expect(nearest([1, 100], 20, 'linear')).toBe(0);
  });
});

describe('what a tooltip hangs on', () => {
  const sets = inputsOf(...Array.from({ length: 20 }, (_, k) => synthetic({ id: `e${k}`, runs: 0 }))).map((input) =>
    curveSet(input, fieldQuantity('risk'), themes.light),
  );

  it.each(['linear', 'log'] as const)('is at every pixel of a %s axis, in the colour of each line', (kind) => {
    const x = pixelScale(kind, 0.1, 20, 300);
    const anchors = tooltipAnchors(sets, x);
    expect(anchors.length).toBeLessThan(sets.length);
    anchors.forEach(({ data, itemStyle }, k) => {
      const places = (data as [number][]).map(([t]) => x.position(t));
      // rounding of a logarithm
      places.forEach((at, pixel) => expect(at).toBeCloseTo(pixel, 9));
      expect(places).toHaveLength(301);
      expect(itemStyle?.color).toBe(sets[k].style.color);
    });
  });
});
