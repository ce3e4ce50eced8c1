import { texts } from '../../../src/text/texts.ts';
import { describe, expect, it } from 'vitest';
import { experimentStyle, themes, type Figure, type FigureInput } from '../../../src/figures/index.ts';
import { formatFixed, formatValue } from '../../../src/text/numbers.ts';
import {
  boundariesOf,
  drawSweepCurves,
  drawSweepMap,
  drawSweepPanel,
  placesOf,
  pointAt,
  statistic as statisticOf,
  statistics,
  sweptAxes,
  sweptResults,
} from '../../../src/figures/sweep/index.ts';
import { medianOf, pointValues } from '../../../src/figures/sweep/values.ts';
import { type Study } from '../../../src/core/experiment/schema.ts';
import { viewOf } from '../synthetic.ts';
import { compute, computedSweep, sweepStudy } from './computed.ts';

const base = {
  model: {
    dimension: 60,
    priors: [0.5, 0.5],
    spectrum: { kind: 'power-law', exponents: [1, 1] },
    means: { arrangement: { kind: 'opposite' }, profile: { kind: 'flat' } },
  },
  loss: { kind: 'binary-least-squares' },
  // with an average, so that every statistic applies
  optimizer: { schedule: { kind: 'constant', rate: 0.5 }, average: { kind: 'exponential', timescale: 1 } },
  horizon: 4,
  grid: { kind: 'log', first: 0.1, points: 12 },
  simulation: { runs: 3, seed: 1 },
};
const rates = { parameter: 'optimizer.schedule.rate', range: { kind: 'log', from: 0.5, to: 8, points: 4 } };
const alphas = {
  parameter: 'model.spectrum.exponents[*]',
  symbol: 'α',
  range: { kind: 'linear', from: 0.5, to: 2, points: 3 },
};

const plane = sweepStudy({ axes: [alphas, rates], base });
const line = sweepStudy({ axes: [rates], base });
const inputs = (study: Study): Promise<FigureInput[]> =>
  Promise.all(study.experiments.map((each, place) => compute(each, place)));
const sweepOf = (study: Study) => {
  if (!study.sweep) throw new Error('no sweep');
  return study.sweep;
};

const statisticNamed = (kind: string) => {
  const found = statisticOf(kind);
  if (!found) throw new Error(kind);
  return found;
};

function wrongNumbers(value: unknown, path = ''): string[] {
  if (typeof value === 'number') return Number.isFinite(value) ? [] : [`${path} ${value}`];
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, entry]) => wrongNumbers(entry, `${path}.${key}`));
}

function expectSound(figure: Figure): void {
  expect(wrongNumbers(figure.option)).toEqual([]);
  expect(figure.value.max).toBeGreaterThan(figure.value.min);
  for (const { columns } of figure.table.sections) {
    expect(new Set(columns.map(({ values }) => values.length)).size).toBe(1);
  }
  expect(JSON.stringify(figure.readout(1))).not.toContain('NaN');
}

describe('axes of a sweep', () => {
  it('have the names and scales of their parameters', () => {
    expect(sweptAxes(sweepOf(plane)).map(({ name, scale }) => [name(texts('en')), scale])).toEqual([
      ['exponent of the spectrum α', 'linear'],
      ['learning rate γ', 'log'],
    ]);
  });
});

