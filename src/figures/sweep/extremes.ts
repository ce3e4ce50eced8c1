/** Where a sweep has its least and its greatest value: arg min and arg max over all its experiments. */
import { type Texts } from '../../text/texts.ts';
import { formatFixed, formatValue } from '../../text/numbers.ts';
import { type FigureMarks } from '../figure-marks.ts';
import { type TableSection } from '../figure.ts';
import { textElement, type Elements } from '../option.ts';
import { type Box } from '../surround.ts';
import { textWidth } from '../text.ts';
import { type Theme } from '../theme.ts';
import { type FigureView } from '../view.ts';
import { type Statistic } from './statistics.ts';
import { type Swept } from './swept.ts';
import { medianOf, type PointValues, type SweptSource } from './values.ts';

export interface Extreme {
  readonly is: 'least' | 'greatest';
  readonly value: number;
  /** Value of each axis, and its index. */
  readonly at: readonly number[];
  readonly index: readonly number[];
  /** Id of the experiment. */
  readonly id: string;
  /** Grid time. */
  readonly t: number;
  /** How many further experiments have the same value. */
  readonly others: number;
}

/** The value of a point by its source; NaN where there is none, and where the curve has run away. */
const settledValue = ({ theory, runs, ranAway }: PointValues, source: SweptSource): number => {
  if (ranAway[source]) return NaN;
  return source === 'theory' ? theory : medianOf({ runs });
};

/** Theory where any experiment of the sweep has it. */
export const sourceOf = (values: readonly PointValues[]): SweptSource =>
  values.some(({ theory }) => Number.isFinite(theory)) ? 'theory' : 'simulation';

/** The values by their source that did not run away, in the sweep's order; NaN elsewhere. */
export const settledValues = (values: readonly PointValues[], source: SweptSource): number[] =>
  values.map((each) => settledValue(each, source));

/**
 * The least and the greatest value, in that order; none where no experiment has a value. What diverged or ran away is
 * neither. Of equal ones the first in the sweep's order.
 * @param values of its points, in their order.
 */
export function extremesOf(
  { axes, points }: Pick<Swept, 'axes' | 'points'>,
  values: readonly PointValues[],
  source: SweptSource,
): Extreme[] {
  const settled = settledValues(values, source);
  const found = points
    .map((point, k) => ({ ...point, t: values[k].t, value: settled[k] }))
    .filter(({ value }) => Number.isFinite(value));
  const [first] = found;
  if (!first) return [];
  const of = (is: Extreme['is'], better: (a: number, b: number) => boolean): Extreme => {
    const best = found.reduce((a, b) => (better(b.value, a.value) ? b : a), first);
    const { value, index, id, t } = best;
    const at = axes.map((axis, k) => axis.values[index[k]]);
    const others = found.filter((each) => each.value === value).length - 1;
    return { is, value, at, index, id, t, others };
  };
  return [of('least', (a, b) => a < b), of('greatest', (a, b) => a > b)];
}

/** `γ = 0.5, d = 20`. */
const placeSaid = ({ say }: Texts, { axes }: Pick<Swept, 'axes'>, { at }: Extreme): string =>
  axes.map(({ symbol }, k) => `${symbol} = ${formatValue(at[k])}`).join(say('list.comma'));

/** `Least 0.2804 at γ = 0.5, d = 20`, with how many others have it, and whether it is at an end of the range. */
export function extremeSaid(texts: Texts, swept: Pick<Swept, 'axes'>, extreme: Extreme): string {
  const { say } = texts;
  const said = say(`extreme.${extreme.is}At`, {
    value: formatFixed(extreme.value),
    place: placeSaid(texts, swept, extreme),
  });
  const ends = swept.axes.filter(({ values }, k) => {
    const value = extreme.at[k];
    return values.length > 1 && (value === Math.min(...values) || value === Math.max(...values));
  });
  const atEnd = ends.map(({ symbol }) => symbol).join(say('list.comma'));
  return [
    said,
    ...(extreme.others > 0 ? [say('extreme.others', { n: extreme.others })] : []),
    ...(atEnd === '' ? [] : [say('extreme.atEnd', { symbols: atEnd })]),
  ].join(' ');
}

const RING = 5;

/** A ring around each place with its word beside it, on a rim of the panel's colour. */
export function extremeElements(
  { say }: Texts,
  placed: readonly { readonly extreme: Extreme; readonly x: number; readonly y: number }[],
  plot: Box,
  view: FigureView,
  theme: Theme,
): Elements {
  return placed.flatMap(({ extreme, x, y }) => {
    const label = say(`extreme.${extreme.is}Short`);
    const ring = (color: string, lineWidth: number) => ({
      type: 'circle' as const,
      silent: true,
      z: 8,
      shape: { cx: x, cy: y, r: RING },
      style: { fill: 'none', stroke: color, lineWidth },
    });
    const beside = x + RING + 4 + textWidth(label, view.fontSize) <= plot.left + plot.width;
    const left = beside ? x + RING + 4 : x - RING - 4 - textWidth(label, view.fontSize);
    return [
      ring(theme.panel, 4.5),
      ring(theme.text, 1.6),
      textElement(
        left,
        Math.min(plot.top + plot.height - view.fontSize - 2, Math.max(plot.top + 2, y - view.fontSize / 2)),
        label,
        {
          fontFamily: view.fontFamily,
          fontSize: view.fontSize,
          fontWeight: 600,
          fill: theme.text,
          stroke: theme.panel,
          lineWidth: 3,
          verticalAlign: 'top',
        },
      ),
    ] as Elements;
  });
}

/** Their rows of a figure's table: a section for each. */
export const extremeSections = (
  words: Texts,
  { axes }: Pick<Swept, 'axes'>,
  { valueName }: Statistic,
  extremes: readonly Extreme[],
): TableSection[] =>
  extremes.map(({ is, id, at, t, value }) => ({
    name: words.say(`extreme.${is}`),
    experiment: id,
    columns: [
      ...axes.map(({ key, name }, k) => ({ key, label: name(words), values: [at[k]] })),
      ...(axes.some(({ key }) => key === 't') ? [] : [{ key: 't', label: words.say('axis.timeColumn'), values: [t] }]),
      { key: 'value', label: valueName(words), values: [value] },
    ],
  }));

/** Their marks, for programs that draw the figure again. */
export const extremeMarks = (
  { say }: Texts,
  extremes: readonly Extreme[],
  place: (extreme: Extreme) => readonly [number, number],
): FigureMarks['points'] =>
  extremes.map((extreme) => {
    const [x, y] = place(extreme);
    return { x, y, label: say(`extreme.${extreme.is}Short`) };
  });
