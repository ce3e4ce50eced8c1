import { describe, expect, it } from 'vitest';
import { figureKind, type Figure, type FigureInput, type FigureView } from '../../src/figures/index.ts';
import { type ExperimentResults } from '../../src/study/experiment-results.ts';
import { inputsOf, synthetic, viewOf, type Synthetic } from './synthetic.ts';

const linear = { kind: 'linear', points: 21 };

function risk(inputs: readonly FigureInput[], view: Partial<FigureView> = {}): Figure {
  const figure = figureKind('risk')?.build(inputs, viewOf(view));
  if (!figure) throw new Error('risk');
  return figure;
}

/** Results with some risks changed. */
function changed(options: Synthetic, change: (rows: Float64Array, size: number) => void): ExperimentResults {
  const results = synthetic(options);
  for (const { rows } of results.curves) change(rows, results.frame.layout.size);
  return results;
}

describe('what a figure says', () => {
  it('names line, dots, band and N', () => {
    expect(risk(inputsOf(synthetic({ flow: true }))).subtitle).toBe(
      'line theory, dashed gradient flow, dots SGD median, band 10–90 %, N = 5',
    );
    expect(risk(inputsOf(synthetic()), { band: 'deviation' }).subtitle).toContain('SGD mean, band ±1 sd, N = 5');
    expect(risk(inputsOf(synthetic({ runs: 1 }))).subtitle).toBe('line theory, dots SGD, one run');
    expect(risk(inputsOf(synthetic(), synthetic({ id: 'b', runs: 3 }))).subtitle).toContain('N = 3–5');
  });

  it('says where the theory is that of d → ∞, in subtitle, table and readout', () => {
    const limit = synthetic({ flow: true, limit: true });
    const figure = risk(inputsOf(limit));
    expect(figure.subtitle).toBe(
      'line theory (d → ∞), dashed gradient flow (d → ∞), dots SGD median, band 10–90 %, N = 5',
    );
    const labels = figure.table.sections[0].columns.map(({ label }) => label);
    expect(labels).toContain('risk, theory (d → ∞)');
    expect(labels).toContain('risk, gradient flow (d → ∞)');
    expect(figure.readout(1).rows[0].parts.map(({ label }) => label)).toContain('theory (d → ∞)');
    const mixed = risk(inputsOf(synthetic({ id: 'b', name: 'Finite' }), limit));
    expect(mixed.subtitle).toContain('line theory (d → ∞ for One), dashed gradient flow (d → ∞), ');
    expect(figureKind('deviation')?.build(inputsOf(limit), viewOf()).subtitle).toContain('R_ODE of theory (d → ∞)');
    const heatmap = figureKind('weight-map')?.build(inputsOf(limit), viewOf());
    expect(heatmap?.subtitle).toContain('; theory (d → ∞)');
  });

  it('says that t = 0 is left out on a log axis, and only there', () => {
    const inputs = inputsOf(synthetic({ grid: linear }));
    expect(risk(inputs).notes).toContain('t = 0 is left out on the log axis.');
    expect(risk(inputs, { timeScale: 'linear' }).notes).toEqual([]);
  });

  it('counts the values ≤ 0 that a log axis has no place for', () => {
    const results = changed({ runs: 0 }, (rows, size) => {
      rows[3 * size] = 0;
      rows[5 * size] = -1;
    });
    expect(risk(inputsOf(results)).notes).toEqual(['2 values ≤ 0 not drawn on the log axis.']);
    expect(risk(inputsOf(results), { valueScale: 'linear' }).notes).toEqual([]);
  });

  it('says where a log axis ends above the lowest values', () => {
    const results = changed({ runs: 0 }, (rows, size) => (rows[3 * size] = 1e-200));
    const figure = risk(inputsOf(results));
    expect(figure.notes[0]).toContain('16 decades below');
    expect(figure.value.min).toBeGreaterThan(1e-18);
  });

  it('keeps the axis of the others where a curve runs away', () => {
    const runaway = synthetic({ id: 'b' });
    for (const { rows } of runaway.curves)
      for (let p = 20; p < 40; p++) rows[p * runaway.frame.layout.size] = 10 ** (p - 10);
    for (const valueScale of ['log', 'linear'] as const) {
      const figure = risk(inputsOf(synthetic(), runaway), { valueScale });
      expect(figure.notes[0]).toContain('runs away');
      expect(figure.value.max).toBeLessThan(1);
      expect(figure.value.min).toBeLessThan(0.1);
      // alone it is seen whole
      expect(risk(inputsOf(runaway), { valueScale }).notes.join()).not.toContain('runs away');
    }
  });

  it('says where a band reaches below 0', () => {
    const results = synthetic({ runs: 2, theory: false });
    results.curves.forEach(({ rows }, run) => (rows[4 * results.frame.layout.size] = run === 0 ? 1 : 1e-3));
    const notes = risk(inputsOf(results), { band: 'deviation' }).notes;
    expect(notes).toEqual(['The band’s lower edge is ≤ 0 at 1 time: drawn to the end of the axis.']);
  });

  it('says how N falls over t, and which run diverged', () => {
    const results = synthetic({ reached: (run, points) => (run === 2 ? 10 : points) });
    const curves = results.curves.map((curve) =>
      curve.points === 10
        ? { ...curve, outcome: { status: 'diverged' as const, t: 3, quantity: 'norm', value: 1e101 } }
        : curve,
    );
    const { notes } = risk(inputsOf({ ...results, curves }));
    expect(notes).toContain('N goes from 5 down to 4 over t.');
    expect(notes).toContain('run 2 diverged (norm) at t = 3.');
  });

  it('says of runs that diverged alike in one line which they are', () => {
    const results = synthetic({
      runs: 14,
      reached: (run, points) => (run < 12 && run !== 5 ? 10 + (run % 3) : points),
    });
    const curves = results.curves.map((curve) =>
      curve.points < 30
        ? { ...curve, outcome: { status: 'diverged' as const, t: curve.points, quantity: 'norm', value: 1e101 } }
        : curve,
    );
    const { notes } = risk(inputsOf({ ...results, curves }));
    expect(notes.filter((note) => note.includes('diverged'))).toEqual([
      'run 0 … run 4, run 6 … run 11 diverged (norm) at t = 10 … 12.',
    ]);
  });

  it('lets curves that stay where they begin set the axis together, however far apart they are', () => {
    const tiny = synthetic({ id: 'b' });
    for (const { rows } of tiny.curves) rows.forEach((value, k) => (rows[k] = value * 1e-250));
    const figure = risk(inputsOf(synthetic(), tiny), { valueScale: 'linear' });
    expect(figure.notes.join()).not.toContain('runs away');
    expect(figure.value.max).toBeGreaterThan(0.4);
  });

  it('keeps the beginning of curves that all run away in view', () => {
    const results = synthetic({ runs: 3, reached: (_, points) => points - 1 });
    const start = results.curves[0].rows[0];
    const { size } = results.frame.layout;
    const curves = results.curves.map((curve) => {
      for (let p = 5; p < curve.points; p++) curve.rows[p * size] = start * 10 ** (3 * (p - 4));
      return { ...curve, outcome: { status: 'diverged' as const, t: 20, quantity: 'risk', value: 1e97 } };
    });
    const inputs = inputsOf({ ...results, curves });
    const log = risk(inputs);
    expect(log.value.min).toBeLessThanOrEqual(start);
    expect(log.value.max).toBeLessThanOrEqual(start * 1e9);
    expect(log.value.max).toBeGreaterThan(start * 1e5);
    expect(log.notes).toContain('The axis ends 8 decades above where the curves begin: they run away.');
    const linear = risk(inputs, { valueScale: 'linear' });
    expect(linear.value.max).toBeLessThanOrEqual(start * 20);
    // looked at where it is above, it is seen
    const late = risk(inputs, { window: { from: results.frame.t[20], to: results.frame.t[30] } });
    expect(late.empty).toBe(false);
    expect(late.value.max).toBeGreaterThan(start * 1e40);
  });

  it('keeps the axis of the runs where the theory runs away', () => {
    const results = synthetic({ runs: 3 });
    const { size } = results.frame.layout;
    const [theory, ...runs] = results.curves;
    for (let p = 5; p < 40; p++) theory.rows[p * size] = 10 ** (3 * p);
    const diverged = { ...theory, outcome: { status: 'diverged' as const, t: 20, quantity: 'risk', value: 1e117 } };
    const figure = risk(inputsOf({ ...results, curves: [diverged, ...runs] }));
    expect(figure.value.max).toBeLessThan(10);
    expect(figure.value.min).toBeLessThan(0.1);
  });

  it.each([
    ['stale', 'Grey: results of an earlier description (One).'],
    ['earlier-version', 'Grey: results computed by an earlier version of this program (One).'],
    ['unverified', 'Grey: results of another program, not checked (One).'],
  ] as const)('draws %s results grey and says what and whose they are', (standing, note) => {
    const figure = risk([{ results: synthetic(), place: 0, standing }]);
    expect(figure.notes).toContain(note);
    expect(figure.legend[0].color).not.toBe(risk(inputsOf(synthetic())).legend[0].color);
  });

  it('keeps every number in the table, whatever is drawn', () => {
    const results = synthetic({ grid: { kind: 'linear', points: 1000 }, dimension: 64 });
    const { table } = risk(inputsOf(results), { window: { from: 1, to: 2 }, width: 200 });
    const keys = table.sections[0].columns.map(({ key }) => key);
    expect(keys).toEqual(['t', 'theory', 'mean', 'sd', 'se', 'median', 'q10', 'q90', 'min', 'max', 'n']);
    expect(table.sections[0].columns[0].values).toHaveLength(results.frame.t.length);
  });
});