describe.each(statistics.filter(({ kind }) => kind !== 'escape-time'))('$kind', async (statistic) => {
  const swept = await computedSweep(plane);
  const single = await computedSweep(line);

  it('is drawn as a map from theory and from runs, both ways round', () => {
    for (const source of ['auto', 'simulation', 'theory'] as const) {
      for (const across of [0, 1] as const) {
        for (const time of [null, 1]) {
          expectSound(drawSweepMap(swept, { statistic, time, source, across }, viewOf({ heading: true })));
        }
      }
    }
  });

  it('is drawn as curves over either axis, and over one alone', () => {
    // what is of finite data is of nothing here
    const applies = swept.points.some(({ input }) => input && statistic.applies(input.results));
    for (const across of [0, 1] as const) {
      for (const valueScale of ['auto', 'linear', 'log'] as const) {
        const figure = drawSweepCurves(swept, { statistic, time: null, across }, viewOf({ valueScale }));
        expectSound(figure);
        expect(figure.legend.length).toBe(!applies ? 0 : across === 0 ? 4 : 3);
      }
    }
    expectSound(drawSweepCurves(single, { statistic, time: 1, across: 0 }, viewOf()));
  });

  it('is drawn with a part of the results, and with none, and says so', async () => {
    const sweep = sweepOf(plane);
    const some = sweptResults(sweep, (await inputs(plane)).slice(0, 5));
    const none = sweptResults(sweep, []);
    for (const draw of [drawSweepMap, drawSweepCurves]) {
      const choice = { statistic, time: null, source: 'auto', across: 0 } as const;
      const part = draw(some, choice, viewOf());
      expectSound(part);
      expect(part.notes).toContain('7 of 12 experiments have no results yet.');
      const empty = draw(none, choice, viewOf());
      expectSound(empty);
      expect(empty.empty).toBe(true);
    }
  });
});

describe('a sweep of the learning rate', () => {
  const risk = statistics[0];

  it('has the stability threshold as a boundary, where γ/γ* is 1', () => {
    const found = boundariesOf(sweepOf(plane), sweptAxes(sweepOf(plane)));
    // α = 1 at a flat profile is structural, whatever the rate
    expect(found.map(({ label }) => label(texts('en')))).toEqual(['min α = β + 1', 'γ = γ*']);
    const boundary = found[1];
    // the margin is log γ/γ*: it grows by log 16 over the rates, for every α
    for (const row of boundary.margin) expect(row[3] - row[0]).toBeCloseTo(Math.log(16), 9);
  });

  it('marks it on curves over the rate', async () => {
    const figure = drawSweepCurves(await computedSweep(line), { statistic: risk, time: null, across: 0 }, viewOf());
    const guide = [figure.option.series].flat().find((each) => each?.id === 'guide:0');
    const [[at]] = guide?.data as [number, number][];
    const margin = boundariesOf(sweepOf(line), sweptAxes(sweepOf(line)))[0].margin.flat();
    expect(Math.log(at)).toBeCloseTo(Math.log(0.5) - margin[0], 9);
  });
});

it('a sweep of an average shows the risk of the average, which depends on it where the risk does not', async () => {
  const average = { kind: 'uniform', from: 0 };
  const froms = { parameter: 'optimizer.average.from', range: { kind: 'values', values: [0, 1, 2] } };
  const optimizer = { ...base.optimizer, average };
  const swept = await computedSweep(sweepStudy({ axes: [froms], base: { ...base, optimizer } }));
  const ofTheory = (kind: string) => {
    const statistic = statistics.find((each) => each.kind === kind);
    if (!statistic) throw new Error(`no statistic ${kind}`);
    return swept.points.map((point) => pointValues(point, statistic, null, viewOf()).theory);
  };
  const spread = (values: readonly number[]) => (Math.max(...values) - Math.min(...values)) / Math.max(...values);
  // the steps of the integrator end where the average begins, at tolerance 1e-8
  expect(spread(ofTheory('risk'))).toBeLessThan(1e-6);
  expect(spread(ofTheory('average-risk'))).toBeGreaterThan(1e-2);
});

it('results of an earlier description are left out and counted: they may be of other values', async () => {
  const all = (await inputs(plane)).map((input, k) => (k < 2 ? { ...input, standing: 'stale' as const } : input));
  const swept = sweptResults(sweepOf(plane), all);
  expect(swept.points.filter(({ input }) => input === null).length).toBe(2);
  const figure = drawSweepMap(swept, { statistic: statistics[0], time: null, source: 'auto', across: 0 }, viewOf());
  expect(figure.notes).toContain('2 of 12 experiments were changed since they were run and are left out.');
});

