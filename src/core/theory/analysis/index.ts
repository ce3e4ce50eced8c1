/** What can be said about an experiment without solving it, and about a curve once it is there. */
export { affordableSetup } from './affordable.ts';
export { bestLinearModel, limitingRisk, type BestModel } from './best-model.ts';
export { endpointRefusal, endpointsOf, type Endpoint } from './endpoints.ts';
export { fittedExponent } from './exponent.ts';
export { stabilityAt, stabilityThreshold, type Stability } from './stability.ts';
export { phaseTransition, structuralMargin, type PhaseTransition } from './transition.ts';