interface TextElement {
  type: string;
  x: number;
  y: number;
  style: { text?: string; fontSize?: number };
}

describe('a figure’s layout', () => {
  const names = Array.from({ length: 14 }, (_, k) => `A rather long name of experiment number ${k}`);
  const many = inputsOf(...names.map((name, k) => synthetic({ id: `e${k}`, name, runs: 2 })));

  it.each([
    [360, 300],
    [480, 340],
    [1000, 600],
  ])('of %i × %i pixels keeps legend and heading above the plot, inside the figure', (width, height) => {
    for (const heading of [false, true]) {
      const figure = risk(many, { width, height, heading });
      const texts = (figure.option.graphic as unknown[] as TextElement[]).filter(({ type }) => type === 'text');
      for (const { x, y, style } of texts) {
        expect(x).toBeGreaterThanOrEqual(0);
        expect(x).toBeLessThan(width);
        const below = y >= figure.plot.top + figure.plot.height;
        expect(below || y + (style.fontSize ?? 0) / 2 <= figure.plot.top + 1, style.text).toBe(true);
      }
      expect(figure.plot.height).toBeGreaterThan(height * 0.3);
      expect(figure.plot.left + figure.plot.width).toBeLessThanOrEqual(width);
    }
  });

  const textsOf = (figure: Figure) =>
    (figure.option.graphic as unknown[] as TextElement[]).flatMap(({ type, style }) =>
      type === 'text' ? [style.text ?? ''] : [],
    );

  it('counts the names that have no room', () => {
    const figure = risk(many, { width: 360, height: 300 });
    expect(JSON.stringify(figure.option.graphic)).toMatch(/and \d+ more/);
    const named = textsOf(figure).filter((text) => text.startsWith('A rather'));
    expect(figure.unnamed).toBe(14 - named.length);
    expect(figure.unnamed).toBeGreaterThan(0);
  });

  it.each([
    [360, 300],
    [605, 416],
  ])('grows from %i × %i pixels until every curve has its whole name and every note is said', (width, height) => {
    const troubled = synthetic({ id: 'x', name: `Long ${'word '.repeat(40)}${'unbroken'.repeat(40)} end`, runs: 0 });
    const inputs = inputsOf(...many.map(({ results }) => results), troubled);
    const figure = risk(inputs, { width, height, heading: true, grow: true });
    const texts = textsOf(figure);
    expect(texts.join('')).not.toMatch(/…|more/);
    expect(texts.join('').replaceAll(' ', '')).toContain(`Long${'word'.repeat(40)}${'unbroken'.repeat(40)}end`);
    for (const name of names) expect(texts.join(' ')).toContain(name);
    for (const note of figure.notes) expect(texts.join(' ')).toContain(note);
    expect(figure.height).toBeGreaterThan(height);
    expect(figure.plot.height).toBeGreaterThanOrEqual(height * 0.5);
    expect(figure.unnamed).toBe(0);
  });

  it('does not grow where all has room', () => {
    expect(risk(inputsOf(synthetic()), { width: 605, height: 416, heading: true, grow: true }).height).toBe(416);
  });

  it('is without names where they are listed beside it', () => {
    const figure = risk(many, { legend: false });
    expect(textsOf(figure)).not.toContain(names[0]);
    expect(figure.legend).toHaveLength(14);
    expect(figure.unnamed).toBe(0);
  });
});
