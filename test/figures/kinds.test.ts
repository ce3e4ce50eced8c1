import { describe, expect, it } from 'vitest';
import { BAND_KINDS, figureKind, figureKinds, type Figure } from '../../src/figures/index.ts';
import { lossKinds } from '../../src/core/loss/loss-spec.ts';
import { spectrumKinds } from '../../src/core/model/spectrum/spectrum-kinds.ts';
import { type ExperimentResults } from '../../src/study/experiment-results.ts';
import { having, inputsOf, RESPONSE, synthetic, viewOf } from './synthetic.ts';

/** Every number in an option or table that is drawn; functions and nulls (gaps) are left out. */
function numbersIn(value: unknown, path = ''): [string, number][] {
  if (typeof value === 'number') return [[path, value]];
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, entry]) => numbersIn(entry, `${path}.${key}`));
}

function expectSound(figure: Figure): void {
  const wrong = numbersIn(figure.option).filter(([, value]) => !Number.isFinite(value));
  expect(wrong).toEqual([]);
  expect(figure.value.max).toBeGreaterThan(figure.value.min);
  expect(figure.plot.width).toBeGreaterThan(50);
  expect(figure.plot.height).toBeGreaterThan(39);
  for (const { columns } of figure.table.sections) {
    expect(new Set(columns.map(({ values }) => values.length)).size).toBe(1);
  }
}

/** d of synthetic results. */
const DIMENSION = 64;

const cases = lossKinds.flatMap((loss) =>
  spectrumKinds.map((spectrum): [string, string, ExperimentResults] => [
    loss.kind,
    spectrum.kind,
    synthetic({
      loss: loss.template(2),
      spectrum: spectrum.template(2, DIMENSION),
      ridge: 0.1,
      flow: true,
      // what takes no classes and is even in X has to escape
      ...(loss.kind === 'phase-retrieval' ? { labels: RESPONSE, escape: true } : {}),
    }),
  ]),
);

describe.each(cases)('%s, %s', (_loss, _spectrum, results) => {
  it.each(figureKinds.filter((kind) => kind.applies(results)))('$kind builds without a number that is none', (kind) => {
    for (const timeScale of ['linear', 'log'] as const) {
      for (const valueScale of ['auto', 'linear', 'log'] as const) {
        expectSound(kind.build(inputsOf(results), viewOf({ timeScale, valueScale })));
      }
    }
  });
});

describe.each(figureKinds)('$kind', (kind) => {
  // diagonal networks take no ridge
  const options = { ridge: having[kind.kind]?.more?.parameterization ? 0 : 0.1, ...having[kind.kind] };
  const first = synthetic({ ...options, id: 'one', dimension: 64 });
  const second = synthetic({
    ...options,
    id: 'two',
    name: 'Two',
    dimension: 128,
    grid: { kind: 'linear', points: 30 },
  });

  it('names its title, band and N', () => {
    const figure = kind.build(inputsOf(first, second), viewOf());
    expect(figure.kind).toBe(kind.kind);
    expect(figure.empty).toBe(false);
    expect(figure.title).not.toBe('');
    // a mean has its standard error
    const band = kind.kind === 'mean-risk' ? /band ±1 se.*N = 5/ : /band 10–90 %.*N = 5/;
    if (!kind.kind.endsWith('map')) expect(figure.subtitle).toMatch(band);
  });

  it.each(BAND_KINDS)('draws with band %s', (band) => {
    expectSound(kind.build(inputsOf(first, second), viewOf({ band, singleRuns: true })));
  });

  it('draws a run that has only begun, and nothing at all', () => {
    const begun = synthetic({ ...options, reached: (run) => (run === 0 ? 3 : 0) });
    expectSound(kind.build(inputsOf(begun), viewOf()));
    const none = kind.build(inputsOf({ ...begun, curves: [] }), viewOf());
    expectSound(none);
    expect(none.empty).toBe(true);
    expect(none.notes.length).toBeGreaterThan(0);
    expectSound(kind.build([], viewOf()));
  });

  it('is the same twice', () => {
    const once = JSON.stringify(kind.build(inputsOf(first), viewOf()));
    expect(JSON.stringify(kind.build(inputsOf(first), viewOf()))).toBe(once);
  });

  it('draws a window of time with ticks inside it', () => {
    const figure = kind.build(inputsOf(first, second), viewOf({ window: { from: 1, to: 5 } }));
    expectSound(figure);
    if (figure.time) expect([figure.time.min, figure.time.max]).toEqual([1, 5]);
  });

  it('draws values of 1e-14 as well as of 1e6', () => {
    for (const factor of [1e-14, 1e6]) {
      const curves = first.curves.map((curve) => ({ ...curve, rows: curve.rows.map((value) => value * factor) }));
      for (const valueScale of ['linear', 'log'] as const) {
        expectSound(kind.build(inputsOf({ ...first, curves }), viewOf({ valueScale })));
      }
    }
  });
});

it('experiments keep colour and marker in every figure', () => {
  const inputs = inputsOf(synthetic(), synthetic({ id: 'two' }), synthetic({ id: 'three' })).slice(1);
  const styles = ['risk', 'error', 'clean-share', 'deviation'].map((kind) =>
    figureKind(kind)
      ?.build(inputs, viewOf())
      .legend.map(({ color, marker }) => `${color} ${marker}`),
  );
  expect(new Set(styles.map((style) => JSON.stringify(style))).size).toBe(1);
});

it('kinds have names of their own', () => {
  expect(new Set(figureKinds.map(({ kind }) => kind)).size).toBe(figureKinds.length);
});
