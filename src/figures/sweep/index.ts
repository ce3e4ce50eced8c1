/** Figures of sweeps: pure functions from a sweep and the results of its experiments, like the other figures. */
export { sweptAxes, sweptAxis, type SweptAxis } from './axes.ts';
export { boundariesOf, type Boundary } from './boundary.ts';
export { contourLines, type Polyline } from './contour.ts';
export { drawSweepCurves, type CurvesChoice } from './curves.ts';
export { drawSweepMap, type MapChoice, type MapSource } from './map.ts';
export { drawSweepPanel, type PanelChoice } from './panels.ts';
export { statistic, statistics, type Statistic } from './statistics.ts';
export { placesOf, pointAt, sweptResults, type Swept, type SweptPoint } from './swept.ts';
export { medianOf, pointValues, type PointValues } from './values.ts';
