/** What is drawn is what the table says, for every figure, whatever the numbers are. */
import { describe, expect, it } from 'vitest';
import { figureKinds, themes, type Figure, type FigureKind, type FigureView } from '../../src/figures/index.ts';
import { teacherLeastSquares } from '../../src/core/loss/teacher-least-squares.ts';
import { pixelScale } from '../../src/figures/scale.ts';
import { rampColor } from '../../src/figures/theme.ts';
import { type ExperimentResults } from '../../src/study/experiment-results.ts';
import { having, inputsOf, synthetic, viewOf } from './synthetic.ts';

const grid = { kind: 'log', first: 0.1, points: 20 };
const teacher = synthetic({ loss: teacherLeastSquares.template(2), ridge: 0.1, grid, runs: 2 });
const zeroOne = synthetic({
  id: 'zero-one',
  spectrum: {
    kind: 'zero-one',
    blocks: [
      { fraction: 0.5, eigenvalues: [1, 1] },
      { fraction: 0.5, eigenvalues: [0, 1] },
    ],
  },
  runs: 2,
  grid,
});
const rich = synthetic({ ridge: 0.1, flow: true, runs: 3, grid, average: { kind: 'uniform', from: 1 } });
const larger = synthetic({ id: 'larger', dimension: 128, runs: 3, grid });
/** Every figure, of something that has it. */
const kinds = figureKinds.map((kind): [string, FigureKind, ExperimentResults] => [
  kind.kind,
  kind,
  [rich, zeroOne, teacher].find((results) => kind.applies(results)) ??
    synthetic({ runs: 2, grid, ...having[kind.kind] }),
]);

interface Series {
  readonly type: string;
  readonly id?: string;
  readonly data: readonly (readonly number[])[];
  renderItem?(
    params: unknown,
    api: { coord(at: readonly number[]): readonly number[] },
  ): { children: readonly { shape: Shape; style: { fill: string } }[] };
}
type Shape = { corners: { path: Float64Array } } & { points: number[][] } & {
  x: number;
  y: number;
  width: number;
  height: number;
};
const seriesOf = ({ option }: Figure) => option.series as unknown as readonly Series[];
const column = (figure: Figure, section: number, key: string) =>
  figure.table.sections[section].columns.find((each) => each.key === key)?.values ?? [];

/** From values to pixels of the figure. */
function placing({ plot, across, value }: Figure) {
  const x = pixelScale(across.scale, across.min, across.max, plot.width);
  const y = pixelScale(value.scale, value.min, value.max, plot.height);
  const unit = value.unit ?? 1;
  return (t: number, v: number) => [plot.left + x.position(t), plot.top + plot.height - y.position(v / unit)] as const;
}

/** Distance of a point from a polyline that is broken at NaN. */
function distance([u, v]: readonly [number, number], path: Float64Array): number {
  let best = Infinity;
  for (let k = 0; k < path.length; k += 2) {
    best = Math.min(best, Math.hypot(path[k] - u, path[k + 1] - v) || 0);
    if (k + 3 >= path.length) continue;
    const [ax, ay, bx, by] = path.subarray(k, k + 4);
    const along = ((u - ax) * (bx - ax) + (v - ay) * (by - ay)) / ((bx - ax) ** 2 + (by - ay) ** 2);
    if (along >= 0 && along <= 1)
      best = Math.min(best, Math.hypot(ax + along * (bx - ax) - u, ay + along * (by - ay) - v));
  }
  return best;
}

/** More than decimation within a pixel column and straightening may take away. */
const NEAR = 1.2;

function expectDrawn(figure: Figure): void {
  const { marks } = figure;
  if (marks.kind !== 'curves') throw new Error('no curves');
  const place = placing(figure);
  const strokes = seriesOf(figure)
    .filter(({ id }) => ['theory', 'others', 'centre'].includes(id ?? ''))
    .flatMap(({ renderItem }) => renderItem?.({}, { coord: () => [] }).children ?? []);
  let checked = 0;
  marks.curves.forEach((mark, k) => {
    const t = column(figure, k, figure.table.sections[k].columns[0].key);
    for (const line of mark.lines) {
      const values = column(figure, k, line.column);
      const places = Array.from(t, (time, p) => place(time, values[p])).filter(([u, v]) => Number.isFinite(u + v));
      const inside = places.filter(
        ([u, v]) =>
          u >= figure.plot.left &&
          u <= figure.plot.left + figure.plot.width &&
          v >= figure.plot.top &&
          v <= figure.plot.top + figure.plot.height,
      );
      if (inside.length === 0) continue;
      // one of the strokes goes through every point of the table, and has no corner that is none
      const fits = strokes.some(({ shape: { corners } }) =>
        inside.every((point) => distance(point, corners.path) < NEAR),
      );
      expect(fits, `${mark.name} ${line.column}`).toBe(true);
      checked++;
    }
    const dots = seriesOf(figure).find(({ id }) => id === `dots-${k}`);
    if (mark.dots === null) expect(dots).toBeUndefined();
    else {
      const values = column(figure, k, mark.dots);
      const unit = figure.value.unit ?? 1;
      for (const [time, value] of dots?.data ?? []) expect(value * 1).toBe(values[Array.from(t).indexOf(time)] / unit);
    }
  });
  expect(checked).toBeGreaterThan(0);
}