it.each([
  ['earlier-version', 'were computed by an earlier version of this program and are left out: run them again.'],
  ['unverified', 'have results of another program, not checked, and are left out.'],
] as const)('%s results are left out of a sweep’s figures, and not called changed', async (standing, words) => {
  const swept = sweptResults(
    sweepOf(plane),
    (await inputs(plane)).map((input, k) => (k < 2 ? { ...input, standing } : input)),
  );
  const figure = drawSweepMap(swept, { statistic: statistics[0], time: null, source: 'auto', across: 0 }, viewOf());
  expect(figure.notes).toContain(`2 of 12 experiments ${words}`);
  expect(figure.notes.join(' ')).not.toContain('changed');
});

it('colours of values far from 0 tell them apart, and the colour bar says where they begin', async () => {
  const near = { ...rates, range: { kind: 'linear', from: 0.5, to: 0.52, points: 4 } };
  const alike = { ...alphas, range: { ...alphas.range, to: 0.55 } };
  const swept = await computedSweep(sweepStudy({ axes: [alike, near], base }));
  const choice = { statistic: statistics[0], time: 0.1, source: 'theory', across: 0 } as const;
  const figure = drawSweepMap(swept, choice, viewOf());
  const values = swept.points.map((point) => pointValues(point, statistics[0], 0.1, viewOf()).theory);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  expect(low).toBeGreaterThan(0.9 * high);
  expect(figure.value).toMatchObject({ scale: 'linear', min: low, max: high });
  const from = formatValue(low);
  expect(figure.notes).toContain(`The colours begin at ${from}, not at 0.`);
  expect(JSON.stringify(figure.option.graphic)).toContain(`, from ${from}"`);
});

it('an experiment looks in the curves over t of a sweep as it does in the list, with the colour of its value', async () => {
  const study = plane;
  const swept = await computedSweep(study);
  for (const across of [0, 1] as const) {
    const places = placesOf(
      study.experiments.map(({ id }) => id),
      sweepOf(study),
      across,
    );
    const colors = swept.axes[1 - across].values.map((_, at) => {
      const { legend } = drawSweepPanel(swept, { across, at }, viewOf());
      return legend.map(({ label, color, marker, dash }, k) => {
        const { id } = pointAt(swept, across === 0 ? [k, at] : [at, k]);
        const style = experimentStyle(themes.light, places.get(id) ?? -1);
        expect({ color, marker, dash }).toEqual({ color: style.color, marker: style.marker, dash: style.dash });
        return `${label} ${color}`;
      });
    });
    for (const each of colors) expect(each).toEqual(colors[0]);
    expect(new Set(colors[0]).size).toBe(swept.axes[across].values.length);
  }
});

