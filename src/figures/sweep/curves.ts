/** Parameter–value curves of a sweep: a statistic over one axis, with a curve for every value of the other. */
import { texts, type Texts } from '../../text/texts.ts';
import { curveKinds } from '../../core/theory/curves/curve-kinds.ts';
import { pow } from '../../core/math/elementary.ts';
import { type Abscissa, type CurveSet } from '../curve-set.ts';
import { drawCurves, scaleFor } from '../curves.ts';
import { ensemble } from '../ensemble.ts';
import { type Figure } from '../figure.ts';
import { formatValue } from '../../text/numbers.ts';
import { experimentStyle, groupStyle, themes } from '../theme.ts';
import { commonTheoryName } from '../theory-name.ts';
import { centreOf, type FigureView } from '../view.ts';
import { placeOn, valueAtPlace, type SweptAxis } from './axes.ts';
import { boundariesOf, zeroPlaces } from './boundary.ts';
import { fitPowerLaw, type PowerLaw } from '../../core/math/line-fit.ts';
import { withGuides, type Guide } from '../guides.ts';
import { countSaid, othersSaid } from '../say.ts';
import { type OtherCurve } from '../sample.ts';
import { ranAwaySaid, sweepNotes, timeSaid } from './say.ts';
import {
  extremeElements,
  extremeMarks,
  extremeSaid,
  extremeSections,
  extremesOf,
  settledValues,
  sourceOf,
  type Extreme,
} from './extremes.ts';
import { pixelScale } from '../scale.ts';
import { type Elements } from '../option.ts';
import { type Statistic } from './statistics.ts';
import { pointPlace, type Swept } from './swept.ts';
import { sweptValues, type PointValues } from './values.ts';

export interface CurvesChoice {
  readonly statistic: Statistic;
  /** Null for the last grid time. */
  readonly time: number | null;
  /** The axis drawn across; the other one's values are the curves. */
  readonly across: 0 | 1;
}

export function drawSweepCurves(swept: Swept, choice: CurvesChoice, view: FigureView): Figure {
  const { statistic, time } = choice;
  const words = texts(view.language);
  const { say } = words;
  const title = statistic.title(words);
  const valueName = statistic.valueName(words);
  const across = swept.axes.length > 1 ? choice.across : 0;
  const axis = swept.axes[across];
  const other: SweptAxis | undefined = swept.axes[1 - across];
  // lines go from left to right, whatever the order of the list
  const order = [...axis.values.keys()]
    .filter((k) => axis.scale === 'linear' || axis.values[k] > 0)
    .sort((a, b) => axis.values[a] - axis.values[b]);
  const theme = themes[view.theme];
  const all = sweptValues(swept, statistic, time, view);
  const source = sourceOf(all);
  const lines = (other ? [...other.values.keys()] : [0]).map((line) => {
    const values = order.map((k) => all[pointPlace(swept, other ? (across === 0 ? [k, line] : [line, k]) : [k])]);
    const style = other ? groupStyle(theme, line, other.values.length) : experimentStyle(theme, 0);
    const name = other ? `${other.symbol} = ${formatValue(other.values[line])}` : title;
    return { values, style, name };
  });
  const x = Float64Array.from(order, (k) => axis.values[k]);
  const fits = lines.map(({ values }) => fitOf(x, values, statistic, axis));
  const input = swept.points.find((point) => point.input)?.input;
  const sets = input
    ? lines.flatMap(({ values, style, name }, k): CurveSet[] => {
        const set = curveOf(x, values, fits[k]);
        if (!set.theory && set.runs.length === 0) return [];
        return [{ ...set, name, legend: other ? name : null, end: null, style, input }];
      })
    : [];
  const scaled = scaleFor(statistic.scale, view);
  const abscissa: Abscissa & { styles: string } = {
    symbol: axis.symbol,
    key: axis.key,
    name: axis.name,
    line: fits.some(Boolean) ? 'fit' : 'theory',
    scale: axis.scale,
    styles: [timeSaid(words, all, statistic), stylesSaid(statistic, sets, fits.some(Boolean), view)]
      .filter(Boolean)
      .join(say('list.parts')),
  };
  const extremes = sets.length > 0 ? extremesOf(swept, all, source) : [];
  const notes = [
    ...extremes.map((extreme) => say('swept.remark', { said: extremeSaid(words, swept, extreme) })),
    ...fits.flatMap((fit, k) => (fit ? [fitSaid(words, fit, lines.length > 1 ? lines[k].name : null)] : [])),
    ...(isConcentration(statistic, axis) && sets.length > 0 ? [say('note.slopeTheory')] : []),
    ...(scaled === 'log' ? nonPositiveSaid(words, sets) : []),
    ...ranAwaySaid(words, all, source),
    ...sweepNotes(swept, statistic, all, time, view),
  ];
  const settled = [...settledValues(all, 'theory'), ...settledValues(all, 'simulation')].filter(Number.isFinite);
  const guides = sets.length > 0 ? [...boundaryGuides(words, swept), ...slopeGuides(statistic, axis, x, all)] : [];
  const figure = drawCurves(
    {
      kind: `sweep-curves-${statistic.kind}`,
      title: other
        ? say('sweep.againstBy', { name: title, symbol: axis.symbol, other: other.symbol })
        : say('sweep.against', { name: title, symbol: axis.symbol }),
      subtitle: '',
      valueName,
      quantity: valueName,
      scale: statistic.scale,
      sets,
      baselines: statistic.baseline
        ? [{ value: statistic.baseline.value, label: statistic.baseline.label(words), color: null }]
        : [],
      bounds: statistic.bounds,
      notes: [...notes, ...guides.flatMap(({ note }) => note ?? [])],
      abscissa,
      // a law that is fitted has no curve that could run away
      ceiling: settled.length > 0 ? Math.max(...settled.map(Math.abs)) : Infinity,
    },
    view,
  );
  return withExtremes(withGuides(figure, guides, view), words, swept, statistic, extremes, across, view);
}

