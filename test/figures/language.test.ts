/** Every word of every figure is in the language that was asked for. */
import { describe, expect, it } from 'vitest';
import { reason } from '../../src/refusal/refusal.ts';
import { BAND_KINDS, figureKinds, type Figure, type FigureInput, type FigureView } from '../../src/figures/index.ts';
import { drawSweepCurves, drawSweepMap, drawSweepPanel, statistics } from '../../src/figures/sweep/index.ts';
import { teacherLeastSquares } from '../../src/core/loss/teacher-least-squares.ts';
import { type ExperimentResults } from '../../src/study/experiment-results.ts';
import { languages, type Language } from '../../src/text/language.ts';
import { texts } from '../../src/text/texts.ts';
import { englishIn, japaneseIn } from '../text/english.ts';
import { computedSweep, sweepStudy } from './sweep/computed.ts';
import { inputsOf, synthetic, viewOf } from './synthetic.ts';

const NAMES = ['Erstes', 'Zweites'];

/** Keys of an option whose strings are not read by people. */
const HIDDEN = new Set(
  'type id renderMode fontFamily color backgroundColor borderColor fill stroke symbol nameLocation align verticalAlign trigger outerBoundsMode lineCap'.split(
    ' ',
  ),
);

/** All strings in a part of an option that may be drawn. */
function stringsIn(value: unknown, key = ''): string[] {
  if (HIDDEN.has(key)) return [];
  if (typeof value === 'string') return [value];
  if (value === null || typeof value !== 'object' || ArrayBuffer.isView(value)) return [];
  return Object.entries(value).flatMap(([inner, entry]) => stringsIn(entry, Array.isArray(value) ? key : inner));
}

