/** Figures of sweeps: pure functions from a sweep and the results of its experiments, like the other figures. */
export { sweptAxes, sweptAxis, type SweptAxis } from './axes.ts';
export { boundariesOf } from './boundary.ts';
export { contourLines } from './contour.ts';
export { drawSweepCurves } from './curves.ts';
export { extremeSaid, extremesOf, sourceOf, type Extreme } from './extremes.ts';
export { drawSweepMap } from './map.ts';
export { drawSweepPanel } from './panels.ts';
export { statistic, statistics, type Statistic } from './statistics.ts';
export { placesOf, pointAt, sweptResults, type Swept } from './swept.ts';
export { pointValues, sweptValues, type SweptSource } from './values.ts';
