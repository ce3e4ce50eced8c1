/** What is drawn of a figure's table, as data: for programs that draw the figure again from its numbers. */
import { type Dash, type Marker } from './theme.ts';

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
  /** The theory's own band: so many of its standard deviations, column `theory_sd`, about this column, or between two. */
  readonly theoryBand:
    { readonly about: string; readonly factor: number } | { readonly low: string; readonly high: string } | null;
  /** Every run, R arrays of P, where each is drawn. */
  readonly runs: readonly Float64Array[];
}

/** Places that are marked, with a word. */
export interface MarkedPoint {
  readonly x: number;
  readonly y: number;
  readonly label: string;
}

export type FigureMarks = { readonly points?: readonly MarkedPoint[] } & (
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
    }
);