/** What the figure says: in the drawing, beside it, at the cursor, in its table. */
function saidBy(figure: Figure): string[] {
  const { option, title, subtitle, notes, legend, table, time, value } = figure;
  const readout = figure.readout(1);
  const drawn = [option.graphic, option.xAxis, option.yAxis, option.series].flatMap((part) => stringsIn(part));
  return [
    ...drawn.filter(
      (text) => !/^(dashed|solid|dotted|value|log|path:\/\/.*|rgba?\(.*|none|transparent|#\w+)$/.test(text),
    ),
    title,
    subtitle,
    ...notes,
    ...legend.map(({ label }) => label),
    ...table.sections.flatMap(({ name, columns }) => [name, ...columns.map(({ label }) => label)]),
    time?.name ?? '',
    value.name,
    readout.heading,
    ...readout.rows.flatMap(({ name, parts }) => [name, ...parts.map(({ label }) => label)]),
    ...cellSaid(figure),
  ];
}

/** What is said of the first cell, where there are cells. */
function cellSaid({ cell, across, up }: Figure): string[] {
  const found = cell?.(across.min, up.min);
  return found
    ? found.readout.rows.flatMap(({ name, parts }) => [name, ...parts.flatMap(({ label, text }) => [label, text])])
    : [];
}

function expectLanguage(figure: Figure, language: Language, names = NAMES): void {
  const said = saidBy(figure);
  const wrong = said.flatMap((text) =>
    (language === 'ja' ? englishIn(text, names) : japaneseIn(text)).map((word) => `${word}: ${text}`),
  );
  expect(wrong).toEqual([]);
  expect(said.join('')).not.toMatch(/\{\w+\}/);
}

/** Curves that end badly, in every way that a note tells. */
function troubled(results: ExperimentResults): ExperimentResults {
  const curves = results.curves.map((curve, k): typeof curve => {
    if (k === 0) return { ...curve, outcome: { status: 'diverged', t: 3, quantity: 'drift', value: 1e300 } };
    if (k === 1) return { ...curve, outcome: { status: 'diverged', t: 3, quantity: 'learning rate', value: 1e300 } };
    return k === 2 ? { ...curve, outcome: { status: 'failed', t: 3, why: reason('said', { text: '' }) } } : curve;
  });
  return { ...results, curves };
}

const options = { ridge: 0.1, flow: true };
const one = synthetic({ ...options, id: 'one', name: NAMES[0] });
const two = synthetic({
  ...options,
  id: 'two',
  name: NAMES[1],
  dimension: 128,
  limit: true,
  grid: { kind: 'linear', points: 30 },
  reached: (run, points) => (run === 0 ? 5 : points),
});
const blocks = synthetic({
  ...options,
  name: NAMES[0],
  spectrum: {
    kind: 'zero-one',
    blocks: [
      { fraction: 0.5, eigenvalues: [0, 0] },
      { fraction: 0.5, eigenvalues: [1, 1] },
    ],
  },
});
const teacher = synthetic({ ...options, name: NAMES[0], loss: teacherLeastSquares.template(2) });
const older: FigureInput[] = (['stale', 'earlier-version', 'unverified'] as const).map((standing, place) => ({
  results: one,
  place,
  standing,
}));
const cases: readonly (readonly [string, readonly FigureInput[]])[] = [
  ['two experiments, one of them of the limit', inputsOf(one, two)],
  ['a zero-one spectrum', inputsOf(blocks)],
  ['a teacher', inputsOf(teacher)],
  ['curves that diverged and failed', inputsOf(troubled(one), troubled(two))],
  ['one run and no theory', inputsOf(synthetic({ name: NAMES[0], runs: 1, theory: false }))],
  ['results of earlier descriptions', older],
  ['nothing', []],
];
const heading: Partial<FigureView> = { heading: true, singleRuns: true };
const views: readonly Partial<FigureView>[] = [
  ...BAND_KINDS.map((band) => ({ ...heading, band })),
  { ...heading, timeScale: 'linear', valueScale: 'linear', threshold: 0.3 },
  { ...heading, valueScale: 'log', threshold: 0, window: { from: 100, to: 200 } },
  { ...heading, grow: true, width: 300, height: 120 },
];

describe.each(languages)('figures in %s', (language) => {
  describe.each(figureKinds)('$kind', (kind) => {
    it('has a title in the language', () => {
      const title = kind.title(texts(language));
      expect(language === 'ja' ? englishIn(title) : japaneseIn(title)).toEqual([]);
    });

    it.each(cases)('says everything in it of %s', (_, inputs) => {
      const shown = inputs.filter(({ results }) => kind.applies(results));
      for (const view of views) expectLanguage(kind.build(shown, viewOf({ ...view, language })), language);
    });
  });
});

const base = {
  model: {
    dimension: 16,
    priors: [0.5, 0.5],
    spectrum: { kind: 'power-law', exponents: [1, 1] },
    means: { arrangement: { kind: 'opposite' }, profile: { kind: 'power-law', exponent: 0 } },
  },
  loss: { kind: 'binary-least-squares' },
  optimizer: { schedule: { kind: 'constant', rate: 0.5 } },
  horizon: 2,
  grid: { kind: 'log', first: 0.1, points: 12 },
  theory: { curves: ['ode', 'gradient-flow'] },
  simulation: { engine: 'sgd', runs: 2, seed: 1 },
};
const axis = (parameter: string, values: number[]) => ({ parameter, range: { kind: 'values', values } });
const plane = await computedSweep(
  sweepStudy({
    axes: [axis('optimizer.schedule.rate', [0.1, 1, 9]), axis('model.spectrum.exponents[0]', [0.5, 2])],
    base,
  }),
  1e-4,
);
const line = await computedSweep(sweepStudy({ axes: [axis('model.dimension', [8, 16, 400])], base }), 1e-4);

describe.each(languages)('figures of sweeps in %s', (language) => {
  const view = viewOf({ ...heading, language, width: 900, height: 600 });

  it.each(statistics)('$kind', (statistic) => {
    const choice = { statistic, across: 0 } as const;
    for (const time of [null, 1.37]) {
      for (const swept of [plane, line]) expectLanguage(drawSweepCurves(swept, { ...choice, time }, view), language);
      for (const source of ['theory', 'simulation'] as const) {
        expectLanguage(drawSweepMap(plane, { ...choice, time, source }, view), language);
      }
    }
  });

  it('risk over t', () => {
    expectLanguage(drawSweepPanel(plane, { across: 0, at: 0 }, view), language);
    expectLanguage(drawSweepPanel(line, { across: 0, at: 0 }, view), language);
  });
});

it('the walk finds an English word in a Japanese figure', () => {
  expect(englishIn('線: theory、N = 3')).toEqual(['theory']);
  expect(englishIn('|R_SGD − R_ODE| log λ̄ X_G')).toEqual([]);
  expect(japaneseIn('line 理論')).toHaveLength(2);
});
