/** What can be said about an experiment without solving it, and about a curve once it is there. */
export { affordableSetup } from './analysis/affordable.ts';
export { bestLinearModel, limitingRisk, type BestModel } from './analysis/best-model.ts';
export { decayExponents, fittedExponent } from './analysis/exponent.ts';
export { stabilityAt, stabilityThreshold, type Stability } from './analysis/stability.ts';
export { phaseTransition, structuralMargin, type PhaseTransition } from './analysis/transition.ts';
