import { texts } from '../../../src/text/texts.ts';
import { describe, expect, it } from 'vitest';
import { figureKinds } from '../../../src/figures/index.ts';
import { drawSweepCurves, drawSweepMap, placesOf, statistics, sweptAxes } from '../../../src/figures/sweep/index.ts';
import { ownColumnKey } from '../../../src/figures/table.ts';
import { axisSymbols, expandSweep } from '../../../src/core/experiment/sweep.ts';
import { inputsOf, synthetic, viewOf } from '../synthetic.ts';
import { computedSweep, sweepStudy } from './computed.ts';

const base = {
  model: {
    dimension: 40,
    priors: [0.5, 0.5],
    spectrum: { kind: 'power-law', exponents: [1, 1] },
    means: { arrangement: { kind: 'opposite' }, profile: { kind: 'power-law', exponent: 0.5 } },
  },
  loss: { kind: 'logistic' },
  optimizer: { schedule: { kind: 'constant', rate: 1 } },
  horizon: 2,
  grid: { kind: 'log', first: 0.1, points: 6 },
  simulation: { runs: 1, seed: 1 },
};
const axis = (parameter: string, values: number[], symbol?: string) => ({
  parameter,
  ...(symbol !== undefined && { symbol }),
  range: { kind: 'values', values },
});
const first = axis('model.spectrum.exponents[0]', [1, 1.5]);
const second = axis('model.spectrum.exponents[1]', [0.5, 2]);

describe('two axes of one name', () => {
  const study = sweepStudy({ axes: [first, second], base });

  it('are told apart by the entries that they set', () => {
    expect(sweptAxes({ axes: study.sweep?.axes ?? [] }).map(({ symbol, name }) => [symbol, name(texts('en'))])).toEqual(
      [
        ['α₁', 'exponent of the spectrum α₁'],
        ['α₂', 'exponent of the spectrum α₂'],
      ],
    );
    expect(study.experiments.map(({ name }) => name)).toEqual([
      'α₁ = 1, α₂ = 0.5',
      'α₁ = 1, α₂ = 2',
      'α₁ = 1.5, α₂ = 0.5',
      'α₁ = 1.5, α₂ = 2',
    ]);
  });

  it('have a column each in the map, with all their values', async () => {
    const choice = { statistic: statistics[0], time: null, source: 'auto', across: 0 } as const;
    const map = drawSweepMap(await computedSweep(study), choice, viewOf());
    expect(map.title).toBe('Risk over α₁ × α₂');
    const [{ name, columns }] = map.table.sections;
    expect(name).toBe('α₁ × α₂');
    expect(columns.slice(0, 3).map(({ key, values }) => [key, [...Array.from(values)].slice(0, 4)])).toEqual([
      ['α₁', [1, 1, 1.5, 1.5]],
      ['α₂', [0.5, 2, 0.5, 2]],
      ['t', [2, 2, 2, 2]],
    ]);
  });

  it.each([
    [
      ['x', 'x'],
      ['a.b[0]', 'a.c[0]'],
      ['x₁', 'x₂'],
    ],
    [
      [undefined, undefined],
      ['means.profile.exponent', 'optimizer.list.exponent'],
      ['profile.exponent', 'list.exponent'],
    ],
    [
      [undefined, undefined],
      ['a.list[1]', 'a.list[0]'],
      ['list₂', 'list₁'],
    ],
    [
      [undefined, undefined],
      ['a.list[*]', 'a.list[0]'],
      ['list', 'list₁'],
    ],
    [
      ['', ' '],
      ['a.one', 'a.two'],
      ['one', 'two'],
    ],
    [
      ['γ', 'α'],
      ['a.one', 'a.two'],
      ['γ', 'α'],
    ],
  ])('symbols %j of %j are %j', (symbols, parameters, expected) => {
    const axes = parameters.map((parameter, k) => ({ parameter, symbol: symbols[k] }));
    expect(axisSymbols(axes)).toEqual(expected);
  });
});

it.each([
  [['model.spectrum.exponents[0]', 'model.spectrum.exponents[1]'], 'α₁ = 1, α₂ = 2'],
  [['optimizer.schedule.rate', 'model.spectrum.exponents[*]'], 'γ = 1, α = 2'],
  [['model.means.scale', 'horizon'], 'scale = 1, T = 2'],
])('experiments over %j are named as figures name the axes', (parameters, name) => {
  const axes = parameters.map((parameter, k) => ({ parameter, range: { kind: 'values' as const, values: [k + 1] } }));
  const sweep = { id: 'sw', axes, base };
  expect(expandSweep(sweep)[0].experiment.name).toBe(name);
  expect(
    sweptAxes(sweep)
      .map(({ symbol }, k) => `${symbol} = ${k + 1}`)
      .join(', '),
  ).toBe(name);
});

describe('an axis whose symbol is the name of a column', async () => {
  const drawn = ['t', 'n', 'median', 'curve', 'a, b'].map(async (symbol) => {
    const swept = await computedSweep(
      sweepStudy({ axes: [axis('optimizer.schedule.rate', [0.5, 1], symbol), second], base }),
    );
    const choice = { statistic: statistics[0], time: null, source: 'auto', across: 0 } as const;
    return [drawSweepMap(swept, choice, viewOf()), drawSweepCurves(swept, choice, viewOf())];
  });
  const figures = await Promise.all(drawn);

  it('has a column of its own in every table', () => {
    for (const { table } of figures.flat()) {
      for (const { columns } of table.sections) {
        const keys = ['curve', ...columns.map(({ key }) => key)];
        expect(new Set(keys).size, keys.join()).toBe(keys.length);
      }
    }
    expect(figures[0][0].table.sections[0].columns[0].key).toBe('t (optimizer.schedule.rate)');
    expect(figures[4][0].table.sections[0].columns[0].key).toBe('a, b');
  });

  it('is known by every name that a figure gives a column', () => {
    const built = figureKinds.map((kind) => kind.build(inputsOf(synthetic({ flow: true })), viewOf()));
    const sections = [...built, ...figures.flat()].flatMap(({ table }) => table.sections);
    const own = [
      'd',
      ...figures.flat().flatMap(({ table }) => table.sections.flatMap(({ columns }) => columns[0].key)),
      'α₂',
      'α',
    ];
    for (const { key } of sections.flatMap(({ columns }) => columns)) {
      if (!own.includes(key)) expect(ownColumnKey(key, 'p'), key).toBe(`${key} (p)`);
    }
  });
});

it('places of a sweep’s experiments are on its axes, those of others in the study', () => {
  const sweep = sweepStudy({ id: 'sw', axes: [axis('horizon', [1, 2, 3]), second], base }).sweep ?? null;
  const places = placesOf(['own', 'sw-2-1', 'sw-9-0', 'later'], sweep);
  expect([...places.values()]).toEqual([0, { index: [2, 1], counts: [3, 2] }, 2, 3]);
  expect(placesOf(['sw-2-1'], sweep, 1).get('sw-2-1')).toEqual({ index: [1, 2], counts: [2, 3] });
});
