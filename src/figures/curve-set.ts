/** Curves to be drawn together, with their statistics: what a figure of curves over t is made of. */
import { ensemble, type Ensemble } from './ensemble.ts';
import { inputLabel, olderStanding, type FigureInput } from './figure.ts';
import { type ExperimentResults } from '../study/experiment-results.ts';
import { sample, type Quantiles, type Quantity, type Sampled } from './sample.ts';
import { experimentStyle, type SeriesStyle, type Theme } from './theme.ts';
import { said, type Said, type Texts } from '../text/texts.ts';
import { theoryName } from './theory-name.ts';
import { centreOf, theoryBandOf, type AxisScale, type BandKind, type FigureView } from './view.ts';

export interface CurveSet extends Sampled {
  /** Name in tables and tooltips. */
  readonly name: string;
  /** Name in the legend; null for none of its own. */
  readonly legend: string | null;
  /** Symbol at the end of the curve; null for none. */
  readonly end: string | null;
  readonly style: SeriesStyle;
  readonly statistics: Ensemble;
  readonly input: FigureInput;
}

/** What the horizontal axis is, where it is not t. */
export interface Abscissa {
  readonly symbol: string;
  /** Of its column in tables, where that is not the symbol. */
  readonly key?: string;
  readonly name: Said;
  /** What the line is. */
  readonly line: 'theory' | 'fit';
  /** 'log' without. */
  readonly scale?: AxisScale;
}

export const TIME: Abscissa = { symbol: 't', name: said('axis.timeColumn'), line: 'theory' };

/** What the line of a set is called. */
export const lineName = (texts: Texts, { line }: Abscissa, { input }: CurveSet): string =>
  line === 'theory' ? theoryName(texts, input.results.experiment) : texts.say('curve.fit');

/** A dashed line of reference: what would be nothing. */
export interface Baseline {
  readonly value: number;
  readonly label: string;
  /** Null for the theme's muted colour. */
  readonly color: string | null;
  /** Dotted instead of dashed, beside another baseline. */
  readonly dotted?: boolean;
}

type Measured = Sampled & { readonly statistics: Ensemble };

/** What was computed of results that are still there: a change of the view alone needs none of it again. */
const known = new WeakMap<ExperimentResults, WeakMap<Quantity, Measured>>();

function measured(results: ExperimentResults, quantity: Quantity): Measured {
  let quantities = known.get(results);
  if (!quantities) known.set(results, (quantities = new WeakMap()));
  let found = quantities.get(quantity);
  if (!found) {
    const sampled = sample(results, quantity);
    quantities.set(quantity, (found = { ...sampled, statistics: ensemble(sampled.runs) }));
  }
  return found;
}

/**
 * The curves of one quantity of one experiment.
 * @param quantity the same function gives the same curves of the same results, without computing them again.
 */
export function curveSet(
  input: FigureInput,
  quantity: Quantity,
  theme: Theme,
  part: { name?: string; legend?: string | null; end?: string; style?: SeriesStyle } = {},
): CurveSet {
  const label = inputLabel(input);
  const own = part.style ?? experimentStyle(theme, input.place);
  return {
    ...measured(input.results, quantity),
    name: part.name === undefined ? label : part.name,
    legend: part.legend === undefined ? label : part.legend,
    end: part.end ?? null,
    style: olderStanding(input) ? { ...own, color: theme.muted } : own,
    input,
  };
}

/** What the dots are at: median or mean, as the band asks. */
export const centre = ({ statistics }: CurveSet, band: BandKind): Float64Array =>
  centreOf(band) === 'mean' ? statistics.mean : statistics.median;

/** Edges of the band, or null for none. One run has no spread: its quantiles are itself, its sd is not there. */
export function bandEdges({ statistics }: CurveSet, band: BandKind): { low: Float64Array; high: Float64Array } | null {
  const { mean, sd, se, low, high, min, max } = statistics;
  const around = (deviation: Float64Array) => ({
    low: mean.map((value, p) => value - deviation[p]),
    high: mean.map((value, p) => value + deviation[p]),
  });
  switch (band) {
    case 'quantiles':
      return { low, high };
    case 'range':
      return { low: min, high: max };
    case 'deviation':
      return around(sd);
    case 'error':
      return around(se);
    case 'none':
      return null;
  }
}

/** Edges of theory's quantiles over runs, or null for none. */
export const quantileBand = (
  { theory, quantiles }: CurveSet,
  view: Pick<FigureView, 'band' | 'theoryBand'>,
): Quantiles | null => (theory && quantiles && theoryBandOf(view) !== 'none' ? quantiles : null);

/** Deviations of a normal variable between whose quantiles lie 80 %. */
const QUANTILE = 1.2815515655446004;

/** Half the width of theory's bands, in standard deviations. */
export const theoryBandFactors = { deviation: 1, quantiles: QUANTILE } as const;

/** Edges of the theory's own band, or null for none. */
export function theoryBand(
  { theory, spread }: CurveSet,
  view: Pick<FigureView, 'band' | 'theoryBand'>,
): { low: Float64Array; high: Float64Array } | null {
  const kind = theoryBandOf(view);
  if (!theory || !spread || kind === 'none') return null;
  const factor = theoryBandFactors[kind];
  return {
    low: theory.map((value, p) => value - factor * spread[p]),
    high: theory.map((value, p) => value + factor * spread[p]),
  };
}