/** The figure with its least and greatest value marked, and in its table. */
function withExtremes(
  figure: Figure,
  words: Texts,
  swept: Swept,
  statistic: Statistic,
  extremes: readonly Extreme[],
  across: 0 | 1,
  view: FigureView,
): Figure {
  const { plot, value, across: axis, option } = figure;
  const x = pixelScale(axis.scale, axis.min, axis.max, plot.width);
  const y = pixelScale(value.scale, value.min, value.max, plot.height);
  const placed = extremes
    .map((extreme) => ({
      extreme,
      x: plot.left + x.position(extreme.at[across]),
      y: plot.top + plot.height - y.position(extreme.value / (value.unit ?? 1)),
    }))
    .filter(({ y: at }) => at >= plot.top - 1 && at <= plot.top + plot.height + 1);
  const sections = extremeSections(words, swept, statistic, extremes);
  return {
    ...figure,
    option: {
      ...option,
      graphic: [...(option.graphic as Elements), ...extremeElements(words, placed, plot, view, themes[view.theme])],
    },
    table: { sections: [...figure.table.sections, ...sections] },
    marks: { ...figure.marks, points: extremeMarks(words, extremes, (each) => [each.at[across], each.value]) },
  };
}

/** Theory (or the fit) and runs over the axis. */
function curveOf(x: Float64Array, values: readonly PointValues[], fit: PowerLaw | null) {
  const most = Math.max(0, ...values.map(({ runs }) => runs.length));
  const runs = Array.from({ length: most }, (_, r) =>
    Float64Array.from(values, (value) => value.runs[r] ?? NaN),
  ).filter((run) => run.some(Number.isFinite));
  const present = (curve: Float64Array) => (curve.some(Number.isFinite) ? curve : null);
  return {
    t: x,
    theory: fit
      ? x.map((value) => fit.factor * pow(value, fit.slope))
      : present(Float64Array.from(values, (v) => v.theory)),
    others: fit ? [] : othersOf(values),
    runs,
    statistics: ensemble(runs),
  };
}

