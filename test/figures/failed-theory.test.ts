/** A theory that fails hides nothing: figures, tables and final values keep every run that has finished. */
import { describe, expect, it } from 'vitest';
import { figureKinds, finalValues } from '../../src/figures/index.ts';
import { type Curve, type ExperimentResults } from '../../src/study/experiment-results.ts';
import { inputsOf, synthetic, viewOf } from './synthetic.ts';

const spectrum = {
  kind: 'zero-one',
  blocks: [
    { fraction: 0.5, eigenvalues: [0, 1] },
    { fraction: 0.5, eigenvalues: [1, 0] },
  ],
};

/** With a theory that diverged after so many grid points. */
function failing(points: number): ExperimentResults {
  const results = synthetic({ spectrum, ridge: 0.1 });
  const { size } = results.frame.layout;
  const curves = results.curves.map((curve): Curve => {
    if (curve.source.kind !== 'ode') return curve;
    const rows = curve.rows.slice().fill(NaN, points * size);
    return { ...curve, rows, points, outcome: { status: 'diverged', t: 0, quantity: 'norm', value: 1e200 } };
  });
  return { ...results, curves };
}

const RUN_COLUMNS = ['mean', 'sd', 'median', 'q10', 'q90', 'min', 'max', 'n'];

describe.each([0, 1, 15])('with a theory that diverged after %i points', (points) => {
  const whole = synthetic({ spectrum, ridge: 0.1 });
  const failed = failing(points);
  const kinds = figureKinds.filter((kind) => kind.applies(whole));

  // what is measured from theory has nothing to measure from where theory is not there
  const measured = ['deviation', 'concentration'];

  it.each(kinds.filter(({ kind }) => !measured.includes(kind)))('$kind has the numbers of all runs', (kind) => {
    const [a, b] = [failed, whole].map((results) => kind.build(inputsOf(results), viewOf({ timeScale: 'linear' })));
    expect(a.empty).toBe(false);
    expect(a.table.sections.length).toBe(b.table.sections.length);
    a.table.sections.forEach(({ columns }, k) => {
      for (const key of RUN_COLUMNS) {
        const [mine, theirs] = [columns, b.table.sections[k].columns].map((all) =>
          all.find((each) => each.key === key),
        );
        expect(mine?.values, key).toEqual(theirs?.values);
      }
    });
    expect(a.time?.max).toBe(b.time?.max);
  });

  it.each(kinds)('$kind is drawn without a number that is none', (kind) => {
    const figure = kind.build(inputsOf(failed), viewOf());
    expect([figure.title, figure.subtitle, ...figure.notes].join(' ')).not.toContain('NaN');
  });

  it('heatmaps show the runs, and say so', () => {
    for (const kind of kinds.filter(({ kind: name }) => name.endsWith('-map'))) {
      const figure = kind.build(inputsOf(failed), viewOf({ timeScale: 'linear' }));
      expect(figure.subtitle).toContain('SGD median');
      const alone = { ...failed, curves: failed.curves.slice(1) };
      const cells = (drawn: typeof figure) => [drawn.option.series].flat().find((each) => each?.id === 'cells');
      const shapes = (drawn: typeof figure) => {
        const render = (cells(drawn) as { renderItem: () => { children: unknown[] } }).renderItem;
        return render().children;
      };
      expect(shapes(figure)).toEqual(shapes(kind.build(inputsOf(alone), viewOf({ timeScale: 'linear' }))));
    }
  });

  it('final values have a mean and no theory', () => {
    const [a, b] = [failed, whole].map((results) => finalValues(results));
    expect(a.map(({ t, mean, sd, n }) => ({ t, mean, sd, n }))).toEqual(
      b.map(({ t, mean, sd, n }) => ({ t, mean, sd, n })),
    );
    expect(a.every(({ theory, difference }) => theory === null && Number.isNaN(difference))).toBe(true);
  });
});

describe('final values', () => {
  it('are over the runs that reached the last time', () => {
    const results = synthetic({ runs: 4, reached: (run, points) => (run === 1 ? 7 : points) });
    const [risk] = finalValues(results);
    const last = results.frame.t.length - 1;
    const values = results.curves
      .filter(({ source, points }) => source.kind === 'simulation' && points > 7)
      .map(({ rows }) => rows[last * results.frame.layout.size]);
    const mean = values.reduce((sum, value) => sum + value / 3, 0);
    expect(risk.n).toBe(3);
    // sums of three numbers of size 0.1
    expect(risk.mean).toBeCloseTo(mean, 14);
    const sd = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 2);
    expect(risk.sd).toBeCloseTo(sd, 14);
    expect(risk.se).toBeCloseTo(sd / Math.sqrt(3), 14);
    expect(risk.difference).toBeCloseTo((mean - (risk.theory ?? NaN)) / (sd / Math.sqrt(3)), 9);
  });

  it('are at the last time that any curve reached, where all ended before', () => {
    const results = synthetic({ runs: 3, theory: false, reached: (run) => 5 + run });
    const [risk] = finalValues(results);
    expect(risk.t).toBe(results.frame.t[6]);
    expect(risk.n).toBe(1);
  });
});