function expectCells(figure: Figure, view: FigureView): void {
  const { marks } = figure;
  if (marks.kind !== 'cells' || marks.edges === null) throw new Error('no cells');
  const cells = seriesOf(figure)
    .find(({ id }) => id === 'cells')
    ?.renderItem?.({}, { coord: () => [] }).children;
  const scale = pixelScale(marks.colors.kind, marks.colors.min, marks.colors.max, 1);
  const x = pixelScale(figure.across.scale, figure.across.min, figure.across.max, figure.plot.width);
  let checked = 0;
  figure.table.sections.forEach(({ columns }, k) => {
    const values = columns.find(({ key }) => key === marks.column)?.values ?? [];
    const middle = (1 - ((marks.edges?.[k] ?? 0) + (marks.edges?.[k + 1] ?? 0)) / 2) * figure.plot.height;
    Array.from(columns[0].values).forEach((t, p) => {
      const [u, v] = [figure.plot.left + x.position(t), figure.plot.top + middle];
      const found = cells?.filter(
        ({ shape }) => u >= shape.x && u <= shape.x + shape.width && v >= shape.y && v <= shape.y + shape.height,
      );
      if (!found?.length || !Number.isFinite(scale.position(values[p]))) return;
      const fill = rampColor(themes[view.theme].ramp, scale.position(values[p]));
      expect(found.map(({ style }) => style.fill)).toContain(fill);
      checked++;
    });
  });
  expect(checked).toBeGreaterThan(10);
}

describe.each(kinds)('%s', (_, kind, results) => {
  it('draws what its table says', () => {
    const inputs = kind.kind === 'concentration' ? inputsOf(results, larger) : inputsOf(results);
    for (const timeScale of ['linear', 'log'] as const) {
      for (const valueScale of ['linear', 'log'] as const) {
        const view = viewOf({ timeScale, valueScale, width: 640, height: 420 });
        const figure = kind.build(inputs, view);
        if (figure.marks.kind === 'curves') expectDrawn(figure);
        else {
          // so wide that no time is in the cell of another one
          const wide = { ...view, width: 6000 };
          expectCells(kind.build(inputs, wide), wide);
        }
      }
    }
  });

  const numbersIn = (value: unknown, path = ''): string[] => {
    if (typeof value === 'number') return Number.isFinite(value) ? [] : [`${path} ${value}`];
    if (value === null || typeof value !== 'object') return [];
    return Object.entries(value).flatMap(([key, entry]) => numbersIn(entry, `${path}.${key}`));
  };
  const { size } = results.frame.layout;
  it.each<[string, (p: number) => number]>([
    ['zeros', () => 0],
    ['negatives', () => -1.5],
    ['a constant', () => 3.25],
    ['1e-300', () => 1e-300],
    ['1e300', () => 1e300],
    ['1e-300 and 1e300', (p) => (p % 2 ? 1e300 : 1e-300)],
    ['the smallest number', () => 5e-324],
    ['the largest numbers', (p) => (p % 2 ? 1.7e308 : -1.7e308)],
    ['all of these', (p) => [0, -1, 1e-300, 1e300, 5e-324, NaN][p % 6]],
  ])('has axes for %s', (_name, at) => {
    const curves = results.curves.map((curve) => ({
      ...curve,
      rows: curve.rows.map((_value, k) => at(Math.floor(k / size))),
    }));
    for (const scale of ['linear', 'log'] as const) {
      const view = viewOf({ timeScale: scale, valueScale: scale, singleRuns: true });
      const figure = kind.build(inputsOf({ ...results, curves }), view);
      expect(numbersIn(figure.option)).toEqual([]);
      expect(figure.value.max).toBeGreaterThan(figure.value.min);
      expect(Number.isFinite(figure.value.max - figure.value.min)).toBe(true);
      figure.readout(1);
    }
  });

  it('has axes for one point, and for none', () => {
    const reached = (points: number) => ({
      ...results,
      curves: results.curves.map((curve) => ({
        ...curve,
        rows: curve.rows.map((value, k) => (k < points * size ? value : NaN)),
        points,
      })),
    });
    for (const timeScale of ['linear', 'log'] as const) {
      for (const points of [0, 1, 2]) {
        const figure = kind.build(inputsOf(reached(points)), viewOf({ timeScale }));
        expect(numbersIn(figure.option)).toEqual([]);
        expect(figure.value.max).toBeGreaterThan(figure.value.min);
        if (points === 0) expect(figure.empty).toBe(true);
      }
    }
  });
});
