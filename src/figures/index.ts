/**
 * Figures: pure functions from results to ECharts options, for the page, the report and the exports alike.
 *
 * A figure is laid out for the pixels of its view: on resize, zoom or any other change of the view it is built again
 * and set with `notMerge`; whoever draws calls `registerCurveShape` once. It has no dataZoom: zooming is a new `window`, so that ticks stay ours. Times convert by
 * `chart.convertFromPixel({ xAxisIndex: 0 }, x)`, axes are in real values.
 */
export { registerCurveShape } from './curve-shape.ts';
export { ensemble, type Ensemble } from './ensemble.ts';
export {
  inputLabel,
  olderStanding,
  type CellReadout,
  type Figure,
  type FigureAxis,
  type FigureInput,
  type FigureKind,
  type FigureTable,
  type LegendEntry,
  type Readout,
  type ReadoutRow,
  type TableColumn,
  type TableSection,
} from './figure.ts';
export { cleanGroups, cleanLimits, defaultThreshold, groupShares, isWithin } from './clean.ts';
export { finalValues, type FinalValue } from './final.ts';
export { figureKind } from './figure-kind.ts';
export { figureKinds } from './figure-kinds.ts';
export { overflowName } from './say.ts';
export { commonTheoryName, curveName, theoryName } from './theory-name.ts';
export { areRuns, rangesOf, troublesOf, type Trouble } from './trouble.ts';
export { markerPath } from './key.ts';
export { experimentStyle, themes, type Place, type SeriesStyle, type Theme, type ThemeName } from './theme.ts';
export {
  BAND_KINDS,
  THEORY_BAND_KINDS,
  defaultView,
  type AxisScale,
  type BandKind,
  type FigureView,
  type TheoryBandKind,
  type TimeWindow,
} from './view.ts';
export { pixelScale } from './scale.ts';
