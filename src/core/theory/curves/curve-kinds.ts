/** The theory curves that exist, in the order in which they are listed: a new one is a file beside this one and a line here. */
import { type CurveKind } from './curve.ts';
import { gradientFlow } from './gradient-flow.ts';
import { ode } from './ode.ts';

export const curveKinds: readonly CurveKind[] = [ode, gradientFlow];
