/** Readouts: the numbers behind the figure at the grid point next to the cursor; nothing is interpolated. */
import {
  bandEdges,
  centre,
  lineName,
  quantileBand,
  theoryBand,
  TIME,
  type Abscissa,
  type CurveSet,
} from './curve-set.ts';
import { type Readout, type ReadoutPart, type ReadoutRow } from './figure.ts';
import { formatFixed, formatValue } from '../text/numbers.ts';
import { valuesOf } from './sample.ts';
import { texts as textsOf } from '../text/texts.ts';
import { theoryName } from './theory-name.ts';
import { centreOf, theoryBandOf, type AxisScale, type FigureView } from './view.ts';

/** Index of the ascending value nearest to `t`, on the axis's scale. */
export function nearest(times: ArrayLike<number>, t: number, scale: AxisScale): number {
  const place = (value: number) => (scale === 'log' ? Math.log(value) : value);
  let best = -1;
  let distance = Infinity;
  for (let k = 0; k < times.length; k++) {
    const off = Math.abs(place(times[k]) - place(t));
    if (off < distance) [best, distance] = [k, off];
  }
  return best;
}

/** The numbers of all curves at the grid points next to `t`. */
export function readoutOf(sets: readonly CurveSet[], t: number, view: FigureView, abscissa: Abscissa = TIME): Readout {
  const { symbol } = abscissa;
  const texts = textsOf(view.language);
  const { say } = texts;
  const rows = sets.map((set): ReadoutRow => {
    const p = nearest(set.t, t, view.timeScale);
    const edges = set.runs.length > 1 ? bandEdges(set, view.band) : null;
    const n = set.statistics.count[p] ?? 0;
    const parts: ReadoutPart[] = [];
    if (set.theory) parts.push({ label: lineName(texts, abscissa, set), text: formatFixed(set.theory[p]) });
    if (n > 0) {
      const label = say(`curve.${set.runs.length === 1 ? 'run' : centreOf(view.band)}`);
      parts.push({ label, text: formatFixed(centre(set, view.band)[p]) });
    }
    if (edges && n > 1) {
      const text = `${formatFixed(edges.low[p])} … ${formatFixed(edges.high[p])}`;
      parts.push({ label: say('curve.band'), text, band: true });
    }
    const quantiles = quantileBand(set, view);
    const kind = theoryBandOf(view);
    const ofTheory = quantiles ?? theoryBand(set, view);
    if (ofTheory && kind !== 'none' && Number.isFinite(ofTheory.low[p])) {
      const text = `${formatFixed(ofTheory.low[p])} … ${formatFixed(ofTheory.high[p])}`;
      parts.push({ label: say(quantiles ? 'curve.quantiles' : `theoryBand.${kind}`), text, band: true });
    }
    for (const { kind, values } of set.others) {
      parts.push({ label: theoryName(texts, set.input.results.experiment, kind), text: formatFixed(values[p]) });
    }
    if (set.runs.length > 1) parts.push({ label: 'N', text: String(n) });
    return {
      name: set.name,
      color: set.style.color,
      style: isKeyed(set) ? set.style : null,
      t: set.t[p],
      value: sortedBy(set, p, view),
      // over another axis than t the points are of several experiments
      experiment: abscissa === TIME ? set.input.results.experiment.id : null,
      parts,
    };
  });
  rows.sort(bySize);
  const same = rows.every((row) => row.t === rows[0].t);
  const heading = same && rows.length > 0 ? `${symbol} = ${formatValue(rows[0].t)}` : `${symbol} ≈ ${formatValue(t)}`;
  return { heading, rows };
}

/** Largest first, as the curves lie above each other; those without a value last. */
const bySize = (a: ReadoutRow, b: ReadoutRow): number =>
  Number.isNaN(a.value) || Number.isNaN(b.value)
    ? Number(Number.isNaN(a.value)) - Number(Number.isNaN(b.value))
    : b.value - a.value;

/** Theory, else the centre of the runs, else the first further theory curve. */
function sortedBy(set: CurveSet, p: number, view: FigureView): number {
  const candidates = [set.theory, set.runs.length > 0 ? centre(set, view.band) : null, ...valuesOf(set.others)];
  return candidates.map((curve) => curve?.[p] ?? NaN).find(Number.isFinite) ?? NaN;
}

/** Whether line and marker tell the curve from others; a row of a heatmap has none. */
const isKeyed = ({ legend, end }: CurveSet): boolean => legend !== null || end !== null;
