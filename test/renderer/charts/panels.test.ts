import { describe, expect, it } from 'vitest';
import { defaultView, figureKind } from '../../../src/figures/index.ts';
import { onCommonAxes, panelsOf } from '../../../src/renderer/charts/panels.ts';
import { between, isRange, movedBy, zoomedAbout } from '../../../src/renderer/charts/navigation.ts';
import { inputsOf, synthetic } from '../../figures/synthetic.ts';

const inputs = inputsOf(
  synthetic({ id: 'a1', name: 'Identity, γ = 1', spectrum: { kind: 'identity' } }),
  synthetic({ id: 'a2', name: 'Identity, γ = 2', spectrum: { kind: 'identity' } }),
  synthetic({ id: 'b1', name: 'Power law, β = 0.2, γ = 1' }),
);

describe('small multiples', () => {
  it('have a panel for every model, named by what its experiments have in common, and lose none', () => {
    const panels = panelsOf(inputs, 'model');
    expect(panels.map(({ name, inputs: of }) => [name, of.length])).toEqual([
      ['Identity', 2],
      ['Power law, β = 0.2, γ = 1', 1],
    ]);
    expect(panels.flatMap(({ inputs: of }) => of)).toEqual(inputs);
    expect(panelsOf(inputs, 'each')).toHaveLength(3);
    expect(panelsOf(inputs, 'none')).toEqual([{ key: '', name: '', inputs }]);
  });

  it('are drawn on the axes that all of them together need', () => {
    const kind = figureKind('risk');
    if (!kind) throw new Error('no risk');
    const [small, large] = inputsOf(synthetic({ id: 's' }), synthetic({ id: 'l' }));
    const { size } = large.results.frame.layout;
    for (const { rows } of large.results.curves) for (let k = 0; k < rows.length; k += size) rows[k] *= 1e4;
    const view = onCommonAxes(kind, [small, large], defaultView);
    const drawn = [small, large].map((input) => kind.build([input], { ...defaultView, ...view }));
    expect(drawn[0].value).toMatchObject({ min: drawn[1].value.min, max: drawn[1].value.max });
    expect(drawn[0].value.max).toBeGreaterThan(1e3);
    expect(drawn[0].value.min).toBeLessThan(0.1);
  });
});

describe('zooming and panning', () => {
  const log = { scale: 'log' as const, min: 1e-3, max: 1e3 };
  it('is even in the axis’s own scale', () => {
    expect(between(log, 0.5, 1)).toEqual({
      from: expect.closeTo(1, 9) as number,
      to: expect.closeTo(1e3, 6) as number,
    });
    expect(zoomedAbout(log, 0.5, 1 / 3).from).toBeCloseTo(0.1, 9);
    expect(zoomedAbout({ scale: 'linear', min: 0, max: 10 }, 0, 0.5)).toEqual({ from: 0, to: 5 });
    expect(movedBy(log, 1 / 6).from).toBeCloseTo(1e-2, 9);
  });

  it('is in the unit of the quantity where the axis is divided', () => {
    expect(between({ scale: 'linear', min: 0, max: 5, unit: 1e-4 }, 0, 0.2)).toEqual({ from: 0, to: 1e-4 });
  });

  it('has no empty, infinite or impossible range', () => {
    expect(isRange(log, { from: 0, to: 1 })).toBe(false);
    expect(isRange({ scale: 'linear' }, { from: 0, to: 1 })).toBe(true);
    expect(isRange({ scale: 'linear' }, { from: 1, to: 1 })).toBe(false);
    expect(isRange({ scale: 'linear' }, { from: NaN, to: 1 })).toBe(false);
  });
});
