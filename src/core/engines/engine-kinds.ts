/** The simulation engines that exist: a new one is a file beside this one and a line here. The first is the default. */
import { type EngineKind } from './engine.ts';
import { hsgd } from './hsgd/hsgd.ts';
import { reduced } from './reduced/reduced-engine.ts';
import { sgd } from './sgd.ts';

export const engineKinds: readonly EngineKind[] = [sgd, reduced, hsgd];
