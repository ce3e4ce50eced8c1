/** What a figure is: a drawing for ECharts and everything that must be said beside it. */
import type { EChartsOption } from 'echarts';
import { type ExperimentResults } from '../study/experiment-results.ts';
import { type OlderStanding, type Standing } from '../study/standing.ts';
import { type Said } from '../text/texts.ts';
import { type Dash, type Marker, type Place, type SeriesStyle } from './theme.ts';
import { type AxisScale, type FigureView } from './view.ts';

/** One experiment to be drawn. */
export interface FigureInput {
  readonly results: ExperimentResults;
  /** Name for legends; empty for the experiment's own. */
  readonly label?: string;
  /** Place in its study: gives the colour, marker and dash, the same in every figure. */
  readonly place: Place;
  /** What the results are to the description as it is; 'current' without. Others are drawn grey, and said. */
  readonly standing?: Standing;
}

/** What the results of an input are instead of current; null where they are current. */
export const olderStanding = ({ standing = 'current' }: Pick<FigureInput, 'standing'>): OlderStanding | null =>
  standing === 'current' ? null : standing;

export interface TableColumn {
  readonly key: string;
  /** Heading with symbol and unit or scale, e.g. `t (steps / d)`. */
  readonly label: string;
  readonly values: ArrayLike<number>;
}

/** One curve's numbers, never decimated: all columns have the same length. */
export interface TableSection {
  readonly name: string;
  /** Id of the experiment, where it is of one: names need not be unique. */
  readonly experiment?: string;
  readonly columns: readonly TableColumn[];
}

export interface FigureTable {
  readonly sections: readonly TableSection[];
}

/** An axis as drawn. */
export interface FigureAxis {
  readonly name: string;
  readonly scale: AxisScale;
  readonly min: number;
  readonly max: number;
  /** What values are divided by before they are drawn: a power of ten, 1 without. */
  readonly unit?: number;
}

export interface LegendEntry {
  readonly label: string;
  readonly color: string;
  /** Whether there is a line, and with which gaps. */
  readonly line: boolean;
  readonly dash: Dash;
  /** Whether there are dots of simulation, and of which form. */
  readonly dot: boolean;
  readonly marker: Marker;
}

export interface ReadoutPart {
  readonly label: string;
  readonly text: string;
  /** Whether these are the edges of a band. */
  readonly band?: true;
}

/** One curve's numbers at its grid point next to the cursor. */
export interface ReadoutRow {
  readonly name: string;
  readonly color: string;
  /** Null where colour is all there is. */
  readonly style: SeriesStyle | null;
  /** Time of the grid point. */
  readonly t: number;
  /** What rows are sorted by: theory, else the centre of the runs; NaN without. */
  readonly value: number;
  /** Id of the experiment that it is of; null where it is of several. */
  readonly experiment: string | null;
  /** What there is: theory, median, band, gradient flow, N. */
  readonly parts: readonly ReadoutPart[];
}

export interface CellReadout {
  readonly readout: Readout;
  /** Id of the experiment that the cell is of. */
  readonly experiment: string;
}

export interface Readout {
  readonly heading: string;
  readonly rows: readonly ReadoutRow[];
}

export interface Figure {
  readonly kind: string;
  readonly title: string;
  /** Names what lines, dots and band are, and N. */
  readonly subtitle: string;
  /** What the drawing leaves out, and why. */
  readonly notes: readonly string[];
  /** For setOption with notMerge. Has functions: build it where it is drawn. */
  readonly option: EChartsOption;
  readonly legend: readonly LegendEntry[];
  /** How many of them have no name in the drawing, for want of room. */
  readonly unnamed: number;
  readonly table: FigureTable;
  /** Pixels that the option was laid out for. */
  readonly width: number;
  readonly height: number;
  /** Plot area in pixels. */
  readonly plot: { readonly left: number; readonly top: number; readonly width: number; readonly height: number };
  /** The horizontal axis as drawn, and the vertical one: that of the values (the same object), or of cells. */
  readonly across: FigureAxis;
  readonly up: FigureAxis;
  /** Null where the horizontal axis is not t. */
  readonly time: FigureAxis | null;
  readonly value: FigureAxis;
  /** Places on the horizontal axis that have numbers, ascending: where a cursor stops. */
  readonly stops: ArrayLike<number>;
  /** The numbers at a place on the horizontal axis, for readouts outside the drawing. */
  readonly readout: (t: number) => Readout;
  /** What is at a place of the plane, in the axes' own values, where the figure has cells. */
  readonly cell?: (x: number, y: number) => CellReadout | null;
  /** Nothing to draw (yet); `notes` say why. */
  readonly empty: boolean;
}

export interface FigureKind {
  readonly kind: string;
  readonly title: Said;
  /** 'overlay' compares experiments in one drawing; 'single' draws the first of its inputs. */
  readonly scope: 'overlay' | 'single';
  /** Whether the experiment has what the figure shows. */
  applies(results: ExperimentResults): boolean;
  /** Inputs that the figure does not apply to are left out. */
  build(inputs: readonly FigureInput[], view: FigureView): Figure;
}

/** The name of an input in legends and tables. */
export const inputLabel = ({ label, results }: FigureInput): string =>
  label || results.experiment.name || results.experiment.id;