/** Further theory curves over the axis, those that are anywhere. */
const othersOf = (values: readonly PointValues[]): OtherCurve[] =>
  curveKinds.flatMap(({ kind }) => {
    const curve = Float64Array.from(values, ({ others }) => others.get(kind) ?? NaN);
    return curve.some(Number.isFinite) ? [{ kind, values: curve }] : [];
  });

function fitOf(
  x: Float64Array,
  values: readonly PointValues[],
  statistic: Statistic,
  axis: SweptAxis,
): PowerLaw | null {
  if (!statistic.fitted || axis.scale !== 'log') return null;
  return fitPowerLaw(values.flatMap(({ runs }, k) => runs.map((run) => [x[k], run] as const)));
}

function fitSaid({ say }: Texts, { slope, se, n }: PowerLaw, of: string | null): string {
  const digits = Number.isFinite(se) && se > 0 ? Math.min(6, Math.max(2, 1 - Math.floor(Math.log10(se)))) : 3;
  const number = (value: number) => value.toFixed(digits).replace('-', '−');
  const fitted = say('note.slopeError', { slope: number(slope), error: number(se), n });
  return of === null ? fitted : say('list.of', { name: of, said: fitted });
}

function stylesSaid({ line }: Statistic, sets: readonly CurveSet[], fitted: boolean, view: FigureView): string {
  const words = texts(view.language);
  const { say } = words;
  const parts: string[] = [];
  const inputs = sets.map(({ input }) => input);
  if (sets.some(({ theory }) => theory))
    parts.push(
      fitted ? say('styles.fitted') : say('styles.joined', { curve: line?.(words) ?? commonTheoryName(words, inputs) }),
    );
  parts.push(...othersSaid(words, sets));
  const counts = sets.flatMap(({ statistics }) => [...statistics.count]).filter((count) => count > 0);
  if (counts.length > 0) {
    const centre = say(`curve.${centreOf(view.band)}`);
    if (Math.max(...counts) === 1) parts.push(say('styles.oneOf'));
    else parts.push(say('styles.centreOf', { centre }), say(`band.${view.band}`), countSaid(counts));
  }
  return parts.join(say('list.comma'));
}

function nonPositiveSaid({ counted }: Texts, sets: readonly CurveSet[]): string[] {
  const count = sets
    .flatMap(({ theory, statistics }) => [...(theory ?? []), ...statistics.median])
    .filter((value) => value <= 0).length;
  return count > 0 ? [counted('note.nonPositive', count)] : [];
}

const isConcentration = (statistic: Statistic, axis: SweptAxis): boolean =>
  statistic.kind === 'deviation' && axis.parameter === 'model.dimension' && axis.scale === 'log';

/** Of one axis: a vertical line where a margin is zero. Of two the boundary differs from curve to curve. */
function boundaryGuides(words: Texts, swept: Swept): Guide[] {
  if (swept.axes.length > 1) return [];
  const [axis] = swept.axes;
  const places = axis.values.map((value) => placeOn(axis.scale, value));
  return boundariesOf(swept.sweep, swept.axes).flatMap(({ margin, label, note }) =>
    zeroPlaces(places, margin.flat()).map((place, k): Guide => {
      const at = valueAtPlace(axis.scale, place);
      return { kind: 'vertical', at, label: label(words), note: k === 0 ? note(words) : null };
    }),
  );
}

/** A line of slope −1/2 a little above the runs. */
function slopeGuides(statistic: Statistic, axis: SweptAxis, x: Float64Array, values: readonly PointValues[]): Guide[] {
  if (!isConcentration(statistic, axis) || x.length < 2) return [];
  const highest = Math.max(
    ...values.flatMap(({ runs }, k) => runs.map((run) => run * Math.sqrt(x[k]))).filter(Number.isFinite),
  );
  if (!(highest > 0)) return [];
  const factor = 1.25 * highest;
  const ends = [x[0], x[x.length - 1]];
  return [{ kind: 'line', points: ends.map((d) => [d, factor / Math.sqrt(d)] as const), label: '∝ 1/√d', note: null }];
}
