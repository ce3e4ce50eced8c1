/** The theory curves that exist, in the order in which they are listed: a new one is a file beside this one and a line here. */
import { type CurveKind } from './curve.ts';
import { gradientFlow } from './gradient-flow.ts';
import { multiPass } from './multi-pass.ts';
import { ode } from './ode.ts';
import { thisData } from './this-data.ts';
import { hsgdSpread, odeSpread } from './spread.ts';

export const curveKinds: readonly CurveKind[] = [ode, gradientFlow, multiPass, thisData];

/** Spreads of those, which a description asks for by `theory.spread`; the first is that of every engine without its own. */
export const spreadKinds: readonly CurveKind[] = [odeSpread, hsgdSpread];
