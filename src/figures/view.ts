/** How figures are looked at: everything that changes the drawing and not the numbers behind it. */
import { type FigureGuide } from '../study/look.ts';
import { type Language } from '../text/language.ts';
import { type ThemeName } from './theme.ts';

export type AxisScale = 'linear' | 'log';

export const BAND_KINDS = ['quantiles', 'deviation', 'error', 'range', 'none'] as const;
/** 10–90 % quantiles and range go around the median; ±1 sd and ±1 se around the mean. */
export type BandKind = (typeof BAND_KINDS)[number];

export const THEORY_BAND_KINDS = ['auto', 'deviation', 'quantiles', 'none'] as const;
/** Theory's own band, ±1 sd or 10–90 % of a normal law; 'auto' is the one that suits the band of runs. */
export type TheoryBandKind = (typeof THEORY_BAND_KINDS)[number];

/** A range of an axis. */
export interface TimeWindow {
  readonly from: number;
  readonly to: number;
}

export interface FigureView {
  readonly language: Language;
  readonly timeScale: AxisScale;
  /** 'auto' is what suits the figure; log applies where the quantity is positive, other figures stay linear. */
  readonly valueScale: AxisScale | 'auto';
  readonly band: BandKind;
  readonly theoryBand: TheoryBandKind;
  /** Draw every single run, thin. */
  readonly singleRuns: boolean;
  /** The clean group is λ̄ at most this; null for the experiment's own default (clean.ts). */
  readonly threshold: number | null;
  /** Part of the time axis that is shown; null for all. */
  readonly window: TimeWindow | null;
  /** Ends of the value axis, in the quantity's own unit; null for what the curves need. */
  readonly values: TimeWindow | null;
  /** Lines and words that the reader draws in. */
  readonly guides: readonly FigureGuide[];
  readonly theme: ThemeName;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** Pixels, of tick labels and axis names. */
  readonly fontSize: number;
  readonly fontFamily: string;
  /** Draw title, subtitle and notes into the figure (export); the app's page writes them itself. */
  readonly heading: boolean;
  /** Draw the names of the curves into the figure; without, whoever shows it lists them beside it. */
  readonly legend: boolean;
  /** The figure is higher than `height` where names of curves and notes need it: a file leaves none out. */
  readonly grow: boolean;
}

/** Latin letters first, then what systems have for Japanese. */
const FONT_FAMILY =
  "'Inter Variable', Inter, system-ui, 'Helvetica Neue', Arial, 'Hiragino Sans', 'Yu Gothic', Meiryo, " +
  "'Noto Sans CJK JP', 'Noto Sans JP', 'IPAexGothic', sans-serif";

export const defaultView: FigureView = {
  language: 'en',
  timeScale: 'log',
  valueScale: 'auto',
  band: 'quantiles',
  theoryBand: 'auto',
  singleRuns: false,
  threshold: null,
  window: null,
  values: null,
  guides: [],
  theme: 'light',
  width: 480,
  height: 340,
  fontSize: 11,
  fontFamily: FONT_FAMILY,
  heading: false,
  legend: true,
  grow: false,
};

/** What the dots are. */
export const centreOf = (band: BandKind): 'median' | 'mean' =>
  band === 'deviation' || band === 'error' ? 'mean' : 'median';

/** The band of theory that is drawn. */
export function theoryBandOf({
  band,
  theoryBand,
}: Pick<FigureView, 'band' | 'theoryBand'>): Exclude<TheoryBandKind, 'auto'> {
  if (theoryBand !== 'auto') return theoryBand;
  if (band === 'none') return 'none';
  return centreOf(band) === 'mean' ? 'deviation' : 'quantiles';
}

/**
 * The times of a grid that a view shows: indices from `from` to before `to`.
 * @param t ascending.
 */
export function timesInView(
  t: Float64Array,
  { timeScale, window }: Pick<FigureView, 'timeScale' | 'window'>,
): { readonly from: number; readonly to: number } {
  let from = 0;
  let to = t.length;
  while (from < to && ((timeScale === 'log' && t[from] <= 0) || (window && t[from] < window.from))) from++;
  while (to > from && window && t[to - 1] > window.to) to--;
  return { from, to };
}
