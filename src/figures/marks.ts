/** What is drawn of a figure's table, as data: for programs that draw the figure again from its numbers. */
import { curveKind } from '../core/theory/curves/curve-kind.ts';
import { type Baseline, type CurveSet } from './curve-set.ts';
import { type Dash, type Marker } from './theme.ts';
import { centreOf, type BandKind, type FigureView } from './view.ts';

/** Of a section of the table, which names of columns these are. */
export interface CurveMark {
  readonly name: string;
  /** Null where the legend does not name it. */
  readonly legend: string | null;
  readonly color: string;
  readonly marker: Marker;
  readonly dash: Dash;
  readonly lines: readonly { readonly column: string; readonly dash: Dash; readonly width: number }[];
  /** Column of the dots; null without runs. */
  readonly dots: string | null;
  readonly band: { readonly low: string; readonly high: string } | { readonly around: 'sd' | 'se' } | null;
  /** Every run, R arrays of P, where each is drawn. */
  readonly runs: readonly Float64Array[];
}

export type FigureMarks =
  | {
      readonly kind: 'curves';
      /** As the sections of the table. */
      readonly curves: readonly CurveMark[];
      readonly levels: readonly { readonly value: number; readonly label: string }[];
    }
  | {
      readonly kind: 'cells';
      /** Column that is coloured. */
      readonly column: string;
      /** Edges of rows: of every section's, or null where a section lists cells by their first two columns. */
      readonly edges: readonly number[] | null;
      readonly colors: { readonly kind: 'linear' | 'log'; readonly min: number; readonly max: number };
    };

const BANDS: Readonly<Record<BandKind, CurveMark['band']>> = {
  quantiles: { low: 'q10', high: 'q90' },
  range: { low: 'min', high: 'max' },
  deviation: { around: 'sd' },
  error: { around: 'se' },
  none: null,
};

/** @param line column of the main line: theory, or a fit. */
export function marksOf(
  sets: readonly CurveSet[],
  baselines: readonly Baseline[],
  view: FigureView,
  line: string,
): FigureMarks {
  const curves = sets.map(({ name, legend, style, theory, others, runs }): CurveMark => {
    const centre = centreOf(view.band);
    return {
      name,
      legend,
      color: style.color,
      marker: style.marker,
      dash: style.dash,
      lines: [
        ...(theory ? [{ column: line, dash: style.dash, width: 1.4 }] : []),
        ...others.map(({ kind }) => ({
          column: kind.replaceAll('-', '_'),
          dash: style.dashes[curveKind(kind).look],
          width: 1.1,
        })),
        ...(theory || runs.length === 0 ? [] : [{ column: centre, dash: style.dash, width: 1.1 }]),
      ],
      dots: runs.length > 0 ? centre : null,
      band: runs.length > 1 ? BANDS[view.band] : null,
      runs: view.singleRuns && runs.length > 1 ? runs : [],
    };
  });
  return { kind: 'curves', curves, levels: baselines.map(({ value, label }) => ({ value, label })) };
}