describe('least and greatest', async () => {
  const swept = await computedSweep(plane);
  const [risk] = statistics;
  const choice = { statistic: risk, time: 0.2, source: 'theory', across: 0 } as const;
  const all = swept.points.map((point) => ({ ...point, value: pointValues(point, risk, 0.2, viewOf()).theory }));
  const finite = all.filter(({ value }) => Number.isFinite(value)).sort((a, b) => a.value - b.value);
  const [least, greatest] = [finite[0], finite[finite.length - 1]];
  const text = ({ values: [alpha, rate], value }: typeof least) =>
    `${formatFixed(value)} at α = ${formatValue(alpha)}, γ = ${formatValue(rate)}`;

  it('are told with their place beside map and curves, in the table, at the cursor and for load.py', () => {
    expect(least.value).toBeLessThan(greatest.value);
    for (const figure of [drawSweepMap(swept, choice, viewOf()), drawSweepCurves(swept, choice, viewOf())]) {
      const notes = figure.notes.join('\n');
      expect(notes).toContain(`Least ${text(least)}`);
      expect(notes).toContain(`Greatest ${text(greatest)}`);
      const sections = figure.table.sections.filter(({ name }) => ['least', 'greatest'].includes(name));
      expect(
        sections.map(({ experiment, columns }) => [experiment, ...columns.map(({ values }) => values[0])]),
      ).toEqual([least, greatest].map(({ id, values, value }) => [id, ...values, expect.any(Number), value]));
      expect(figure.marks.points?.map(({ label }) => label)).toEqual(['min', 'max']);
      expect(JSON.stringify(figure.option.graphic)).toContain('"text":"min"');
    }
    const map = drawSweepMap(swept, choice, viewOf());
    expect(map.marks.points?.[0]).toMatchObject({ x: least.values[0], y: least.values[1] });
    expect(map.cell?.(least.values[0], least.values[1])).toMatchObject({ experiment: least.id });
    expect(map.cell?.(least.values[0], least.values[1])?.readout.heading).toContain('min');
    expect(map.cell?.(greatest.values[0], greatest.values[1])?.readout.heading).toContain('max');
    const turned = drawSweepMap(swept, { ...choice, across: 1 }, viewOf());
    expect(turned.marks.points?.[0]).toMatchObject({ x: least.values[1], y: least.values[0] });
  });

  it('leave out what ran away, which sets neither axis nor colours', () => {
    const [first, ...others] = swept.points;
    const away = first.input?.results.curves.map((curve) => ({
      ...curve,
      rows: curve.rows.map((value, k) => (k < (first.input?.results.frame.layout.size ?? 0) ? value : 1e60)),
    }));
    if (!first.input || !away) throw new Error('no results');
    const points = [
      { ...first, input: { ...first.input, results: { ...first.input.results, curves: away } } },
      ...others,
    ];
    const [map, curves] = [
      drawSweepMap({ ...swept, points }, choice, viewOf()),
      drawSweepCurves({ ...swept, points }, choice, viewOf()),
    ];
    for (const figure of [map, curves]) {
      expect(figure.value.max).toBeLessThan(1e10);
      expect(figure.notes.join('\n')).toContain('1 of 12 experiments have run away');
      expect(figure.notes.join('\n')).not.toContain('10⁶⁰');
    }
    // its value is in the table, and at the cursor
    expect(map.table.sections[0].columns.find(({ key }) => key === 'theory')?.values[0]).toBe(1e60);
  });

  it('of equal values are the first, and how many more there are is said; of none there is none', () => {
    const constant = drawSweepMap(swept, { ...choice, statistic: statisticNamed('learning-rate') }, viewOf());
    expect(constant.notes.join('\n')).toContain('Least 0.5000 at α = 0.5, γ = 0.5 (and 2 more)');
    const nothing = { ...swept, points: swept.points.map((point) => ({ ...point, input: null })) };
    const empty = drawSweepMap(nothing, choice, viewOf());
    expect(empty.notes.join('\n')).not.toContain('Least');
    expect(empty.marks.points).toEqual([]);
  });
});

it('a time between grid points is not interpolated, and said', async () => {
  const swept = await computedSweep(plane);
  const figure = drawSweepMap(swept, { statistic: statistics[0], time: 1.2, source: 'auto', across: 0 }, viewOf());
  expect(figure.notes.join(' ')).toContain('nothing is interpolated');
});

it('a sweep of an escape shows that larger rates leave earlier, by theory and in runs', async () => {
  const escaping = {
    ...base,
    model: {
      dimension: 60,
      priors: [1],
      spectrum: { kind: 'identity' },
      means: { arrangement: { kind: 'gaussian', seed: 1 }, profile: { kind: 'flat' }, scale: 0 },
    },
    labels: { kind: 'teacher-response', teacher: { kind: 'gaussian', seed: 1 } },
    loss: { kind: 'phase-retrieval', form: 'absolute' },
    optimizer: { schedule: { kind: 'constant', rate: 0.2 }, start: { kind: 'gaussian', seed: 1, scale: 1 } },
    horizon: 40,
    grid: { kind: 'linear', points: 81 },
    theory: { start: 'escape' },
  };
  const range = { kind: 'values', values: [0.2, 0.5] };
  const swept = await computedSweep(sweepStudy({ axes: [{ ...rates, range }], base: escaping }));
  const statistic = statistics.find(({ kind }) => kind === 'escape-time');
  if (!statistic) throw new Error('no statistic of the escape');
  const [slow, fast] = swept.points.map((point) => pointValues(point, statistic, null, viewOf()));
  expect(fast.theory).toBeGreaterThan(2);
  expect(slow.theory).toBeGreaterThan(1.5 * fast.theory);
  expect(medianOf(slow)).toBeGreaterThan(medianOf(fast));
});
